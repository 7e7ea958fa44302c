"""The bench sends what people send: the buttons of a real card, the fields of the real form."""

from pathlib import Path

from bench.sign import click, prepare, submission
from bot.features.cards import use_cases as cards
from bot.letters.letter import PostingState
from bot.storage.database import Database
from tests.support.databases import sqlite_url


async def test_as_cards_and_forms_hold_them(tmp_path: Path) -> None:
    """The button names the card, which is up where the click says, and each field is the form's."""
    url = sqlite_url(tmp_path / "bench.db")
    open_letter = await prepare(url)
    async with Database(url) as database:
        (card,) = await cards.cards(database, letter=open_letter.letter.id)
    pressed = click(open_letter, "U1", "t1")
    [action] = pressed["actions"]
    assert action["value"] == f"{open_letter.letter.id}:{card.id}"
    assert (card.state, card.channel, card.message_ts) == (
        PostingState.UP,
        pressed["channel"]["id"],
        pressed["message"]["ts"],
    )

    view = submission(open_letter, "U1", "t2")["view"]
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    assert set(view["state"]["values"]) == fields
