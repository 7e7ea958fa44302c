"""Erasure of everything about a person, a letter or a workspace, immediately and for good.

Each erasure is first recorded in a list beside the backups, so that restoring a backup does not
restore the data.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import structlog

from bot.features.withdrawals.use_cases import end, withdrawal
from bot.letters import notices
from bot.letters.endorsement import Kind, State
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refused
from bot.storage import endorsements, letters, outbox, restores, signatories, workspaces
from bot.storage.database import Database, Transaction, reading_aside, writing
from bot.storage.privacy import blanking, digests, expiry, personal
from bot.storage.privacy.erasure_list import ErasureKind, ErasureList, digest_of
from bot.use_cases.audit import Act, record

log = structlog.get_logger()

NOTED_BEFORE = timedelta(minutes=1)
"""Margin for backups made between recording and doing an erasure, which still have the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedPerson:
    """Counts of an erasure."""

    signatures: int
    gaps: int
    """Number of entries of delivered copies that were blanked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Everything stored about a person in one workspace."""

    person: Person
    at: datetime
    tables: Mapping[str, list[dict[str, Any]]]
    """Rows by table, with the database's column names."""
    titles: Mapping[int, str]
    """Titles of the letters in the rows, by letter number."""


@reading_aside
def kept_about(tx: Transaction, *, workspace: str, person: Person) -> Kept:
    """Return everything stored about a person."""
    tables = personal.rows_about(tx, workspace, person)
    numbers = {row["letter"] for rows in tables.values() for row in rows if row.get("letter")}
    found = letters.find_many(tx, numbers)
    return Kept(
        person=person,
        at=tx.now,
        tables=tables,
        titles={number: one.title for number, one in found.items()},
    )


async def erase_person(database: Database, *, workspace: str, person: Person) -> ErasedPerson:
    """Erase everything about a person in a workspace; active signatures are withdrawn first.

    Entries of delivered copies are blanked; hashes and counts of these copies stay.

    Raises:
        Refused: they are the only organiser of a letter.
        OSError: the list of erasures cannot be written; nothing was erased.
    """
    now = await database.read(lambda tx: _may_go(tx, workspace, person))
    if database.erasures is None:
        # The command line refuses this, but people in Slack need not wait for an operator.
        log.warning("erasure.not_listed", needs="ERASURES")
    else:
        await asyncio.to_thread(
            database.erasures.add, now, ErasureKind.PERSON, f"{workspace}:{person}"
        )
    erased = await _erase_person(database, workspace=workspace, person=person)
    await database.scrub()
    return erased


def _may_go(tx: Transaction, workspace: str, person: Person) -> datetime:
    if personal.run_alone(tx, workspace, person):
        raise Refused.because(Reason.LAST_ORGANISER)
    return tx.now


@writing
def _erase_person(tx: Transaction, *, workspace: str, person: Person) -> ErasedPerson:
    _may_go(tx, workspace, person)
    return erase_person_in(tx, workspace, person)


def erase_person_in(tx: Transaction, workspace: str, person: Person) -> ErasedPerson:
    """Erase a person in an open transaction, even the only organiser of a letter."""
    given = personal.endorsements_of(tx, workspace, person)
    named = personal.names_of(tx, workspace, person)
    had_home = workspaces.has_home(tx, workspace, person)
    gaps = 0
    for number, rows in groupby(given, key=lambda one: one[0]):
        letter = letters.find(tx, number, lock=True)
        if letter is not None:
            gaps += _erase_from(tx, letter, [one for _, one in rows])
    for number, asked in personal.invitations_of(tx, workspace, person).items():
        blanking.blank_invitations(tx, number, asked)
    personal.erase_rows(tx, workspace, person)
    blanking.blank_mentions(tx, workspace, named)
    digests.exempt(tx, workspace, person)
    if had_home:
        # Their Home tab still shows their entries.
        outbox.owe(tx, workspace, [notices.home(person)])
    return ErasedPerson(signatures=len(given), gaps=gaps)


def _erase_from(tx: Transaction, letter: Letter, given: list[str]) -> int:
    words = personal.words_of(tx, given)
    parties: set[str] = set()
    represented: set[str] = set()
    for number in given:
        one = endorsements.find(tx, number)
        if one is None:
            continue
        if one.kind is Kind.PERSON:
            parties.add(one.signatory)
        else:
            represented |= {one.signatory, one.signature.facts.represented} - {""}
        if one.state_at(letter, tx.now) in {State.STANDS, State.ASKED}:
            letter = end(tx, letter, one, withdrawal(tx, letter, one))
    blanking.blank_endorsements(tx, given)
    # A collected one may have been merged into the entry of an account, which stays.
    parties = {one for one in parties if not endorsements.of_party(tx, one)}
    for party in signatories.find_many(tx, parties).values():
        words.add(party.entry)
    left = {*expiry.signatories_left(tx, given)} | parties
    blanking.blank_signatories(tx, letter.id, sorted(left))
    blanking.blank_signatories(tx, letter.id, expiry.merged_left(tx, left))
    blanking.blank_owed(tx, letter.workspace, given, words)
    record(tx, letter, Act.ERASED, None)
    return blanking.blank_copied(tx, letter.id, parties, represented)


async def erase_entry(database: Database, *, letter: int, entry: str) -> ErasedPerson:
    """Erase an entry that an organiser added for somebody without an account.

    Raises:
        Refused: there is no such letter, or no such entry on it.
        OSError: the list of erasures cannot be written; nothing was erased.
    """

    def look(tx: Transaction) -> tuple[datetime, set[str]]:
        if letters.find(tx, letter) is None:
            raise Refused.because(Reason.NO_SUCH_LETTER)
        given = _collected(tx, letter, entry)
        if not given:
            raise Refused.because(Reason.NO_SUCH_SIGNATORY, name=entry)
        return tx.now, personal.words_of(tx, given) | {entry}

    now, words = await database.read(look)
    if database.erasures is not None:
        for one in sorted(words):
            await asyncio.to_thread(
                database.erasures.add, now, ErasureKind.ENTRY, f"{letter}:{one}"
            )
    erased = await database.write(lambda tx: _erase_entry(tx, letter, entry))
    await database.scrub()
    return erased


def _collected(tx: Transaction, letter: int, entry: str) -> list[str]:
    return [given for _, one, given in personal.collected_entries(tx, letter) if one == entry]


def _erase_entry(tx: Transaction, number: int, entry: str) -> ErasedPerson:
    letter = letters.find(tx, number, lock=True)
    given = _collected(tx, number, entry)
    if letter is None or not given:
        return ErasedPerson(signatures=0, gaps=0)
    found = (endorsements.find(tx, one) for one in given)
    named = {one.signature.facts.name for one in found if one is not None}
    gaps = _erase_from(tx, letter, given)
    blanking.blank_mentions(tx, letter.workspace, named)
    return ErasedPerson(signatures=len(given), gaps=gaps)


async def erase_letter(database: Database, *, letter: int) -> str:
    """Erase a letter with everything about everybody on it; return its title.

    Raises:
        Refused: there is no such letter.
        OSError: the list of erasures cannot be written; nothing was erased.
    """
    found, now = await database.read(lambda tx: (letters.find(tx, letter), tx.now))
    if found is None:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    if database.erasures is not None:
        await asyncio.to_thread(database.erasures.add, now, ErasureKind.LETTER, letter)
    await database.write(lambda tx: _drop_letter(tx, letter))
    await database.scrub()
    return found.title


def _drop_letter(tx: Transaction, letter: int) -> None:
    found = letters.find(tx, letter, lock=True)
    if found is not None:
        personal.blank_answers(tx, found.workspace)
        letters.remove(tx, letter)


async def erase_workspace(database: Database, *, workspace: str) -> None:
    """Erase a workspace with all its letters.

    Raises:
        OSError: the list of erasures cannot be written; nothing was erased.
    """
    now = await database.read(lambda tx: tx.now)
    if database.erasures is not None:
        await asyncio.to_thread(database.erasures.add, now, ErasureKind.WORKSPACE, workspace)
    await database.write(lambda tx: personal.drop_workspace(tx, workspace))
    await database.scrub()


async def erase_from_copy(database: Database) -> int | None:
    """Repeat the erasures made since a backup, before the restored database is served.

    Returns:
        The number of erasures that applied; None if the database is no copy, or was served.

    Raises:
        FileNotFoundError: there is no list of erasures.
        ListError: the list cannot be read.
    """
    since = await database.read(restores.copied_at)
    if since is None:
        return None
    if database.erasures is None:
        raise FileNotFoundError("ERASURES isn't set")
    done = await erase_again(database, erasures=database.erasures, since=since)
    await database.scrub()
    return done


@writing
def erase_again(tx: Transaction, *, erasures: ErasureList, since: datetime) -> int:
    """Repeat the erasures of a list on a restored database; return how many applied.

    `since` is the time of the backup, which lacks everything erased well before it.

    Raises:
        FileNotFoundError: there is no list.
        ListError: the list cannot be read.
    """
    key, listed = erasures.read()
    due = [one for one in listed if one.at >= since - NOTED_BEFORE]
    people = {digest_of(key, "{}:{}".format(*one)): one for one in personal.known(tx)}
    gone = {digest_of(key, workspace): workspace for workspace, _ in people.values()}
    entries: dict[str, tuple[int, str]] = {}
    if any(one.kind is ErasureKind.ENTRY for one in due):
        collected = {(letter, entry) for letter, entry, _ in personal.collected_entries(tx)}
        entries = {digest_of(key, "{}:{}".format(*one)): one for one in collected}
    applied = 0
    for one in due:
        if one.kind is ErasureKind.LETTER:
            _drop_letter(tx, int(one.subject))
        elif one.kind is ErasureKind.WORKSPACE and one.subject in gone:
            personal.drop_workspace(tx, gone[one.subject])
        elif one.kind is ErasureKind.PERSON and one.subject in people:
            erase_person_in(tx, *people[one.subject])
        elif one.kind is ErasureKind.ENTRY and one.subject in entries:
            if not _erase_entry(tx, *entries[one.subject]).signatures:
                continue
        else:
            continue
        applied += 1
    return applied
