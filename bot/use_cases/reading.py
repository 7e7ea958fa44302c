"""Somebody reads a letter, its list, or looks for a letter."""

from dataclasses import dataclass

from bot.letters.letter import Action, Letter, Phase, refuse
from bot.letters.order import Position
from bot.letters.people import Actor, Membership, role
from bot.storage import endorsements, letters, signatories
from bot.storage.database import Transaction, reading
from bot.storage.signatories import Signatory
from bot.use_cases.gate import admit


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A stretch of a letter's list in its order."""

    letter: Letter
    signatories: tuple[Signatory, ...]
    end: Position | None
    """Where the next page starts; None on the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A letter with its words."""

    letter: Letter
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What somebody's App Home shows."""

    open_letters: tuple[Letter, ...]
    signed: tuple[tuple[Letter, str], ...]
    """Letters the person holds endorsements on, with the line; newest first."""
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
    return Whole(letter=found, body=body or "")


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
    """A page of the list.

    Raises:
        Refused: there is none here, or it is not for this person to see.
    """
    found = admit(tx, letter, actor, Action.SEE_SIGNATORIES, lock=False)
    rows = signatories.listed(tx, letter, after=after, limit=limit + 1)
    page = rows[:limit]
    return ListPage(
        letter=found,
        signatories=tuple(party for _, party in page),
        end=page[-1][0] if len(rows) > limit else None,
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
    everything = letters.in_workspace(tx, actor.workspace)
    if word:
        folded = word.casefold()
        # A number is a letter's; only where there is none may it begin a title.
        meant = [one for one in everything if word.isdecimal() and one.id == int(word)] or [
            one for one in everything if one.title.casefold().startswith(folded)
        ]
        return tuple(
            one
            for one in meant
            if one.phase is not Phase.DRAFT or letters.organises(tx, one.id, actor.person)
        )
    mine = {one.id for one in letters.in_workspace(tx, actor.workspace, organiser=actor.person)}
    return tuple(
        one
        for one in everything
        if refuse(one, action, role(actor.membership, organises=one.id in mine), tx.now) is None
    )


@reading
def home(tx: Transaction, *, actor: Actor) -> HomePage:
    """What somebody's App Home shows."""
    open_letters = [
        letter
        for letter in letters.in_workspace(tx, actor.workspace, phase=Phase.OPEN)
        if letter.phase_at(tx.now) is Phase.OPEN
    ]
    held = endorsements.everything_held_by(tx, actor.person)
    theirs = letters.find_many(tx, {endorsement.letter for endorsement in held})
    return HomePage(
        open_letters=tuple(open_letters),
        signed=tuple(
            (theirs[one.letter], one.signature.line)
            for one in held
            if theirs[one.letter].workspace == actor.workspace
        ),
        organised=tuple(letters.in_workspace(tx, actor.workspace, organiser=actor.person)),
        may_start=actor.membership is Membership.MEMBER,
    )
