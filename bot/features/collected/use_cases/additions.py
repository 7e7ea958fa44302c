"""An organiser adds signatures that were gathered elsewhere: one, or a table of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.collected.rules import ROWS_MOST, Gathered, SignatureRow, gathered
from bot.features.collected.use_cases.intake import Intake, Taken, alike, alike_among
from bot.features.invitations.use_cases.tables import Problem, TableRefused
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal, Refused
from bot.letters.signatory import Signatory
from bot.letters.standing import ON_LIST, Standing
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.gate import admit, once

__all__ = [
    "Added", "Brought", "Outlook", "Problem", "SignatureRow", "Standing", "TableRefused", "add",
    "bring", "look", "look_through",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Effect of adding a signature, shown before it is confirmed."""

    line: str
    """The entry; where it joins a signatory, that one's entry stays on the letter."""
    sort_name: str
    party: Signatory
    """The party with it: how it reads on the letter, and where it stands."""
    joins: bool
    """Others signed for it already: it is one voice more, and counts once."""
    alike: tuple[str, ...]
    """Lines of others that look like it: the same ones, perhaps."""
    row: int
    """The line of the table that it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A signature that was added."""

    endorsement: str
    line: str
    standing: Standing
    """Standing of the signatory afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Result of adding a table."""

    added: int
    listed: int
    """Number of them on the list; the others wait for what the letter's rule asks."""


@reading
def look(
    tx: Transaction, *, letter: int, actor: Actor, row: SignatureRow, note: str
) -> tuple[Letter, Outlook]:
    """Compute the effect of adding one signature now.

    Raises:
        Refused: the letter does not allow it now, the actor does not run it, a field is not right,
            or the signature is there already.
    """
    found = admit(tx, letter, actor, Action.ADD, lock=False)
    one = _right(tx, found, row, note, "")
    taken = _taken(Intake(tx, found, actor, [one]), one)
    return found, _outlook(tx, found, taken, row)


@writing
def add(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    row: SignatureRow,
    note: str,
    text: str,
    consent: str,
    joins: bool = False,
    delivery: str,
) -> Added:
    """Put one signature on the list that was gathered elsewhere, as equal to all others.

    Args:
        tx: The transaction.
        letter: The letter.
        actor: An organiser.
        row: The signature, as it was typed.
        note: What a line says behind an affiliation that only identifies, in the letter's language.
        text: The SHA-256 of the text that they signed.
        consent: The words by which the organiser says that they agreed to be published.
        joins: The organiser knows that others signed for the organisation already.
        delivery: The trigger of the submit.

    Raises:
        Refused: the letter does not allow it now, the actor does not run it, a field is not right,
            the text has changed, or the signature is there already.
    """

    def act() -> dict[str, str]:
        found = admit(tx, letter, actor, Action.ADD)
        _refuse_other_text(found, text)
        one = _right(tx, found, row, note, consent)
        intake = Intake(tx, found, actor, [one])
        taken = _taken(intake, one)
        if taken.joins and not joins:
            raise Refused.because(Reason.JOINS_NOW, "organisation", line=taken.party.line)
        intake.write()
        return {
            "endorsement": taken.endorsement,
            "line": taken.party.line,
            "standing": taken.party.standing.value,
        }

    kept = once(tx, actor.workspace, delivery, act)
    return Added(
        endorsement=kept["endorsement"], line=kept["line"], standing=Standing(kept["standing"])
    )


@reading
def look_through(
    tx: Transaction, *, letter: int, actor: Actor, table: Sequence[SignatureRow], note: str
) -> tuple[Letter, list[Outlook]]:
    """Compute the effect of adding each row of a table now.

    Raises:
        Refused: the letter does not allow it now, the actor does not run it, or there are no rows,
            or too many.
        TableRefused: rows are not right.
    """
    found = admit(tx, letter, actor, Action.ADD, lock=False)
    taken, _ = _taken_rows(tx, found, actor, table, note, "")
    near = alike_among([one.signature for one in taken])
    return found, [
        _outlook(tx, found, one, row, near.get(place, ()))
        for place, (row, one) in enumerate(zip(table, taken, strict=True))
    ]


@writing
def bring(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    table: Sequence[SignatureRow],
    note: str,
    text: str,
    consent: str,
    delivery: str,
) -> Brought:
    """Put every row of a table on the list, or none. Arguments are as those of `add`.

    An organisation that others signed for already gets one voice more.

    Raises:
        Refused: the letter does not allow it now, the actor does not run it, the text has changed,
            or there are no rows, or too many.
        TableRefused: rows are not right.
    """

    def act() -> dict[str, int]:
        found = admit(tx, letter, actor, Action.ADD)
        _refuse_other_text(found, text)
        taken, intake = _taken_rows(tx, found, actor, table, note, consent)
        intake.write()
        listed = sum(one.party.standing in ON_LIST for one in taken)
        return {"added": len(taken), "listed": listed}

    return Brought(**once(tx, actor.workspace, delivery, act))


def _refuse_other_text(letter: Letter, text: str) -> None:
    if text != letter.text_sha256:
        raise Refused.because(Reason.TEXT_CHANGED)


def _right(tx: Transaction, letter: Letter, row: SignatureRow, note: str, consent: str) -> Gathered:
    made = gathered(row, letter, note=note, consent=consent, today=tx.now.date())
    if not isinstance(made, Gathered):
        raise Refused(made[0])
    return made


def _taken(intake: Intake, one: Gathered) -> Taken:
    taken = intake.take(one)
    if isinstance(taken, Refusal):
        raise Refused(taken)
    return taken


def _taken_rows(
    tx: Transaction,
    letter: Letter,
    actor: Actor,
    table: Sequence[SignatureRow],
    note: str,
    consent: str,
) -> tuple[list[Taken], Intake]:
    """Every row of a table, taken but not written; all that is wrong with them is raised."""
    if not table:
        raise Refused.because(Reason.EMPTY, "table")
    if len(table) > ROWS_MOST:
        raise Refused.because(Reason.TOO_MANY_ROWS, "table", most=ROWS_MOST)
    today = tx.now.date()
    problems: list[Problem] = []
    right: list[tuple[int, Gathered]] = []
    for row in table:
        made = gathered(row, letter, note=note, consent=consent, today=today)
        if isinstance(made, Gathered):
            right.append((row.line, made))
        else:
            problems += [Problem(line=row.line, refusal=refusal) for refusal in made]
    intake = Intake(tx, letter, actor, [one for _, one in right])
    taken: list[Taken] = []
    for line, one in right:
        answer = intake.take(one)
        if isinstance(answer, Refusal):
            problems.append(Problem(line=line, refusal=answer))
        else:
            taken.append(answer)
    if problems:
        raise TableRefused(sorted(problems, key=lambda problem: problem.line))
    return taken, intake


def _outlook(
    tx: Transaction, letter: Letter, taken: Taken, row: SignatureRow, more: Sequence[str] = ()
) -> Outlook:
    return Outlook(
        line=taken.signature.line,
        sort_name=taken.signature.sort_name,
        party=taken.party,
        joins=taken.joins,
        alike=() if taken.joins else (*alike(tx, letter.id, taken.signature), *more),
        row=row.line,
    )
