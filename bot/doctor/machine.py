"""Checks of the settings, and of what is installed."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.doctor.findings import Finding, look, wrong
from bot.documents.making import available
from bot.documents.paper import Format
from bot.settings import DEFAULT_API_URL, ENV_FILE, Settings, misspelt
from bot.storage.engines.sqlite_files import readable_by_others

_HEXADECIMAL = re.compile("[0-9a-f]{32}")


def settings_checks(settings: Settings) -> Iterator[Finding]:
    """Check the settings themselves, without network or database."""
    if settings.slack_bot_token is None:
        do = "Copy it from your app's settings at api.slack.com/apps, “OAuth & Permissions”."
        yield wrong("bot_token", "SLACK_BOT_TOKEN isn't set.", do)
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        yield wrong(
            "transport",
            "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set, so Slack can't reach the app.",
            "Set SLACK_APP_TOKEN for `undersigned run`, or SLACK_SIGNING_SECRET for `undersigned serve`.",
        )
    secret = settings.slack_signing_secret
    real = settings.slack_api_url == DEFAULT_API_URL
    if secret is not None and real and not _HEXADECIMAL.fullmatch(secret.get_secret_value()):
        yield wrong(
            "signing_secret",
            "SLACK_SIGNING_SECRET isn't one of Slack's: those are 32 digits and letters from a to f.",
            "Copy it from “Basic Information”, “App Credentials”.",
        )
    if not real:
        said = f"SLACK_API_URL leads to {settings.slack_api_url}, which isn't Slack."
        yield look("slack_address", said, "Leave SLACK_API_URL out, unless this is a trial.")
    elif settings.undersigned_clock is not None:
        said = "UNDERSIGNED_CLOCK is set, so this installation goes by the time of a demonstration."
        yield wrong("clock", said, "Leave it out.")
    yield from _page_checks(settings)
    yield from _file_checks(Path(ENV_FILE))
    for name, nearest in misspelt():
        yield wrong(
            "unknown", f"{name} isn't a setting, and {nearest} isn't set.", f"Call it {nearest}."
        )
    # Without a signing secret or public pages, no process listens at PORT.
    listens = secret is not None or settings.public_url
    ports = {"PORT": settings.port if listens else None}
    ports |= {"HEALTH_PORT": settings.health_port, "METRICS_PORT": settings.metrics_port}
    for number in sorted({one for one in ports.values() if one is not None}):
        same = [name for name, port in ports.items() if port == number]
        if len(same) > 1:
            said = f"{' and '.join(same)} are the same port, {number}."
            yield wrong("ports", said, "Give each a port of its own.")


def _page_checks(settings: Settings) -> Iterator[Finding]:
    if settings.public_url and not settings.contact.strip():
        said = "CONTACT isn't set. Public pages have to say who runs them, in several countries by law."
        yield wrong("contact", said, "Set CONTACT to a name and a way to write to you.")
    if settings.public_url.startswith("http:"):
        said = f"PUBLIC_URL is {settings.public_url}, so pages aren't encrypted on their way."
        yield look("public_url", said, "Serve them under https, unless this is a trial.")


def _file_checks(env: Path) -> Iterator[Finding]:
    if not env.is_file():
        return
    for number, line in enumerate(env.read_text("utf-8-sig").splitlines(), 1):
        if "=" not in line and line.strip() and not line.startswith("#"):
            said = f"Line {number} of {env.absolute()} isn't read: it has no “=”."
            yield wrong("unknown", said, "Write NAME=value, or # before a remark.")
    if readable_by_others(env):
        said = f"Other users of this machine can read {env.absolute()}, which may hold tokens."
        yield look("secrets", said, f"chmod 600 {env.absolute()}")


def document_checks() -> Iterator[Finding]:
    """Check that documents can be made: their libraries, and a folder for temporary files."""
    if not all(map(available, (Format.PDF, Format.XLSX))):
        yield look(
            "documents",
            "Letters can't be made as PDF or spreadsheet: the extra “documents” isn't installed.",
            "pip install --require-hashes -r requirements-documents.txt",
        )
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        yield wrong(
            "documents",
            "No folder takes temporary files, so no document can be made.",
            "Make /tmp writable, such as with a tmpfs, or name a folder in TMPDIR.",
        )
