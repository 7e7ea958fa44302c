"""Correcting an entry as an organiser, either with the signer's consent or without."""

from dataclasses import dataclass

from bot.features.corrections import rows as correction_rows
from bot.features.corrections.rules import Answer, Correction, corrected
from bot.features.withdrawals.use_cases import own_now
from bot.letters import notices
from bot.letters.endorsement import Endorsement, Facts, Signature
from bot.letters.ids import new_id, revision
from bot.letters.letter import Letter
from bot.letters.notices import SignatureTopic
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refused, required
from bot.storage import endorsements, letters, outbox
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once
from bot.use_cases.parties import refresh, same_party
from bot.use_cases.pinning import party_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a letter's list: the endorsement it comes from, and the letter."""

    letter: Letter
    endorsement: Endorsement
    own: bool
    """The endorsement is the organiser's own."""

    @property
    def can_be_asked(self) -> bool:
        """True if the signer is in the workspace and is not the organiser."""
        return self.endorsement.person is not None and not self.own


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """An entry, and its signature after a correction."""

    entry: Entry
    signature: Signature


@reading
def named(tx: Transaction, *, letter: int, actor: Actor, name: str) -> Entry:
    """Return the entry that matches a name, to be corrected.

    Raises:
        Refused: the letter allows no correction now, the actor does not run it, or the name matches
            no entry or several.
    """
    admit(tx, letter, actor, Action.CORRECT, lock=False)
    return _entry(tx, party_named(tx, letter, name).speaker, actor)


@reading
def entry(tx: Transaction, *, endorsement: str, actor: Actor) -> Entry:
    """Return the entry of an endorsement, to correct it.

    Raises:
        Refused: the endorsement has ended, or the actor can't correct the letter's entries now.
    """
    return _entry(tx, endorsement, actor)


@reading
def look(
    tx: Transaction, *, endorsement: str, actor: Actor, facts: Facts, sort_name: str = ""
) -> Looked:
    """Return an entry with its corrected signature, without saving it.

    Raises:
        Refused: for the reasons of `correct`.
    """
    found = _entry(tx, endorsement, actor)
    return Looked(entry=found, signature=_corrected(tx, found, facts, sort_name))


@reading
def look_back(tx: Transaction, *, correction: str, actor: Actor) -> tuple[Looked, bool]:
    """Return an entry as it was before a correction, and whether its signer had agreed to that.

    Raises:
        Refused: the entry has changed since, or for the reasons of `correct`.
    """
    made = _found(tx, correction)
    found = _entry(tx, made.endorsement, actor)
    if not made.is_in_force(found.endorsement):
        raise Refused.because(Reason.NOTHING_TO_UNDO)
    signature = _corrected(tx, found, made.was, made.was_sort_name)
    return Looked(entry=found, signature=signature), made.answer is Answer.YES


@writing
def correct(
    tx: Transaction,
    *,
    endorsement: str,
    actor: Actor,
    facts: Facts,
    sort_name: str = "",
    asks: bool,
    read: str | None = None,
    trigger: str,
) -> Correction:
    """Correct an entry, or ask its signer whether it may be corrected.

    If the signer is asked, the old entry stays until they agree. Otherwise the entry is marked as
    corrected by an organiser, and the signer is told. Signers outside Slack cannot be asked.

    Args:
        tx: The transaction.
        endorsement: The id of the entry's endorsement.
        actor: An organiser.
        facts: The corrected facts, as typed.
        sort_name: The name to sort under; empty for the suggestion.
        asks: Whether to ask the signer first.
        read: The revision of the signature that the organiser edited; None accepts any.
        trigger: Slack's id of the submit.

    Raises:
        Refused: the endorsement has ended or changed since `read`, the actor can't correct it now, a
            field is not valid, nothing would change, or it would be another organisation.
    """

    def act() -> dict[str, str]:
        found = _entry(tx, endorsement, actor, lock=True)
        letter, one, old = found.letter, found.endorsement, found.endorsement.signature
        signature = _corrected(tx, found, facts, sort_name)
        if read not in {None, revision(old)}:
            theirs, yours = old.entry, signature.entry
            raise Refused.because(Reason.CHANGED_MEANWHILE, entry=theirs, yours=yours)
        waits = asks and found.can_be_asked
        correction = Correction(
            id=new_id(tx.now),
            letter=letter.id,
            endorsement=endorsement,
            old=old.entry,
            entry=signature.entry,
            facts=signature.facts,
            sort_name=signature.sort_name,
            was=old.facts,
            was_sort_name=old.sort_name,
            by=actor.person,
            made_at=tx.now,
            answer=None if waits else Answer.MADE,
        )
        correction_rows.overtake(tx, endorsement)
        correction_rows.add(tx, correction, letter.workspace)
        _record(tx, letter, Act.CORRECTION_PROPOSED if waits else Act.CORRECTED, actor, correction)
        if not waits:
            _write(tx, letter, one, signature)
            if not found.own:
                endorsements.mark_corrected(tx, endorsement)
        if one.person is not None and not found.own:
            about = SignatureTopic.ASKED_TO_CORRECT if waits else SignatureTopic.CORRECTED
            told = [
                notices.signer(about, letter.id, one.id, one.person, correction=correction.id),
                # Also if the signer is only asked, because an older correction is replaced.
                notices.receipt(letter.id, one.person, changed=True),
            ]
            outbox.owe(tx, letter.workspace, told)
        return {"correction": correction.id}

    return _found(tx, once(tx, actor.workspace, trigger, act)["correction"])


@writing
def answer(
    tx: Transaction, *, correction: str, actor: Actor, yes: bool, trigger: str
) -> Correction:
    """Record a signer's answer to an organiser's correction, and apply it if they agree.

    Raises:
        Refused: the signature is not the actor's, or the correction is no longer open.
    """

    def act() -> None:
        asked_about = _found(tx, correction)
        letter, found = own_now(tx, asked_about.endorsement, actor, Action.CHANGE)
        # Read again, as it may have been overtaken before the lock was acquired.
        asked_about = _found(tx, correction)
        if not asked_about.is_open(found):
            raise Refused.because(Reason.CORRECTION_OVER, entry=found.signature.entry)
        if yes:
            this = Entry(letter=letter, endorsement=found, own=True)
            signature = _corrected(tx, this, asked_about.facts, asked_about.sort_name)
            _write(tx, letter, found, signature)
            told = notices.receipt(letter.id, actor.person, changed=True)
            outbox.owe(tx, letter.workspace, [told])
        correction_rows.answer(tx, correction, Answer.YES if yes else Answer.NO)
        kind = Act.CORRECTION_ACCEPTED if yes else Act.CORRECTION_DECLINED
        _record(tx, letter, kind, actor, asked_about)

    once(tx, actor.workspace, trigger, act)
    return _found(tx, correction)


def _record(tx: Transaction, letter: Letter, act: Act, actor: Actor, one: Correction) -> None:
    record(tx, letter, act, actor.person, endorsement=one.endorsement, correction=one.id)


@reading
def asked(tx: Transaction, *, correction: str, person: Person) -> tuple[Letter, Correction] | None:
    """Return the correction that a message to a signer is about; None if not theirs or over.

    A correction made without asking is over once the entry has changed again.
    """
    found = _of_signer(tx, correction, person)
    if found is None:
        return None
    letter, this, endorsement = found
    made = this.answer is Answer.MADE and endorsement.signature.entry == this.entry
    return (letter, this) if made or this.is_open(endorsement) else None


@reading
def standing(
    tx: Transaction, *, correction: str, person: Person
) -> tuple[Letter, Correction, bool] | None:
    """Return a correction of this person's, and whether they can answer it; None if not theirs."""
    found = _of_signer(tx, correction, person)
    if found is None:
        return None
    letter, this, endorsement = found
    return letter, this, this.is_open(endorsement) and letter.phase is not Phase.CANCELLED


def _of_signer(
    tx: Transaction, correction: str, person: Person
) -> tuple[Letter, Correction, Endorsement] | None:
    found = correction_rows.find(tx, correction)
    if found is None:
        return None
    endorsement, letter = endorsements.find(tx, found.endorsement), letters.find(tx, found.letter)
    if letter is None or endorsement is None or endorsement.person != person:
        return None
    return letter.as_seen_by(Role.MEMBER, tx.now), found, endorsement


def _entry(tx: Transaction, endorsement: str, actor: Actor, *, lock: bool = False) -> Entry:
    found = required(endorsements.find(tx, endorsement), Reason.NO_SUCH_SIGNATORY, name="")
    letter = admit(tx, found.letter, actor, Action.CORRECT, lock=lock)
    # Read again, as it may have changed before the lock was acquired.
    found = endorsements.find(tx, endorsement)
    if found is None or found.withdrawn_at is not None:
        raise Refused.because(Reason.SIGNATURE_GONE)
    if found.signature.is_withheld:
        raise Refused.because(Reason.NAME_IS_WITHHELD)
    return Entry(letter=letter, endorsement=found, own=found.person == actor.person)


def _corrected(tx: Transaction, found: Entry, facts: Facts, sort_name: str) -> Signature:
    made = corrected(found.endorsement, facts, sort_name, found.letter.language)
    if not isinstance(made, Signature):
        raise Refused(made[0])
    if not same_party(tx, found.endorsement, made):
        entry = found.endorsement.signature.entry
        raise Refused.because(Reason.ANOTHER_ORGANISATION, "country", entry=entry)
    return made


def _write(tx: Transaction, letter: Letter, one: Endorsement, signature: Signature) -> None:
    endorsements.change(tx, one.id, signature)
    refresh(tx, letter, one.signatory, leaves=False)


def _found(tx: Transaction, correction: str) -> Correction:
    return required(correction_rows.find(tx, correction), Reason.CORRECTION_OVER, entry="")
