"""Pages of a letter's list and of the Home tab."""

from dataclasses import dataclass

from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter, Sight, refuse
from bot.letters.order import Position
from bot.letters.people import Actor, Membership, Role
from bot.letters.phases import Action, Phase
from bot.letters.signatory import Signatory
from bot.storage import amendments, endorsements, letters, signatories
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit, role_in
from bot.use_cases.letter_lookup import roles_of, seen_by

_MAY_BE_OPEN = (Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A stretch of a letter's list in its order."""

    letter: Letter
    signatories: tuple[Signatory, ...]
    end: Position | None
    """Position where the next page starts; None on the last."""
    earlier: frozenset[str] = frozenset()
    """Those among them that stand for the text as it was before its meaning changed."""
    may_correct: bool = False
    """The reader may correct its lines now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One thing that somebody signed."""

    letter: Letter
    endorsement: Endorsement
    party: Signatory
    """The signatory that it speaks for, with its standing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Content of a person's Home tab."""

    open_letters: tuple[Letter, ...]
    signed: tuple[Held, ...]
    """The person's signatures, newest first."""
    organised: tuple[Letter, ...]
    """Letters the person runs, newest first, drafts too."""
    may_start: bool


@reading
def who_signed(
    tx: Transaction, *, letter: int, actor: Actor, after: Position | None, limit: int
) -> ListPage:
    """A page of the list; without any line where an embargo hides the names (`letter.seen`).

    Raises:
        Refused: there is none here, or it is not for this person to see.
    """
    found = seen_by(tx, admit(tx, letter, actor, Action.SEE_SIGNATORIES, lock=False), actor)
    if found.seen is not Sight.ALL:
        return ListPage(letter=found, signatories=(), end=None)
    rows = signatories.listed(tx, letter, after=after, limit=limit + 1)
    page = rows[:limit]
    return ListPage(
        letter=found,
        signatories=tuple(party for _, party in page),
        end=page[-1][0] if len(rows) > limit else None,
        earlier=amendments.earlier(tx, found, [party.id for _, party in page])
        if found.meaning > 1
        else frozenset(),
        may_correct=refuse(found, Action.CORRECT, role_in(tx, found, actor), tx.now) is None,
    )


@reading
def home(tx: Transaction, *, actor: Actor) -> HomePage:
    """Content of a person's Home tab."""
    role_of = roles_of(tx, actor)
    held = endorsements.everything_held_by(tx, actor.person)
    theirs = letters.find_many(tx, {endorsement.letter for endorsement in held})
    parties = signatories.find_many(tx, {endorsement.signatory for endorsement in held})
    return HomePage(
        open_letters=tuple(
            one.as_seen_by(role_of(one), tx.now)
            for one in letters.in_workspace(tx, actor.workspace, phases=_MAY_BE_OPEN)
            if refuse(one, Action.SIGN, role_of(one), tx.now) is None
        ),
        signed=tuple(
            Held(
                letter=theirs[one.letter].as_seen_by(role_of(theirs[one.letter]), tx.now),
                endorsement=one,
                party=parties[one.signatory],
            )
            for one in held
            if theirs[one.letter].workspace == actor.workspace
        ),
        organised=tuple(
            one.as_seen_by(Role.ORGANISER, tx.now)
            for one in letters.in_workspace(tx, actor.workspace, organiser=actor.person)
        ),
        may_start=actor.membership is Membership.MEMBER,
    )
