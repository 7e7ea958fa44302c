"""An organiser removes the signature of one person, or all that they signed, and restores them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.invitations.use_cases.signed import is_contact, mark_signed
from bot.features.organisations.use_cases.removals import (
    TOLD_MOST,
    judge,
    reason_given,
    removal_of,
)
from bot.features.organisations.use_cases.shown import decided_on
from bot.features.withdrawals.use_cases import end
from bot.letters import notices
from bot.letters.audit import AuditEntry
from bot.letters.backing import of_one_hand
from bot.letters.endorsement import Endorsement, Event, Kind, State
from bot.letters.invitation import Saying
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor, Person
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory, cleared
from bot.storage import amendments, endorsements, outbox, signatories
from bot.storage.database import Transaction, writing
from bot.storage.privacy import audit_entries
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once
from bot.use_cases.parties import change_party, is_confirmed, receipts_of, spoken_for


@writing
def remove(
    tx: Transaction,
    *,
    endorsement: str,
    actor: Actor,
    why: str,
    everything: bool = False,
    read: str | None = None,
    trigger: str,
) -> int:
    """Remove a signature, or everything its signer signed on the letter; return how many.

    The signer is told why, and cannot sign for the organisation again. Others can: where they
    stand for it, the entry is theirs, and where nobody else does, it is removed.

    Raises:
        Refused: the signature has ended, its entry is removed already, the letter does not allow it
            now, the actor does not run it, the entry changed since `read`, or the reason is missing
            or too long (field `why`).
    """

    def act() -> dict[str, int]:
        letter, one = _active(tx, endorsement, actor)
        said, whose, alone = reason_given(why, most=TOLD_MOST), one.person, False
        ended: list[str] = []
        decided_on(tx, read, signatories.kept(tx, [one.signatory])[one.signatory])
        for each in _held_by(tx, letter, whose) if everything and whose else [one]:
            party = signatories.kept(tx, [each.signatory])[each.signatory]
            if party.removed:
                continue
            ended.append(each.id)
            alone = party.endorsements == 1 or party.kind is Kind.PERSON
            if alone:
                letter = judge(tx, letter, party, actor, removed=True, why=said, told=said)
            else:
                letter = end(tx, letter, each, Event.REMOVE, Saying.LAPSE)
        if not ended:
            raise Refused.because(Reason.ENTRY_REMOVED, entry=one.signature.entry)
        if everything or not alone:
            record(
                tx,
                letter,
                Act.REMOVED_ALL if everything else Act.REMOVED,
                actor.person,
                ground=said,
                signatory="" if everything else one.signatory,
                endorsement=one.id,
                about=whose,
                count=len(ended),
                removed=ended,
            )
        if whose:
            told = notices.receipt_anew(letter.id, whose, tx.now, said)
            outbox.owe(tx, letter.workspace, [told])
        return {"count": len(ended)}

    return once(tx, actor.workspace, trigger, act)["count"]


@writing
def restore(tx: Transaction, *, removal: str, actor: Actor, trigger: str) -> int:
    """Restore what a removal in the history removed, tell the signer, and return how much.

    Raises:
        Refused: nothing of it is removed any more (`NOTHING_TO_UNDO`), the letter does not allow it
            now, or the actor does not run it.
    """

    def act() -> dict[str, int]:
        entry = audit_entries.find(tx, removal)
        if entry is None:
            raise Refused.because(Reason.NOTHING_TO_UNDO)
        letter = admit(tx, entry.letter, actor, Action.DECIDE)
        back = removed_by(tx, entry)
        for one in back:
            party = signatories.kept(tx, [one.signatory])[one.signatory]
            if one.withdrawn_at is None:
                letter = judge(tx, letter, party, actor, removed=False, why="")
                continue
            with amendments.answering(tx, letter, [one.person] if one.person else []) as moved:
                endorsements.revive(tx, one.id)
                moved["behind"] += one.meaning < letter.meaning
            after = spoken_for(tx, replace(party, endorsements=party.endorsements + 1))
            after = replace(after, confirmed=is_confirmed(tx, after))
            letter, _ = change_party(tx, letter, party, after)
            mark_signed(tx, letter, [one])
            record(tx, letter, Act.RESTORED, actor.person, signatory=party.id, endorsement=one.id)
        if not back:
            raise Refused.because(Reason.NOTHING_TO_UNDO)
        outbox.owe(tx, letter.workspace, receipts_of(back))
        return {"count": len(back)}

    return once(tx, actor.workspace, trigger, act)["count"]


def removed_by(tx: Transaction, entry: AuditEntry) -> list[Endorsement]:
    """Return the signatures that an act in the history removed, and that can be restored."""
    ids: Sequence[str] = entry.facts.get("removed", ())
    found = [one for one in endorsements.find_many(tx, ids).values() if one.signature.entry]
    there = endorsements.of_parties(tx, {one.signatory for one in found})
    parties = signatories.kept(tx, {one.signatory for one in found})
    return [
        one
        for one in found
        if (one.withdrawn_at is None and parties[one.signatory].removed)
        or (
            one.ended is State.REMOVED
            and not any(of_one_hand(one, other) for other in there.get(one.signatory, ()))
        )
    ]


def end_removed(tx: Transaction, letter: Letter, party: Signatory, new: Endorsement) -> None:
    """End the signatures of a removed organisation, for which somebody else signs now (`new`).

    Those who gave them stay barred. Organisers are told, unless one of them added the new one.
    """
    there, removal = endorsements.of_party(tx, party.id), removal_of(tx, party)
    endorsements.end_many(tx, letter, there, State.REMOVED)
    endorsements.bar(tx, party.id, removal.at if removal else tx.now)
    change_party(tx, letter, party, cleared(party))
    ids = [one.id for one in there]
    if ids:
        record(tx, letter, Act.REMOVED, None, signatory=party.id, endorsement=ids[0], removed=ids)
    if new.person is not None:
        facts = {"entry": new.signature.entry, "signatory": party.id, "at": str(tx.now)}
        outbox.tell_organisers(tx, letter.workspace, letter.id, LetterTopic.SIGNED_ANEW, **facts)


def is_barred(tx: Transaction, party: Signatory, person: Person) -> bool:
    """Return whether an organiser removed a person's signature for an organisation."""
    ended = endorsements.ended_for(tx, party.id, person)
    return any(party.removed or one.ended is State.REMOVED for one in ended)


def is_tied(tx: Transaction, party: Signatory, person: Person) -> bool:
    """Return whether somebody has signed for an organisation, or is invited to sign for it.

    A signature that an organiser removed is no tie.
    """
    if any(one.ended is not State.REMOVED for one in endorsements.ended_for(tx, party.id, person)):
        return True
    return is_contact(tx, party, person)


def _active(tx: Transaction, endorsement: str, actor: Actor) -> tuple[Letter, Endorsement]:
    found = endorsements.find(tx, endorsement)
    if found is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    letter = admit(tx, found.letter, actor, Action.DECIDE)
    # It may have ended before the letter was locked.
    found = endorsements.find(tx, endorsement)
    if found is None or found.state_at(letter, tx.now) not in {State.STANDS, State.ASKED}:
        raise Refused.because(Reason.SIGNATURE_GONE)
    return letter, found


def _held_by(tx: Transaction, letter: Letter, person: Person) -> list[Endorsement]:
    held = endorsements.held_by(tx, [(letter.id, person)])
    return [
        one
        for one in held.get((letter.id, person), [])
        if one.state_at(letter, tx.now) is not State.DROPPED
    ]
