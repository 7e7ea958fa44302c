"""The settings: environment variables and a file `.env`, read once at the start.

Everything missing or malformed is reported at once, one line each, with its source.
"""

import os
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from difflib import get_close_matches
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from pydantic import (
    AfterValidator,
    BeforeValidator,
    SecretStr,
    ValidationError,
    create_model,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from bot.access import barrier, refusal
from bot.database_url import DEFAULT as DEFAULT_DATABASE_URL
from bot.database_url import is_sqlite, normal
from bot.mail_url import mail_server

_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")
_MAIL_FROM = re.compile(r"[\w.+=-]{1,64}@[A-Za-z0-9.-]{1,255}", re.ASCII)
_PUBLIC_ADDRESS = re.compile(r"https?://[^\s/?#@]+/?")

DEFAULT_API_URL = "https://slack.com/api/"
ENV_FILE = ".env"

_WHERE = {
    "SLACK_BOT_TOKEN": "the xoxb- token is in your app's settings at api.slack.com/apps "
    "under “OAuth & Permissions”, once the app is installed",
    "SLACK_APP_TOKEN": "make an xapp- token in your app's settings at "
    "api.slack.com/apps under “Basic Information”, “App-Level Tokens”, with connections:write",
    "SLACK_SIGNING_SECRET": "it is in your app's settings at api.slack.com/apps under “Basic "
    "Information”, “App Credentials”",
    "SLACK_API_URL": "leave it out for Slack itself, or give the address of a local Slack such as "
    "http://127.0.0.1:8765/api/",
    "DATABASE_URL": "sqlite+aiosqlite:///var/undersigned.db for one process, "
    "postgresql+asyncpg://user:password@host/name for several",
    "ERASURES": "a file beside your backups, such as /backups/undersigned.erasures",
    "PUBLIC_URL": "the address under which the world reaches this machine, without a path, such as "
    "https://letters.example.org",
    "CONTACT": "who runs Undersigned here and how to reach them, such as “Example Trust, web@example.org”",
    "SMTP_URL": "smtps://user:password@host:465 or smtp://user:password@host:587, with %40 for an @ in "
    "the password",
    "MAIL_FROM": "the address that mails come from, such as letters@example.org",
    "SECRET_KEYS": "`undersigned secrets new` prints one; several are separated by commas",
    "TRUSTED_PROXIES": "addresses or networks, separated by commas, such as 10.0.0.2, 172.18.0.0/16",
    "HOST": "127.0.0.1 for this machine only, 0.0.0.0 for all its addresses",
    "PORT": "a whole number from 1 to 65535, such as 3000",
    "HEALTH_PORT": "a whole number from 1 to 65535, such as 3001",
    "METRICS_PORT": "a whole number from 1 to 65535, such as 9464",
    "LOG_LEVEL": "debug, info, warning or error",
    "UNDERSIGNED_CLOCK": "the address of a local Slack's clock, for demonstrations only",
}


class SettingsError(Exception):
    """Raised for what an operator has to mend. The command line prints its message and ends."""


class Need(StrEnum):
    """Setting that a command needs at its start."""

    BOT_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105 - the name of a variable
    APP_TOKEN = "SLACK_APP_TOKEN"  # noqa: S105 - the same
    SIGNING_SECRET = "SLACK_SIGNING_SECRET"  # noqa: S105 - the same


class LogLevel(StrEnum):
    """The level of the app's own log lines; libraries log only warnings and errors."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _begins_with(prefix: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefix):
            raise ValueError(f"doesn't begin with {prefix}")
        return value

    return AfterValidator(check)


def _has_host(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value) or not _has_host(value):
        raise ValueError("isn't an http or https address")
    return value


def _public(value: str) -> str:
    if value and not (_PUBLIC_ADDRESS.fullmatch(value) and _has_host(value)):
        raise ValueError("isn't an http or https address without a path")
    return value.rstrip("/")


def _server(value: SecretStr) -> SecretStr:
    mail_server(value.get_secret_value())
    return value


def _sender(value: str) -> str:
    if not _MAIL_FROM.fullmatch(value):
        raise ValueError("isn't a mail address")
    return value


def _keys(value: SecretStr) -> SecretStr:
    for key in split_keys(value):
        try:
            is_key = len(urlsafe_b64decode(key)) == 32
        except ValueError:
            is_key = False
        if not is_key:
            raise ValueError("has a part that isn't a key")
    return value


def split_keys(value: SecretStr) -> list[str]:
    """Return the keys of SECRET_KEYS, the one that encrypts first."""
    return [key.strip() for key in value.get_secret_value().split(",")]


def _networks(value: str) -> str:
    try:
        networks(value)
    except ValueError:
        raise ValueError("has a part that is neither an address nor a network") from None
    return value


def networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks of TRUSTED_PROXIES.

    Raises:
        ValueError: a part is neither an address nor a network.
    """
    return tuple(ip_network(one.strip()) for one in value.split(",") if one.strip())


def _port(value: Any) -> int:
    text = str(value)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ValueError("isn't a port")
    return int(text)


def _level(value: Any) -> str:
    level = str(value).casefold()
    if level not in list(LogLevel):
        raise ValueError("isn't a log level")
    return level


Address = Annotated[str, AfterValidator(_address)]
BotToken = Annotated[SecretStr, _begins_with("xoxb-")]
AppToken = Annotated[SecretStr, _begins_with("xapp-")]


class Settings(BaseSettings):
    """Settings from the environment. Secrets are masked when printed."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: BotToken | None = None
    slack_app_token: AppToken | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: Address = DEFAULT_API_URL
    database_url: Annotated[str, AfterValidator(normal)] = DEFAULT_DATABASE_URL
    erasures: Path | None = None
    public_url: Annotated[str, AfterValidator(_public)] = ""
    """The address under which public pages are served, without a slash at its end; "" for none."""
    contact: str = ""
    """The people who run this installation and how to reach them, for the end of each page."""
    smtp_url: Annotated[SecretStr, AfterValidator(_server)] | None = None
    """The server that mails are given to, with its user and password; None for no mails."""
    mail_from: Annotated[str, AfterValidator(_sender)] | None = None
    """The address that mails come from."""
    secret_keys: Annotated[SecretStr, AfterValidator(_keys)] | None = None
    """The keys of people's addresses in the database: the first encrypts, all decrypt."""
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = ""
    """The proxies whose word about a caller's address is believed."""
    host: str = "127.0.0.1"
    """The address of this machine at which it listens; 0.0.0.0 for all."""
    port: Annotated[int, BeforeValidator(_port)] = 3000
    health_port: Annotated[int, BeforeValidator(_port)] | None = None
    """The port at which `run` and `worker` report their health; None for none."""
    metrics_port: Annotated[int, BeforeValidator(_port)] | None = None
    """The port at which a process serves its metrics; None for none."""
    log_level: Annotated[LogLevel, BeforeValidator(_level)] = LogLevel.INFO
    undersigned_clock: Address | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        """Refuse quotes and spaces around a value, which a shell removes and other readers keep."""
        if isinstance(value, str) and value != value.strip():
            raise ValueError("has spaces or line breaks around it: leave them out.")
        if (
            isinstance(value, str)
            and len(value) > 1
            and value[0] == value[-1]
            and value[0] in "\"'"
        ):
            raise ValueError("has quotes around it, which count as a part of it: leave them out.")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.smtp_url is not None:
            for name in ("mail_from", "secret_keys"):
                if getattr(self, name) is None:
                    raise ValueError(f"needs {name.upper()}: {_WHERE[name.upper()]}.")
        return self

    def secret(self, need: Need) -> str:
        """Return a secret that was among the needs of `read`."""
        value: SecretStr | None = getattr(self, need.value.lower())
        if value is None:
            raise SettingsError(_missing(need.value))
        return value.get_secret_value()

    @property
    def is_sqlite(self) -> bool:
        """Return whether the database is a SQLite file, which one process at a time may serve."""
        return is_sqlite(self.database_url)


class _WithFile(Settings):
    """The environment, completed by the file `.env` of the current folder."""

    model_config = SettingsConfigDict(env_file=ENV_FILE, env_file_encoding="utf-8-sig")


_NEEDED: dict[Need, Any] = {
    Need.BOT_TOKEN: BotToken,
    Need.APP_TOKEN: AppToken,
    Need.SIGNING_SECRET: SecretStr,
}


def read(*needs: Need) -> Settings:
    """Read the environment."""
    fields: dict[str, Any] = {need.value.lower(): (_NEEDED[need], ...) for need in needs}
    model: type[Settings] = create_model("Needed", __base__=_WithFile, **fields)
    try:
        Path.cwd()  # Fails if it was deleted, and would later.
        lines = list(_unread(Path(ENV_FILE)))
        if not lines:
            return model()
    except ValidationError as error:
        lines = [_line(one) for one in error.errors(include_url=False, include_input=False)]
    except (OSError, UnicodeDecodeError) as error:
        why = (refusal(error) or barrier(Path(ENV_FILE))) if isinstance(error, OSError) else ""
        raise SettingsError(
            f"The file {ENV_FILE} can't be read: {why}. Run the command in a folder that belongs "
            "to this user."
            if why
            else f"The file {ENV_FILE} can't be read ({type(error).__name__}): it should be UTF-8 "
            "text with lines such as PORT=3000."
        ) from None
    if len(lines) > 1:
        lines = ["these settings are missing or wrong:", *(f"  {line}" for line in lines)]
    raise SettingsError("\n".join(lines))


def _unread(file: Path) -> Iterator[str]:
    if file.is_dir():
        yield f"The file {file} can't be read: it is a folder."
    elif file.is_symlink() and not file.exists():
        yield f"The file {file} can't be read: it is a link to {file.readlink()}, which isn't there."
    elif file.is_file():
        with file.open(encoding="utf-8-sig") as text:
            for one in parse_stream(text):
                if one.error or (one.key and one.value is None):
                    words = one.original.string.lstrip()
                    quoted = "its quotes aren't a pair around the whole value"
                    why = quoted if "=" in words else "it has no “=”"
                    # The parser counts the empty lines above as a part of it.
                    number = one.original.line + one.original.string.count("\n", 0, -len(words))
                    yield f"Line {number} of the file {file} can't be read: {why}."


def misspelt() -> Iterator[tuple[str, str]]:
    """Yield variables of the environment and of `.env` that resemble a setting that isn't set."""
    given = {name.upper() for name in (*os.environ, *DotEnvSettingsSource(_WithFile).env_vars)}
    unset = {name.upper() for name in Settings.model_fields} - given
    for name in sorted(given - {one.upper() for one in Settings.model_fields}):
        # PGPORT, which other programs read, resembles PORT a little less.
        for nearest in get_close_matches(name, sorted(unset), n=1, cutoff=0.84):
            yield name, nearest


def _line(error: Any) -> str:
    name = str(error["loc"][0]).upper() if error["loc"] else "SMTP_URL"
    if error["type"] == "missing":
        return _missing(name)
    said = str(error["msg"]).removeprefix("Value error, ")
    # A whole sentence already contains advice.
    return f"{name} {said}" if said.endswith(".") else f"{name} {said}: {_WHERE[name]}."


def _missing(name: str) -> str:
    return f"{name} isn't set: {_WHERE[name]}."
