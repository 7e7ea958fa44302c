from sqlalchemy import update

from bot.letters import notices
from bot.letters.notices import LetterTopic
from bot.storage import outbox as owed
from bot.storage.database import Database, Transaction
from bot.storage.tables import outbox
from tests.support.letters import MEMBER, WORKSPACE, rows


async def test_one_waiting_row(database: Database) -> None:
    """A thousand notices with one key are one waiting row."""
    for _ in range(4):
        await database.write(lambda tx: owed.owe(tx, WORKSPACE, [notices.card("P1", "C1")] * 250))
    (row,) = await rows(database, "outbox")
    assert row["key"] == "card:P1"


async def test_a_claimed_one_is_another(database: Database) -> None:
    """A change while a notice is under way is owed anew, so that the last one is never missed."""
    card = notices.card("P1", "C1")

    def story(tx: Transaction) -> None:
        owed.owe(tx, WORKSPACE, [card])
        tx.connection.execute(update(outbox).values(state=owed.NoticeState.CLAIMED.value))
        owed.owe(tx, WORKSPACE, [card])
        owed.owe(tx, WORKSPACE, [card])

    await database.write(story)
    states = [row["state"] for row in await rows(database, "outbox")]
    assert sorted(states) == ["claimed", "waiting"]


async def test_keys_of_different_things(database: Database) -> None:
    """Different things owed to one person are different notices."""
    await database.write(
        lambda tx: owed.owe(
            tx,
            WORKSPACE,
            [
                notices.home(MEMBER.person),
                notices.receipt("E1", MEMBER.person),
                notices.receipt("E2", MEMBER.person),
                notices.word(LetterTopic.CLOSED, 1, MEMBER.person, deadline="a"),
                notices.word(LetterTopic.CLOSED, 1, MEMBER.person, deadline="b"),
                notices.word(LetterTopic.CLOSED, 2, MEMBER.person, deadline="a"),
            ],
        )
    )
    assert len(await rows(database, "outbox")) == 6
