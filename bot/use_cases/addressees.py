"""Recipients of direct messages: their language, daytime, and access to the letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.letters import send_windows
from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter, PostingState
from bot.letters.notices import LetterTopic
from bot.letters.people import Membership, Person, Role
from bot.letters.phases import Phase
from bot.letters.send_windows import NotNow
from bot.letters.signatory import Signatory
from bot.storage import (
    endorsements,
    letters,
    objections,
    postings,
    reminder_targets,
    reminders,
    signatories,
    workspaces,
)
from bot.storage.database import Transaction, reading


@reading
def language(tx: Transaction, *, workspace: str, person: Person) -> str | None:
    """Return the language a person uses Slack in, as an IETF tag; None if unknown."""
    known = workspaces.acquaintance(tx, workspace, person)
    return None if known is None else known.locale


def next_daytime(tx: Transaction, workspace: str, person: Person, days: int = 0) -> datetime:
    """Return a time to write to a person, in some days: a weekday from 9:00 to 18:00 in their zone."""
    known = workspaces.acquaintance(tx, workspace, person)
    return send_windows.next_window(tx.now + timedelta(days), known.tz if known else "UTC")


def after_others(tx: Transaction, letter: Letter, person: Person, by: Person) -> NotNow | None:
    """Return when to write in an organiser's name to a person who heard enough from them today."""
    full = reminder_targets.has_heard_enough(tx, letter, person, by)
    return NotNow(until=next_daytime(tx, letter.workspace, person, 1)) if full else None


def still_organises(tx: Transaction, letter: Letter, person: Person) -> bool:
    """Return whether a person is an organiser of a letter and no guest, as far as is known."""
    known = workspaces.acquaintance(tx, letter.workspace, person)
    gone = known is not None and known.membership is not Membership.MEMBER
    return letters.organises(tx, letter.id, person) and not gone


@reading
def organiser(
    tx: Transaction, *, letter: int, person: Person, former: bool = False
) -> Letter | None:
    """Return the letter of a message to an organiser, or a former one; None to anybody else."""
    found = letters.find(tx, letter)
    if found is None or letters.organises(tx, letter, person) is former:
        return None
    known = workspaces.acquaintance(tx, found.workspace, person)
    return None if known and known.membership is not Membership.MEMBER else found


@reading
def done_with(tx: Transaction, *, subject: Mapping[str, Any]) -> Letter | None:
    """Return the letter of a message to organisers that was dealt with; None if it was not yet."""
    found, facts = letters.find(tx, int(subject["letter"])), subject["facts"]
    if found is None:
        return None
    match LetterTopic(subject["about"]):
        case LetterTopic.CLOSED:
            done = found.phase_at(tx.now) is not Phase.CLOSED
        case LetterTopic.DISPUTED:
            several = facts.get("count", 1) > 1 and signatories.disputed(tx, [found.id])
            done = not several and objections.is_decided(tx, facts["which"])
        case LetterTopic.LAST_ORGANISER:
            done = len(letters.organisers_of(tx, found.id)) > 1
        case _:
            card = postings.find(tx, facts["posting"])
            done = card is None or card.state in {PostingState.UP, PostingState.DOWN}
    return found.as_seen_by(Role.ORGANISER, tx.now) if done else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """A person's choice about a letter's reminders."""

    off: bool = False
    at: datetime | None = None
    """Time of the reminder that they postponed."""
    later: date | None = None
    """The day, in their zone, of the next reminder if they postpone it now.

    None if that is after the deadline, or the person is unknown.
    """


def reminding_of(tx: Transaction, letter: Letter, person: Person) -> Reminding:
    """Return a person's choice about a letter's reminders."""
    put_off = reminders.put_off(tx, letter.id, person)
    known = workspaces.acquaintance(tx, letter.workspace, person)
    later = send_windows.next_window(tx.now + timedelta(days=1), known.tz if known else "UTC")
    return Reminding(
        off=reminders.wish(tx, letter.id, person).stopped,
        at=put_off.due_at if put_off and put_off.due_at > tx.now else None,
        later=send_windows.day_of(later, known.tz) if known and later < letter.deadline else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A letter that a person was asked to sign, and whether they have signed."""

    letter: Letter
    phase: Phase
    signed: bool
    reminding: Reminding


@reading
def asked(tx: Transaction, *, letter: int, person: Person) -> Asked | None:
    """Return a letter that a person was asked to sign; None if it was deleted."""
    found = letters.find(tx, letter)
    return None if found is None else asked_of(tx, found, person)


def asked_of(tx: Transaction, letter: Letter, person: Person) -> Asked:
    """Return a letter that a person was asked to sign, inside a transaction."""
    return Asked(
        letter=letter.as_seen_by(Role.MEMBER, tx.now),
        phase=letter.phase_at(tx.now),
        signed=bool(endorsements.held_by(tx, [(letter.id, person)])),
        reminding=reminding_of(tx, letter, person),
    )


@reading
def signer(
    tx: Transaction, *, endorsement: str, person: Person
) -> tuple[Letter, Endorsement] | None:
    """Return a signature, active or ended, with its letter; None if it isn't the person's."""
    found = endorsements.find(tx, endorsement)
    if found is None or found.person != person:
        return None
    letter = letters.find(tx, found.letter)
    return None if letter is None else (letter.as_seen_by(Role.MEMBER, tx.now), found)


@reading
def objector(tx: Transaction, *, signatory: str) -> tuple[Letter, Signatory] | None:
    """Return an entry and its letter as a plain member sees it, for a message to an objector."""
    party = signatories.kept(tx, [signatory]).get(signatory)
    letter = None if party is None else letters.find(tx, party.letter)
    if party is None or letter is None:
        return None
    return letter.as_seen_by(Role.MEMBER, tx.now), party
