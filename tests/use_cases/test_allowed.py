"""Every cell of the table of who may do what in which phase is what the stories really do."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.letters.letter import Letter, refuse
from bot.letters.people import Actor, Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.letters.refusals import Reason, Refused
from bot.storage.database import Database
from bot.use_cases import drafting, holding, organising, pinning, posting, reading, reminding
from bot.use_cases.status import status
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    a_delivery,
    a_draft,
    a_draft_of,
    a_signature,
    an_actor,
    an_open_letter,
    are_in_channel,
    everything,
    signs,
    the_letter,
)

ACTORS = {
    Role.ORGANISER: ORGANISER,
    Role.MEMBER: MEMBER,
    Role.GUEST: GUEST,
    Role.OUTSIDER: OUTSIDER,
}
LATER = DEADLINE + timedelta(days=1)
SOMEBODY = an_actor("U0SOMEBODY")
Story = Callable[[Database, Letter, Actor, str, str], Awaitable[object]]

STORIES: dict[Action, Story] = {
    Action.READ: lambda d, one, who, *_: reading.whole(d, letter=one.id, actor=who),
    Action.SEE_SIGNATORIES: lambda d, one, who, *_: reading.who_signed(
        d, letter=one.id, actor=who, after=None, limit=5
    ),
    Action.SIGN: lambda d, one, who, *_: signs(d, who, one),
    Action.CHANGE: lambda d, one, who, held, _: holding.change(
        d,
        endorsement=held,
        actor=who,
        signature=a_signature(who, one, name="Another Name"),
        delivery=a_delivery(),
    ),
    Action.WITHDRAW: lambda d, _, who, held, __: holding.withdraw(
        d, endorsement=held, actor=who, delivery=a_delivery()
    ),
    Action.SEE_STATUS: lambda d, one, who, *_: status(d, letter=one.id, actor=who, tz="UTC"),
    Action.EDIT: lambda d, one, who, *_: drafting.edit(
        d, letter=one.id, actor=who, draft=a_draft_of(title="New", deadline=LATER)
    ),
    Action.DISCARD: lambda d, one, who, *_: drafting.discard(d, letter=one.id, actor=who),
    Action.POST: lambda d, one, who, *_: posting.post(
        d, letter=one.id, actor=who, channels=["C0NEW"], delivery=a_delivery()
    ),
    Action.TAKE_DOWN: lambda d, one, who, _, card: posting.take_down(
        d, letter=one.id, actor=who, posting=card
    ),
    Action.REMIND: lambda d, one, who, *_: reminding.remind(
        d, letter=one.id, actor=who, when=reminding.When.NOW, delivery=a_delivery()
    ),
    Action.PIN: lambda d, one, who, *_: pinning.pin(d, letter=one.id, actor=who, name="Somebody"),
    Action.CLOSE: lambda d, one, who, *_: organising.close(d, letter=one.id, actor=who),
    Action.EXTEND: lambda d, one, who, *_: organising.extend(
        d, letter=one.id, actor=who, deadline=LATER
    ),
    Action.REOPEN: lambda d, one, who, *_: organising.reopen(
        d, letter=one.id, actor=who, deadline=LATER
    ),
    Action.CANCEL: lambda d, one, who, *_: organising.cancel(
        d, letter=one.id, actor=who, reason="Why."
    ),
    Action.CHANGE_ORGANISERS: lambda d, one, who, *_: organising.add_organiser(
        d,
        letter=one.id,
        actor=who,
        person=OTHER_MEMBER.person,
        membership=OTHER_MEMBER.membership,
    ),
    Action.EXPORT: lambda d, one, who, *_: reading.check(
        d, letter=one.id, actor=who, action=Action.EXPORT
    ),
}


def test_whole() -> None:
    """The table has a cell for each action and phase, and each action has its story here."""
    assert set(ALLOWED) == set(Action) == set(STORIES)
    for cells in ALLOWED.values():
        assert set(cells) == set(Phase)


async def _prepared(
    database: Database, phase: Phase, action: Action, actor: Actor
) -> tuple[Letter, str, str]:
    """A letter in a phase, what the actor holds on it, and its card."""
    if phase is Phase.DRAFT:
        return await a_draft(database), "", ""
    letter = await an_open_letter(database)
    await signs(database, SOMEBODY, letter, a_signature(SOMEBODY, letter, name="Somebody"))
    held = ""
    if action in {Action.CHANGE, Action.WITHDRAW}:
        held = (await signs(database, actor, letter)).endorsement
    if phase is Phase.CLOSED:
        await organising.close(database, letter=letter.id, actor=ORGANISER)
    if phase is Phase.CANCELLED:
        await organising.cancel(database, letter=letter.id, actor=ORGANISER, reason="Why.")
    (card,) = await posting.cards(database, letter=letter.id)
    return await the_letter(database, letter.id), held, card.id


async def _holds(
    database: Database,
    phase: Phase,
    action: Action,
    role: Role,
    letter: Letter,
    held: str,
    card: str,
) -> None:
    """The story does what the cell says: it works, or is refused for that and writes nothing."""
    actor = ACTORS[role]
    before = await everything(database)
    now = await database.read(lambda tx: tx.now)
    expected = refuse(letter, action, role, now)
    assert (expected is None) == (role in ALLOWED[action][phase])
    story = STORIES[action](database, letter, actor, held, card)
    if expected is None:
        await story
        return
    with pytest.raises(Refused) as caught:
        await story
    assert await everything(database) == before
    if phase is Phase.DRAFT and action in {Action.SIGN, Action.CHANGE, Action.WITHDRAW}:
        # Nothing can be held on a draft, and to a signer it is not there.
        assert caught.value.refusal.reason in {Reason.NO_SUCH_LETTER, Reason.NOT_SIGNED}
    else:
        assert caught.value.refusal == expected


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("phase", Phase)
async def test_cells(database: Database, phase: Phase, role: Role) -> None:
    """In a phase, somebody in a role can do exactly what the table says."""
    await are_in_channel(database, [OTHER_MEMBER], channel=CHANNEL)
    for action in Action:
        letter, held, card = await _prepared(database, phase, action, ACTORS[role])
        await _holds(database, phase, action, role, letter, held, card)


@pytest.mark.parametrize("role", Role)
async def test_after_the_deadline(database: Database, clock: Clock, role: Role) -> None:
    """A letter whose deadline has passed is closed, though nobody has written that down yet."""
    await are_in_channel(database, [OTHER_MEMBER], channel=CHANNEL)
    prepared = {
        action: await _prepared(database, Phase.OPEN, action, ACTORS[role]) for action in Action
    }
    clock.set(DEADLINE)
    for action, (letter, held, card) in prepared.items():
        assert letter.phase is Phase.OPEN
        await _holds(database, Phase.CLOSED, action, role, letter, held, card)
