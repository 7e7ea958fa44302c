"""Personal data whose retention period is over."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from bot.letters.audit import Act
from bot.letters.endorsement import Kind
from bot.letters.invitation import OPEN, InvitationState
from bot.letters.notices import Thread
from bot.letters.phases import Phase
from bot.storage.database import Transaction
from bot.storage.tables import (
    audit_entries,
    channels,
    endorsements,
    first_signers,
    invitations,
    letters,
    members,
    organisers,
    people,
    postings,
    sent_messages,
    signatories,
)

_ENDED = tuple(phase.value for phase in Phase if phase.has_ended)
_SETTLED = tuple(state.value for state in InvitationState if state not in OPEN)
_UNBLANKED = or_(
    invitations.c.user != "",
    invitations.c.name != "",
    invitations.c.contact != "",
    invitations.c.note != "",
    invitations.c.words != "",
)


Known = tuple[str, str, str]
"""Workspace, team and user of a person known from Slack."""
Place = tuple[str, str]
"""Workspace and channel."""


@dataclass(slots=True)
class Due:
    """Rows of one letter that are due to be blanked, by id."""

    endorsements: list[str] = field(default_factory=list[str])
    invitations: list[str] = field(default_factory=list[str])


def due(tx: Transaction, before: datetime) -> dict[int, Due]:
    """Return the rows that have to be blanked, by letter.

    This scans all rows, which takes a while: before blanking, a writer checks its rows again.
    """
    found: dict[int, Due] = defaultdict(Due)
    kept = endorsements.c
    for which in (_withdrawn(before), _of_removed(before)):
        for row in tx.execute(which.with_only_columns(kept.letter, kept.id)):
            found[row.letter].endorsements.append(row.id)
    asked = _invited(before).with_only_columns(invitations.c.letter, invitations.c.id)
    for row in tx.execute(asked):
        found[row.letter].invitations.append(row.id)
    return dict(found)


def endorsements_due(tx: Transaction, among: Collection[str], before: datetime) -> list[str]:
    """Return which endorsements are withdrawn or of a removed signatory, and due."""
    ours = endorsements.c.id.in_(among)
    both = (which.where(ours) for which in (_withdrawn(before), _of_removed(before)))
    return sorted({row.id for which in both for row in tx.execute(which)})


def signatories_left(tx: Transaction, blanked: Collection[str]) -> list[str]:
    """Return signatories whose endorsements are all blanked and that are in no delivered copy."""
    one = endorsements.c
    rows = tx.execute(
        select(signatories.c.id).where(
            signatories.c.id.in_(select(one.signatory).where(one.id.in_(blanked))),
            signatories.c.delivered.is_(False),
            signatories.c.entry != "",
            ~exists().where(one.signatory == signatories.c.id, one.erased_at.is_(None)),
        )
    )
    return [row.id for row in rows]


def merged_left(tx: Transaction, blanked: Collection[str]) -> list[str]:
    """Return the signatories that were merged into blanked ones and are not blanked yet."""
    rows = tx.execute(
        select(signatories.c.id).where(
            signatories.c.merged_into.in_(blanked), signatories.c.entry != ""
        )
    )
    return [row.id for row in rows]


def invitations_due(tx: Transaction, among: Collection[str], before: datetime) -> list[str]:
    """Return which invitations are settled, or of a letter that ended, and due."""
    ours = _invited(before).where(invitations.c.id.in_(among))
    return list(tx.execute(ours.with_only_columns(invitations.c.id)).scalars())


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Rows that no letter needs any more."""

    channels: list[Place]
    people: list[Known]
    messages: list[str]


def left(tx: Transaction, before: datetime) -> Left:
    """Return channels with known members, people and messages that no letter needs any more.

    A letter needs its channels' members until 30 days after it ended. Organisers, first signers,
    invited people and signers stay as long as their letter. This scans all rows, like `due`.
    """
    places = select(members.c.workspace, members.c.channel).distinct().subquery()
    run = tx.execute
    return Left(
        channels=[(*row,) for row in run(select(places).where(~_is_watched(places.c, before)))],
        people=[(*row,) for row in run(select(*_KNOWN).where(_is_unneeded(before)))],
        messages=list(run(select(sent_messages.c.id).where(_is_over(before))).scalars()),
    )


def forget_members(tx: Transaction, place: Place, before: datetime, most: int) -> int:
    """Delete some known members of a channel that no letter needs any more; return how many."""
    workspace, channel = place
    here = and_(members.c.workspace == workspace, members.c.channel == channel)
    some = select(members.c.user).where(here).limit(most)
    unneeded = delete(members).where(
        here, ~_is_watched(members.c, before), members.c.user.in_(some)
    )
    return tx.execute(unneeded).rowcount


def forget_channels(tx: Transaction, before: datetime) -> None:
    """Delete the look-up times of channels that no letter needs any more."""
    tx.execute(delete(channels).where(~_is_watched(channels.c, before)))


def forget_messages(tx: Transaction, among: Collection[str], before: datetime) -> None:
    """Delete some messages that nobody can answer any more, if they still are."""
    tx.execute(delete(sent_messages).where(sent_messages.c.id.in_(among), _is_over(before)))


def forget_people(tx: Transaction, among: Collection[Known], before: datetime) -> int:
    """Delete some people whom no letter needs any more, if that still holds; return how many."""
    ours = tuple_(*_KNOWN).in_(among)
    return tx.execute(delete(people).where(ours, _is_unneeded(before))).rowcount


_KNOWN = (people.c.workspace, people.c.team, people.c.user)


def _watched(before: datetime) -> Select[tuple[str]]:
    """Select the channels with cards of letters that did not end by `before`."""
    return (
        select(postings.c.channel)
        .join(letters, letters.c.id == postings.c.letter)
        .where(~letter_over(before))
    )


def _is_watched(place: Any, before: datetime) -> ColumnElement[bool]:
    here = (postings.c.workspace == place.workspace, postings.c.channel == place.channel)
    return _watched(before).where(*here).exists()


def _is_unneeded(before: datetime) -> ColumnElement[bool]:
    stands = endorsements.c.withdrawn_at.is_(None)
    ties = (
        # One condition for each of the two indexes of endorsements by signer.
        (endorsements, stands), (endorsements, ~stands), (organisers, literal(True)),
        (invitations, literal(True)),
    )  # fmt: skip
    first = select(first_signers.c.workspace, first_signers.c.team, first_signers.c.user)
    needed = (
        exists().where(
            members.c.workspace == people.c.workspace,
            members.c.channel.in_(_watched(before)),
            members.c.user == people.c.user,
        ),
        *(
            exists().where(
                table.c.team == people.c.team,
                table.c.user == people.c.user,
                table.c.workspace == people.c.workspace,
                which,
            )
            for table, which in ties
        ),
        tuple_(*_KNOWN).in_(first),
    )
    # A person seen recently may be about to act.
    return and_(people.c.seen_at <= before, ~or_(*needed))


def _is_over(before: datetime) -> ColumnElement[bool]:
    """Return the SQL condition of a message that nobody can answer any more."""
    over = select(letters.c.id).where(letter_over(before))
    sent = sent_messages.c
    return and_(sent.letter.in_(over), sent.thread != literal(Thread.RECEIPT.value))


def letter_over(before: datetime) -> ColumnElement[bool]:
    """Return the SQL condition of a letter that ended, or was delivered, by a time."""
    ended = func.coalesce(letters.c.delivered_at, letters.c.closed_at, letters.c.closes_at)
    return and_(letters.c.phase.in_(_ENDED), ended <= before)


def _withdrawn(before: datetime) -> Select[tuple[str]]:
    """Select endorsements withdrawn by `before` and in no delivered copy."""
    in_copy = and_(
        signatories.c.delivered.is_(True),
        or_(signatories.c.kind == Kind.PERSON.value, signatories.c.speaker == endorsements.c.id),
    )
    return (
        select(endorsements.c.id)
        .join(signatories, signatories.c.id == endorsements.c.signatory)
        .where(
            endorsements.c.withdrawn_at <= before, endorsements.c.erased_at.is_(None), ~in_copy
        )
    )  # fmt: skip


def _of_removed(before: datetime) -> Select[tuple[str]]:
    """Select endorsements of signatories removed by `before` and in no delivered copy."""
    last = (
        select(func.max(audit_entries.c.made_at))
        .where(
            audit_entries.c.signatory == signatories.c.id, audit_entries.c.act == Act.REMOVED.value
        )
        .scalar_subquery()
    )
    return (
        select(endorsements.c.id)
        .join(signatories, signatories.c.id == endorsements.c.signatory)
        .where(
            endorsements.c.erased_at.is_(None),
            signatories.c.removed.is_(True),
            signatories.c.delivered.is_(False),
            signatories.c.entry != "",
            last <= before,
        )
    )


def _invited(before: datetime) -> Select[tuple[str]]:
    """Select invitations settled by `before`, or of a letter that ended by then."""
    settled = and_(invitations.c.state.in_(_SETTLED), invitations.c.answered_at <= before)
    return (
        select(invitations.c.id)
        .join(letters, letters.c.id == invitations.c.letter)
        .where(_UNBLANKED, or_(settled, letter_over(before)))
    )
