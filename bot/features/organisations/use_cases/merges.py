"""An organiser finds two signatories of a letter to be one, or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.features.invitations.use_cases.invitations import mark_merged
from bot.features.organisations import merge_rows
from bot.features.organisations import rows as pair_rows
from bot.features.organisations.merge_rows import Merge
from bot.features.organisations.rows import Pair
from bot.features.organisations.use_cases import likely_pairs, merge_history
from bot.features.organisations.use_cases.standing import Organisation, organisations_of
from bot.letters import notices
from bot.letters.backing import giving_way
from bot.letters.endorsement import Endorsement, Kind
from bot.letters.ids import new_id
from bot.letters.letter import Letter, Sight
from bot.letters.notices import SignatureTopic
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory, counted, merged, probes_of
from bot.names.likeness import ALIKE, likeness, probes
from bot.storage import (
    endorsements,
    name_index,
    objections,
    outbox,
    permissions,
    signatories,
    tallies,
)
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, card_changed, once
from bot.use_cases.parties import end_doubles, is_confirmed, spoken_for, told_of_listing

__all__ = [
    "Likely", "Organisation", "Stretch", "different", "look_for_pairs", "merge",
]  # fmt: skip

PEOPLE = "people:"
"""Continuation of the search after the last organisation: among collected people."""
STRETCH = 2
"""Organisations that are compared in one reading, so that none of them takes long."""
PEOPLE_STRETCH = 50
"""People at once: each has one name to look up."""
NEAREST = 50
"""With how many that have most in common with its name each of them is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """Two organisations of a letter that may be one, the one that came first before the other."""

    one: Organisation
    other: Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Result of searching some of a letter's organisations."""

    letter: Letter
    pairs: tuple[Likely, ...]
    end: str | None
    """The place to look on behind; None once all were looked at."""


@reading
def look_for_pairs(
    tx: Transaction, *, letter: int, actor: Actor, after: str = "", limit: int = STRETCH
) -> Stretch:
    """Pairs that may be one, of whom the later is among the next of the letter; people come last.

    A letter may be as long as it likes: one reading compares `limit` organisations with those who
    came before them and have something of their names, at most `NEAREST` each. Pairs that were told
    apart are not among them.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    if after.startswith(PEOPLE):
        return _namesakes(tx, found, after.removeprefix(PEOPLE))
    parties = signatories.held_up(tx, letter, after=after, limit=limit)
    names = name_index.names_of(tx, [party.id for party in parties])
    near: dict[Pair, tuple[Signatory, Signatory]] = {}
    for party in parties:
        for name in names.get(party.id, ()):
            for theirs, other in name_index.sharing(tx, letter, probes(name), limit=NEAREST):
                if other.id < party.id and likeness(name, theirs) >= ALIKE:
                    near[other.id, party.id] = (other, party)
    if not after:
        near = _known(tx, letter) | near
    apart = pair_rows.of(tx, letter, {one for one, _ in near})
    pairs = [both for pair, both in near.items() if pair not in apart]
    known = {
        one.party.id: one for one in organisations_of(tx, [one for both in pairs for one in both])
    }
    return Stretch(
        letter=found,
        pairs=tuple(_likely(known[one.id], known[other.id]) for one, other in pairs),
        end=parties[-1].id if len(parties) == limit else PEOPLE,
    )


def _likely(one: Organisation, other: Organisation) -> Likely:
    """Return two that may be one; of two people the one that can go is the second."""
    if one.party.kind is Kind.PERSON and all(given.person is None for given in one.endorsements):
        one, other = other, one
    return Likely(one=one, other=other)


def _known(tx: Transaction, letter: int) -> dict[Pair, tuple[Signatory, Signatory]]:
    """Pairs that were found as they came."""
    pairs = [both for _, both in likely_pairs.known_pairs(tx, [letter])]
    parties = signatories.find_many(tx, {one for both in pairs for one in both})
    return {(one, other): (parties[one], parties[other]) for one, other in pairs}


def _namesakes(tx: Transaction, letter: Letter, after: str) -> Stretch:
    """The same for people: one who was added from elsewhere, and one of that name who signed."""
    parties = signatories.collected_people(tx, letter.id, after=after, limit=PEOPLE_STRETCH)
    near: dict[Pair, tuple[str, str]] = {}
    for party in organisations_of(tx, parties):
        under = probes_of(party.endorsements[0].signature)
        for _, other in name_index.sharing(tx, letter.id, under, limit=NEAREST):
            if other.kind is Kind.PERSON and other.id != party.party.id:
                near[pair_rows.pair(party.party.id, other.id)] = (other.id, party.party.id)
    apart = pair_rows.of(tx, letter.id, {one for one, _ in near})
    both = [pair for key, pair in near.items() if key not in apart]
    theirs = signatories.find_many(tx, {one for pair in both for one in pair})
    known = {one.party.id: one for one in organisations_of(tx, list(theirs.values()))}
    return Stretch(
        letter=letter,
        pairs=tuple(
            Likely(one=known[one], other=known[other])
            for one, other in both
            # Of two that were both added from elsewhere the later one finds the other.
            if known[one].endorsements[0].person is not None or one < other
        ),
        end=f"{PEOPLE}{parties[-1].id}" if len(parties) == PEOPLE_STRETCH else None,
    )


@writing
def merge(tx: Transaction, *, keeps: str, goes: str, actor: Actor, trigger: str) -> Signatory:
    """Make two signatories one, under the entry of the one that is kept; return it as it is then.

    Signers of either are signers of it; a signer of both is one once. What was said about
    either counts. A later signature under the name of the other one joins it. Of people only one
    who was added from elsewhere can go.

    Raises:
        Refused: one of them is not there any more, they are of two letters or two kinds, the one
            that goes signed here themselves, or the actor does not run their letter.
    """

    def act() -> Mapping[str, str]:
        letter, kept, gone = _both(tx, keeps, goes, actor)
        if gone.kind is Kind.PERSON and any(
            one.person is not None for one in endorsements.of_party(tx, gone.id)
        ):
            # Two accounts are two people until one of them says otherwise.
            raise Refused.because(Reason.SIGNED_HERE, entry=gone.entry)
        owned = merge_rows.owned(tx, gone.id)
        apart = pair_rows.others(tx, gone.id), pair_rows.others(tx, kept.id)
        followed = merge_rows.merged_before(tx, gone.id)
        ended, closed = _end_doubles(tx, letter, kept, gone)
        made = Merge(
            id=new_id(tx.now),
            letter=letter.id,
            keeps=kept.id,
            goes=gone.id,
            done=merge_history.note(
                kept,
                gone,
                owned=owned,
                ended=[(one, other, merge_rows.answer_of(tx, other.id)) for one, other in ended],
                closed=closed,
                followed=followed,
                apart=apart,
            ),
            by=actor.person,
            made_at=tx.now,
        )
        merge_rows.add(tx, made, letter.workspace)
        moved = endorsements.of_party(tx, gone.id)
        endorsements.move(tx, gone.id, kept.id)
        permissions.move(tx, gone.id, kept.id)
        objections.move(tx, gone.id, kept.id)
        pair_rows.move(tx, letter.id, gone.id, kept.id)
        # From here on the one that goes is no other organisation of a name.
        signatories.follow(tx, letter.id, gone.id, kept.id)
        merge_rows.merge_into(tx, [gone.id], kept.id)
        after, left = merged(
            spoken_for(tx, kept),
            gone,
            letter.rules.confirmation,
            endorsements=len(endorsements.of_party(tx, kept.id)),
            confirmed=is_confirmed(tx, kept),
            objections=len(_undecided(tx, kept)),
        )
        signatories.put(tx, [after, left], letter.workspace, letter.rules)
        by = counted(after) - counted(kept) - counted(gone)
        changed = replace(letter, tally=tallies.move(tx, letter, by))
        mark_merged(tx, changed, after)
        record(tx, letter, Act.MERGED, actor.person, signatory=kept.id, other=gone.id)
        outbox.owe(tx, letter.workspace, told_of_listing(tx, kept, after))
        _tell(tx, letter, after, moved)
        card_changed(tx, changed)
        return {}

    once(tx, actor.workspace, trigger, act)
    return signatories.kept(tx, [keeps])[keeps]


def _end_doubles(
    tx: Transaction, letter: Letter, kept: Signatory, gone: Signatory
) -> tuple[list[tuple[Endorsement, Endorsement]], list[str]]:
    """Of two signatures or objections of one person, one for each, one stands.

    Returns:
        The signatures that end, each with the one it gives way to, and the objections that end.
    """
    there, come = endorsements.of_party(tx, kept.id), endorsements.of_party(tx, gone.id)
    ended = giving_way(there, come)
    end_doubles(tx, letter, [one for one, _ in ended])
    objecting = {one.person for one in _undecided(tx, kept)}
    closed = [one.id for one in _undecided(tx, gone) if one.person in objecting]
    objections.close(tx, closed)
    return ended, closed


def _undecided(tx: Transaction, party: Signatory) -> list[objections.Objection]:
    heard = objections.of_parties(tx, [party.id]).get(party.id, [])
    return [one for one in heard if one.decided_at is None]


def _tell(tx: Transaction, letter: Letter, party: Signatory, moved: Sequence[Endorsement]) -> None:
    """Tell the signers of the merged organisation which entry they are under now."""
    # Under an embargo an entry is a name that nobody may see.
    seen = letter.sight(Role.MEMBER, tx.now) is Sight.ALL
    entry = party.entry if seen else ""
    outbox.owe(
        tx,
        letter.workspace,
        [
            notices.signer(SignatureTopic.MERGED, letter.id, one.id, one.person, entry=entry)
            for one in moved
            if one.person is not None
        ],
    )


@writing
def different(tx: Transaction, *, one: str, other: str, actor: Actor, trigger: str) -> Letter:
    """Remember that two organisations are two, so that nobody is asked again; return their letter.

    Raises:
        Refused: as for `merge`.
    """

    def act() -> Mapping[str, str]:
        letter, first, second = _both(tx, one, other, actor)
        told_apart = [pair_rows.pair(first.id, second.id)]
        pair_rows.add(tx, letter.id, letter.workspace, told_apart, actor.person)
        record(tx, letter, Act.TOLD_APART, actor.person, signatory=first.id, other=second.id)
        return {}

    once(tx, actor.workspace, trigger, act)
    party = _organisation(tx, one)
    return admit(tx, party.letter, actor, Action.MERGE, lock=False)


def _both(
    tx: Transaction, one: str, other: str, actor: Actor
) -> tuple[Letter, Signatory, Signatory]:
    """Two organisations that stand and their letter, locked, where the actor may merge them."""
    first = _organisation(tx, one)
    letter = admit(tx, first.letter, actor, Action.MERGE)
    # They may have changed until the lock was had.
    both = [_organisation(tx, party) for party in (one, other)]
    for party in both:
        if party.kind is Kind.PERSON and first.kind is not both[1].kind:
            raise Refused.because(Reason.NOT_AN_ORGANISATION, entry=party.entry)
        if party.endorsements == 0:
            raise Refused.because(Reason.SIGNATURE_GONE)
        if party.letter != letter.id or one == other:
            raise Refused.because(Reason.NO_SUCH_SIGNATORY, name=party.entry)
    return letter, both[0], both[1]


def _organisation(tx: Transaction, party: str) -> Signatory:
    found = signatories.find(tx, party)
    if found is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    return found
