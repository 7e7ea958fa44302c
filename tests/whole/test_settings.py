"""The environment: what is missing or malformed ends the start with one line."""

import pytest

from bot.settings import Need, SettingsError, read

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "SLACK_SIGNING_SECRET": "secret",
}


@pytest.fixture(name="environment")
def _environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in (*GOOD, "SLACK_API_URL", "DATABASE_URL", "PORT", "UNDERSIGNED_CLOCK"):
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_defaults(environment: pytest.MonkeyPatch) -> None:
    """Without more, it is Slack itself, a SQLite file and port 3000."""
    del environment
    settings = read(*Need)

    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.is_sqlite
    assert settings.port == 3000


@pytest.mark.parametrize("name", list(GOOD))
def test_missing(environment: pytest.MonkeyPatch, name: str) -> None:
    """A missing secret is one line that names it and says where it is found."""
    environment.delenv(name)

    with pytest.raises(SettingsError) as refused:
        read(*Need)

    line = str(refused.value)
    assert line.startswith(f"{name} is not set")
    assert "api.slack.com/apps" in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xapp-oops"),
        ("SLACK_APP_TOKEN", "xoxb-oops"),
        ("SLACK_API_URL", "localhost:8765"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("DATABASE_URL", "postgresql://me:oops@host:port/name"),
        ("PORT", "70000"),
        ("PORT", "http"),
        ("UNDERSIGNED_CLOCK", "127.0.0.1:8765"),
    ],
)
def test_malformed(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A malformed value is one line that names it, says how it should look, and shows no secret."""
    environment.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        read()

    line = str(refused.value)
    assert line.startswith(name)
    assert "oops" not in line
    assert "\n" not in line


def test_secrets_do_not_print(environment: pytest.MonkeyPatch) -> None:
    """Settings can be printed without showing a secret."""
    environment.setenv("SLACK_SIGNING_SECRET", "do-not-show")

    assert "do-not-show" not in repr(read())


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("sqlite:///var/x.db", "sqlite+aiosqlite:///var/x.db"),
    ],
)
def test_database_addresses(environment: pytest.MonkeyPatch, given: str, understood: str) -> None:
    """The addresses that hosting platforms hand out are understood."""
    environment.setenv("DATABASE_URL", given)

    assert read().database_url == understood
