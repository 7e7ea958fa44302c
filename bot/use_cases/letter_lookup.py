"""Look-up of letters by number or by the beginning of the title."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.letters.endorsement import State
from bot.letters.letter import Letter, refuse
from bot.letters.people import NO_TIES, Actor, Role
from bot.letters.phases import ORGANISERS_OWN, Action, may_be_kept_as
from bot.storage import amendments, endorsements, letters, postings
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit, admit_as, role_in, role_with


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A letter with its text."""

    letter: Letter
    body: str
    amended_at: datetime | None = None
    """Time of the last amendment; None if there was none."""
    signed: bool = False


@reading
def whole(tx: Transaction, *, letter: int, actor: Actor) -> Whole:
    """Return a letter with its signed text; raise Refused if the actor must not read it."""
    found, role = admit_as(tx, letter, actor, Action.READ, lock=False)
    changes = amendments.of_letter(tx, letter)
    held = endorsements.held_by(tx, [(letter, actor.person)]).get((letter, actor.person), [])
    return Whole(
        letter=found.as_seen_by(role, tx.now),
        body=letters.text_of(tx, found).body,
        amended_at=changes[-1].made_at if changes else None,
        # Silence may have ended a signature that is not recorded as ended yet.
        signed=any(one.state_at(found, tx.now) is not State.DROPPED for one in held),
    )


@reading
def editable(tx: Transaction, *, letter: int, actor: Actor) -> Whole:
    """Return a draft with its text; raise Refused if it is posted or the actor does not run it."""
    found = admit(tx, letter, actor, Action.EDIT, lock=False)
    return Whole(letter=found, body=letters.text_of(tx, found).body)


def earlier(tx: Transaction, letter: Letter, actor: Actor) -> Letter | None:
    """Return the letter that a letter was started from; None unless the actor organises both."""
    found = None if letter.started_from is None else letters.find(tx, letter.started_from)
    if found is None or found.workspace != letter.workspace:
        return None
    runs = all(letters.organises(tx, one.id, actor.person) for one in (letter, found))
    return found if runs else None


@reading
def check(tx: Transaction, *, letter: int, actor: Actor, action: Action) -> Letter:
    """Return the letter if the actor may do the action with it now, else raise Refused."""
    return admit(tx, letter, actor, action, lock=False)


@reading
def find(tx: Transaction, *, actor: Actor, action: Action, word: str = "") -> tuple[Letter, ...]:
    """Return the letters that a person's words may refer to, newest first.

    `action`: the action they want to take. Letters that do not allow it are left out, unless `word`
    matches them. `word`: a number ("7", "#7") or the beginning of a title; empty for any letter.
    """
    word = word.strip().lstrip("#").strip()
    # A number is first looked up as a letter's number, and only then as the beginning of a title.
    numbered = letters.find(tx, int(word)) if word.isdecimal() else None
    if numbered is not None and numbered.workspace == actor.workspace:
        part = role_in(tx, numbered, actor)
        hidden = refuse(numbered, Action.READ, part, tx.now) is not None
        return () if hidden else (numbered.as_seen_by(part, tx.now),)
    role_of = roles_of(tx, actor)
    if word:
        meant, action = letters.titled(tx, actor.workspace, word), Action.READ
    else:
        organiser = actor.person if action in ORGANISERS_OWN else None
        phases = may_be_kept_as(action)
        meant = letters.in_workspace(tx, actor.workspace, organiser=organiser, phases=phases)
    return tuple(
        one.as_seen_by(part, tx.now)
        for one in meant
        if refuse(one, action, part := role_of(one), tx.now) is None
    )


def roles_of(tx: Transaction, actor: Actor) -> Callable[[Letter], Role]:
    """Return a function from a workspace's letter to the actor's role, with ties loaded once."""
    ties = postings.all_ties(tx, actor.person)
    return lambda letter: role_with(letter, actor.membership, ties.get(letter.id, NO_TIES))
