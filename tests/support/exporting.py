"""Whole lists as organisers and operators export them."""

from collections.abc import Iterable

from bot.features.delivery.list_files import Format, Stretch, write
from bot.features.delivery.rules import Listed
from bot.features.delivery.use_cases import exports
from bot.features.delivery.use_cases.exports import Scope
from bot.storage.database import Database


async def stretches(
    database: Database, letter: int, scope: Scope = Scope.LISTED, *, embargoed: bool = False
) -> list[Stretch]:
    """All stretches of a letter's list, in order."""
    found: list[Stretch] = []
    await exports.export(
        database, letter=letter, each=found.append, scope=scope, embargoed=embargoed
    )
    return found


async def exported(database: Database, letter: int, *, embargoed: bool = False) -> list[Listed]:
    """A letter's whole list."""
    found = await stretches(database, letter, embargoed=embargoed)
    return [one for stretch in found for one in stretch.entries]


def whole(form: Format, parts: Iterable[Stretch]) -> str:
    """A list as a file: its stretches one after the other."""
    text, marked = "", False
    for stretch in parts:
        written = write(form, stretch, marked=marked)
        marked = bool(written.foot)
        head = "" if stretch.before else written.head
        foot = "" if stretch.more else written.foot
        text += f"{head}{''.join(written.entries)}{foot}"
    return text
