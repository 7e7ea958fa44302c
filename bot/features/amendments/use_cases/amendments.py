"""Amending a posted letter's text, and the signers' answers: keep or withdraw."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.features.amendments.use_cases.default_answer import Reached, drop_all, drop_portion
from bot.features.withdrawals.use_cases import as_it_is, own_now
from bot.letters import notices
from bot.letters.amendment import (
    REMINDED_BEFORE,
    Amendment,
    AmendmentKind,
    meanings_of,
    offered_answer_by,
    refuse_amendment,
    refuse_answer_by,
    reminder_due,
)
from bot.letters.endorsement import MOVES, Endorsement, Event
from bot.letters.ids import new_id
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, Notice, SignatureTopic, Thread
from bot.letters.people import Actor, Role
from bot.letters.phases import ALLOWED, Action
from bot.letters.refusals import Reason, Refused, raise_for
from bot.letters.text import LetterText
from bot.storage import amendments, endorsements, letters, outbox
from bot.storage.database import Database, Transaction, writing
from bot.storage.privacy import approvals
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, card_changed, once, repeated
from bot.use_cases.letter_jobs import for_each
from bot.use_cases.parties import tell_if_answered

REMINDED_AT_ONCE = 500
"""The most reminders queued in one transaction."""
EDITS_AT_ONCE = 500
"""The most edits of questions queued in one transaction."""
_ANSWERED_IN = frozenset(phase for phase, roles in ALLOWED[Action.KEEP].items() if roles)


def amend_now(
    tx: Transaction,
    found: Letter,
    actor: Actor,
    text: LetterText,
    kind: AmendmentKind,
    note: str,
    answer_by: datetime | None,
) -> Letter:
    """Change the text of a posted letter, which is locked, and return the changed letter.

    After a cosmetic change, signatures stay and signers are informed. After a material one, signers
    are asked to keep or withdraw until `answer_by`; the letter's rule decides for those who don't.

    Raises:
        Refused: a field is not valid.
    """
    letter = found.id
    answer_by = answer_by or offered_answer_by(found, tx.now)
    raise_for(refuse_amendment(found, text, kind, note, answer_by, tx.now))
    material = kind is AmendmentKind.MATERIAL
    # Signers who did not answer an earlier amendment in time are not asked again.
    found = drop_all(tx, found)
    letters.add_text(tx, letter, found.workspace, text)
    amendment = Amendment(
        id=new_id(tx.now),
        letter=letter,
        kind=kind,
        from_sha256=found.text_sha256,
        to_sha256=text.sha256,
        meaning=found.meaning + 1 if material else found.meaning,
        note=note.strip(),
        answer_by=answer_by if material else None,
        made_at=tx.now,
    )
    known = meanings_of(amendments.of_letter(tx, letter), text.sha256)
    amendments.add(tx, amendment, found.workspace, actor.person)
    record(
        tx,
        found,
        Act.AMENDED,
        actor.person,
        ground=amendment.note,
        amendment=amendment.id,
        kind=kind.value,
    )
    # Nobody can approve a signature of the earlier text any more.
    over = [
        notices.word(LetterTopic.APPROVAL_ANSWERED, letter, person, approval=one.id)
        for one in approvals.waiting(tx, letter=letter)
        for person in (one.person, one.approver)
    ]
    values: dict[str, Any] = {**letters.text_columns(text), "meaning": amendment.meaning}
    if material:
        values["answer_by"] = answer_by
    letters.change(tx, letter, **values)
    # Signers of a text with this meaning are not asked, now or after the next small fix.
    about = SignatureTopic.ASKED_TO_KEEP if material else SignatureTopic.TEXT_CORRECTED
    told = [
        notices.signer(about, letter, number, person, amendment=amendment.id)
        for number, person, meaning in endorsements.holders(tx, letter)
        if meaning not in known or not material
    ]
    if known - {amendment.meaning}:
        endorsements.raise_meaning(tx, letter, known, amendment.meaning)
    outbox.owe(tx, found.workspace, told + over)
    card_changed(tx, found, Thread.KEEP, Thread.CORRECT)
    changed = letters.find(tx, letter)
    assert changed is not None  # noqa: S101 - it is locked by this transaction
    amendments.count_answers(tx, changed)
    return changed


@writing
def keep(
    tx: Transaction, *, endorsement: str, actor: Actor, text: str, consent: str, trigger: str
) -> tuple[Letter, Endorsement]:
    """Keep the actor's signature for the amended text; return the signature and its letter.

    `text` is the SHA-256 of the text that was shown, `consent` the consent sentence shown with it.

    Raises:
        Refused: the signature is not the actor's, no question is open, or the text changed again.
    """
    kept: list[tuple[Letter, Endorsement]] = []

    def act() -> None:
        letter, found = own_now(tx, endorsement, actor, Action.KEEP)
        if MOVES.get((found.state_at(letter, tx.now), Event.KEEP)) is None:
            late = found.is_of_earlier_text(letter)
            raise Refused.because(Reason.ANSWER_TOO_LATE if late else Reason.NOTHING_TO_ANSWER)
        if text != letter.text_sha256:
            raise Refused.because(Reason.CHANGED_AGAIN)
        endorsements.keep(tx, letter, found, actor.person, consent)
        tell_if_answered(tx, letter)
        outbox.owe(tx, letter.workspace, [notices.receipt(letter.id, actor.person, changed=True)])
        signed = replace(found, kept_sha256=letter.text_sha256, meaning=letter.meaning)
        kept.append((letter.as_seen_by(Role.MEMBER, tx.now), signed))

    once(tx, actor.workspace, trigger, act)
    return kept[0] if kept else as_it_is(tx, endorsement, actor)


@writing
def bring_forward(
    tx: Transaction, *, letter: int, actor: Actor, answer_by: datetime, trigger: str | None = None
) -> tuple[Letter, int]:
    """Move the end of the time to answer to an earlier time, and inform signers who are asked.

    Returns:
        The changed letter, and the number of signers informed.

    Raises:
        Refused: no question is open, the actor does not run the letter, the time is not earlier, or
            less than 24 hours would be left.
    """
    again = repeated(tx, letter, actor, trigger)
    if again is not None:
        return again, len(amendments.silent(tx, again))
    found = admit(tx, letter, actor, Action.AMEND)
    if found.answer_by is None or found.answer_by <= tx.now:
        raise Refused.because(Reason.NO_ANSWERS_OPEN)
    raise_for(refuse_answer_by(answer_by, tx.now))
    if answer_by >= found.answer_by:
        raise Refused.because(Reason.ANSWER_NOT_SOONER, "answer_by")
    letters.change(tx, letter, answer_by=answer_by)
    history = amendments.of_letter(tx, letter)
    asked = next(one for one in reversed(history) if one.kind is AmendmentKind.MATERIAL)
    amendments.bring_forward(tx, asked.id, answer_by)
    if answer_by <= tx.now + REMINDED_BEFORE:
        # The message sent now replaces the reminder.
        amendments.mark_reminded(tx, asked.id)
    waiting = amendments.silent(tx, found)
    until = answer_by.isoformat()
    # The question also covers later small fixes.
    facts = {"amendment": history[-1].id, "until": until}
    about = SignatureTopic.ANSWER_SOONER
    told = [notices.signer(about, letter, one.endorsement, one.person, **facts) for one in waiting]
    outbox.owe(tx, found.workspace, told)
    before = found.answer_by.isoformat()
    record(tx, found, Act.ANSWERS_SOONER, actor.person, before=before, after=until)
    return replace(found, answer_by=answer_by), len(waiting)


async def remind_silent(database: Database) -> int:
    """Queue reminders for signers who have not answered when the time to answer is almost over.

    Each amendment's signers are reminded once, in batches, so that clicks are answered in between.
    Returns the number of reminders.
    """
    reached: dict[int, str] = {}
    return sum(
        await for_each(
            database,
            "answers",
            lambda tx: amendments.to_remind(tx, tx.now + REMINDED_BEFORE),
            lambda tx, letter: _remind_some(tx, letter, reached),
            in_portions=True,
        )
    )


def _remind_some(tx: Transaction, letter: int, reached: dict[int, str]) -> int | None:
    found = letters.find(tx, letter, lock=True)
    amendment = amendments.to_remind_of(tx, letter, tx.now + REMINDED_BEFORE)
    if found is None or amendment is None:
        return None
    if found.phase_at(tx.now) not in _ANSWERED_IN:
        amendments.mark_reminded(tx, amendment.id)
        return None
    silent = amendments.silent(tx, found, after=reached.get(letter, ""), most=REMINDED_AT_ONCE)
    if len(silent) < REMINDED_AT_ONCE:
        amendments.mark_reminded(tx, amendment.id)
    else:
        reached[letter] = silent[-1].endorsement
    owed: list[Notice] = []
    for one in silent:
        due = reminder_due(amendment, one.tz, tx.now)
        if due is not None:
            notice = notices.signer(
                SignatureTopic.STILL_TO_ANSWER,
                letter,
                one.endorsement,
                one.person,
                amendment=amendment.id,
            )
            owed.append(replace(notice, due_at=due))
    # A process that died halfway may have sent some of these reminders.
    sent = outbox.owed_since(tx, [one.key for one in owed], amendment.made_at)
    outbox.owe(tx, found.workspace, [one for one in owed if one.key not in sent])
    return len(owed)


async def drop_silent(database: Database) -> list[int]:
    """End endorsements whose signers did not answer in time, for letters with that rule.

    Works in batches, so that clicks are answered in between. Returns the numbers of the letters
    that lost endorsements.
    """
    reached: dict[int, Reached | None] = {}

    def drop(tx: Transaction, letter: int) -> tuple[int, bool] | None:
        at = reached.get(letter, Reached())
        found = None if at is None else letters.find(tx, letter, lock=True)
        if at is None or found is None:
            return None
        changed, reached[letter] = drop_portion(tx, found, at, EDITS_AT_ONCE)
        return letter, changed is not found

    done = await for_each(
        database, "drop", lambda tx: letters.past_answers(tx, tx.now), drop, in_portions=True
    )
    return list(dict.fromkeys(letter for letter, some_ended in done if some_ended))
