"""Content of the Home tab."""

from bot.letters import notices
from bot.letters.people import Person
from bot.storage import outbox
from bot.storage.database import Transaction, writing
from bot.use_cases.gate import once


@writing
def opened(tx: Transaction, *, workspace: str, person: Person, delivery: str) -> None:
    """Owe somebody their App Home as things are now; once for an event, however often it comes."""

    def act() -> dict[str, str]:
        outbox.owe(tx, workspace, [notices.home(person)])
        return {}

    once(tx, workspace, delivery, act)
