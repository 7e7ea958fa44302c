"""Invitations from a table, added in portions, and a table of invitations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import InvitationRow, Invitee, read_row, row_of
from bot.features.invitations.use_cases.entry import Entered, Entry
from bot.letters.invitation import InvitationState
from bot.letters.people import Actor, Person
from bot.letters.phases import Action
from bot.letters.refusals import Refusal
from bot.storage import workspaces
from bot.storage.database import Database, Transaction, reading, reading_aside, writing
from bot.storage.workspaces import Acquaintance
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once
from bot.use_cases.letter_jobs import Refusals, Written, in_portions


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """Effect of one row, shown before it is confirmed."""

    known: bool = False
    """True if the invitee is on the list already."""
    signed: bool = False
    """True if the invitee has signed already."""
    told: Person | None = None
    """The person who gets a message; None if nobody does."""
    alone: bool = False
    """True if an organiser must write to the invitee, who has no account here."""
    refusals: tuple[Refusal, ...] = ()
    """All problems of the row; if there are any, the row cannot be added."""


@reading_aside
def look_through(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    table: Sequence[InvitationRow],
    met: Collection[Acquaintance] = (),
) -> list[Prospect]:
    """Return the effect of adding each row, without adding it.

    Raises:
        Refused: the letter does not allow it now, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.INVITE, lock=False)
    people = _people(tx, letter, met)
    read = [read_row(row, people) for row in table]
    entry = Entry(tx, found, [one for one in read if isinstance(one, Invitee)])
    return [_prospect(entry, one) for one in read]


def _prospect(entry: Entry, one: Invitee | list[Refusal]) -> Prospect:
    if not isinstance(one, Invitee):
        return Prospect(refusals=tuple(one))
    known = entry.knows(one)
    refusal = entry.bring(one)
    if refusal is not None:
        return Prospect(refusals=(refusal,))
    signed = entry.has_signed(one)
    waits = one.state is InvitationState.INVITED and not known and not signed
    return Prospect(
        known=known,
        signed=signed,
        told=one.person if waits else None,
        alone=waits and one.person is None,
    )


def _people(tx: Transaction, letter: int, met: Collection[Acquaintance]) -> dict[str, Person]:
    """Return the people whom a table may name, by member ID.

    They include invited people who have left, so that a copied table can be pasted back.
    """
    invited = invitation_rows.people_of(tx, letter)
    return {one.user: one for one in invited} | {one.person.user: one.person for one in met}


async def bring(
    database: Database,
    *,
    letter: int,
    actor: Actor,
    table: Sequence[InvitationRow],
    met: Collection[Acquaintance] = (),
    words: str = "",
    at_once: bool = False,
    trigger: str,
) -> tuple[Entered, Refusals]:
    """Add or update an invitation for each valid row of a table.

    An existing invitation gets the row's state; an empty note changes nothing. Days are in the
    letter's time zone. New invitees in state `INVITED` with an account here get a message.

    Args:
        database: The database.
        letter: The letter.
        actor: An organiser.
        table: The rows, one at least.
        met: The members named in the table whose accounts are active.
        words: The organiser's own words to those who get a message.
        at_once: Whether they get it now, or in their next daytime.
        trigger: Slack's id of the submit.

    Raises:
        Refused: the letter does not allow it now, or the actor does not run it.
    """

    async def write(some: Sequence[InvitationRow], id_: str) -> Written:
        users = {row.member for row in some}
        named = [one for one in met if one.person.user in users]
        return await _bring(
            database,
            letter=letter,
            actor=actor,
            table=some,
            met=named,
            words=words,
            at_once=at_once,
            trigger=id_,
        )

    counts, refused = await in_portions(table, trigger, write)
    return Entered(**counts), refused


@writing
def _bring(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    table: Sequence[InvitationRow],
    met: Collection[Acquaintance],
    words: str,
    at_once: bool,
    trigger: str,
) -> Written:
    refused: Refusals = {}

    def act() -> dict[str, int]:
        found = admit(tx, letter, actor, Action.INVITE)
        workspaces.meet(tx, found.workspace, met)
        people = _people(tx, letter, met)
        read = [read_row(row, people, words) for row in table]
        wanted = [one for one in read if isinstance(one, Invitee)]
        entry = Entry(tx, found, wanted, by=actor.person)
        for place, one in enumerate(read):
            if not isinstance(one, Invitee):
                refused[place] = tuple(one)
            elif refusal := entry.bring(one):
                refused[place] = (refusal,)
        entered = entry.write(at_once=at_once)
        if len(refused) < len(read):
            count = entered.added + entered.changed
            record(tx, found, Act.INVITED, actor.person, count=count)
        return asdict(entered)

    return once(tx, actor.workspace, trigger, act), refused


@reading
def rows(
    tx: Transaction, *, letter: int, actor: Actor, names: Mapping[str, str]
) -> list[InvitationRow]:
    """Return a letter's invitations as rows, with the `names` of accounts by user id.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    return [row_of(one, names) for one in invitation_rows.of_letter(tx, letter)]
