"""An organiser adds signatures that were collected elsewhere, a portion of a list at a time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.features.collected.rules import Gathered, SignatureRow, gathered
from bot.features.collected.use_cases import lookalikes
from bot.features.collected.use_cases.intake import Intake, Taken
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal, Refused
from bot.letters.signatory import Signatory
from bot.letters.standing import ON_LIST, refuse_permission
from bot.storage import letters
from bot.storage.database import Database, Transaction, reading, reading_aside, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once
from bot.use_cases.portions import Refusals, Written, in_portions

Made = Gathered | tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Effect of adding one row, shown before it is confirmed."""

    row: int
    """The line of the source that it stands in."""
    entry: str = ""
    """The entry; where it joins a signatory, that one's entry stays on the letter."""
    party: Signatory | None = None
    """The signatory with it: how it reads on the letter, and where it stands; None if refused."""
    joins: bool = False
    """Others signed for it already: it is one more who signed for it, and counts once."""
    alike: tuple[str, ...] = ()
    """Entries that look like it: the same ones, perhaps."""
    refusals: tuple[Refusal, ...] = ()
    """All that is wrong with it, by field of the row; it cannot be added as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Result of adding rows."""

    added: int
    listed: int
    """Number of them on the list; the others wait for what the letter's rule asks."""
    refused: Refusals = field(default_factory=dict[int, tuple[Refusal, ...]])
    """All that is wrong with those that were not added, by their places among the rows."""


async def look_through(
    database: Database,
    *,
    letter: int,
    actor: Actor,
    table: Sequence[SignatureRow],
    note: str,
    compare: bool = True,
) -> tuple[Letter, list[Outlook]]:
    """Return what would become of each row if all of them were added now; change nothing.

    Entries are made and compared off the event loop.

    Args:
        database: The database.
        letter: The letter.
        actor: An organiser.
        table: The signatures, as they were typed or read.
        note: Words after an affiliation that only identifies, in the letter's language.
        compare: Look for entries that look like them, too.

    Raises:
        Refused: the letter does not allow it now, or the actor does not run it.
    """
    found = await _letter(database, letter=letter, actor=actor)
    made = await asyncio.to_thread(_made, found, table, note, "")
    outlooks = await _decide(database, letter=letter, actor=actor, table=table, made=made)
    if not compare:
        return found, outlooks
    fine = {
        place: one.signature
        for place, (one, outlook) in enumerate(zip(made, outlooks, strict=True))
        if isinstance(one, Gathered) and not outlook.refusals and not outlook.joins
    }
    signatures = [*fine.values()]
    there = await lookalikes.on_the_letter(database, letter, signatures)
    beside = await lookalikes.among(signatures)
    for place, where in enumerate(fine):
        alike = (*there.get(place, ()), *beside.get(place, ()))
        if alike:
            outlooks[where] = replace(outlooks[where], alike=alike[: lookalikes.MOST_ALIKE])
    return found, outlooks


async def bring(
    database: Database,
    *,
    letter: int,
    actor: Actor,
    table: Sequence[SignatureRow],
    note: str,
    text: str,
    consent: str,
    trigger: str,
) -> Brought:
    """Put the rows on the list, each that is right, some of them in each transaction.

    An organisation that others signed for already gets one more who signed for it, and counts once.

    Args:
        database: The database.
        letter: The letter.
        actor: An organiser.
        table: The signatures, one at least, as they were typed or read.
        note: Words after an affiliation that only identifies, in the letter's language.
        text: The SHA-256 of the text that they signed.
        consent: The words by which the organiser says that they agreed to be published.
        trigger: Slack's id of the submit.

    Raises:
        Refused: the letter does not allow it now, the actor does not run it, or the text has changed.
    """
    found = await _letter(database, letter=letter, actor=actor)
    # The writer waits for nothing but rows: entries were made before.
    made = await asyncio.to_thread(_made, found, table, note, consent)

    async def write(some: Sequence[tuple[SignatureRow, Made]], id_: str) -> Written:
        return await _bring(
            database,
            before=found,
            actor=actor,
            table=[row for row, _ in some],
            made=[one for _, one in some],
            note=note,
            text=text,
            consent=consent,
            trigger=id_,
        )

    counts, refused = await in_portions([*zip(table, made, strict=True)], trigger, write)
    return Brought(**counts, refused=refused)


@reading
def _letter(tx: Transaction, *, letter: int, actor: Actor) -> Letter:
    """Return the letter whose entries are made; what it allows is asked where they are decided."""
    found = letters.find(tx, letter)
    if found is None or found.workspace != actor.workspace:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    return found


def _made(letter: Letter, table: Sequence[SignatureRow], note: str, consent: str) -> list[Made]:
    # A day that lies ahead is refused when the transaction's clock is at hand.
    return [gathered(row, letter, note=note, consent=consent, today=date.max) for row in table]


@reading_aside
def _decide(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    table: Sequence[SignatureRow],
    made: Sequence[Made],
) -> list[Outlook]:
    found = admit(tx, letter, actor, Action.ADD, lock=False)
    taken, _ = _taken(tx, found, actor, made)
    return [
        _outlook(row, one, made[place])
        for place, (row, one) in enumerate(zip(table, taken, strict=True))
    ]


def _outlook(row: SignatureRow, taken: Taken | tuple[Refusal, ...], made: Made) -> Outlook:
    if isinstance(taken, Taken):
        return Outlook(
            row=row.line, entry=taken.signature.entry, party=taken.party, joins=taken.joins
        )
    entry = made.signature.entry if isinstance(made, Gathered) else ""
    return Outlook(row=row.line, entry=entry, refusals=taken)


@writing
def _bring(
    tx: Transaction,
    *,
    before: Letter,
    actor: Actor,
    table: Sequence[SignatureRow],
    made: Sequence[Made],
    note: str,
    text: str,
    consent: str,
    trigger: str,
) -> Written:
    """Write those that are right; return counts, and what is wrong with the others by their places."""
    refused: Refusals = {}

    def act() -> dict[str, int]:
        found = admit(tx, before.id, actor, Action.ADD)
        if text != found.text_sha256:
            raise Refused.because(Reason.TEXT_CHANGED)
        fresh = made
        if _reads_otherwise(found, before):
            fresh = _made(found, table, note, consent)
        decided, intake = _taken(tx, found, actor, fresh)
        refused.update(
            (place, one) for place, one in enumerate(decided) if not isinstance(one, Taken)
        )
        taken = [one for one in decided if isinstance(one, Taken)]
        if taken:
            intake.write()
            kept = [row for place, row in enumerate(table) if place not in refused]
            record(tx, found, Act.ADDED, actor.person, ground=_source(kept), **_added_one(taken))
        return {"added": len(taken), "listed": sum(one.party.standing in ON_LIST for one in taken)}

    return once(tx, actor.workspace, trigger, act), refused


def _source(table: Sequence[SignatureRow]) -> str:
    """Return where the rows are from, where all of them are from one place."""
    sources = {row.source for row in table}
    return sources.pop() if len(sources) == 1 else ""


def _added_one(taken: Sequence[Taken]) -> dict[str, Any]:
    if len(taken) > 1:
        return {"count": len(taken)}
    return {"count": 1, "signatory": taken[0].party.id, "endorsement": taken[0].endorsement}


def _reads_otherwise(letter: Letter, before: Letter) -> bool:
    """Return whether a letter makes other entries of the same rows than it did a moment ago."""
    return (letter.language, letter.text_sha256, letter.signers) != (
        before.language,
        before.text_sha256,
        before.signers,
    )


def _taken(
    tx: Transaction, letter: Letter, actor: Actor, made: Sequence[Made]
) -> tuple[list[Taken | tuple[Refusal, ...]], Intake]:
    """Return each row taken but not written, or all that is wrong with it."""
    intake = Intake(tx, letter, actor, [one for one in made if isinstance(one, Gathered)])
    return [_take(tx, intake, one) for one in made], intake


def _take(tx: Transaction, intake: Intake, made: Made) -> Taken | tuple[Refusal, ...]:
    if not isinstance(made, Gathered):
        return made
    late = made.permission and refuse_permission(made.permission, tx.now.date())
    if late:
        return (late,)
    answer = intake.take(made)
    return (answer,) if isinstance(answer, Refusal) else answer
