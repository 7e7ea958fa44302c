"""Conversion of the database address from the platform's form to the driver's.

asyncpg parses the address and knows some of libpq's parameters
(https://magicstack.github.io/asyncpg/current/api/). It would send any other parameter to the
server, which refuses it with an unclear error, so other parameters are translated or refused here.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

DEFAULT: Final = "sqlite+aiosqlite:///var/undersigned.db"
SQLITE, POSTGRESQL = "sqlite+aiosqlite:///", "postgresql+asyncpg://"
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")

_DRIVER = frozenset(
    {"host", "port", "dbname", "database", "user", "password", "passfile", "service", "sslmode",
     "sslcert", "sslkey", "sslrootcert", "sslcrl", "sslpassword", "sslnegotiation",
     "ssl_min_protocol_version", "ssl_max_protocol_version", "target_session_attrs", "krbsrvname",
     "gsslib"}
)  # fmt: skip
"""Parameters of an address that asyncpg accepts."""
_SERVER = frozenset({"application_name", "options", "search_path"})
"""Parameters that the server accepts as settings of the session."""
_HARMLESS: Final[dict[str, set[str]]] = {
    "channel_binding": {"disable", "prefer"},
    "fallback_application_name": set(),
    "gssencmode": {"disable", "prefer"},
    "keepalives": set(),
    "keepalives_count": set(),
    "keepalives_idle": set(),
    "keepalives_interval": set(),
}
"""Ignored parameters, each with the values for which that is safe (empty: all)."""


class DatabaseUrlError(ValueError):
    """Raised if the address cannot be used. The message contains the reason and no secrets."""


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """A PostgreSQL address in the form that asyncpg accepts."""

    dsn: str
    connect_timeout_s: float | None
    """Seconds allowed for connecting; None if the address sets no limit."""


def normal(given: str) -> str:
    """Return an address with the name of its driver, whatever scheme the platform wrote.

    Raises:
        DatabaseUrlError: the address is neither a file's nor a PostgreSQL database's, or has an
            unsupported parameter.
    """
    url = _with_driver(given)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Not the original message, which may quote the password.
        raise DatabaseUrlError("isn't a whole address") from None
    if url.startswith(SQLITE):
        if not parsed.database or ":memory:" in parsed.database:
            raise DatabaseUrlError("doesn't name a file")
        if parsed.query or parsed.database.startswith("file:"):
            raise DatabaseUrlError("has more in it than the path of a file")
    else:
        postgres(url)
    return url


def is_sqlite(url: str) -> bool:
    """Return whether an address is that of a SQLite file."""
    return url.startswith("sqlite")


def sqlite_file(url: str) -> Path:
    """Return the path of the SQLite file that an address names."""
    return Path(make_url(url).database or "")


def postgres(url: str) -> PostgresAddress:
    """Return a PostgreSQL address in the form that asyncpg accepts.

    Raises:
        DatabaseUrlError: the address has an unsupported parameter.
    """
    parts = urlsplit("postgresql://" + url.removeprefix(POSTGRESQL))
    timeout: float | None = None
    kept: dict[str, str] = {}
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name == "connect_timeout":
            if not value.isdecimal() or len(value) > 6:
                raise DatabaseUrlError("has a connect_timeout that isn't a number of seconds.")
            # 0 means no limit to libpq; then our own limit applies.
            timeout = float(value) or None
        elif name == "ssl":
            kept["sslmode"] = _ssl_mode("require" if value == "true" else value)
        elif name == "sslmode":
            kept[name] = _ssl_mode(value)
        elif name in _DRIVER | _SERVER:
            kept[name] = value
        else:
            _refuse_unless_harmless(name, value)
    return PostgresAddress(parts._replace(query=urlencode(kept)).geturl(), timeout)


def _with_driver(given: str) -> str:
    scheme, separator, rest = given.partition("://")
    if separator and scheme in {"postgres", "postgresql", "postgresql+asyncpg"}:
        return POSTGRESQL + rest
    if separator and scheme in {"sqlite", "sqlite+aiosqlite"} and rest.startswith("/"):
        return SQLITE + rest.removeprefix("/")
    raise DatabaseUrlError("isn't the address of a SQLite file or a PostgreSQL database")


def _ssl_mode(value: str) -> str:
    if value not in SSL_MODES:
        raise DatabaseUrlError(f"has an sslmode that isn't one of {', '.join(SSL_MODES)}.")
    return value


def _refuse_unless_harmless(name: str, value: str) -> None:
    if name in _HARMLESS and (not _HARMLESS[name] or value in _HARMLESS[name]):
        return
    if name == "channel_binding":
        raise DatabaseUrlError(
            "asks for channel_binding=require, which the driver can't do: leave it out, and use "
            "sslmode=verify-full to be sure of the server."
        )
    # A “&” in a password would make the rest look like a name, so only plain names are shown.
    shown = f"the parameter “{name}”" if name.isidentifier() and len(name) <= 40 else "a parameter"
    raise DatabaseUrlError(
        f"has {shown}, which we don't know: leave it out. We know sslmode, sslrootcert, "
        "sslcert, sslkey, connect_timeout, application_name, options and target_session_attrs."
    )
