"""The list of those invited goes out as a table and comes back the same."""

import asyncio
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents.pasted.reading import read_list
from bot.features.invitations.rules import InvitationRow, Invitee, cleaned, refusals
from bot.features.invitations.table import row_of, write_invitations
from bot.features.invitations.use_cases import tables
from bot.features.invitations.use_cases.entry import Entered
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState
from bot.letters.letter import Letter
from bot.storage.database import Database
from tests.support.clock import START, Clock
from tests.support.letters import ORGANISER, WORKSPACE, a_trigger, an_actor, an_open_letter
from tests.support.scenes.invitations import acquaintance

PEOPLE = [an_actor(f"U0MEMBER{number}") for number in range(6)]
NAMES = st.sampled_from(
    ["Ada Quill", "=1+1 Group", "Grüße e.V.", "O’Brien & Søn", "Fund for “Open” Data", "350.org",
     "@home Network", "+Plus Alliance", "Réseau Aube", "Lighthouse Keepers’ Union (LKU)"]
)  # fmt: skip
WORDS = st.just("") | st.sampled_from(
    ["=1+1", 'Says "maybe", on Tuesday', "'quoted'", "-", "a; b", "\uff1d", "Ask the chair"]
)  # fmt: skip
COUNTRIES, CONTACTS = (
    st.just("") | st.sampled_from(some)
    for some in (["Kenya", "Côte d’Ivoire"], ["office@forum.example", "by telephone"])
)
DAYS = st.integers(0, 29).map(lambda days: (START + timedelta(days=days)).date())
STATES = st.sampled_from(
    [state for state in InvitationState if state.value not in {"signed", "withdrew"}]
)


@st.composite
def wanted(draw: st.DrawFn) -> Invitee:
    """Draw somebody whom the rules let be invited, and the state of the invitation."""
    kind, state = draw(st.sampled_from(Kind)), draw(STATES)
    person = draw(st.none() | st.sampled_from(PEOPLE).map(lambda one: one.person))
    return cleaned(
        Invitee(
            kind=kind,
            person=person,
            name=draw(NAMES) if kind is Kind.PERSON and person is None else "",
            organisation=draw(NAMES) if kind is Kind.ORGANISATION else "",
            country=draw(COUNTRIES) if kind is Kind.ORGANISATION else "",
            contact="" if person else draw(CONTACTS),
            note=draw(WORDS),
            state=state,
            until=draw(DAYS) if state is InvitationState.AWAITING else None,
        )
    )


def _row(one: Invitee) -> InvitationRow:
    return InvitationRow(
        kind=one.kind.value,
        name=one.name,
        organisation=one.organisation,
        country=one.country,
        contact=one.person.user if one.person else one.contact,
        state=one.state.value,
        until=one.until.isoformat() if one.until else "",
        note=one.note,
    )


def _once_each(all_of_them: list[Invitee]) -> list[Invitee]:
    """Return those that the rules take, none under a key of an earlier one."""
    kept: dict[object, Invitee] = {}
    for one in all_of_them:
        keys = {(kind, key.partition("|")[0]) for kind, key in one.whom.keys}
        if not list(refusals(one)) and not keys & kept.keys():
            kept |= dict.fromkeys(keys, one)
    return list({id(one): one for one in kept.values()}.values())


def _read(table: str) -> list[InvitationRow]:
    return [row_of(entry) for entry in read_list(table).entries]


async def _brings(database: Database, letter: Letter, table: str) -> Entered:
    entered, refused = await tables.bring(
        database,
        letter=letter.id,
        actor=ORGANISER,
        table=_read(table),
        met=[acquaintance(one) for one in PEOPLE],
        trigger=a_trigger(),
    )
    assert refused == {}
    return entered


async def _written(database: Database, letter: Letter) -> str:
    rows = await tables.rows(database, letter=letter.id, actor=ORGANISER, names={})
    return write_invitations(rows)


async def _round(url: str, rows: list[InvitationRow]) -> None:
    clock = Clock()
    async with Database(url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="The Coalition")
        letter, other = [await an_open_letter(database) for _ in range(2)]
        assert (await _brings(database, letter, write_invitations(rows))).added == len(rows)
        out = await _written(database, letter)
        assert _read(out) == rows
        assert await _brings(database, letter, out) == Entered(added=0, known=len(rows))
        assert (await _brings(database, other, out)).added == len(rows)
        assert await _written(database, other) == await _written(database, letter) == out


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(all_of_them=st.lists(wanted(), min_size=1, max_size=12).map(_once_each).filter(bool))
def test_comes_back(sqlite_url: str, all_of_them: list[Invitee]) -> None:
    """A table is written as it was read, adds nothing twice, and fills another list alike."""
    asyncio.run(_round(sqlite_url, [_row(one) for one in all_of_them]))
