"""The merges of a letter's signatories, which can be undone until it is delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.features.invitations.use_cases.signed import mark_as_listed
from bot.features.organisations import merge_rows
from bot.features.organisations import rows as pair_rows
from bot.features.organisations.merge_rows import Merge
from bot.features.organisations.use_cases import likely_pairs
from bot.letters.endorsement import Kind, Signature, State
from bot.letters.letter import Letter
from bot.letters.people import Actor, Person
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory, plain_key
from bot.letters.standing import of_one_hand
from bot.storage import amendments, endorsements, name_index, objections, outbox, signatories
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once
from bot.use_cases.parties import change_party, is_confirmed, receipts_of, spoken_for
from bot.use_cases.seen import refuse_unseen, seen

MOST = 20
"""The most merges listed, the newest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedPair:
    """Two entries that were merged."""

    merge: str
    kept: str
    gone: str
    """The merged entry before the merge."""
    by: Person
    made_at: datetime
    read: str
    """Both entries as they are now (`use_cases/seen`)."""
    may_undo: bool
    """True if no later merge has changed either, and the letter is not delivered."""


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
            read=seen(known[each.keeps].entry, known[each.goes].entry),
            may_undo=found.delivered_at is None and merge_rows.is_last(tx, each),
        )
        for each in made
    )


def state_of(party: Signatory) -> dict[str, Any]:
    """Return the state of a signatory that undoing a merge restores, as JSON types."""
    return {
        "speaker": party.speaker,
        "country": party.country,
        "pinned": party.pinned,
        "removed": party.removed,
        "came_at": party.came_at.isoformat(),
    }


@writing
def undo_merge(
    tx: Transaction, *, merge: str, actor: Actor, read: str | None = None, trigger: str
) -> Signatory:
    """Undo a merge by its id, and return the restored signatory.

    Each signatory gets back its signers from before the merge, and later signers under one of its
    names. People who had signed for both get both signatures back, unless they withdrew. Decisions
    since the merge apply to both. The receipts of both signatories' signers change, and organisers
    are asked again about pairs in which either signatory looks like another.

    Raises:
        Refused: there is no such merge or it is undone (`NOTHING_TO_UNDO`), the letter is delivered
            (`IS_DELIVERED`), a later merge of the same entry must be undone first
            (`UNDO_LATER_FIRST`), the actor does not run the letter, or an entry changed since
            `read`.
    """

    def act() -> Mapping[str, str]:
        letter, found = _undoable(tx, merge, actor)
        parties = signatories.find_many(tx, [found.keeps, found.goes])
        kept, gone = parties[found.keeps], parties[found.goes]
        refuse_unseen(read, seen(kept.entry, gone.entry))
        _give_back(tx, letter, found, kept, gone)
        _revive(tx, letter, found)
        merge_rows.mark_undone(tx, merge, actor.person)
        was_pinned = found.done["kept"]["pinned"] or found.done["gone"]["pinned"]
        was_removed = found.done["kept"]["removed"] or found.done["gone"]["removed"]
        shared: dict[str, Any] = {}
        if kept.removed != was_removed:
            # A decision since the merge applies to both.
            shared["removed"] = kept.removed
        pins = kept.pinned == was_pinned
        one = shared if pins else {**shared, "pinned": kept.pinned}
        other = shared if pins else {**shared, "pinned": 0}
        before = found.done["kept"], found.done["gone"]
        both = [
            replace(
                each,
                merged_into=None,
                endorsements=len(endorsements.of_party(tx, each.id)),
                objections=sum(one.tied for one in objections.open_to(tx, each.id)),
                speaker=was["speaker"],
                country=was["country"],
                pinned=was["pinned"],
                removed=was["removed"],
                came_at=datetime.fromisoformat(was["came_at"]),
            )
            for each, was in zip((kept, gone), before, strict=True)
        ]
        # If no signer names a country any more, other organisations of the name matter.
        signatories.put(tx, both, letter.workspace, letter.rules)
        letter, kept = change_party(tx, letter, kept, _as_now(tx, both[0], one))
        letter, gone = change_party(tx, letter, gone, _as_now(tx, both[1], other))
        mark_as_listed(tx, letter, [kept, gone])
        likely_pairs.keep_alike(tx, letter, [kept, gone])
        record(tx, letter, Act.MERGE_UNDONE, actor.person, signatory=kept.id, other=gone.id)
        signers = [one for party in (kept, gone) for one in endorsements.of_party(tx, party.id)]
        outbox.owe(tx, letter.workspace, receipts_of(signers))
        return {"signatory": gone.id}

    gone = once(tx, actor.workspace, trigger, act)["signatory"]
    return signatories.kept(tx, [gone])[gone]


def _undoable(tx: Transaction, merge: str, actor: Actor) -> tuple[Letter, Merge]:
    found = merge_rows.find(tx, merge)
    if found is None:
        raise Refused.because(Reason.NOTHING_TO_UNDO)
    letter = admit(tx, found.letter, actor, Action.MERGE)
    # The merge may have been undone before the letter was locked.
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
    """Move back the rows that `gone` had before the merge, or got since under its names."""
    done = merge.done
    merge_rows.merge_into(tx, done["followed"], gone.id)
    merge_rows.merge_into(tx, [gone.id], None)
    names = {
        one.id: [
            # A signatory's own name has the country from before the merge.
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
            # None if the signature was given since the merge.
            number in done["endorsements"] if number < merge.id else None,
        )
    ]
    merge_rows.give(tx, "endorsements", [*ended, *back], gone.id)
    merge_rows.give(tx, "permissions", done["permissions"], gone.id)
    merge_rows.give(tx, "objections", done["objections"], gone.id)
    open_ones = {one.person for one in objections.open_to(tx, kept.id)}
    theirs = objections.of_parties(tx, [gone.id]).get(gone.id, [])
    merge_rows.reopen(
        tx, [one.id for one in theirs if one.id in done["closed"] and one.person in open_ones]
    )
    pair_rows.part(tx, letter, merge.by, kept.id, gone.id, *done["apart"])


Names = Sequence[tuple[str, str]]
"""Names of a signatory: the key without a country, and the country."""


def _goes_back(signature: Signature, kept: Names, gone: Names, theirs: bool | None) -> bool:  # noqa: FBT001 - the question's answer so far
    """Return whether a signature belongs to the restored signatory.

    A signature from before the merge goes back to its signatory (`theirs`), unless it now has the
    other's name. A newer signature (None) goes to the signatory with its name.
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
    """Restore the signatures that the merge ended, if the signers' other ones are still active."""
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


def _as_now(tx: Transaction, party: Signatory, since: Mapping[str, Any]) -> Signatory:
    after = spoken_for(tx, replace(party, **since))
    if after.kind is Kind.PERSON:
        return after
    return replace(after, confirmed=is_confirmed(tx, after))
