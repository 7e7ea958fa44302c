"""Pages of a letter's list."""

from dataclasses import dataclass

from bot.letters.letter import Letter, Sight, refuse
from bot.letters.order import Position
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.letters.signatory import Signatory
from bot.storage import amendments, signatories
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit_as


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page of a letter's list, in the order of the list."""

    letter: Letter
    signatories: tuple[Signatory, ...]
    end: Position | None
    """The position of the last signatory if another page follows, or None."""
    earlier: frozenset[str] = frozenset()
    """Ids of the signatories whose signatures are for a text with an earlier meaning."""
    may_correct: bool = False
    """True if the reader may correct entries now."""


@reading
def who_signed(
    tx: Transaction, *, letter: int, actor: Actor, after: Position | None, limit: int
) -> ListPage:
    """Return a page of the list; empty if an embargo hides the names (`letter.seen`).

    Raises:
        Refused: the workspace has no such letter, or the actor may not see its list.
    """
    whole, role = admit_as(tx, letter, actor, Action.SEE_SIGNATORIES, lock=False)
    found = whole.as_seen_by(role, tx.now)
    if found.seen is not Sight.ALL:
        return ListPage(letter=found, signatories=(), end=None)
    rows = signatories.listed(tx, letter, after=after, limit=limit + 1)
    page = rows[:limit]
    earlier: frozenset[str] = frozenset()
    if found.meaning > 1 and not (found.answer_by and tx.now < found.answer_by):
        earlier = amendments.earlier(tx, found, [party.id for _, party in page])
    return ListPage(
        letter=found,
        signatories=tuple(party for _, party in page),
        end=page[-1][0] if len(rows) > limit else None,
        earlier=earlier,
        may_correct=refuse(found, Action.CORRECT, role, tx.now) is None,
    )


@reading
def place(tx: Transaction, *, signatory: str) -> Position | None:
    """Return a signatory's position, to continue the list after it; None if it was never listed.

    Buttons and modals store the short id, because a position contains whole names.
    """
    return signatories.position(tx, signatory)
