"""Words about people whose time has come to be forgotten."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, literal, or_, select

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


def letters_due(tx: Transaction, before: datetime) -> list[int]:
    """Return the letters of which something has to be blanked."""
    found = tx.connection.execute(
        _withdrawn(before).with_only_columns(endorsements.c.letter)
        .union(
            _removed(before).with_only_columns(signatories.c.letter),
            _invited(before).with_only_columns(invitations.c.letter),
        )
    )  # fmt: skip
    return sorted(row[0] for row in found)


def endorsements_due(tx: Transaction, letter: int, before: datetime, limit: int) -> list[str]:
    """Return endorsements of a letter that were withdrawn, or whose signatory was removed."""
    ended = tx.connection.execute(
        _withdrawn(before)
        .where(endorsements.c.letter == letter)
        .with_only_columns(endorsements.c.id)
        .limit(limit)
    )
    removed = tx.connection.execute(
        select(endorsements.c.id)
        .where(
            endorsements.c.erased_at.is_(None),
            endorsements.c.signatory.in_(
                _removed(before).where(signatories.c.letter == letter)
                .with_only_columns(signatories.c.id)
            ),
        )
        .limit(limit)
    )  # fmt: skip
    return sorted({row.id for row in ended} | {row.id for row in removed})


def signatories_left(tx: Transaction, letter: int) -> list[str]:
    """Return signatories that no copy holds and all of whose endorsements are blanked."""
    one = endorsements.c
    rows = tx.connection.execute(
        select(signatories.c.id).where(
            signatories.c.letter == letter,
            signatories.c.delivered.is_(False),
            signatories.c.entry != "",
            exists().where(one.signatory == signatories.c.id),
            ~exists().where(one.signatory == signatories.c.id, one.erased_at.is_(None)),
        )
    )
    return [row.id for row in rows]


def merged_left(tx: Transaction, letter: int) -> list[str]:
    """Return those that were merged into a signatory which has been blanked."""
    into = signatories.alias()
    rows = tx.connection.execute(
        select(signatories.c.id)
        .join(into, into.c.id == signatories.c.merged_into)
        .where(signatories.c.letter == letter, signatories.c.entry != "", into.c.entry == "")
    )
    return [row.id for row in rows]


def invitations_due(tx: Transaction, letter: int, before: datetime, limit: int) -> list[str]:
    """Return invitations of a letter that are settled, or whose letter ended."""
    rows = tx.connection.execute(
        _invited(before)
        .where(invitations.c.letter == letter)
        .with_only_columns(invitations.c.id)
        .limit(limit)
    )
    return [row.id for row in rows]


def forget_people(tx: Transaction, before: datetime) -> int:
    """Forget members of channels, and people, whom no letter needs any more; return how many.

    A letter needs the members of its channels until 30 days after it ended. Organisers, first
    signers and all who hold a signature stay as long as their letter.
    """
    live = (
        select(postings.c.channel)
        .join(letters, letters.c.id == postings.c.letter)
        .where(postings.c.workspace == members.c.workspace, ~_over(before))
    )
    gone = tx.connection.execute(
        delete(members).where(~live.where(postings.c.channel == members.c.channel).exists())
    ).rowcount
    watched = (
        select(postings.c.channel)
        .join(letters, letters.c.id == postings.c.letter)
        .where(
            postings.c.workspace == channels.c.workspace,
            postings.c.channel == channels.c.channel,
            ~_over(before),
        )
    )
    tx.connection.execute(delete(channels).where(~watched.exists()))
    needed = or_(
        exists().where(
            members.c.workspace == people.c.workspace, members.c.user == people.c.user
        ),
        *(
            exists().where(
                table.c.workspace == people.c.workspace,
                table.c.team == people.c.team,
                table.c.user == people.c.user,
            )
            for table in (endorsements, organisers, first_signers, invitations)
        ),
    )  # fmt: skip
    # Of what nobody can answer any more, nothing changes.
    over = select(letters.c.id).where(_over(before))
    sent = sent_messages.c
    tx.connection.execute(
        delete(sent_messages).where(
            sent.letter.in_(over), sent.thread != literal(Thread.RECEIPT.value)
        )
    )
    # Whom Slack has just told of may be about to act.
    known = delete(people).where(people.c.seen_at <= before, ~needed)
    return gone + tx.connection.execute(known).rowcount


def _over(before: datetime) -> ColumnElement[bool]:
    ended = func.coalesce(letters.c.delivered_at, letters.c.closed_at, letters.c.closes_at)
    return and_(letters.c.phase.in_(_ENDED), ended <= before)


def _withdrawn(before: datetime) -> Select[tuple[str]]:
    """Withdrawn before an instant, and in no delivered copy."""
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


def _removed(before: datetime) -> Select[tuple[str]]:
    """Removed before an instant, and in no delivered copy."""
    last = (
        select(func.max(audit_entries.c.made_at))
        .where(
            audit_entries.c.signatory == signatories.c.id, audit_entries.c.act == Act.REMOVED.value
        )
        .scalar_subquery()
    )
    return select(signatories.c.id).where(
        signatories.c.removed.is_(True),
        signatories.c.delivered.is_(False),
        signatories.c.entry != "",
        last <= before,
    )


def _invited(before: datetime) -> Select[tuple[str]]:
    """Settled before an instant, or of a letter that ended before it."""
    settled = and_(invitations.c.state.in_(_SETTLED), invitations.c.answered_at <= before)
    return (
        select(invitations.c.id)
        .join(letters, letters.c.id == invitations.c.letter)
        .where(_UNBLANKED, or_(settled, _over(before)))
    )
