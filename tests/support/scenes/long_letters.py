"""A letter that very many signed, written by SQL: what so many signatures leave behind."""

from typing import Any

from sqlalchemy import bindparam, insert, text, update

from bot.letters.letter import Letter
from bot.names.filing import sort_fold
from bot.names.likeness import person_probe, probes
from bot.names.organisation_keys import organisation_key
from bot.storage import amendments, letters
from bot.storage.database import Database, Transaction
from bot.storage.tables import Instant, endorsements, name_probes, signatories
from tests.support.letters import CHANNEL, WORKSPACE
from tests.support.scenes.names_of_many import organisation

AT_A_TIME = 50_000
"""Rows that one statement writes: PostgreSQL's may take 30 s."""
_SERIES = "WITH RECURSIVE series(n) AS (SELECT CAST(:first AS INTEGER) UNION ALL SELECT n + 1 FROM series WHERE n < :last)"
_ORGANISATION = "n % 10 = 0"
_WITHDRAWN = "n % 20 = 7"
_WAITING = "n % 40 = 10"
_REMOVED = "n % 500 = 3"
ROWS = {
    "signatories": {
        "id": "{id}",
        "letter": ":letter",
        "workspace": ":workspace",
        "kind": f"CASE WHEN {_ORGANISATION} THEN 'organisation' ELSE 'person' END",
        "key": "'key ' || {id}",
        "entry": "'Signer ' || n",
        "sort_fold": "'signer' || {id}",
        "sort_key": "{id}",
        "group_no": f"CASE WHEN {_ORGANISATION} THEN 1 ELSE 2 END",
        "endorsements": f"CASE WHEN {_WITHDRAWN} THEN 0 ELSE 1 END",
        "speaker": "{id}",
        "came_at": ":now",
        "standing": f"CASE WHEN {_WAITING} THEN 'unconfirmed' WHEN {_REMOVED} THEN 'removed' "
        "ELSE 'listed' END",
        "removed": _REMOVED,
    },
    "endorsements": {
        "id": "{id}",
        "letter": ":letter",
        "signatory": "{id}",
        "workspace": ":workspace",
        "team": ":workspace",
        "user": "'UX' || n",
        "capacity": f"CASE WHEN {_ORGANISATION} THEN 'organisation' ELSE 'individual' END",
        "name": "'Signer ' || n",
        "title": "''",
        "affiliation": "''",
        "organisation": "''",
        "country": "''",
        "role": "''",
        "authorised": _ORGANISATION,
        "entry": "'Signer ' || n",
        "sort_name": "'Signer ' || n",
        "sort_fold": "'signer' || {id}",
        "sort_key": "{id}",
        "key": "'key ' || {id}",
        "text_sha256": ":sha256",
        "consent": "'My name is published on the letter; I can take it back.'",
        "signed_at": ":now",
        "meaning": "CASE WHEN n % 7 = 0 THEN 1 ELSE :meaning END",
        "withdrawn_at": f"CASE WHEN {_WITHDRAWN} THEN CAST(:now AS {{instant}}) END",
        "ended": f"CASE WHEN {_WITHDRAWN} THEN 'withdrawn' END",
    },
    "inbox": {
        "key": "'trigger ' || {id}",
        "workspace": ":workspace",
        "answer": """'{{"entry": "Signer"}}'{json}""",
        "received_at": ":now",
    },
    "outbox": {
        "id": "{id}",
        "workspace": ":workspace",
        "letter": ":letter",
        "kind": "'receipt'",
        "key": "'receipt:' || {id}",
        "subject": """'{{"endorsement": ""}}'{json}""",
        "target": "'UX' || n",
        "priority": "1",
        "state": "'sent'",
        "due_at": ":now",
        "created_at": ":now",
        "settled_at": ":now",
    },
    "people": {
        "workspace": ":workspace",
        "team": ":workspace",
        "user": "'UX' || n",
        "tz": "'UTC'",
        "membership": "'member'",
        "reachable": "n > 0",
        "seen_at": ":now",
    },
    "members": {
        "workspace": ":workspace",
        "channel": ":channel",
        "user": "'UX' || n",
        "seen_at": ":now",
    },
    "audit_entries": {
        "id": "{id}",
        "letter": ":letter",
        "workspace": ":workspace",
        "act": "'corrected'",
        "made_at": ":now",
        "signatory": "{id}",
        "facts": "'{{}}'{json}",
    },
}
"""The rows that so many signatures leave behind, as SQL of their number `n`."""


def signatory(number: int) -> str:
    """The id of a signatory, and of its endorsement."""
    return f"{number:032}"


def entry(number: int) -> str:
    """The entry of a signatory: every tenth is an organisation."""
    return f"Signer {number}" if number % 10 else organisation(number)


async def fill(database: Database, letter: Letter, first: int, last: int) -> None:
    """Let signers of these numbers sign a letter."""
    facts: dict[str, Any] = {
        "letter": letter.id,
        "workspace": WORKSPACE,
        "sha256": letter.text_sha256,
        "channel": CHANNEL,
        "meaning": letter.meaning,
    }

    def write(tx: Transaction, begin: int) -> None:
        end = min(begin + AT_A_TIME - 1, last)
        for table, columns in ROWS.items():
            _insert(tx, table, columns, facts | {"first": begin, "last": end, "now": tx.now})
        _name(tx, letter, range(begin, end + 1))

    for start in range(first, last + 1, AT_A_TIME):
        await database.write(lambda tx, start=start: write(tx, start))
    await database.write(lambda tx: _count(tx, letter.id))


def _name(tx: Transaction, letter: Letter, numbers: range) -> None:
    """Give organisations names that share words, and file all under what finds them again."""
    named: list[dict[str, str]] = []
    filed: list[dict[str, Any]] = []
    for number in numbers:
        name, one = entry(number), signatory(number)
        if number % 10:
            under = [person_probe(name)]
        else:
            under = probes(name)
            named.append({"one": one, "reads": name, "fold": sort_fold(name),
                          "filed": organisation_key(name)})  # fmt: skip
        filed += [{"letter": letter.id, "workspace": WORKSPACE, "signatory": one, "probe": probe}
                  for probe in under]  # fmt: skip
    run = tx.connection.execute
    new = {"entry": bindparam("reads"), "sort_fold": bindparam("fold"), "key": bindparam("filed")}
    if named:
        for table, more in (
            (signatories, {}),
            (endorsements, {"organisation": bindparam("reads")}),
        ):
            run(update(table).where(table.c.id == bindparam("one")).values(**new, **more), named)
    run(insert(name_probes), filed)


def _count(tx: Transaction, letter: int) -> None:
    """Write the tallies, and let the database know how much there is."""
    shown = "SELECT count(*) FROM signatories WHERE letter = letters.id AND endorsements > 0 AND "
    tx.connection.execute(
        text(
            f"UPDATE letters SET organisations = ({shown} standing = 'listed' AND "  # noqa: S608 - our own words
            f"kind = 'organisation'), people = ({shown} standing = 'listed' AND kind = 'person'), "
            f"waiting = ({shown} standing = 'unconfirmed') WHERE id = :letter"
        ),
        {"letter": letter},
    )
    found = letters.find(tx, letter)
    assert found is not None
    amendments.count_answers(tx, found)
    if tx.connection.dialect.name == "postgresql":
        tx.connection.execute(text("ANALYZE"))


def _insert(tx: Transaction, table: str, columns: dict[str, str], facts: dict[str, Any]) -> None:
    is_sqlite = tx.connection.dialect.name == "sqlite"
    names = {
        "id": "printf('%032d', n)" if is_sqlite else "lpad(n::text, 32, '0')",
        "json": "" if is_sqlite else "::json",
        "instant": "TEXT" if is_sqlite else "timestamptz",
    }
    into = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(sql.format(**names) for sql in columns.values())
    used = {name: value for name, value in facts.items()
            if name in {"first", "last"} or f":{name}" in values}  # fmt: skip
    insert = f"INSERT INTO {table} ({into})"
    select = f"SELECT {values} FROM series"  # noqa: S608 - our own words
    given = text(f"{insert} {_SERIES} {select}" if is_sqlite else f"{_SERIES} {insert} {select}")
    if "now" in used:
        given = given.bindparams(bindparam("now", type_=Instant))
    tx.connection.execute(given, used)
