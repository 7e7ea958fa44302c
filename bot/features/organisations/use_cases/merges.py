"""Finding pairs of signatories that may be one, merging them, or keeping them apart."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from bot.features.invitations.use_cases.signed import mark_merged
from bot.features.organisations import merge_rows
from bot.features.organisations import rows as pair_rows
from bot.features.organisations.merge_rows import Merge
from bot.features.organisations.rows import Pair
from bot.features.organisations.use_cases import likely_pairs
from bot.features.organisations.use_cases.merge_history import state_of
from bot.features.organisations.use_cases.shown import Organisation, decided_on, organisations_of
from bot.features.organisations.use_cases.standing import find_party
from bot.letters.endorsement import Kind
from bot.letters.ids import new_id
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory, counted, merged
from bot.letters.standing import giving_way
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
from bot.storage.database import Transaction, reading_aside, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, card_changed, once
from bot.use_cases.parties import (
    end_doubles,
    is_confirmed,
    receipts_of,
    spoken_for,
    told_of_standing,
)

__all__ = ["Likely", "Organisation", "Stretch", "clusters", "different", "look_for_pairs", "merge"]

STRETCH = 2
"""Organisations compared in one transaction, so that none takes long."""
NEAREST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """Two signatories of a letter that may be one, the earlier first."""

    one: Organisation
    other: Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Result of searching some of a letter's organisations."""

    letter: Letter
    pairs: tuple[Likely, ...]
    end: str | None
    """Position at which to continue the search; None if all were compared."""


@reading_aside
def look_for_pairs(
    tx: Transaction, *, letter: int, actor: Actor, after: str = "", limit: int = STRETCH
) -> Stretch:
    """Return pairs that may be one, first the known ones, then others among the next organisations.

    One call compares `limit` organisations with at most `NEAREST` earlier ones that share part of
    a name. Pairs marked as different are left out.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    parties = signatories.held_up(tx, letter, after=after, limit=limit)
    names = name_index.names_of(tx, [party.id for party in parties])
    near: dict[Pair, tuple[Signatory, Signatory]] = {}
    for party in parties:
        for name in names.get(party.id, ()):
            for theirs, other in name_index.sharing(tx, letter, probes(name), limit=NEAREST):
                if other.id < party.id and likeness(name, theirs) >= ALIKE:
                    near[other.id, party.id] = (other, party)
    if not after:
        # Pairs found soon after signing are first.
        come = likely_pairs.known_pairs(tx, letter)
        them = signatories.find_many(tx, {one for pair in come for one in pair})
        near = {(one, other): (them[one], them[other]) for one, other in come} | near
    apart = pair_rows.of(tx, letter, {one for one, _ in near})
    left = [both for pair, both in near.items() if pair not in apart]
    them = {one.id: one for both in left for one in both}
    known = {one.party.id: one for one in organisations_of(tx, list(them.values()))}
    return Stretch(
        letter=found,
        pairs=tuple(Likely(one=known[one.id], other=known[other.id]) for one, other in left),
        end=parties[-1].id if len(parties) == limit else None,
    )


def clusters(pairs: Collection[Likely]) -> list[list[Organisation]]:
    """Group pairs that share an entry; of people, those collected outside Slack come last."""
    known = {one.party.id: one for pair in pairs for one in (pair.one, pair.other)}
    found = likely_pairs.clusters((pair.one.party.id, pair.other.party.id) for pair in pairs)
    return [
        sorted(
            (known[one] for one in cluster),
            key=lambda one: (
                one.party.kind is Kind.PERSON and likely_pairs.is_collected(one),
                one.party.id,
            ),
        )
        for cluster in found
    ]


@writing
def merge(
    tx: Transaction,
    *,
    keeps: str,
    goes: tuple[str, ...],
    actor: Actor,
    read: str | None = None,
    shown: Sequence[str] = (),
    trigger: str,
) -> Signatory:
    """Merge each of `goes` into `keeps`, and return the merged signatory.

    A person who signed for both counts once. Permissions and objections of either count. A later
    signature under the name of `goes` is added to `keeps`. A person can be merged into another only
    if they were collected outside Slack.

    Raises:
        Refused: one of them has no signature any more, they are of two letters or two kinds, one of
            `goes` is a person who signed here, the actor does not run their letter, or one of
            `shown` (`keeps` and `goes`, if it is empty) changed since `read`.
    """

    def act() -> None:
        letter, (kept, *gone) = _of_one_letter(tx, (keeps, *goes), actor)
        for one in gone:
            if one.kind is Kind.PERSON and any(
                given.person is not None for given in endorsements.of_party(tx, one.id)
            ):
                # Two accounts are two people until one of them states otherwise.
                raise Refused.because(Reason.SIGNED_HERE, entry=one.entry)
        decided_on(tx, read, *(find_party(tx, one) for one in shown or (keeps, *goes)))
        for one in gone:
            letter, kept = _merge(tx, letter, kept, one, actor)

    once(tx, actor.workspace, trigger, act)
    return signatories.kept(tx, [keeps])[keeps]


def _merge(
    tx: Transaction, letter: Letter, kept: Signatory, gone: Signatory, actor: Actor
) -> tuple[Letter, Signatory]:
    """Merge `gone` into `kept`; return the letter and `kept` as they are now."""
    done = {
        **merge_rows.owned(tx, gone.id),
        "apart": [pair_rows.others(tx, gone.id), pair_rows.others(tx, kept.id)],
        "followed": merge_rows.merged_before(tx, gone.id),
        **_end_doubles(tx, letter, kept, gone),
        "kept": state_of(kept),
        "gone": state_of(gone),
    }
    made = Merge(
        id=new_id(tx.now),
        letter=letter.id,
        keeps=kept.id,
        goes=gone.id,
        done=done,
        by=actor.person,
        made_at=tx.now,
    )
    merge_rows.add(tx, made, letter.workspace)
    endorsements.move(tx, gone.id, kept.id)
    permissions.move(tx, gone.id, kept.id)
    objections.move(tx, gone.id, kept.id)
    pair_rows.move(tx, letter.id, gone.id, kept.id)
    # From now on `gone` is no longer another organisation of the same name.
    signatories.follow(tx, letter.id, gone.id, kept.id)
    merge_rows.merge_into(tx, [gone.id], kept.id)
    after, left = merged(
        spoken_for(tx, kept),
        gone,
        letter.rules.confirmation,
        endorsements=len(signers := endorsements.of_party(tx, kept.id)),
        confirmed=is_confirmed(tx, kept),
        objections=sum(one.tied for one in objections.open_to(tx, kept.id)),
    )
    signatories.put(tx, [after, left], letter.workspace, letter.rules)
    by = counted(after) - counted(kept) - counted(gone)
    changed = replace(letter, tally=tallies.move(tx, letter, by))
    mark_merged(tx, changed, after)
    record(tx, letter, Act.MERGED, actor.person, signatory=kept.id, other=gone.id)
    told = receipts_of(signers) + told_of_standing(tx, kept, after)
    outbox.owe(tx, letter.workspace, told)
    card_changed(tx, changed)
    return changed, after


def _end_doubles(
    tx: Transaction, letter: Letter, kept: Signatory, gone: Signatory
) -> dict[str, Any]:
    """End the duplicates of people who signed for both signatories, or objected to both.

    Returns:
        `ended`: the ended signatures, each with the signature that stays and its last answer
        (`merge_rows.answer_of`); `closed`: the closed objections.
    """
    there, come = endorsements.of_party(tx, kept.id), endorsements.of_party(tx, gone.id)
    ended = giving_way(there, come)
    end_doubles(tx, letter, [one for one, _ in ended])
    objecting = {one.person for one in objections.open_to(tx, kept.id)}
    closed = [one.id for one in objections.open_to(tx, gone.id) if one.person in objecting]
    objections.close(tx, closed)
    return {
        "ended": [[one.id, other.id, merge_rows.answer_of(tx, other.id)] for one, other in ended],
        "closed": closed,
    }


@writing
def different(
    tx: Transaction,
    *,
    parties: tuple[str, ...],
    actor: Actor,
    read: str | None = None,
    trigger: str,
) -> Letter:
    """Mark each two of some signatories as different, and return their letter.

    Raises:
        Refused: as for `merge`.
    """

    def act() -> None:
        letter, found = _of_one_letter(tx, parties, actor)
        decided_on(tx, read, *found)
        apart = [pair_rows.pair(*both) for both in combinations(parties, 2)]
        pair_rows.add(tx, letter.id, letter.workspace, apart, actor.person)
        first, second, *more = parties
        facts: dict[str, Any] = {"count": len(more) + 1} if more else {"other": second}
        record(tx, letter, Act.TOLD_APART, actor.person, signatory=first, **facts)

    once(tx, actor.workspace, trigger, act)
    party = find_party(tx, parties[0])
    return admit(tx, party.letter, actor, Action.MERGE, lock=False)


def _of_one_letter(
    tx: Transaction, parties: Sequence[str], actor: Actor
) -> tuple[Letter, list[Signatory]]:
    """Lock a letter, and return it with signatories that the actor may merge."""
    letter = admit(tx, find_party(tx, parties[0]).letter, actor, Action.MERGE)
    # They may have changed before the letter was locked.
    found = [find_party(tx, party) for party in parties]
    for party in found:
        if party.kind is Kind.PERSON and any(one.kind is not party.kind for one in found):
            raise Refused.because(Reason.NOT_AN_ORGANISATION, entry=party.entry)
        if party.endorsements == 0:
            raise Refused.because(Reason.SIGNATURE_GONE)
        if party.letter != letter.id or parties.count(party.id) > 1:
            raise Refused.because(Reason.NO_SUCH_SIGNATORY, name=party.entry)
    return letter, found
