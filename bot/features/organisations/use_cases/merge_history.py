"""Merges of a letter's signatories are listed, and undone until it is delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.features.invitations.use_cases.invitations import mark_as_listed
from bot.features.organisations import merge_rows
from bot.features.organisations import rows as pair_rows
from bot.features.organisations.merge_rows import Merge
from bot.features.organisations.use_cases import likely_pairs
from bot.letters import notices
from bot.letters.backing import of_one_hand
from bot.letters.endorsement import Endorsement, Kind, Signature, State
from bot.letters.letter import Letter, Sight
from bot.letters.notices import SignatureTopic
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory, plain_key
from bot.storage import amendments, endorsements, name_index, objections, outbox, signatories
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once
from bot.use_cases.parties import change_party, is_confirmed, spoken_for

__all__ = ["MergedPair", "merges_of", "note", "undo_merge"]

MOST = 20
"""Merges that are listed, the newest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedPair:
    """Two entries that were merged."""

    merge: str
    """The id of the merge."""
    kept: str
    """The entry that stayed, as it reads now."""
    gone: str
    """The entry that went into it, as it read."""
    by: Person
    made_at: datetime
    may_undo: bool
    """No later merge has changed either, and the letter is not delivered."""


@reading
def merges_of(
    tx: Transaction, *, letter: int, actor: Actor
) -> tuple[Letter, tuple[MergedPair, ...]]:
    """Return a letter's last merges that were not undone, the newest first, at most `MOST`.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    made = merge_rows.of_letter(tx, letter, limit=MOST)
    known = signatories.find_many(tx, {one for each in made for one in (each.keeps, each.goes)})
    return found, tuple(
        MergedPair(
            merge=each.id,
            kept=known[each.keeps].entry,
            gone=known[each.goes].entry,
            by=each.by,
            made_at=each.made_at,
            may_undo=found.delivered_at is None and merge_rows.is_last(tx, each),
        )
        for each in made
    )


def note(
    kept: Signatory,
    gone: Signatory,
    *,
    owned: Mapping[str, Sequence[str]],
    ended: Sequence[tuple[Endorsement, Endorsement, list[str]]],
    closed: Sequence[str],
    followed: Sequence[str],
    apart: tuple[Sequence[str], Sequence[str]],
) -> dict[str, Any]:
    """Return what undoing a merge needs to know of it, of JSON types.

    Args:
        kept: The signatory that is kept, as it was before.
        gone: The one that goes into it, as it was before.
        owned: The ids of the rows that belonged to the one that goes (`merge_rows.owned`).
        ended: The endorsements that end, each with the one it gives way to and what that one was
            kept for (`merge_rows.answer_of`).
        closed: The objections that are closed because their person objected to both.
        followed: The signatories that had been merged into the one that goes.
        apart: The signatories that the one that goes, and the one that is kept, was told apart
            from.
    """
    return {
        **{name: list(ids) for name, ids in owned.items()},
        "ended": [[one.id, other.id, answer] for one, other, answer in ended],
        "closed": list(closed),
        "followed": list(followed),
        "apart": [list(ones) for ones in apart],
        "kept": _before(kept),
        "gone": _before(gone),
    }


def _before(party: Signatory) -> dict[str, Any]:
    return {
        "speaker": party.speaker,
        "country": party.country,
        "pinned": party.pinned,
        "removed": party.removed,
        "came_at": party.came_at.isoformat(),
    }


@writing
def undo_merge(tx: Transaction, *, merge: str, actor: Actor, trigger: str) -> Signatory:
    """Undo a merge, and return the signatory that comes back, as it is then.

    Each has again who signed for it: those from before the merge, and those who signed since under
    one of its names. Who signed for both holds both again, unless they withdrew since. What was
    decided about the merged one since counts for both. Signers of the one that comes back are told,
    and organisers are asked again about the pairs in which either looks like another.

    Args:
        tx: The transaction.
        merge: Its id (`MergedPair.merge`).
        actor: An organiser.
        trigger: Slack's id of the click.

    Raises:
        Refused: there is no such merge or it is undone (`NOTHING_TO_UNDO`), the letter is delivered
            (`IS_DELIVERED`), a later merge of the same entry is to be undone first
            (`UNDO_LATER_FIRST`), or the actor does not run the letter.
    """

    def act() -> Mapping[str, str]:
        letter, found = _undoable(tx, merge, actor)
        parties = signatories.find_many(tx, [found.keeps, found.goes])
        kept, gone = parties[found.keeps], parties[found.goes]
        _give_back(tx, letter, found, kept, gone)
        _revive(tx, letter, found)
        merge_rows.mark_undone(tx, merge, actor.person)
        was_pinned = found.done["kept"]["pinned"] or found.done["gone"]["pinned"]
        was_removed = found.done["kept"]["removed"] or found.done["gone"]["removed"]
        shared: dict[str, Any] = {}
        if kept.removed != was_removed:
            # Decided about both since.
            shared["removed"] = kept.removed
        pins = kept.pinned == was_pinned
        one = shared if pins else {**shared, "pinned": kept.pinned}
        other = shared if pins else {**shared, "pinned": 0}
        before = found.done["kept"], found.done["gone"]
        both = [_as_before(tx, each, was) for each, was in zip((kept, gone), before, strict=True)]
        # Where nobody names a country any more it matters who else there is of a name.
        signatories.put(tx, both, letter.workspace, letter.rules)
        letter, kept = change_party(tx, letter, kept, _as_now(tx, both[0], one))
        letter, gone = change_party(tx, letter, gone, _as_now(tx, both[1], other))
        mark_as_listed(tx, letter, [kept, gone])
        likely_pairs.keep_alike(tx, letter, [kept, gone])
        record(tx, letter, Act.MERGE_UNDONE, actor.person, signatory=kept.id, other=gone.id)
        _tell(tx, letter, gone)
        return {"signatory": gone.id}

    gone = once(tx, actor.workspace, trigger, act)["signatory"]
    return signatories.kept(tx, [gone])[gone]


def _undoable(tx: Transaction, merge: str, actor: Actor) -> tuple[Letter, Merge]:
    found = merge_rows.find(tx, merge)
    if found is None:
        raise Refused.because(Reason.NOTHING_TO_UNDO)
    letter = admit(tx, found.letter, actor, Action.MERGE)
    # It may have been undone until the lock was had.
    found = merge_rows.find(tx, merge)
    if found is None or found.undone_at is not None:
        raise Refused.because(Reason.NOTHING_TO_UNDO)
    if letter.delivered_at is not None:
        raise Refused.because(Reason.IS_DELIVERED, title=letter.title)
    if not merge_rows.is_last(tx, found):
        raise Refused.because(Reason.UNDO_LATER_FIRST)
    return letter, found


def _give_back(
    tx: Transaction, letter: Letter, merge: Merge, kept: Signatory, gone: Signatory
) -> None:
    """Give the one that comes back all rows that were its own, or came since under its names."""
    done = merge.done
    merge_rows.merge_into(tx, done["followed"], gone.id)
    merge_rows.merge_into(tx, [gone.id], None)
    names = {
        one.id: [
            # Its own name is of the country that it had.
            (plain_key(key), done[which]["country"] if key == one.key else country)
            for key, country in name_index.known_under(tx, {one.id})
        ]
        for which, one in (("kept", kept), ("gone", gone))
    }
    standing = {one.id: one for one in endorsements.of_party(tx, kept.id)}
    ended = [one for one in done["endorsements"] if one not in standing]
    back = [
        number
        for number, one in standing.items()
        if _goes_back(
            one.signature,
            names[kept.id],
            names[gone.id],
            # None where it came since.
            number in done["endorsements"] if number < merge.id else None,
        )
    ]
    merge_rows.give(tx, "endorsements", [*ended, *back], gone.id)
    merge_rows.give(tx, "permissions", done["permissions"], gone.id)
    merge_rows.give(tx, "objections", done["objections"], gone.id)
    heard = objections.of_parties(tx, [kept.id]).get(kept.id, [])
    open_ones = {one.person for one in heard if one.decided_at is None}
    theirs = objections.of_parties(tx, [gone.id]).get(gone.id, [])
    merge_rows.reopen(
        tx, [one.id for one in theirs if one.id in done["closed"] and one.person in open_ones]
    )
    pair_rows.part(tx, letter, merge.by, kept.id, gone.id, *done["apart"])


Names = Sequence[tuple[str, str]]
"""Names of a signatory: the key without a country, and the country."""


def _goes_back(signature: Signature, kept: Names, gone: Names, theirs: bool | None) -> bool:  # noqa: FBT001 - the question's answer so far
    """Return whether a signature belongs to the one that comes back.

    What was given before goes back to whom it was for, unless its signer says the other's name now;
    what was given since goes to whose name it says.
    """
    if theirs is None:
        return _distance(signature, gone) < _distance(signature, kept)
    own, other = (dict(gone), dict(kept)) if theirs else (dict(kept), dict(gone))
    renamed = signature.key not in own and signature.key in other
    return theirs is not renamed


def _distance(signature: Signature, names: Names) -> int:
    known = [country for key, country in names if key == signature.key]
    if signature.country in known:
        return 0
    return 1 if any(not signature.country or not country for country in known) else 2


def _revive(tx: Transaction, letter: Letter, merge: Merge) -> None:
    """Let what the merge ended stand again, where its signer's other signature still does."""
    for ended, survivor, before in merge.done["ended"]:
        one, other = endorsements.find(tx, ended), endorsements.find(tx, survivor)
        if one is None or other is None or one.ended is not State.MERGED:
            continue
        there = endorsements.of_party(tx, one.signatory)
        if other.withdrawn_at is not None or any(of_one_hand(one, each) for each in there):
            continue
        people = [] if one.person is None else [one.person]
        with amendments.answering(tx, letter, people) as moved:
            meaning = merge_rows.revive(tx, ended, survivor, before)
            moved["behind"] += meaning < letter.meaning


def _as_before(tx: Transaction, party: Signatory, before: Mapping[str, Any]) -> Signatory:
    """Return a signatory as it was before a merge, with those who back it now."""
    undecided = [
        one
        for one in objections.of_parties(tx, [party.id]).get(party.id, [])
        if one.decided_at is None
    ]
    return replace(
        party,
        merged_into=None,
        endorsements=len(endorsements.of_party(tx, party.id)),
        objections=len(undecided),
        speaker=before["speaker"],
        country=before["country"],
        pinned=before["pinned"],
        removed=before["removed"],
        came_at=datetime.fromisoformat(before["came_at"]),
    )


def _as_now(tx: Transaction, party: Signatory, since: Mapping[str, Any]) -> Signatory:
    """Return the same with what was decided since."""
    after = spoken_for(tx, replace(party, **since))
    if after.kind is Kind.PERSON:
        return after
    return replace(after, confirmed=is_confirmed(tx, after))


def _tell(tx: Transaction, letter: Letter, party: Signatory) -> None:
    # Under an embargo an entry is a name that nobody may see.
    seen = letter.sight(Role.MEMBER, tx.now) is Sight.ALL
    entry = party.entry if seen else ""
    outbox.owe(
        tx,
        letter.workspace,
        [
            notices.signer(SignatureTopic.MERGE_UNDONE, letter.id, one.id, one.person, entry=entry)
            for one in endorsements.of_party(tx, party.id)
            if one.person is not None
        ],
    )
