"""Those who were invited come from a table, and go into one."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import ROWS_MOST, InvitationRow, Invitee, read_row, row_of
from bot.features.invitations.use_cases.entry import Entered, Entry
from bot.letters.letter import Letter
from bot.letters.people import Actor, Person
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal, Refused
from bot.storage import workspaces
from bot.storage.database import Transaction, reading, writing
from bot.storage.workspaces import Acquaintance
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once

__all__ = [
    "Entered",
    "InvitationRow",
    "Problem",
    "Prospect",
    "TableRefused",
    "bring",
    "look_through",
    "rows",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem in one line of a table."""

    line: int
    refusal: Refusal
    """Its `field` is the column."""


class TableRefused(Exception):  # noqa: N818 - as `Refused`
    """Raised to undo the transaction: nothing of the table was written, for all these reasons."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """Effect of one row, shown before it is confirmed."""

    line: int
    known: bool = False
    """They are on the list already."""
    signed: bool = False
    """They have signed already."""
    refusals: tuple[Refusal, ...] = ()
    """All that is wrong with the row; it cannot be taken as it is."""


@reading
def look_through(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    table: Sequence[InvitationRow],
    met: Collection[Acquaintance] = (),
) -> list[Prospect]:
    """Return what would become of each row if all of them were taken now; change nothing.

    Raises:
        Refused: the letter does not allow it now, the actor does not run it, or there are no rows,
            or too many.
    """
    found = admit(tx, letter, actor, Action.INVITE, lock=False)
    _refuse_size(table)
    people = _people(tx, letter, met)
    read = [read_row(row, people) for row in table]
    entry = Entry(tx, found, [one for one in read if isinstance(one, Invitee)], found.tz)
    return [_prospect(entry, row, one) for row, one in zip(table, read, strict=True)]


def _prospect(entry: Entry, row: InvitationRow, one: Invitee | list[Refusal]) -> Prospect:
    if not isinstance(one, Invitee):
        return Prospect(line=row.line, refusals=tuple(one))
    known = entry.knows(one)
    refusal = entry.bring(one)
    if refusal is not None:
        return Prospect(line=row.line, refusals=(refusal,))
    return Prospect(line=row.line, known=known, signed=entry.has_signed(one))


def _people(tx: Transaction, letter: int, met: Collection[Acquaintance]) -> dict[str, Person]:
    """Return the people whom a table may name, by member ID.

    Those who are invited already are among them though they have left: a letter's own table can be
    brought again.
    """
    invited = invitation_rows.people_of(tx, letter)
    return {one.user: one for one in invited} | {one.person.user: one.person for one in met}


def _refuse_size(table: Sequence[InvitationRow]) -> None:
    if not table:
        raise Refused.because(Reason.EMPTY, "table")
    if len(table) > ROWS_MOST:
        raise Refused.because(Reason.TOO_MANY_ROWS, "table", most=ROWS_MOST)


@writing
def bring(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    table: Sequence[InvitationRow],
    met: Collection[Acquaintance] = (),
    trigger: str,
) -> Entered:
    """Put the rows of a table on the list of those who were invited, all of them or none.

    Who is there already stands afterwards where the table says; an empty note says nothing. Days
    are meant in the letter's zone. Who is new there as asked, with an account here, gets a message.

    Args:
        tx: The transaction.
        letter: The letter.
        actor: An organiser.
        table: The rows.
        met: Those of the member IDs in it whose accounts work.
        trigger: Slack's id of the submit.

    Raises:
        Refused: the letter does not allow it now, the actor does not run it, or there are no rows,
            or too many.
        TableRefused: rows are not right.
    """

    def act() -> dict[str, int]:
        found = admit(tx, letter, actor, Action.INVITE)
        _refuse_size(table)
        workspaces.meet(tx, found.workspace, met)
        people = _people(tx, letter, met)
        read = [(row.line, read_row(row, people)) for row in table]
        wanted = [(line, one) for line, one in read if isinstance(one, Invitee)]
        problems = [
            Problem(line=line, refusal=refusal)
            for line, wrong in read
            if not isinstance(wrong, Invitee)
            for refusal in wrong
        ]
        entry = Entry(tx, found, [one for _, one in wanted], found.tz, by=actor.person)
        for line, one in wanted:
            refusal = entry.bring(one)
            if refusal is not None:
                problems.append(Problem(line=line, refusal=refusal))
        if problems:
            raise TableRefused(sorted(problems, key=lambda problem: problem.line))
        entered = entry.write()
        count = entered.added + entered.changed
        record(tx, found, Act.INVITED, actor.person, count=count)
        return asdict(entered)

    return Entered(**once(tx, actor.workspace, trigger, act))


@reading
def rows(tx: Transaction, *, letter: int, actor: Actor) -> tuple[Letter, list[InvitationRow]]:
    """A letter and all who were invited, as rows; days in the letter's zone.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    return found, [
        row_of(invitation, found.tz) for invitation in invitation_rows.of_letter(tx, letter)
    ]
