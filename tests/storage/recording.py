"""The recording of a release: what its code says to a database, to be said again by a test.

`python -m tests.storage.recording` tells a story with the present code on both databases and writes
`released_sqlite.json` and `released_postgresql.json`: each statement once, and the values in the
order in which they came. Recorded again by the same code, the files are the same.
"""

import asyncio
import json
import re
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.withdrawals import use_cases as withdrawals
from bot.storage.database import Database
from bot.storage.migrate import upgrade
from tests.support.clock import Clock
from tests.support.databases import postgres_server, sqlite_url
from tests.support.letters import (
    WORKSPACE,
    a_signature,
    a_trigger,
    an_open_letter,
    are_in_channel,
    changes,
    for_organisation,
    members,
    signs,
)
from tests.support.scenes.invitations import a_person, an_organisation, invites
from tests.support.scenes.reminders import reminds

LISTED = ["TEDIC (Paraguay)", "A Member", "Another Name"]
"""The entries that the list shows in the end."""
RANDOM_ID = re.compile("[0-9a-f]{32}")
_KEPT_OF_ID = 18
"""The digits of an id that are not drawn by lot (`letters/ids`)."""
_NOT_SAID_AGAIN = ("BEGIN", "COMMIT", "ROLLBACK", "SELECT now()")


def path_of(database: Database) -> Path:
    """Return the file of a kind of database."""
    kind = "sqlite" if database.is_sqlite else "postgresql"
    return Path(__file__).with_name(f"released_{kind}.json")


async def tell(database: Database) -> None:
    """Start a letter; people sign for themselves and others, change, withdraw, and are reminded."""
    await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
    letter = await an_open_letter(database)
    first, second, third, delegate, silent = people = members(5)
    await are_in_channel(database, people)
    await invites(database, letter, a_person(silent), an_organisation("Web Group"), met=[silent])
    await signs(database, first, letter)
    changed = await signs(database, second, letter)
    ended = await signs(database, third, letter)
    await signs(database, delegate, letter, for_organisation(delegate, letter, "TEDIC", "Paraguay"))
    await changes(
        database,
        endorsement=changed.endorsement,
        actor=second,
        signature=a_signature(second, letter, name="Another Name"),
        trigger=a_trigger(),
    )
    await withdrawals.withdraw(
        database, endorsement=ended.endorsement, actor=third, trigger=a_trigger()
    )
    await reminds(database, letter)


def _as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_json(one) for one in value]
    return {"@": value.isoformat()} if isinstance(value, datetime) else value


def _from_json(value: Any) -> Any:
    if isinstance(value, list):
        return [_from_json(one) for one in value]
    return datetime.fromisoformat(value["@"]) if isinstance(value, dict) else value


def played(database: Database) -> Generator[tuple[str, Any]]:
    """Yield what the release said: each statement and its values, or a list of rows of values."""
    recorded = json.loads(path_of(database).read_text(encoding="utf-8"))
    for number, rows in recorded["played"]:
        values = [tuple(_from_json(row)) for row in rows]
        yield recorded["statements"][number], values[0] if len(values) == 1 else values


@contextmanager
def _recorded(said: list[tuple[str, Any]]) -> Generator[None]:
    def note(_c: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if not statement.startswith(_NOT_SAID_AGAIN):
            rows = given if isinstance(given, list) else [given]
            said.append((statement, [_as_json([*row]) for row in rows]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _written(said: list[tuple[str, Any]]) -> str:
    numbers = {text: number for number, text in enumerate(dict.fromkeys(text for text, _ in said))}
    lines = [json.dumps([numbers[text], rows], ensure_ascii=False) for text, rows in said]
    ids: dict[str, str] = {}

    def numbered(found: re.Match[str]) -> str:
        known = found[0]
        return ids.setdefault(known, f"{known[:_KEPT_OF_ID]}{len(ids):014x}")

    whole = ",\n".join(lines)
    # A hash has 64 digits, an id half as many.
    whole = re.sub(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", numbered, whole)
    texts = ",\n".join(json.dumps(text, ensure_ascii=False) for text in numbers)
    return f'{{\n"statements": [\n{texts}\n],\n"played": [\n{whole}\n]\n}}\n'


async def record(url: str) -> None:
    """Tell the story on a new database, and write down what was said to it."""
    await upgrade(url)
    said: list[tuple[str, Any]] = []
    async with Database(url, clock=Clock().now) as database:
        with _recorded(said):
            await tell(database)
        path_of(database).write_text(_written(said), encoding="utf-8")


def main() -> None:
    """Record both databases."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(record(sqlite_url(Path(folder) / "recorded.sqlite3")))
    with postgres_server() as server:

        async def on_postgresql() -> None:
            async with server.fresh("template0") as url:
                await record(url)

        asyncio.run(on_postgresql())


if __name__ == "__main__":
    main()
