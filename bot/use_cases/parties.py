"""Changes of a signatory: its standing, the letter's counts, the cards, and messages."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.letters import notices
from bot.letters.audit import AuditEntry
from bot.letters.endorsement import MOVES, Endorsement, Event, Kind, Signature, State
from bot.letters.letter import Letter, Tally
from bot.letters.notices import LetterTopic, Notice, SignatureTopic, Thread
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.rules import Look, MaySign
from bot.letters.signatory import (
    PartyIndex,
    PartyKey,
    Signatory,
    counted,
    keys_of,
    plain_key,
    says_more,
    settled,
    speaker_among,
    withdrawn_after_delivery,
)
from bot.letters.standing import ON_LIST, Standing, Waits, confirmed_by, have_one_name
from bot.names import filing
from bot.storage import (
    amendments,
    endorsements,
    letters,
    objections,
    outbox,
    permissions,
    sent_messages,
    signatories,
    tallies,
)
from bot.storage.database import Transaction
from bot.storage.privacy import audit_entries
from bot.storage.states import Decision
from bot.use_cases.audit import Act
from bot.use_cases.gate import cards_of


def change_party(
    tx: Transaction, letter: Letter, before: Signatory, after: Signatory, why: str = ""
) -> tuple[Letter, Signatory]:
    """Save a changed signatory with all consequences; return the new letter and signatory.

    The letter is locked. The standing of `after` is computed here. `why` is told to its signers.
    """
    letter, (after,) = _change_parties(tx, letter, [(before, after)], why)
    return letter, after


def _change_parties(
    tx: Transaction, letter: Letter, changes: Sequence[tuple[Signatory, Signatory]], why: str = ""
) -> tuple[Letter, list[Signatory]]:
    moved = Tally()
    told: list[Notice] = []
    written: list[Signatory] = []
    for before, changed in changes:
        after = settled(changed, letter.rules.confirmation)
        after = withdrawn_after_delivery(before, after, letter.rules.withdrawn_entry)
        if after.endorsements == 0:
            after = _let_go(tx, letter, after)
        moved += counted(after) - counted(before)
        told += told_of_standing(tx, before, after, why)
        told += _told_of_entry(tx, before, after)
        if after.waits is not before.waits and after.waits is Waits.LOOK:
            told += _told_of_speaker(tx, before, after)
        written.append(after)
    signatories.put(tx, written, letter.workspace, letter.rules)
    letter = replace(letter, tally=tallies.move(tx, letter, moved))
    outbox.owe(tx, letter.workspace, [*told, *cards_of(tx, [letter.id])])
    # Messages that ask people to sign follow the card, because there may be very many.
    sent_messages.owe_edits(tx, letter, [Thread.ORGANISE], wait=sent_messages.SETTLING)
    return letter, written


def _let_go(tx: Transaction, letter: Letter, party: Signatory) -> Signatory:
    if party.kind is Kind.ORGANISATION:
        tell_objectors(tx, letter, party, objections.decide(tx, party.id, Decision.MOOT))
        permissions.end_records(tx, party.id)
    marked = party.standing is Standing.MARKED
    return replace(party, confirmed=False, objections=0, pinned=party.pinned if marked else 0)


def tell_objectors(
    tx: Transaction, letter: Letter, party: Signatory, people: Collection[Person]
) -> None:
    """Queue a message about an entry as it stands now to people who objected to it."""
    about, facts = LetterTopic.OBJECTION_DECIDED, {"signatory": party.id, "at": str(tx.now)}
    told = [notices.word(about, letter.id, person, **facts) for person in people]
    outbox.owe(tx, letter.workspace, told)


def told_of_standing(
    tx: Transaction, before: Signatory, after: Signatory, why: str = ""
) -> list[Notice]:
    """Return the receipts of an entry's signers after its standing changed.

    They are edited, and sent anew if the entry came off the list. A first signature and a last
    withdrawal have a receipt of their own.
    """
    if before.standing is after.standing or not before.endorsements or not after.endorsements:
        return []
    off = after.standing in {Standing.DISPUTED, Standing.REMOVED} or before.standing in ON_LIST
    signers = endorsements.of_party(tx, after.id)
    if not off:
        return receipts_of(signers)
    return [
        notices.receipt_anew(one.letter, one.person, tx.now, why) for one in signers if one.person
    ]


def _told_of_entry(tx: Transaction, before: Signatory, after: Signatory) -> list[Notice]:
    """Return the notices to signers whose organisation's entry is no longer the one they signed."""
    if before.entry == after.entry or after.endorsements < 2:
        return []
    return told_of_change(
        tx,
        SignatureTopic.ENTRY_CHANGED,
        [one for one in endorsements.of_party(tx, after.id) if one.signature.entry != after.entry],
        was=before.entry,
        now=after.entry,
    )


def _told_of_speaker(tx: Transaction, before: Signatory, after: Signatory) -> list[Notice]:
    """Return the notices to organisers, once a day, of an organisation that waits for their look."""
    facts = {"entry": after.entry, "was": before.entry, "signatory": after.id}
    told = [
        notices.word(LetterTopic.SIGNED_ANEW, after.letter, organiser, **facts)
        for organiser in letters.organisers_of(tx, after.letter)
    ]
    told = [replace(one, key=f"speaker:{after.id}:{one.target}") for one in told]
    known = outbox.owed_since(tx, [one.key for one in told], tx.now - timedelta(days=1))
    return [one for one in told if one.key not in known]


def receipts_of(signers: Sequence[Endorsement]) -> list[Notice]:
    """Return the edits of the signers' receipts."""
    return [notices.receipt(one.letter, one.person, changed=True) for one in signers if one.person]


def tell_if_answered(tx: Transaction, letter: Letter, *, is_late: bool = False) -> None:
    """Tell the organisers that nobody's answer to a text change is awaited any more.

    Once everyone has answered, or, `is_late`, once the time is up for those who have not.
    """
    answers = amendments.answers(tx, letter)
    if answers is not None and bool(answers.silent or answers.dropped) is is_late:
        facts = {name: getattr(answers, name) for name in ("kept", "withdrew", "dropped", "silent")}
        about, made_at = LetterTopic.CHANGE_OVER, str(answers.amendment.made_at)
        outbox.tell_organisers(tx, letter.workspace, letter.id, about, of=made_at, **facts)


def told_of_change(
    tx: Transaction, about: SignatureTopic, signers: Sequence[Endorsement], *, was: str, now: str
) -> list[Notice]:
    """Return the notices of a change to an entry, to the signers who have an account here.

    After one, the next waits for an hour, and then has the last change.
    """
    told = {
        f"{about}:{one.id}": notices.signer(about, one.letter, one.id, one.person, was=was, now=now)
        for one in signers
        if one.person is not None
    }
    return hourly(tx, told)


def hourly(tx: Transaction, told: Mapping[str, Notice]) -> list[Notice]:
    """Return notices under their keys: an hour after the last at the earliest, with its facts."""
    hour = timedelta(hours=1)
    lately = outbox.owed_since(tx, told, tx.now - hour)
    return [
        replace(one, key=key, due_at=tx.now + hour if key in lately else None)
        for key, one in told.items()
    ]


def refresh(tx: Transaction, letter: Letter, party: str, *, leaves: bool) -> Letter:
    """Set a signatory's entry to that of its current speaker; return the changed letter.

    `leaves` means that one of its signers has left. If that was an organisation's speaker, its proof
    of permission ends, and an organiser looks at a next one who is not believed or says more.
    """
    before = signatories.find(tx, party)
    if before is None:
        return letter
    return change_party(tx, letter, before, _without(tx, letter, before, int(leaves)))[0]


def leave(tx: Transaction, letter: Letter, ended: Collection[Endorsement]) -> Letter:
    """Update signatories and counts after many endorsements ended, as `refresh` does after one."""
    gone = Counter(one.signatory for one in ended)
    parties = signatories.find_many(tx, gone)
    changes = [(one, _without(tx, letter, one, gone[one.id])) for one in parties.values()]
    return _change_parties(tx, letter, changes)[0]


def _without(tx: Transaction, letter: Letter, party: Signatory, gone: int) -> Signatory:
    after = replace(party, endorsements=party.endorsements - gone)
    if party.kind is Kind.PERSON:
        return spoken_for(tx, after) if after.endorsements else after
    after = spoken_for(tx, after)
    if after.speaker != party.speaker and after.endorsements:
        # What organisers knew, they knew of the one who left.
        permissions.end_records(tx, party.id)
        if says_more(party, after) or not _is_believed(tx, letter, after):
            after = replace(after, waits=Waits.LOOK)
    return replace(after, confirmed=is_confirmed(tx, after))


def _is_believed(tx: Transaction, letter: Letter, party: Signatory) -> bool:
    """Return whether an organisation's new speaker needs no look of an organiser."""
    speaker = endorsements.find(tx, party.speaker)
    assert speaker is not None  # noqa: S101 - it was found as the speaker
    if speaker.person is None:
        return True
    looked_at = letter.rules.may_sign is MaySign.REVIEWED
    looked_at |= speaker.on_web and letter.rules.look is not Look.NONE
    return not looked_at and not signatories.removed_of(tx, {(letter.id, speaker.person)})


def spoken_for(tx: Transaction, party: Signatory) -> Signatory:
    """Return a signatory with the entry of its current speaker, and its signers' country.

    If no signer names a country any more, an organisation keeps its country while the letter has a
    namesake: the two stay separate.
    """
    voices = endorsements.of_party(tx, party.id)
    if not voices:
        return party
    after = carrying(party, speaker_among(voices, party))
    if party.kind is Kind.PERSON:
        return after
    after = replace(after, doubted=have_one_name(voices))
    return of_country(tx, after, endorsements.country_named(tx, party.id, after.speaker))


def of_country(tx: Transaction, party: Signatory, named: str) -> Signatory:
    """Return an organisation with the country that its signers name, or none.

    If they name none, it keeps its country while a namesake has signers.
    """
    if not named and party.country:
        found = signatories.by_keys(tx, [(party.letter, party.kind, plain_key(party.key))]).values()
        if any(one.id != party.id and one.endorsements for one in found):
            return party
    return replace(party, country=named)


def same_party(tx: Transaction, held: Endorsement, new: Signature) -> bool:
    """Return whether a changed signature still belongs to its signatory, perhaps under a new name.

    It does not if the letter has another organisation of the new name and country, or if the other
    signers of this organisation name another country.
    """
    old = held.signature
    if old.capacity.kind is not new.capacity.kind:
        return False
    if old.capacity.kind is Kind.PERSON or (old.key, old.country) == (new.key, new.country):
        return True
    if old.country and new.country and old.country != new.country:
        return False
    index = PartyIndex(signatories.by_keys(tx, keys_of(held.letter, new)))
    party = signatories.find(tx, held.signatory)
    assert party is not None  # noqa: S101 - every endorsement belongs to one
    if old.key != new.key:
        found = index.of(held.letter, new)[1]
        return found is not None and found.id == party.id
    if not new.country:
        return True
    others = endorsements.country_named(tx, party.id, party.speaker, besides=held.id)
    of_the_party = others or ("" if old.country else party.country)
    taken = index.is_taken(new.country, besides=party.id)
    return of_the_party in {"", new.country} and not taken


def is_confirmed(tx: Transaction, party: Signatory) -> bool:
    """Return whether a proof of permission confirms an organisation, given its current signers."""
    recorders = permissions.recorders(tx, [party.id]).get(party.id, set())
    held = endorsements.held_by(tx, {(party.letter, one) for one in recorders})
    kept = [(person, one) for (_, person), ones in held.items() for one in ones]
    return confirmed_by(recorders, {person for person, one in kept if one.signatory == party.id})


def is_barred(tx: Transaction, party: Signatory, person: Person) -> bool:
    """Return whether an organiser removed a person's signature for an organisation."""
    ended = endorsements.ended_for(tx, party.id, person)
    return any(party.removed or one.ended is State.REMOVED for one in ended)


def removal_of(tx: Transaction, party: Signatory) -> AuditEntry | None:
    """Return the last removal of a signatory; None if it is not removed."""
    if not party.removed:
        return None
    return audit_entries.last_about(tx, party.letter, Act.REMOVED, party.id)


def end_doubles(tx: Transaction, letter: Letter, doubles: Collection[Endorsement]) -> None:
    """End signatures that duplicate another one of the same person."""
    for one in doubles:
        state = one.state_at(letter, tx.now)
        # Silence may have ended it already without a record of that yet.
        endorsements.end(tx, letter, one, MOVES.get((state, Event.MERGE), state))


def carrying(party: Signatory, speaker: Endorsement) -> Signatory:
    """Return a signatory with the entry of the given signer's endorsement."""
    signature = speaker.signature
    return replace(
        party,
        entry=signature.entry,
        sort_fold=signature.sort_fold,
        sort_key=signature.sort_key,
        country_fold=filing.sort_fold(signature.facts.country),
        withheld=signature.is_withheld,
        speaker=speaker.id,
    )


def newcomer(
    tx: Transaction,
    letter: Letter,
    new: Endorsement,
    *,
    key: PartyKey,
    before: Signatory | None = None,
) -> Signatory:
    """Return the signatory that a signature adds to a list, before its standing is computed.

    Args:
        tx: The transaction.
        letter: The current letter.
        new: The signature, with the id of the signatory.
        key: The signatory's key in the index of names.
        before: The earlier signatory of this key, from which everybody had withdrawn.
    """
    signature = new.signature
    removed, delivered = (before.removed, before.delivered) if before else (False, False)
    printing = letter.rules.printing
    first = printing.groups[:1] if printing.firsts and letter.opened_at is None else ()
    # A removed or delivered signatory keeps its earlier country.
    country = before.country if before and (removed or delivered) else ""
    return Signatory(
        id=new.signatory,
        letter=letter.id,
        kind=signature.capacity.kind,
        key=before.key if before else key[2],
        country=signature.country or country,
        entry=signature.entry,
        sort_fold=signature.sort_fold,
        sort_key=signature.sort_key,
        country_fold=filing.sort_fold(signature.facts.country),
        withheld=signature.is_withheld,
        came_at=tx.now,
        heading=(before.heading if before else "") or "".join(first),
        endorsements=1,
        speaker=new.id,
        removed=removed,
        late=letter.phase_at(tx.now) is Phase.LATE,
        delivered=delivered,
    )
