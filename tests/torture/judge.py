"""Judges a database after a torture: is all there that was acknowledged, and each of it whole?

Everything is counted again from the rows themselves, so that no figure is held against its own
source.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select, text

from bot.letters.endorsement import Kind
from bot.letters.notices import NoticeKind
from bot.letters.standing import Standing
from bot.storage.database import Database, Transaction
from bot.storage.states import NoticeState
from bot.storage.tables import (
    endorsements,
    inbox,
    letters,
    outbox,
    postings,
    signatories,
    tally_quarters,
)
from bot.use_cases import Clock

Rows = list[dict[str, Any]]
FAULTS = ("lost", "duplicated", "invented", "half applied", "tally off", "corrupt")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings of a judge: how often each fault, and the first of them in words."""

    kept: int
    """The number of endorsements that still count."""
    faults: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(FAULTS, 0)))
    findings: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Return whether nothing was found."""
        return not self.faults.total()

    def find(self, fault: str, what: str) -> None:
        """Notes a fault."""
        self.faults[fault] += 1
        if self.faults[fault] <= 5:
            self.findings.append(f"{fault}: {what}")


async def judge(
    url: str,
    *,
    asked: Collection[str],
    acknowledged: Mapping[str, str],
    clock: Clock | None = None,
) -> Verdict:
    """Open a database as a process would that starts now, and judge it.

    Args:
        url: The database. Nobody else writes to it meanwhile.
        asked: The triggers of all Signs that were ever sent, each of another person.
        acknowledged: For each user who was thanked, the entry that was shown with the thanks.
        clock: As the database takes it.
    """
    async with Database(url, clock=clock) as database:
        # As a writer: what a crash left is recovered by the first writer.
        return await database.write(lambda tx: _judge(tx, asked, acknowledged))


def _judge(tx: Transaction, asked: Collection[str], acknowledged: Mapping[str, str]) -> Verdict:
    standing = [row for row in _rows(tx, endorsements) if row["withdrawn_at"] is None]
    verdict = Verdict(len(standing))
    _corrupt(tx, verdict)
    _lost(standing, acknowledged, verdict)
    _answers(tx, standing, asked, verdict)
    _parties(tx, standing, verdict)
    _owed(tx, standing, verdict)
    _tallies(tx, verdict)
    return verdict


def _rows(tx: Transaction, table: Table) -> Rows:
    return [dict(row._mapping) for row in tx.connection.execute(select(table))]


def _lost(standing: Rows, acknowledged: Mapping[str, str], verdict: Verdict) -> None:
    entries = {(row["user"], row["entry"]) for row in standing}
    for user, entry in acknowledged.items():
        if (user, entry) not in entries:
            verdict.find("lost", f"{user} was thanked for {entry!r}")
    for user, how_often in Counter(row["user"] for row in standing).items():
        if how_often > 1:
            verdict.find("duplicated", f"{user} signed {how_often} times")


def _answers(tx: Transaction, standing: Rows, asked: Collection[str], verdict: Verdict) -> None:
    """Each endorsement has one trigger that it answers, and each answered Sign an endorsement."""
    answered = {
        row["key"]: row["answer"]["endorsement"]
        for row in _rows(tx, inbox)
        if row["key"] in asked and row["answer"]
    }
    known = {row["id"] for row in standing}
    for key, endorsement in answered.items():
        if endorsement not in known:
            verdict.find("half applied", f"{key} was answered without an endorsement")
    for endorsement, how_often in Counter(answered.values()).items():
        if how_often > 1:
            verdict.find("duplicated", f"{endorsement} answers {how_often} triggers")
    for endorsement in known - set(answered.values()):
        verdict.find("invented", f"{endorsement} answers no trigger")


def _parties(tx: Transaction, standing: Rows, verdict: Verdict) -> None:
    """Each signatory has as many voices as it counts, and one of them speaks."""
    voices: dict[str, set[str]] = {}
    for row in standing:
        voices.setdefault(row["signatory"], set()).add(row["id"])
    parties = {row["id"]: row for row in _rows(tx, signatories)}
    for missing in set(voices) - set(parties):
        verdict.find("half applied", f"endorsements of a signatory {missing} that is not there")
    for number, party in parties.items():
        held = voices.get(number, set())
        if party["endorsements"] != len(held):
            verdict.find("half applied", f"{number}: {party['endorsements']} for {len(held)}")
        elif held and party["speaker"] not in held:
            verdict.find("half applied", f"{number}: nobody speaks for it")


def _owed(tx: Transaction, standing: Rows, verdict: Verdict) -> None:
    """Each signer is owed one receipt of a letter, and every card a change since the last of them."""
    notices = _rows(tx, outbox)
    receipts = [
        row
        for row in notices
        # A mail's subject says what it is.
        if NoticeKind.RECEIPT in {row["kind"], row["subject"].get("kind")}
    ]
    owed = {row["key"] for row in receipts}
    wanted = {f"receipt:{row['letter']}:{row['team']}:{row['user']}" for row in standing}
    for key in wanted - owed:
        verdict.find("half applied", f"{key} is not owed")
    for key in owed - wanted:
        verdict.find("half applied", f"{key} is owed for nothing")
    sent = Counter(row["key"] for row in receipts if row["state"] == NoticeState.SENT)
    for key, how_often in sent.items():
        if how_often > 1:
            verdict.find("duplicated", f"{key} was sent {how_often} times")
    for card in _rows(tx, postings):
        signed = [row["signed_at"] for row in standing if row["letter"] == card["letter"]]
        changes = [row for row in notices if row["key"] == f"card:{card['id']}"]
        is_owed = any(
            row["settled_at"] is None or row["settled_at"] >= max(signed) for row in changes
        )
        if signed and not is_owed:
            verdict.find("half applied", f"the card {card['id']} is not owed a change")


def _tallies(tx: Transaction, verdict: Verdict) -> None:
    """Find tallies that differ from the list, or from what their history adds up to."""
    on_list: Counter[tuple[int, str]] = Counter()
    for party in _rows(tx, signatories):
        on_list[party["letter"], party["kind"]] += party["standing"] == Standing.LISTED
    by_hour: Counter[tuple[int, str]] = Counter()
    for hour in _rows(tx, tally_quarters):
        by_hour[hour["letter"], hour["kind"]] += hour["signed"] - hour["withdrawn"]
    for letter in _rows(tx, letters):
        tally = {
            Kind.PERSON: letter["people"] + letter["late_people"],
            Kind.ORGANISATION: letter["organisations"] + letter["late_organisations"],
        }
        for kind, counted in tally.items():
            found = on_list[letter["id"], kind.value], by_hour[letter["id"], kind.value]
            if found != (counted, counted):
                verdict.find("tally off", f"letter {letter['id']}: {kind} {counted}, {found}")


def _corrupt(tx: Transaction, verdict: Verdict) -> None:
    """Find what the database itself says of its files."""
    if tx.connection.dialect.name == "sqlite":
        said = [row[0] for row in tx.connection.exec_driver_sql("PRAGMA integrity_check")]
        said += [str(row) for row in tx.connection.exec_driver_sql("PRAGMA foreign_key_check")]
        for line in said:
            if line != "ok":
                verdict.find("corrupt", line)
        return
    tx.connection.execute(text("CREATE EXTENSION IF NOT EXISTS amcheck"))
    for table in tx.connection.execute(text(_TABLES)).scalars():
        for row in tx.connection.execute(text(f"SELECT * FROM verify_heapam('{table}')")):  # noqa: S608 - our own names
            verdict.find("corrupt", f"{table}: {row.msg}")
    # It raises at the first index that does not hold all rows of its table, in order.
    tx.connection.execute(text(_INDEXES)).all()


_TABLES = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_INDEXES = """
    SELECT bt_index_check(pg_index.indexrelid, true)
    FROM pg_index JOIN pg_class ON pg_class.oid = pg_index.indrelid
    WHERE pg_class.relnamespace = 'public'::regnamespace
"""
