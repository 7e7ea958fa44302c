"""States of entries as shown to organisers, to refuse decisions about a state that has changed."""

from bot.letters.ids import revision
from bot.letters.refusals import Reason, Refused

ENTRY_MOST = 80
"""Most characters of the entry that a refusal can quote."""


def seen(entry: str, *behind: object, signers: int = 1, objections: int = 0) -> str:
    """Return the state of an entry on a screen, for the memory of a form or the value of a button.

    `behind` are the signatures and objections that the screen shows, in the form for `revision`.
    """
    return f"{revision(entry, *behind)}:{signers}:{objections}:{entry[:ENTRY_MOST]}"


def refuse_unseen(read: str | None, now: str) -> None:
    """Refuse a decision if the state it was made from has changed; `read` of None accepts any.

    Raises:
        Refused: it changed since it was read (`CHANGED_UNSEEN`), with both as `was` and `now`.
    """
    if read not in {None, now}:
        raise Refused.because(Reason.CHANGED_UNSEEN, was=read, now=now)
