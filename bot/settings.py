"""The environment, read once at the start.

A missing or malformed value is one line that names it and says where it comes from.
"""

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")

DEFAULT_API_URL = "https://slack.com/api/"
DEFAULT_DATABASE_URL = "sqlite+aiosqlite:///var/undersigned.db"

_WHERE = {
    "SLACK_BOT_TOKEN": "it begins with xoxb- and stands in your app's settings at api.slack.com/apps "
    "under “OAuth & Permissions”, once the app is installed",
    "SLACK_APP_TOKEN": "it begins with xapp- and is made in your app's settings at "
    "api.slack.com/apps under “Basic Information”, “App-Level Tokens”, with connections:write",
    "SLACK_SIGNING_SECRET": "it stands in your app's settings at api.slack.com/apps under “Basic "
    "Information”, “App Credentials”",
    "SLACK_API_URL": "leave it out for Slack itself, or give the address of a local Slack such as "
    "http://127.0.0.1:8765/api/",
    "DATABASE_URL": "sqlite+aiosqlite:///var/undersigned.db for one process, "
    "postgresql+asyncpg://user:password@host/name for several",
    "PORT": "a whole number from 1 to 65535, such as 3000",
    "UNDERSIGNED_CLOCK": "the address of a local Slack's clock, for demonstrations only",
}


class SettingsError(Exception):
    """The environment is not right; the message is the one line to show."""


class Need(StrEnum):
    """Requirement of a command at its start."""

    BOT_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105 - the name of a variable
    APP_TOKEN = "SLACK_APP_TOKEN"  # noqa: S105 - the same
    SIGNING_SECRET = "SLACK_SIGNING_SECRET"  # noqa: S105 - the same


def _begins_with(prefix: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefix):
            raise ValueError(f"does not begin with {prefix}")
        return value

    return AfterValidator(check)


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise ValueError("is no http or https address")
    return value


def _database(value: str) -> str:
    # What hosting platforms hand out names no driver.
    for plain in ("postgres://", "postgresql://"):
        if value.startswith(plain):
            return "postgresql+asyncpg://" + value.removeprefix(plain)
    if value.startswith("sqlite:///"):
        return "sqlite+aiosqlite:///" + value.removeprefix("sqlite:///")
    if not value.startswith(("postgresql+asyncpg://", "sqlite+aiosqlite:///")):
        raise ValueError("is no address of a SQLite file or a PostgreSQL database")
    return value


def _readable(value: str) -> str:
    try:
        make_url(value)
    except (ArgumentError, ValueError):
        # Not the error's own words: they may quote the password.
        raise ValueError("is no whole address") from None
    return value


def _port(value: Any) -> int:
    text = str(value)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ValueError("is no port")
    return int(text)


Address = Annotated[str, AfterValidator(_address)]


class Settings(BaseSettings):
    """Settings from the environment. Secrets never show when printed."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: Annotated[SecretStr, _begins_with("xoxb-")] | None = None
    slack_app_token: Annotated[SecretStr, _begins_with("xapp-")] | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: Address = DEFAULT_API_URL
    database_url: Annotated[str, AfterValidator(_database), AfterValidator(_readable)] = (
        DEFAULT_DATABASE_URL
    )
    port: Annotated[int, BeforeValidator(_port)] = 3000
    undersigned_clock: Address | None = None

    def secret(self, need: Need) -> str:
        """A secret that `read` was told is needed."""
        value: SecretStr | None = getattr(self, need.value.lower())
        if value is None:
            raise SettingsError(_missing(need.value))
        return value.get_secret_value()

    @property
    def is_sqlite(self) -> bool:
        """Return whether the database is a SQLite file, which one process at a time may serve."""
        return self.database_url.startswith("sqlite")


def _missing(name: str) -> str:
    return f"{name} is not set: {_WHERE[name]}."


def read(*needs: Need) -> Settings:
    """Read the environment.

    Raises:
        SettingsError: something needed is missing, or something given is malformed.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0]).upper()
        what = str(first["msg"]).removeprefix("Value error, ")
        raise SettingsError(f"{name} {what}: {_WHERE[name]}.") from None
    for need in needs:
        settings.secret(need)
    return settings
