"""Somebody reads a letter, its list, or looks for a letter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter, Sight, refuse
from bot.letters.order import Position
from bot.letters.people import Actor, Membership, Role, role
from bot.letters.phases import Action, Phase
from bot.letters.signatory import Signatory
from bot.storage import amendments, endorsements, letters, signatories
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit, role_in

_MAY_BE_OPEN = (Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A stretch of a letter's list in its order."""

    letter: Letter
    signatories: tuple[Signatory, ...]
    end: Position | None
    """Where the next page starts; None on the last."""
    earlier: frozenset[str] = frozenset()
    """Those among them that stand for the text as it was before its meaning changed."""
    may_correct: bool = False
    """The reader may correct its lines now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A letter with its words."""

    letter: Letter
    body: str
    amended_at: datetime | None = None
    """When it was last amended, if it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One thing that somebody signed."""

    letter: Letter
    endorsement: Endorsement
    party: Signatory
    """Whom it speaks for, and how that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What somebody's App Home shows."""

    open_letters: tuple[Letter, ...]
    signed: tuple[Held, ...]
    """What the person signed, newest first."""
    organised: tuple[Letter, ...]
    """Letters the person runs, newest first, drafts too."""
    may_start: bool


@reading
def whole(tx: Transaction, *, letter: int, actor: Actor) -> Whole:
    """A letter with the words that are signed.

    Raises:
        Refused: there is none here, or it is somebody else's draft.
    """
    found = admit(tx, letter, actor, Action.READ, lock=False)
    body = letters.read_text(tx, letter, found.text_sha256)
    changes = amendments.of_letter(tx, letter)
    return Whole(
        letter=_seen(tx, found, actor),
        body=body or "",
        amended_at=changes[-1].made_at if changes else None,
    )


def _seen(tx: Transaction, letter: Letter, actor: Actor) -> Letter:
    return letter.as_seen_by(role_in(tx, letter, actor), tx.now)


@reading
def editable(tx: Transaction, *, letter: int, actor: Actor) -> Whole:
    """A draft with its words, for rewriting.

    Raises:
        Refused: there is none here, it is posted, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.EDIT, lock=False)
    body = letters.read_text(tx, letter, found.text_sha256)
    return Whole(letter=found, body=body or "")


@reading
def check(tx: Transaction, *, letter: int, actor: Actor, action: Action) -> Letter:
    """The letter, where the actor may do that with it now.

    Raises:
        Refused: there is none here, or the table of rules says no.
    """
    return admit(tx, letter, actor, action, lock=False)


@reading
def who_signed(
    tx: Transaction, *, letter: int, actor: Actor, after: Position | None, limit: int
) -> ListPage:
    """A page of the list; without any line where an embargo hides the names (`letter.seen`).

    Raises:
        Refused: there is none here, or it is not for this person to see.
    """
    found = _seen(tx, admit(tx, letter, actor, Action.SEE_SIGNATORIES, lock=False), actor)
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
def find(tx: Transaction, *, actor: Actor, action: Action, word: str = "") -> tuple[Letter, ...]:
    """Letters that somebody may mean, newest first.

    Args:
        tx: The transaction.
        actor: Who asks.
        action: What they want to do: only letters that they may do it with, unless one is named.
        word: A number ("7", "#7") or the beginning of a title; empty for any.
    """
    word = word.strip().lstrip("#").strip()
    role_of = _roles(tx, actor)
    everything = letters.in_workspace(tx, actor.workspace)
    if word:
        folded = word.casefold()
        # A number is a letter's; only where there is none may it begin a title.
        meant = [one for one in everything if word.isdecimal() and one.id == int(word)] or [
            one for one in everything if one.title.casefold().startswith(folded)
        ]
        return tuple(
            one.as_seen_by(part, tx.now)
            for one in meant
            if refuse(one, Action.READ, part := role_of(one), tx.now) is None
        )
    return tuple(
        one.as_seen_by(part, tx.now)
        for one in everything
        if refuse(one, action, part := role_of(one), tx.now) is None
    )


def _roles(tx: Transaction, actor: Actor) -> Callable[[Letter], Role]:
    """What somebody is to each letter of the workspace, asked of the database once for all."""
    runs = {one.id for one in letters.in_workspace(tx, actor.workspace, organiser=actor.person)}
    founds = letters.founded_by(tx, actor.workspace, actor.person)

    def role_of(letter: Letter) -> Role:
        first = letter.phase is Phase.FOUNDING and letter.id in founds
        return role(actor.membership, organises=letter.id in runs, founds=first)

    return role_of


@reading
def home(tx: Transaction, *, actor: Actor) -> HomePage:
    """What somebody's App Home shows."""
    role_of = _roles(tx, actor)
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
