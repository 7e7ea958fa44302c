"""Proposing an amendment, previewing its effects, and carrying it out unchanged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.features.amendments import proposal_rows
from bot.features.amendments.use_cases.amendments import amend_now
from bot.features.amendments.use_cases.texts import Texts
from bot.letters.amendment import (
    AmendmentKind,
    Proposal,
    meanings_of,
    offered_answer_by,
    refuse_amendment,
)
from bot.letters.ids import new_id
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused, raise_for
from bot.letters.text import LetterText
from bot.letters.text_diff import looks_material
from bot.storage import amendments, letters
from bot.storage.amendments import Audience
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.gate import admit, once

KEPT = timedelta(days=14)
"""Time after which a proposal is deleted and can no longer be confirmed."""
COUNTED = 1_000
"""The most signatures that a preview counts; for more it shows "more than"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Initial values of the amendment form."""

    letter: Letter
    text: LetterText
    answer_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """Effects of an amendment, shown before it is confirmed."""

    letter: Letter
    proposal: Proposal
    texts: Texts
    audience: Audience
    looks_material: bool
    """It is declared a small fix and looks like a change of meaning."""
    unanswered: int
    """Number of signers who haven't answered an earlier amendment; they are asked again."""


@reading
def opening(tx: Transaction, *, letter: int, actor: Actor) -> Opening:
    """Return the letter's text and the suggested time to answer, for the form.

    Raises:
        Refused: there is no such letter, it cannot be amended now, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.AMEND, lock=False)
    offered = offered_answer_by(found, tx.now)
    # The form has no seconds: round up to the next minute, so that the time is not too short.
    whole = offered.replace(second=0, microsecond=0)
    return Opening(
        letter=found,
        text=letters.text_of(tx, found),
        answer_by=whole if whole == offered else whole + timedelta(minutes=1),
    )


@reading
def before_fix(tx: Transaction, *, letter: int, actor: Actor, amendment: str) -> LetterText:
    """Return the text before the last amendment, a small fix.

    Raises:
        Refused: it is not the last one, it cannot be amended now, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.AMEND, lock=False)
    fix = amendments.last_fix(tx, found)
    before = fix and fix.id == amendment and letters.read_text(tx, letter, fix.from_sha256)
    if not isinstance(before, LetterText):
        raise Refused.because(Reason.NOTHING_TO_UNDO)
    return before


@writing
def propose(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    body: str,
    kind: AmendmentKind,
    note: str,
    title: str | None = None,
    sender: str | None = None,
    addressee: str | None = None,
    subject: str | None = None,
    answer_by: datetime | None = None,
    trigger: str,
) -> Prospect:
    """Store a proposal, replacing the organiser's earlier one, and return its effects.

    A `title`, `sender`, `addressee` or `subject` of None stays as it is.

    Raises:
        Refused: the letter cannot be amended now, the actor does not run it, a field is not valid,
            or Slack sent this submit again after a later proposal replaced it.
    """

    def act() -> Mapping[str, str]:
        found = admit(tx, letter, actor, Action.AMEND)
        until = answer_by or offered_answer_by(found, tx.now)
        text = LetterText.of(
            found.title if title is None else title,
            found.sender if sender is None else sender,
            body,
            found.addressee if addressee is None else addressee,
            found.subject if subject is None else subject,
        )
        raise_for(refuse_amendment(found, text, kind, note, until, tx.now))
        proposal = Proposal(
            id=new_id(tx.now),
            letter=letter,
            kind=kind,
            from_sha256=found.text_sha256,
            text=text,
            note=note.strip(),
            answer_by=until if kind is AmendmentKind.MATERIAL else None,
            by=actor.person,
        )
        proposal_rows.put(tx, proposal, found.workspace)
        return {"proposal": proposal.id}

    return _prospect_of(tx, once(tx, actor.workspace, trigger, act)["proposal"], actor)


@reading
def prospect(tx: Transaction, *, proposal: str, actor: Actor) -> Prospect:
    """Return the current effects of a stored proposal.

    Raises:
        Refused: the proposal is not the actor's, the text has changed, or amending isn't allowed.
    """
    return _prospect_of(tx, proposal, actor)


def _prospect_of(tx: Transaction, proposal: str, actor: Actor) -> Prospect:
    kept, letter = _unchanged(tx, proposal, actor, lock=False)
    old = letters.text_of(tx, letter)
    open_until = letter.answer_by is not None and letter.answer_by > tx.now
    answers = amendments.answers(tx, letter) if open_until else None
    return Prospect(
        letter=letter,
        proposal=kept,
        texts=Texts(letter=letter, old=old, new=kept.text),
        audience=_audience(tx, letter.id, kept.text.sha256, most=COUNTED),
        looks_material=kept.kind is AmendmentKind.COSMETIC and looks_material(old, kept.text),
        unanswered=0 if answers is None else answers.silent,
    )


def _unchanged(
    tx: Transaction, proposal: str, actor: Actor, *, lock: bool
) -> tuple[Proposal, Letter]:
    kept = proposal_rows.find(tx, proposal)
    if kept is None or kept.by != actor.person:
        raise Refused.because(Reason.AMENDED_MEANWHILE)
    letter = admit(tx, kept.letter, actor, Action.AMEND, lock=lock)
    if letter.text_sha256 != kept.from_sha256:
        raise Refused.because(Reason.AMENDED_MEANWHILE)
    return kept, letter


def _audience(tx: Transaction, letter: int, sha256: str, most: int | None = None) -> Audience:
    known = meanings_of(amendments.of_letter(tx, letter), sha256)
    return amendments.audience(tx, letter, known, most=most)


@writing
def carry_out(tx: Transaction, *, proposal: str, actor: Actor, trigger: str) -> int:
    """Amend a letter exactly as the preview showed, and return how many signers are messaged.

    Raises:
        Refused: the text has changed since, or amending is no longer allowed; nothing is written.
    """

    def act() -> Mapping[str, Any]:
        kept, found = _unchanged(tx, proposal, actor, lock=True)
        whom = _audience(tx, found.id, kept.text.sha256)
        amend_now(tx, found, actor, kept.text, kept.kind, kept.note, kept.answer_by)
        proposal_rows.drop(tx, found.id)
        return {"people": whom.asked if kept.kind is AmendmentKind.MATERIAL else whom.told}

    return once(tx, actor.workspace, trigger, act)["people"]


@writing
def forget(tx: Transaction) -> int:
    """Delete proposals older than `KEPT`; return how many."""
    return proposal_rows.forget(tx, tx.now - KEPT)
