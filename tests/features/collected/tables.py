"""Tables of signatures, looked through and brought in by an organiser."""

from dataclasses import replace
from typing import Any

from bot.features.collected.rules import SignatureRow
from bot.features.collected.use_cases import additions
from bot.letters.letter import Letter
from bot.storage.database import Database
from tests.support.letters import (
    ORGANISER,
    a_trigger,
)

NOTE = "for identification only"


def a_table(*said: SignatureRow) -> list[SignatureRow]:
    return [replace(row, line=number) for number, row in enumerate(said, start=2)]


async def looks(
    database: Database, letter: Any, table: list[SignatureRow]
) -> tuple[Letter, list[additions.Outlook]]:
    return await additions.look_through(
        database, letter=letter.id, actor=ORGANISER, table=table, note=NOTE
    )


async def brings(
    database: Database, letter: Any, table: list[SignatureRow], *, trigger: str = ""
) -> additions.Brought:
    return await additions.bring(
        database,
        letter=letter.id,
        actor=ORGANISER,
        table=table,
        note=NOTE,
        text=letter.text_sha256,
        consent="They agreed.",
        trigger=trigger or a_trigger(),
    )
