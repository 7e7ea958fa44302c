"""A letter's cards, one per channel, and people's ties to a letter."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    insert,
    literal_column,
    or_,
    select,
    true,
    union_all,
    update,
)

from bot.letters.ids import new_id
from bot.letters.letter import Posting, PostingState
from bot.letters.people import NO_TIES, Person, Ties
from bot.storage.database import Transaction
from bot.storage.prepared import Among, Question
from bot.storage.tables import (
    endorsements,
    first_signers,
    invitations,
    letters,
    members,
    organisers,
    postings,
)

_OF_LETTERS = Question(
    lambda among: (
        select(postings)
        .where(among(postings.c.letter, "letters"), postings.c.state != PostingState.DOWN.value)
        .order_by(postings.c.id)
    )
)


def _posting(row: Row[Any]) -> Posting:
    same = ("id", "letter", "workspace", "channel", "message_ts", "error", "words")
    return Posting(**{name: getattr(row, name) for name in same}, state=PostingState(row.state))


def of_letters(tx: Transaction, numbers: Collection[int]) -> list[Posting]:
    """Return the cards of some letters, without removed ones, in the order of creation."""
    return [_posting(row) for row in _OF_LETTERS.ask(tx, letters=numbers)]


def find(tx: Transaction, posting: str) -> Posting | None:
    """Return one card, or None."""
    row = tx.execute(select(postings).where(postings.c.id == posting)).one_or_none()
    return None if row is None else _posting(row)


def wrong(tx: Transaction, closed_after: datetime) -> list[Posting]:
    """Return posted cards whose last update or removal failed.

    Cards of letters that closed by `closed_after` are left out.
    """
    rows = tx.execute(
        select(postings)
        .join(letters, letters.c.id == postings.c.letter)
        .where(
            postings.c.error != "",
            postings.c.message_ts.is_not(None),
            postings.c.state != PostingState.DOWN.value,
            or_(letters.c.closed_at.is_(None), letters.c.closed_at > closed_after),
        )
        .order_by(postings.c.id)
    )
    return [_posting(row) for row in rows]


def add(tx: Transaction, letter: int, workspace: str, channel: str, words: str = "") -> Posting:
    """Add a card that waits to be posted in a channel."""
    posting = Posting(
        id=new_id(tx.now),
        letter=letter,
        workspace=workspace,
        channel=channel,
        message_ts=None,
        state=PostingState.WAITING,
        error="",
        words=words,
    )
    tx.execute(
        insert(postings).values(
            id=posting.id,
            letter=letter,
            workspace=workspace,
            channel=channel,
            state=posting.state.value,
            words=words,
            created_at=tx.now,
        )
    )
    return posting


def change(
    tx: Transaction,
    posting: str,
    state: PostingState,
    *,
    message_ts: str | None = None,
    error: str = "",
) -> None:
    """Write a card's state; its `message_ts` is kept unless a new one is given."""
    values: dict[str, Any] = {"state": state.value, "error": error}
    if message_ts is not None:
        values["message_ts"] = message_ts
    tx.execute(update(postings).where(postings.c.id == posting).values(**values))


_IS_THERE = or_(
    postings.c.message_ts.is_not(None),
    and_(
        postings.c.state != PostingState.FAILED.value, postings.c.state != PostingState.DOWN.value
    ),
)
"""SQL condition of a card that is or was in its channel, or waits to be posted there."""


def _ties(which: Among, *, of_letter: bool) -> Select[*tuple[Any, ...]]:

    def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
        return which(column, name) if of_letter or name != "letters" else true()

    sources = (
        ("organises", organisers, true()),
        ("chosen", first_signers, true()),
        ("invited", invitations, true()),
        ("signed", endorsements, endorsements.c.withdrawn_at.is_(None)),
    )
    parts = [
        select(table.c.letter, literal_column(f"'{tie}'", Text).label("tie")).where(
            among(table.c.letter, "letters"),
            among(table.c.team, "teams"),
            among(table.c.user, "users"),
            more,
        )
        for tie, table, more in sources
    ]
    in_channel = and_(
        members.c.workspace == postings.c.workspace,
        members.c.channel == postings.c.channel,
        among(members.c.user, "users"),
    )
    parts.append(
        select(postings.c.letter, literal_column("'present'", Text).label("tie"))
        .join(members, in_channel)
        .where(among(postings.c.letter, "letters"), _IS_THERE)
    )
    found = union_all(*parts).subquery()
    return select(found.c.letter, found.c.tie)


_TIES = Question(lambda among: _ties(among, of_letter=True))
_ALL_TIES = Question(lambda among: _ties(among, of_letter=False))


def ties(tx: Transaction, letter: int, person: Person) -> Ties:
    """Return a person's ties to a letter."""
    rows = _TIES.ask(tx, letters=[letter], teams=[person.team], users=[person.user])
    return _as_ties(rows).get(letter, NO_TIES)


def all_ties(tx: Transaction, person: Person) -> Mapping[int, Ties]:
    """Return a person's ties to letters, by letter; letters without a tie are left out."""
    return _as_ties(_ALL_TIES.ask(tx, teams=[person.team], users=[person.user]))


def _as_ties(rows: list[Any]) -> Mapping[int, Ties]:
    found: dict[int, dict[str, bool]] = defaultdict(dict)
    for row in rows:
        found[row.letter][row.tie] = True
    return {letter: Ties(**held) for letter, held in found.items()}


def is_card_in(tx: Transaction, workspace: str, channel: str) -> bool:
    """Return whether a card of any letter is or was in a channel."""
    found = tx.execute(
        select(postings.c.id)
        .where(postings.c.workspace == workspace, postings.c.channel == channel, _IS_THERE)
        .limit(1)
    )
    return found.first() is not None


def note_public(tx: Transaction, workspace: str, channel: str) -> None:
    """Record that a channel is public, so that full members can read the letters in it."""
    there = select(postings.c.letter).where(
        postings.c.workspace == workspace, postings.c.channel == channel, _IS_THERE
    )
    tx.execute(
        update(letters)
        .where(letters.c.id.in_(there), letters.c.public.is_(False))
        .values(public=True)
    )


def is_member(tx: Transaction, workspace: str, channel: str, user: str) -> bool:
    """Return whether a person is known to be in a channel."""
    found = tx.execute(
        select(members.c.user).where(
            members.c.workspace == workspace, members.c.channel == channel, members.c.user == user
        )
    )
    return found.first() is not None
