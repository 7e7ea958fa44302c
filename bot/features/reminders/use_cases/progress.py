"""An organiser looks how far reminders are on their way, or stops them."""

from dataclasses import dataclass
from datetime import timedelta

from bot.features.reminders import rows
from bot.letters.letter import Action
from bot.letters.people import Actor
from bot.storage.database import Transaction, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Progress of a letter's reminders."""

    sent: int
    waiting: int
    """Their time has come."""
    later: int
    """They are planned for a time that is still to come, such as people's next morning."""
    failed: int
    per_minute: int
    """Number sent in the last minute."""
    left: timedelta | None
    """Time until all are sent; None where nothing waits, or nothing moves."""
    hindrance: str
    """Slack's name for what keeps them waiting; empty where nothing does."""


def how_far(tx: Transaction, letter: int) -> Progress:
    """Progress of a letter's reminders."""
    found = rows.counts(tx, letter)
    left = None
    if found.last is not None and (found.per_minute or not found.due):
        by_pace = timedelta(minutes=found.due / max(found.per_minute, 1))
        left = max(by_pace, found.last - tx.now)
    return Progress(
        sent=found.sent,
        waiting=found.due,
        later=found.later,
        failed=found.failed,
        per_minute=found.per_minute,
        left=left,
        hindrance=rows.hindrance(tx, letter),
    )


@writing
def stop(tx: Transaction, *, letter: int, actor: Actor, trigger: str) -> int:
    """Stop the reminders of a letter that are planned now; return how many people get none.

    Those that people put off themselves, and later steps by schedule, still come.

    Raises:
        Refused: it is not open, or the actor does not run it.
    """

    def act() -> dict[str, int]:
        found = admit(tx, letter, actor, Action.REMIND)
        record(tx, found, Act.REMINDERS_STOPPED, actor.person)
        return {"people": rows.drop(tx, letter)}

    return once(tx, actor.workspace, trigger, act)["people"]
