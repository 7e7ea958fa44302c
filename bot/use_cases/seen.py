"""The state that a decision was made from: if it has changed since, both are shown, no more."""

from bot.letters.ids import revision
from bot.letters.refusals import Reason, Refused

ENTRY_MOST = 80
"""Characters of the entry that a refusal can quote."""


def seen(entry: str, *behind: object, signers: int = 1, objections: int = 0) -> str:
    """Return the state of an entry on a screen, for the memory of a form or the value of a button.

    `behind` are the signatures and objections that it shows too, as `revision` takes them.
    """
    return f"{revision(entry, *behind)}:{signers}:{objections}:{entry[:ENTRY_MOST]}"


def refuse_unseen(read: str | None, now: str) -> None:
    """Refuse a decision about something else than is there now; `read` of None accepts anything.

    Raises:
        Refused: it changed since it was read (`CHANGED_UNSEEN`), with both as `was` and `now`.
    """
    if read not in {None, now}:
        raise Refused.because(Reason.CHANGED_UNSEEN, was=read, now=now)
