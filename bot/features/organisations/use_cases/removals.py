"""Removing an entry, a signature or all that one person signed, and restoring it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.invitations.use_cases.signed import (
    end_questions,
    is_contact,
    mark_signed,
    mark_withdrawn,
)
from bot.features.organisations.use_cases.shown import Organisation, decided_on, organisations_of
from bot.features.withdrawals.use_cases import end, withdrawal
from bot.letters import notices
from bot.letters.audit import AuditEntry
from bot.letters.endorsement import Endorsement, Event, Kind, State
from bot.letters.entries import TOLD_MOST, reason_given
from bot.letters.invitation import Saying
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor, Person
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import WithdrawnEntry
from bot.letters.signatory import Signatory, cleared
from bot.letters.standing import Standing, Waits, of_one_hand
from bot.storage import amendments, endorsements, objections, outbox, signatories
from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import approvals, audit_entries
from bot.storage.states import Decision
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once
from bot.use_cases.parties import (
    change_party,
    is_confirmed,
    receipts_of,
    removal_of,
    spoken_for,
    tell_objectors,
)
from bot.use_cases.seen import refuse_unseen, seen


@reading
def entry(tx: Transaction, *, signatory: str, actor: Actor) -> Organisation:
    """Return an entry for the form that removes it.

    Raises:
        Refused: there is no such entry, or the actor may not remove entries of the letter now.
    """
    party = _found(tx, signatory)
    admit(tx, party.letter, actor, Action.DECIDE, lock=False)
    return organisations_of(tx, [party])[0]


@writing
def remove(
    tx: Transaction,
    *,
    signatory: str = "",
    endorsement: str = "",
    everything: bool = False,
    actor: Actor,
    why: str | None,
    read: str | None = None,
    trigger: str,
) -> int:
    """Remove an entry, or a signature, or everything its signer signed; return how many.

    A removed person stays off the list, even if they sign again. Who signed for a removed
    organisation can't sign for it again, but others can: where they stand for it, the entry is
    theirs. Signatures are kept, so that they can be restored. Signers get the reason, at most
    `TOLD_MOST` characters, and open objections are accepted. If `why` is None, a signature collected
    outside Slack is withdrawn for its signer.

    Raises:
        Refused: there is no such entry (`NO_SUCH_SIGNATORY`), it or the signature has ended
            (`SIGNATURE_GONE`), it is removed already (`ENTRY_REMOVED`), the letter does not allow
            it now, the actor does not run it, the entry changed since `read`, or the reason is
            missing or too long (field `why`).
    """

    def act() -> dict[str, int]:
        one = _active(tx, endorsement, actor) if endorsement else None
        letter, party = _entry(tx, one.signatory if one else signatory, actor)
        if party.endorsements == 0 and party.standing is not Standing.MARKED and not party.removed:
            raise Refused.because(Reason.SIGNATURE_GONE)
        if why is None:
            return _withdraw_for_them(tx, letter, one, actor, read)
        said = reason_given(why, most=TOLD_MOST)
        decided_on(tx, read, party)
        if one is None and not party.removed:
            judge(tx, letter, party, actor, removed=True, why=said, told=said)
            return {"count": 1}
        theirs = _held_by(tx, letter, one.person) if everything and one and one.person else [one]
        ended = [each for each in theirs if each and not _found(tx, each.signatory).removed]
        if one is None or not ended:
            raise Refused.because(Reason.ENTRY_REMOVED, entry=party.entry)
        alone = False
        for each in ended:
            party = _found(tx, each.signatory)
            alone = party.endorsements == 1 or party.kind is Kind.PERSON
            if alone:
                letter = judge(tx, letter, party, actor, removed=True, why=said, told=said)
            else:
                letter = end(tx, letter, each, Event.REMOVE, Saying.LAPSE)
        if everything or not alone:
            record(
                tx,
                letter,
                Act.REMOVED_ALL if everything else Act.REMOVED,
                actor.person,
                ground=said,
                signatory="" if everything else one.signatory,
                endorsement=one.id,
                about=one.person,
                count=len(ended),
                removed=[each.id for each in ended],
            )
        if one.person:
            asked = approvals.waiting(tx, letter=letter.id, person=one.person)
            end_questions(tx, letter, asked)
            told = notices.receipt_anew(letter.id, one.person, tx.now, said)
            outbox.owe(tx, letter.workspace, [told])
        return {"count": len(ended)}

    return once(tx, actor.workspace, trigger, act)["count"]


def _withdraw_for_them(
    tx: Transaction, letter: Letter, one: Endorsement | None, actor: Actor, read: str | None
) -> dict[str, int]:
    if one is None or one.person:
        raise Refused.because(Reason.SIGNED_HERE, entry=one.signature.entry if one else "")
    refuse_unseen(read, seen(one.signature.entry, one.signature))
    end(tx, letter, one, withdrawal(tx, letter, one), Saying.LAPSE)
    record(tx, letter, Act.REMOVED, actor.person, signatory=one.signatory, endorsement=one.id)
    return {"count": 1}


@writing
def restore(
    tx: Transaction,
    *,
    signatory: str = "",
    removal: str = "",
    actor: Actor,
    read: str | None = None,
    trigger: str,
) -> int:
    """Restore a removed entry, or what a removal in the history removed; return how much.

    If everybody has withdrawn since, an entry is not listed again, but can be signed for.

    Raises:
        Refused: there is no such entry, it is not removed (`NOT_REMOVED`), nothing of the removal
            can be restored (`NOTHING_TO_UNDO`), the letter does not allow it now, the actor does
            not run it, or the entry changed since `read`.
    """

    def act() -> dict[str, int]:
        if signatory:
            letter, party = _entry(tx, signatory, actor)
            if not party.removed:
                raise Refused.because(Reason.NOT_REMOVED, entry=party.entry)
            decided_on(tx, read, party)
            judge(tx, letter, party, actor, removed=False, why="")
            return {"count": 1}
        entry = audit_entries.find(tx, removal)
        if entry is None:
            raise Refused.because(Reason.NOTHING_TO_UNDO)
        letter = admit(tx, entry.letter, actor, Action.DECIDE)
        back = removed_by(tx, entry)
        if not back:
            raise Refused.because(Reason.NOTHING_TO_UNDO)
        for one in back:
            party = _found(tx, one.signatory)
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
        outbox.owe(tx, letter.workspace, receipts_of(back))
        return {"count": len(back)}

    return once(tx, actor.workspace, trigger, act)["count"]


def removed_by(tx: Transaction, entry: AuditEntry) -> list[Endorsement]:
    """Return the signatures that an act in the history removed, and that can be restored."""
    ids: Sequence[str] = entry.facts.get("removed", ())
    kept = endorsements.find_many(tx, ids)
    found = [kept[one] for one in ids if one in kept and kept[one].signature.entry]
    there = endorsements.of_parties(tx, {one.signatory for one in found})
    parties = signatories.kept(tx, {one.signatory for one in found})
    back: list[Endorsement] = []
    for one in found:
        # Of two that one person gave, for organisations merged since, one comes back.
        beside = [*there.get(one.signatory, ()), *(o for o in back if o.signatory == one.signatory)]
        ended = one.ended is State.REMOVED and not any(of_one_hand(one, each) for each in beside)
        if ended or (one.withdrawn_at is None and parties[one.signatory].removed):
            back.append(one)
    return back


def end_removed(tx: Transaction, letter: Letter, party: Signatory, new: Endorsement) -> None:
    """End the signatures of a removed organisation, for which somebody else signs now (`new`).

    Those who gave them stay barred. Organisers are told, unless one of them added the new one.
    """
    there, removal = endorsements.of_party(tx, party.id), removal_of(tx, party)
    endorsements.end_many(tx, letter, there, State.REMOVED)
    endorsements.bar(tx, party.id, removal.at if removal else tx.now)
    change_party(tx, letter, party, cleared(party))
    for one in there:
        mark_withdrawn(tx, letter, one, Saying.LAPSE)
    ids = [one.id for one in there]
    if ids:
        record(tx, letter, Act.REMOVED, None, signatory=party.id, endorsement=ids[0], removed=ids)
    if new.person is not None:
        facts = {"entry": new.signature.entry, "signatory": party.id, "at": str(tx.now)}
        outbox.tell_organisers(tx, letter.workspace, letter.id, LetterTopic.SIGNED_ANEW, **facts)


def is_tied(tx: Transaction, party: Signatory, person: Person) -> bool:
    """Return whether somebody is invited to sign for an organisation.

    A signature that has ended is no tie: it could be given and withdrawn only to object.
    """
    return is_contact(tx, party, person)


def judge(
    tx: Transaction,
    letter: Letter,
    party: Signatory,
    actor: Actor,
    *,
    removed: bool,
    why: str,
    told: str = "",
) -> Letter:
    """Keep or remove an entry, decide its open objections, and queue messages to all concerned.

    Return the changed letter. `told` is the reason that its signers get.
    """
    restored = party.removed and not removed
    heard = objections.of_parties(tx, [party.id]).get(party.id, []) if restored else []
    decision = Decision.REMOVED if removed else Decision.LISTED
    # Whoever was told that it was removed hears that it is back.
    objected = {one.person for one in heard if one.decision is Decision.REMOVED and one.person.team}
    objected |= objections.decide(tx, party.id, decision, why, actor.person)
    after = replace(party, objections=0, removed=removed)
    if restored:
        after = replace(after, waits=Waits.NO)
    marks = letter.rules.withdrawn_entry is WithdrawnEntry.MARKED and party.delivered
    if not removed and party.endorsements == 0 and marks:
        after = replace(after, standing=Standing.MARKED)
    letter, _ = change_party(tx, letter, party, after, told)
    back = Act.RESTORED if restored else Act.UPHELD
    act = Act.REMOVED if removed else back
    record(tx, letter, act, actor.person, signatory=party.id, ground=why)
    tell_objectors(tx, letter, party, objected)
    return letter


def _entry(tx: Transaction, signatory: str, actor: Actor) -> tuple[Letter, Signatory]:
    letter = admit(tx, _found(tx, signatory).letter, actor, Action.DECIDE)
    # The entry may have been merged before the letter was locked.
    return letter, _found(tx, signatory)


def _found(tx: Transaction, signatory: str) -> Signatory:
    party = signatories.kept(tx, [signatory]).get(signatory)
    if party is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    return party


def _active(tx: Transaction, endorsement: str, actor: Actor) -> Endorsement:
    found = endorsements.find(tx, endorsement)
    if found is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    letter = admit(tx, found.letter, actor, Action.DECIDE)
    # It may have ended before the letter was locked.
    found = endorsements.find(tx, endorsement)
    if found is None or found.state_at(letter, tx.now) not in {State.STANDS, State.ASKED}:
        raise Refused.because(Reason.SIGNATURE_GONE)
    return found


def _held_by(tx: Transaction, letter: Letter, person: Person) -> list[Endorsement]:
    held = endorsements.held_by(tx, [(letter.id, person)])
    return [
        one
        for one in held.get((letter.id, person), [])
        if one.state_at(letter, tx.now) is not State.DROPPED
    ]
