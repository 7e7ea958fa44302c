"""Every cell of the table of who may do what in which phase is what the stories really do."""

from datetime import timedelta

import pytest

from bot.letters.letter import refuse
from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.letters.refusals import Reason, Refused
from bot.storage.database import Database
from tests.support.clock import START, Clock
from tests.support.letters import (
    CHANNEL,
    DEADLINE,
    OTHER_MEMBER,
    are_in_channel,
    everything,
)
from tests.use_cases.action_cases import (
    ACTORS,
    NEEDS_MORE,
    OF_A_SIGNER,
    OF_AN_ORGANISATION,
    STORIES,
    Case,
    Rows,
    prepared,
)


def test_whole() -> None:
    """The table has a cell for each action and phase, and each action has its story here."""
    assert set(ALLOWED) == set(Action) == set(STORIES)
    for cells in ALLOWED.values():
        assert set(cells) == set(Phase)


async def _holds(
    case: Case, phase: Phase, action: Action, role: Role, before: Rows | None
) -> Rows | None:
    """Check that the story does what the cell says: it works, or is refused and writes nothing.

    Args:
        case: What the action needs.
        phase: The letter's.
        action: The action.
        role: The role of who tries it.
        before: All rows, where they were read already.

    Returns:
        All rows, where they are what they were: the letter is as good for another action.
    """
    now = await case.database.read(lambda tx: tx.now)
    expected = refuse(case.letter, action, role, now)
    assert (expected is None) == (role in ALLOWED[action][phase])
    if expected is None:
        await STORIES[action](case)
        return None
    if before is None:
        before = await everything(case.database)
    with pytest.raises(Refused) as caught:
        await STORIES[action](case)
    assert await everything(case.database) == before
    reason = caught.value.refusal.reason
    if action in OF_A_SIGNER and not case.held and reason is Reason.NOT_SIGNED:
        # Nobody who may not sign can hold anything.
        assert phase in {Phase.DRAFT, Phase.FOUNDING} or role is Role.STRANGER
    elif action is Action.ANSWER and role in {Role.SIGNER, Role.STRANGER}:
        assert reason is Reason.NOT_INVITED
    elif reason is Reason.NO_SUCH_SIGNATORY and not _has_what_it_is_about(case, action):
        assert phase is Phase.DRAFT
    else:
        assert caught.value.refusal == expected
    return before


def _has_what_it_is_about(case: Case, action: Action) -> bool:
    needed = dict.fromkeys(OF_AN_ORGANISATION, case.party) | {Action.CORRECT: case.entry}
    return bool(needed.get(action, True))


ON_SQLITE = [("sqlite", role) for role in Role]
ON_EACH = [*ON_SQLITE, ("postgresql", Role.ORGANISER)]
"""Rules decide alike on any database: the one who may most is enough on the second."""
CELLS = [
    *((*case, phase) for phase in Phase for case in ON_SQLITE),
    ("postgresql", Role.ORGANISER, Phase.OPEN),
]


@pytest.mark.parametrize(("database_url", "role", "phase"), CELLS, indirect=["database_url"])
async def test_cells(database: Database, clock: Clock, phase: Phase, role: Role) -> None:
    """In a phase, somebody in a role can do exactly what the table says."""
    await are_in_channel(database, [OTHER_MEMBER], channel=CHANNEL)
    case, rows_now = None, None
    for action in _refused_first(phase, role):
        if case is None or rows_now is None or action in NEEDS_MORE:
            clock.set(START)
            case, rows_now = await prepared(database, clock, phase, action, ACTORS[role]), None
        rows_now = await _holds(case, phase, action, role, rows_now)


def _refused_first(phase: Phase, role: Role) -> list[Action]:
    """Return all actions: those after which a letter can be used again come first."""
    return sorted(Action, key=lambda action: (role in ALLOWED[action][phase], action in NEEDS_MORE))


@pytest.mark.parametrize(("database_url", "role"), ON_EACH, indirect=["database_url"])
async def test_after_the_deadlines(database: Database, clock: Clock, role: Role) -> None:
    """Deadlines move a letter on by themselves, though nobody has written that down yet."""
    await are_in_channel(database, [OTHER_MEMBER], channel=CHANNEL)
    for moment, phase in (
        (DEADLINE, Phase.CLOSING),
        (DEADLINE + timedelta(minutes=60), Phase.CLOSED),
    ):
        case, rows_now = None, None
        for action in _refused_first(phase, role):
            if case is None or rows_now is None or action in NEEDS_MORE:
                clock.set(START)
                case = await prepared(database, clock, Phase.OPEN, action, ACTORS[role])
                rows_now = None
            clock.set(moment - timedelta(microseconds=1))
            assert case.letter.phase_at(clock.now()) is not phase
            clock.set(moment)
            assert case.letter.phase is Phase.OPEN
            rows_now = await _holds(case, phase, action, role, rows_now)
