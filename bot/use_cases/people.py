"""Known languages of people, so that Slack need not be asked."""

from bot.letters.people import Person
from bot.storage import workspaces
from bot.storage.database import Transaction, reading


@reading
def language(tx: Transaction, *, workspace: str, person: Person) -> str | None:
    """The language somebody uses Slack in, as an IETF tag; None where it is not known."""
    known = workspaces.acquaintance(tx, workspace, person)
    return None if known is None else known.locale
