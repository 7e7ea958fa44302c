from sqlalchemy import update

from bot.letters import notices
from bot.letters.notices import LetterTopic
from bot.storage import outbox as owed
from bot.storage.database import Database, Transaction
from bot.storage.states import NoticeState
from bot.storage.tables import outbox
from tests.support.letters import MEMBER, WORKSPACE, an_open_letter, rows


async def test_one_waiting_row(database: Database) -> None:
    """A thousand notices with one key are one waiting row."""
    letter = await an_open_letter(database)
    for _ in range(4):
        await database.write(
            lambda tx: owed.owe(tx, WORKSPACE, [notices.card(letter.id, "P1", "C1")] * 250)
        )
    keys = [row["key"] for row in await rows(database, "outbox")]
    assert keys.count("card:P1") == 1


async def test_a_claimed_one_is_another(database: Database) -> None:
    """A change while a notice is under way is owed again, so that the last one is never missed."""
    letter = await an_open_letter(database)
    card = notices.card(letter.id, "P1", "C1")

    def story(tx: Transaction) -> None:
        owed.owe(tx, WORKSPACE, [card])
        tx.connection.execute(
            update(outbox).where(outbox.c.key == card.key).values(state=NoticeState.CLAIMED.value)
        )
        owed.owe(tx, WORKSPACE, [card])
        owed.owe(tx, WORKSPACE, [card])

    await database.write(story)
    kept = await rows(database, "outbox")
    states = [row["state"] for row in kept if row["key"] == "card:P1"]
    assert sorted(states) == ["claimed", "waiting"]


async def test_keys_of_different_things(database: Database) -> None:
    """Different things owed to one person are different notices."""
    letter, other = [await an_open_letter(database) for _ in range(2)]
    await database.write(
        lambda tx: owed.owe(
            tx,
            WORKSPACE,
            [
                notices.home(MEMBER.person),
                notices.receipt(letter.id, MEMBER.person),
                notices.receipt(other.id, MEMBER.person),
                notices.word(LetterTopic.CLOSED, letter.id, MEMBER.person, deadline="a"),
                notices.word(LetterTopic.CLOSED, letter.id, MEMBER.person, deadline="b"),
                notices.word(LetterTopic.CLOSED, other.id, MEMBER.person, deadline="a"),
            ],
        )
    )
    owed_to_them = [row for row in await rows(database, "outbox") if row["kind"] != "card"]
    assert len(owed_to_them) == 6
