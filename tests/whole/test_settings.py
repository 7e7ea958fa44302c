"""The environment: what is missing or malformed ends the start with one line."""

from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from bot.database_url import PostgresAddress, postgres
from bot.mail_url import MailServer, mail_server
from bot.settings import LogLevel, Need, SettingsError, networks, read, split_keys

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "SLACK_SIGNING_SECRET": "secret",
}
KEY = urlsafe_b64encode(bytes(32)).decode()
MAIL = {
    "SMTP_URL": "smtps://letters%40example.org:a%20b@mail.example.org",
    "MAIL_FROM": "letters@example.org",
    "SECRET_KEYS": KEY,
}


@pytest.fixture(name="environment")
def _environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in (*GOOD, "SLACK_API_URL", "DATABASE_URL", "PORT", "LOG_LEVEL", "UNDERSIGNED_CLOCK"):
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_mail_server() -> None:
    """An SMTP_URL names host, port, user and password; without TLS it asks for STARTTLS."""
    whole = mail_server(MAIL["SMTP_URL"])

    assert whole == MailServer(
        host="mail.example.org",
        port=465,
        tls=True,
        starttls=False,
        user="letters@example.org",
        password="a b",
    )
    assert "a b" not in repr(whole)
    assert mail_server("smtp://mail.example.org").starttls
    assert mail_server("smtp://mail.example.org").port == 587
    for here in ("127.0.0.1", "localhost", "[::1]"):
        assert not mail_server(f"smtp://{here}:8025").starttls


def test_mail_settings(environment: pytest.MonkeyPatch) -> None:
    """Mail without a sender or a key is refused with a word on each; several keys and networks are lists."""
    for name, value in MAIL.items():
        environment.setenv(name, value)
    environment.setenv("SECRET_KEYS", f"{KEY}, {KEY}")
    environment.setenv("TRUSTED_PROXIES", "10.0.0.2, 172.18.0.0/16")

    settings = read()
    assert settings.secret_keys is not None
    assert split_keys(settings.secret_keys) == [KEY, KEY]
    assert [str(one) for one in networks(settings.trusted_proxies)] == [
        "10.0.0.2/32",
        "172.18.0.0/16",
    ]

    for missing in ("MAIL_FROM", "SECRET_KEYS"):
        with environment.context() as without:
            without.delenv(missing)
            with pytest.raises(SettingsError, match=f"SMTP_URL needs {missing}: "):
                read()


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
    assert line.startswith(f"{name} isn't set")
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
        ("PUBLIC_URL", "letters.example.org"),
        ("PUBLIC_URL", "https://example.org/letters"),
        ("SMTP_URL", "mail.example.org:465"),
        ("SMTP_URL", "smtp://user:oops@:587"),
        ("SMTP_URL", "smtp://user:oops@mail.example.org:port"),
        ("SMTP_URL", "smtps://user:oops@mail.example.org/inbox"),
        ("MAIL_FROM", "Letters <letters@example.org>"),
        ("MAIL_FROM", "oops@example.org\nBcc: everyone@example.org"),
        ("SECRET_KEYS", "oops"),
        ("SECRET_KEYS", f"{KEY},"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("TRUSTED_PROXIES", "proxy.example.org"),
        ("PORT", "70000"),
        ("PORT", "http"),
        ("UNDERSIGNED_CLOCK", "127.0.0.1:8765"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///file::memory:?uri=true"),
        ("DATABASE_URL", "sqlite:///var/x.db?mode=ro"),
        ("DATABASE_URL", "sqlite:/var/x.db"),
        ("DATABASE_URL", "postgres://me:oops@h/d?sslmode=maybe"),
        ("DATABASE_URL", "postgres://me:oops@h/d?channel_binding=require"),
        ("DATABASE_URL", "postgres://me:oops@h/d?connect_timeout=soon"),
        ("DATABASE_URL", "postgres://me:oops@h/d?schema=public"),
        ("DATABASE_URL", "postgres://me:p&oops!oops@h/d?x&oops!oops=1"),
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


def test_all_at_once(environment: pytest.MonkeyPatch) -> None:
    """Everything that is missing or malformed is named in one go, a line each."""
    environment.delenv("SLACK_BOT_TOKEN")
    environment.delenv("SLACK_SIGNING_SECRET")
    environment.setenv("PORT", "none")

    with pytest.raises(SettingsError) as refused:
        read(*Need)

    first, *lines = str(refused.value).splitlines()
    assert first.endswith(":")
    assert [line.split()[0] for line in lines] == [
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "PORT",
    ]


def test_env_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A value comes from the file `.env` where the environment does not name it."""
    environment.chdir(tmp_path)
    environment.setenv("PORT", "4000")
    environment.delenv("SLACK_BOT_TOKEN")
    (tmp_path / ".env").write_text('PORT=5000\nSLACK_BOT_TOKEN="xoxb-file"\nELSE=1\n')

    settings = read(*Need)

    assert settings.port == 4000
    assert settings.secret(Need.BOT_TOKEN) == "xoxb-file"


def test_env_file_of_windows(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The mark that Windows puts before a text is no part of the first name."""
    environment.chdir(tmp_path)
    (tmp_path / ".env").write_text("PORT=5000\r\n", encoding="utf-8-sig")

    assert read().port == 5000


def test_unreadable_env_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file `.env` that is no text is one line."""
    environment.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(b"PORT=\xff\xfe\n")

    with pytest.raises(SettingsError, match=r"^The file \.env can't be read"):
        read()


@pytest.mark.parametrize("level", list(LogLevel))
def test_log_level(environment: pytest.MonkeyPatch, level: LogLevel) -> None:
    """A log level is understood in capitals too."""
    environment.setenv("LOG_LEVEL", level.upper())

    assert read().log_level is level


AS_GIVEN = "postgres://u:p%40@h:6432/d?"


@pytest.mark.parametrize(
    ("given", "dsn", "timeout"),
    [
        ("sslmode=require", "?sslmode=require", None),
        ("ssl=true", "?sslmode=require", None),
        (
            "sslmode=verify-full&sslrootcert=/ca.pem",
            "?sslmode=verify-full&sslrootcert=%2Fca.pem",
            None,
        ),
        ("connect_timeout=10", "", 10.0),
        ("connect_timeout=0", "", None),
        ("options=endpoint%3Done&channel_binding=prefer", "?options=endpoint%3Done", None),
        (
            "application_name=letters&gssencmode=disable&keepalives=1",
            "?application_name=letters",
            None,
        ),
    ],
)
def test_postgres_parameters(
    environment: pytest.MonkeyPatch, given: str, dsn: str, timeout: float | None
) -> None:
    """The parameters that platforms put into an address are mapped to what the driver takes."""
    environment.setenv("DATABASE_URL", AS_GIVEN + given)

    address = postgres(read().database_url)

    assert address == PostgresAddress(f"postgresql://u:p%40@h:6432/d{dsn}", timeout)


def test_a_deleted_folder(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A command whose folder was deleted, as by an upgrade, says so."""
    (tmp_path / "gone").mkdir()
    environment.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(SettingsError, match="the folder in which this command runs was deleted"):
        read()
