"""A finished letter is handed over, and later signers are let in."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.letters.endorsement import Endorsement, Kind
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Action, after
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.storage import copies, endorsements, letters, signatories
from bot.storage.copies import DeliveryCopy
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.amending import drop_silent_of
from bot.use_cases.gate import admit, card_changed, repeated

__all__ = ["Delivered", "DeliveryCopy", "close_late", "deliver", "delivered", "open_late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A letter, the copy that was handed over, and who withdrew since."""

    letter: Letter
    copy: DeliveryCopy
    withdrawn: tuple[Endorsement, ...]
    """Withdrawn after delivery, the last one first."""


@writing
def deliver(tx: Transaction, *, letter: int, actor: Actor, delivery: str | None = None) -> Letter:
    """Cuts the delivery copy of a closed letter: list, text, counts, hash and time. It never changes.

    Raises:
        Refused: it is not closed, the actor does not run it, or signers may still answer an
            amendment.
    """
    again = repeated(tx, letter, actor, delivery)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.DELIVER)
    if found.answer_by is not None and found.answer_by > tx.now:
        raise Refused.because(Reason.STILL_TO_ANSWER, until=found.answer_by)
    found = drop_silent_of(tx, found)
    speakers = endorsements.speakers(tx, letter)
    entries = canonical_entries(
        [
            (party, speakers[party.id])
            for _, party in signatories.listed(tx, letter)
        ]
    )  # fmt: skip
    copies.cut(
        tx,
        DeliveryCopy(
            letter=letter,
            title=found.title,
            text_sha256=found.text_sha256,
            body=letters.read_text(tx, letter, found.text_sha256) or "",
            entries=entries,
            list_sha256=hashlib.sha256(entries.encode()).hexdigest(),
            people=found.tally.people,
            organisations=found.tally.organisations,
            by=actor.person,
            cut_at=tx.now,
            clock=tx.clock,
        ),
        found.workspace,
    )
    phase = after(found.phase_at(tx.now), Action.DELIVER)
    letters.change(tx, letter, phase=phase.value, delivered_at=tx.now, closed_at=_closed(found))
    card_changed(tx, found)
    return found


def _closed(letter: Letter) -> datetime:
    """When it closed: its deadline may have come without anybody having written that down."""
    return letter.closed_at or letter.closes_at


def canonical_entries(listed: list[tuple[Signatory, Endorsement]]) -> str:
    """The list in its order as JSON that is the same on every machine: what its hash is of.

    Each entry has the line, the kind, whether it is a convener's, the public facts of the signature
    and the SHA-256 of the text that it stands for.
    """
    return json.dumps(
        [_entry(party, speaker) for party, speaker in listed],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def _entry(party: Signatory, speaker: Endorsement) -> dict[str, Any]:
    facts, is_person = speaker.signature.facts, party.kind is Kind.PERSON
    return {
        "line": party.line,
        "kind": party.kind.value,
        "convener": bool(party.pinned),
        # Who signed for an organisation is not on the public list.
        "name": facts.name if is_person else "",
        "title": facts.title,
        "affiliation": facts.affiliation,
        "organisation": facts.organisation,
        "country": facts.country,
        "via": facts.via,
        "sort_under": speaker.signature.sort_name,
        "text_sha256": speaker.stands_for,
    }


@writing
def open_late(tx: Transaction, *, letter: int, actor: Actor, delivery: str | None = None) -> Letter:
    """Lets further people sign a delivered letter: they go on the late list.

    Raises:
        Refused: it is not delivered, the late list is open already, or the actor does not run it.
    """
    return _move(tx, letter, actor, Action.OPEN_LATE, delivery)


@writing
def close_late(
    tx: Transaction, *, letter: int, actor: Actor, delivery: str | None = None
) -> Letter:
    """Ends the late list.

    Raises:
        Refused: it is not open, or the actor does not run the letter.
    """
    return _move(tx, letter, actor, Action.CLOSE_LATE, delivery)


def _move(
    tx: Transaction, letter: int, actor: Actor, action: Action, delivery: str | None
) -> Letter:
    again = repeated(tx, letter, actor, delivery)
    if again is not None:
        return again
    found = admit(tx, letter, actor, action)
    letters.change(tx, letter, phase=after(found.phase, action).value)
    card_changed(tx, found)
    return found


@reading
def delivered(tx: Transaction, *, letter: int, actor: Actor) -> Delivered:
    """The copy that was handed over, and what happened since.

    Raises:
        Refused: there is none, or the actor does not run the letter.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    copy = copies.find(tx, letter)
    if copy is None:
        raise Refused.because(Reason.NOT_DELIVERED, title=found.title)
    return Delivered(
        letter=found,
        copy=copy,
        withdrawn=tuple(endorsements.ended_after_delivery(tx, letter)),
    )
