"""A letter's cards, one in each channel."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.letters.ids import new_id
from bot.letters.posting import Posting, PostingState
from bot.storage.database import Transaction
from bot.storage.prepared import Question
from bot.storage.tables import postings

_OF_LETTERS = Question(
    lambda among: (
        select(postings)
        .where(among(postings.c.letter, "letters"), postings.c.state != PostingState.DOWN.value)
        .order_by(postings.c.id)
    )
)


def _posting(row: Row[Any]) -> Posting:
    return Posting(
        id=row.id,
        letter=row.letter,
        workspace=row.workspace,
        channel=row.channel,
        message_ts=row.message_ts,
        state=PostingState(row.state),
        error=row.error,
    )


def of_letters(tx: Transaction, letters: Collection[int]) -> list[Posting]:
    """The cards of some letters that are not down, in the order in which they were made."""
    return [_posting(row) for row in _OF_LETTERS.ask(tx, letters=letters)]


def find(tx: Transaction, posting: str) -> Posting | None:
    """One card."""
    row = tx.connection.execute(select(postings).where(postings.c.id == posting)).one_or_none()
    return None if row is None else _posting(row)


def add(tx: Transaction, letter: int, workspace: str, channel: str) -> Posting:
    """Add a card that is owed to a channel."""
    posting = Posting(
        id=new_id(tx.now),
        letter=letter,
        workspace=workspace,
        channel=channel,
        message_ts=None,
        state=PostingState.WAITING,
        error="",
    )
    tx.connection.execute(
        insert(postings).values(
            id=posting.id,
            letter=letter,
            workspace=workspace,
            channel=channel,
            state=posting.state.value,
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
    """Write where a card stands; its place in the channel is kept unless a new one is given."""
    values: dict[str, Any] = {"state": state.value, "error": error}
    if message_ts is not None:
        values["message_ts"] = message_ts
    tx.connection.execute(update(postings).where(postings.c.id == posting).values(**values))
