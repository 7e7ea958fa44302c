"""Adding signatures collected outside Slack, in portions of a list."""

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
from bot.use_cases.letter_jobs import Refusals, Written, in_portions

Made = Gathered | tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Effect of adding one row, shown before it is confirmed."""

    row: int
    """The row's line in the source."""
    entry: str = ""
    """The row's entry. If `joins`, the letter keeps the existing signatory's entry."""
    party: Signatory | None = None
    """The signatory after the addition; None if the row is refused."""
    joins: bool = False
    """True if the organisation already has signers: it gets one more, and still counts once."""
    alike: tuple[str, ...] = ()
    """Entries that look like this one, and may be duplicates."""
    refusals: tuple[Refusal, ...] = ()
    """All problems of the row, by field; if there are any, the row cannot be added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Result of adding rows."""

    added: int
    listed: int
    """Number of added signatures on the list; the others wait for a confirmation."""
    refused: Refusals = field(default_factory=dict[int, tuple[Refusal, ...]])
    """Problems of the rows that were not added, by index of the row."""


async def look_through(
    database: Database,
    *,
    letter: int,
    actor: Actor,
    table: Sequence[SignatureRow],
    note: str,
    compare: bool = True,
) -> tuple[Letter, list[Outlook]]:
    """Return the effect of adding each row, without adding it.

    Entries are made and compared off the event loop.

    Args:
        database: The database.
        letter: The letter.
        actor: An organiser.
        table: The signatures, as they were typed or read.
        note: Words after an affiliation for identification only, in the letter's language.
        compare: Look for similar entries, too.

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
    """Add all valid rows to the list, in several transactions.

    An organisation that has signed already gets one more signer, and still counts once.

    Args:
        database: The database.
        letter: The letter.
        actor: An organiser.
        table: The signatures, one at least, as they were typed or read.
        note: Words after an affiliation for identification only, in the letter's language.
        text: The SHA-256 of the text that was signed.
        consent: The organiser's statement that the signers agreed to be published.
        trigger: Slack's id of the submit.

    Raises:
        Refused: the letter does not allow it now, the actor does not run it, or the text has changed.
    """
    found = await _letter(database, letter=letter, actor=actor)
    # Entries are made before the transaction, to keep it short.
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
    """Return the letter; `_decide` and `_bring` check that additions are allowed."""
    found = letters.find(tx, letter)
    if found is None or found.workspace != actor.workspace:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    return found


def _made(letter: Letter, table: Sequence[SignatureRow], note: str, consent: str) -> list[Made]:
    # `_take` refuses a future day, by the transaction's clock.
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
    taken, _ = _taken(tx, admit(tx, letter, actor, Action.ADD, lock=False), actor, made)
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
    refused: Refusals = {}

    def act() -> dict[str, int]:
        found = admit(tx, before.id, actor, Action.ADD)
        if text != found.text_sha256:
            raise Refused.because(Reason.TEXT_CHANGED)
        fresh = made
        if (found.language, found.text_sha256, found.signers) != (
            before.language,
            before.text_sha256,
            before.signers,
        ):
            fresh = _made(found, table, note, consent)
        decided, intake = _taken(tx, found, actor, fresh)
        refused.update(
            (place, one) for place, one in enumerate(decided) if not isinstance(one, Taken)
        )
        taken = [one for one in decided if isinstance(one, Taken)]
        if taken:
            intake.write()
            sources = {row.source for at, row in enumerate(table) if at not in refused}
            ground = sources.pop() if len(sources) == 1 else ""
            record(tx, found, Act.ADDED, actor.person, ground=ground, **_added_one(taken))
        return {"added": len(taken), "listed": sum(one.party.standing in ON_LIST for one in taken)}

    return once(tx, actor.workspace, trigger, act), refused


def _added_one(taken: Sequence[Taken]) -> dict[str, Any]:
    if len(taken) > 1:
        return {"count": len(taken)}
    return {"count": 1, "signatory": taken[0].party.id, "endorsement": taken[0].endorsement}


def _taken(
    tx: Transaction, letter: Letter, actor: Actor, made: Sequence[Made]
) -> tuple[list[Taken | tuple[Refusal, ...]], Intake]:
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
