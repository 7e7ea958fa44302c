"""The progress of a letter's reminders, and stopping them."""

from bot.features.reminders import rows
from bot.features.reminders.rows import Progress, how_far
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.storage.database import Transaction, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once

__all__ = ["Progress", "how_far", "stop"]


@writing
def stop(tx: Transaction, *, letter: int, actor: Actor, trigger: str) -> int:
    """Stop a letter's reminders that are planned now; return how many people get none.

    Reminders that people postponed themselves, and later scheduled steps, are still sent.

    Raises:
        Refused: the letter is not open, or the actor does not run it.
    """

    def act() -> dict[str, int]:
        record(tx, admit(tx, letter, actor, Action.REMIND), Act.REMINDERS_STOPPED, actor.person)
        return {"people": rows.drop(tx, letter)}

    return once(tx, actor.workspace, trigger, act)["people"]
