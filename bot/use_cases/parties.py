"""Changes of a signatory: its standing, the tally, the cards, and who is told."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.letters import notices
from bot.letters.backing import confirmed_by, giving_way
from bot.letters.endorsement import MOVES, Endorsement, Event, Kind, Signature
from bot.letters.ids import new_id
from bot.letters.letter import Letter, Tally
from bot.letters.notices import Notice, SignatureTopic
from bot.letters.phases import Phase
from bot.letters.signatory import (
    PartyIndex,
    PartyKey,
    Signatory,
    counted,
    keys_of,
    plain_key,
    settled,
    withdrawn_after_delivery,
)
from bot.letters.standing import WAITING, Standing
from bot.names import filing
from bot.storage import endorsements, objections, outbox, permissions, signatories, tallies
from bot.storage.database import Transaction
from bot.storage.states import Decision
from bot.use_cases.gate import card_changed


def change_party(
    tx: Transaction, letter: Letter, before: Signatory, after: Signatory
) -> tuple[Letter, Signatory]:
    """Write a signatory as it is now and all that follows; return the changed letter and signatory.

    Args:
        tx: The transaction.
        letter: Its letter, locked.
        before: The signatory as it was.
        after: The same with what is new; its standing is worked out here.
    """
    letter, (after,) = _change_parties(tx, letter, [(before, after)])
    return letter, after


def _change_parties(
    tx: Transaction, letter: Letter, changes: Sequence[tuple[Signatory, Signatory]]
) -> tuple[Letter, list[Signatory]]:
    """The same for many signatories of a letter, each once; a statement for each table."""
    moved = Tally()
    told: list[Notice] = []
    written: list[Signatory] = []
    for before, changed in changes:
        after = settled(changed, letter.rules.confirmation)
        after = withdrawn_after_delivery(before, after, letter.rules.withdrawn_entry)
        if after.endorsements == 0:
            after = _let_go(tx, after)
        moved += counted(after) - counted(before)
        told += told_of_listing(tx, before, after)
        written.append(after)
    signatories.put(tx, written, letter.workspace, letter.rules)
    letter = replace(letter, tally=tallies.move(tx, letter, moved))
    outbox.owe(tx, letter.workspace, told)
    card_changed(tx, letter)
    return letter, written


def _let_go(tx: Transaction, party: Signatory) -> Signatory:
    """Reset a signatory without backing, so that it can come back as a new one."""
    if party.objections:
        objections.decide(tx, party.id, Decision.MOOT)
    if party.kind is Kind.ORGANISATION:
        permissions.end_records(tx, party.id)
    marked = party.standing is Standing.MARKED
    return replace(party, confirmed=False, objections=0, pinned=party.pinned if marked else 0)


def told_of_listing(tx: Transaction, before: Signatory, after: Signatory) -> list[Notice]:
    """Return the notices for signers of an organisation that has just been listed."""
    if before.standing not in WAITING or after.standing is not Standing.LISTED:
        return []
    return [
        notices.signer(SignatureTopic.LISTED, one.letter, one.id, one.person)
        for one in endorsements.of_party(tx, after.id)
        if one.person is not None
    ]


def refresh(tx: Transaction, letter: Letter, party: str, *, leaves: bool) -> Letter:
    """Make a signatory carry the entry of the first that still counts; return the changed letter.

    `leaves` says that one of those who held it up does not any more.
    """
    before = signatories.find(tx, party)
    if before is None:
        return letter
    after = _without(tx, before, 1 if leaves else 0)
    return change_party(tx, letter, before, after)[0]


def leave(tx: Transaction, letter: Letter, ended: Collection[Endorsement]) -> Letter:
    """Do for many endorsements that have just ended what `refresh` does for one."""
    gone = Counter(one.signatory for one in ended)
    parties = signatories.find_many(tx, gone)
    changes = [(one, _without(tx, one, gone[one.id])) for one in parties.values()]
    return _change_parties(tx, letter, changes)[0]


def _without(tx: Transaction, party: Signatory, gone: int) -> Signatory:
    """A signatory with fewer backings, and what follows from those that it still has."""
    after = replace(party, endorsements=party.endorsements - gone)
    if party.kind is Kind.PERSON and after.endorsements == 0:
        return after
    after = spoken_for(tx, after)
    if after.kind is Kind.ORGANISATION:
        after = replace(after, confirmed=is_confirmed(tx, after))
    return after


def spoken_for(tx: Transaction, party: Signatory) -> Signatory:
    """A signatory with the entry of the first that still stands for it, and the country they name.

    Where nobody names one any more, and another organisation of that name is on the letter, it
    stays of its country: the two are not one because an entry leaves that out.
    """
    speaker = endorsements.speaking_for(tx, party.id, party.speaker)
    if speaker is None:
        return party
    after = carrying(party, speaker)
    if party.kind is Kind.PERSON:
        return after
    return of_country(tx, after, endorsements.country_named(tx, party.id, after.speaker))


def of_country(tx: Transaction, party: Signatory, named: str) -> Signatory:
    """An organisation with the country that those who stand for it name; empty where none does."""
    stays = not named and party.country and namesakes(tx, party)
    return party if stays else replace(party, country=named)


def namesakes(tx: Transaction, party: Signatory) -> list[Signatory]:
    """Return the other organisations of a name that somebody backs."""
    key = (party.letter, party.kind, plain_key(party.key))
    found = {one.id: one for one in signatories.by_keys(tx, [key]).values()}
    return [one for one in found.values() if one.id != party.id and one.endorsements]


def same_party(tx: Transaction, held: Endorsement, new: Signature) -> bool:
    """Return whether a changed signature speaks for the party that it spoke for, by whichever name.

    Where another organisation of that name and country is on the letter, or others who signed for
    this one name another country, it does not.
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
    assert party is not None  # noqa: S101 - an endorsement belongs to one
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
    """Return whether an organiser's record confirms an organisation, as those who hold it up are now."""
    recorders = permissions.recorders(tx, [party.id]).get(party.id, set())
    held = endorsements.held_by(tx, {(party.letter, one) for one in recorders})
    holders = {
        person
        for (_, person), ones in held.items()
        if any(one.signatory == party.id for one in ones)
    }
    return confirmed_by(recorders, holders)


def end_doubles(tx: Transaction, letter: Letter, doubles: Collection[Endorsement]) -> None:
    """End what gives way to another voice of the same person."""
    for one in doubles:
        state = one.state_at(letter, tx.now)
        # Silence may have ended it already, though nobody has written that down yet.
        endorsements.end(tx, letter, one, MOVES.get((state, Event.MERGE), state))


def end_double_of(tx: Transaction, letter: Letter, one: Endorsement) -> bool:
    """Return whether a voice from elsewhere for the same party gave way, because it may be the signer's."""
    there = endorsements.gathered_for(tx, [(letter.id, one.signatory)], [letter.workspace])
    doubles = [ended for ended, _ in giving_way(there.values(), [one])]
    end_doubles(tx, letter, doubles)
    return bool(doubles)


def carrying(party: Signatory, speaker: Endorsement) -> Signatory:
    """The signatory with the entry of one of those who stand for it."""
    signature = speaker.signature
    return replace(
        party,
        entry=signature.entry,
        sort_fold=signature.sort_fold,
        sort_key=signature.sort_key,
        country_fold=country_fold(signature.facts.country),
        speaker=speaker.id,
    )


def country_fold(country: str) -> str:
    """Return the folded country."""
    return filing.sort_fold(country) if country else ""


def newcomer(
    tx: Transaction,
    letter: Letter,
    signature: Signature,
    *,
    speaker: str,
    key: PartyKey,
    before: Signatory | None = None,
) -> Signatory:
    """A signatory that one signature puts on a list, before its standing is settled.

    Args:
        tx: The transaction.
        letter: The letter, as it is now.
        signature: Whose entry it carries.
        speaker: The id of the endorsement that gives it.
        key: What it is kept under.
        before: The same, if it was there before and everybody had withdrawn.
    """
    # The country of one that comes back counts where something of it was kept.
    kept = before is not None and (before.removed or before.delivered)
    country = before.country if before is not None and kept else ""
    return Signatory(
        id=before.id if before else new_id(tx.now),
        letter=letter.id,
        kind=signature.capacity.kind,
        key=before.key if before else key[2],
        country=signature.country or country,
        entry=signature.entry,
        sort_fold=signature.sort_fold,
        sort_key=signature.sort_key,
        country_fold=country_fold(signature.facts.country),
        came_at=tx.now,
        endorsements=1,
        speaker=speaker,
        removed=before is not None and before.removed,
        late=letter.phase_at(tx.now) is Phase.LATE,
        delivered=before is not None and before.delivered,
    )
