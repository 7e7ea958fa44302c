"""A signer has one receipt of a letter, edited as what they signed changes."""

import contextlib
from datetime import timedelta

import pytest

from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter
from bot.letters.notices import NoticeKind
from bot.letters.people import Actor
from bot.outbox.claims import LEASE
from bot.outbox.courier import Outcome, Refused
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from tests.outbox.mailbox import Arrived, Fate, Killed, Mailbox
from tests.outbox.owing import send_for
from tests.support.clock import Clock
from tests.support.letters import (
    a_signature,
    a_trigger,
    an_open_letter,
    changes,
    members,
    rows,
    signs,
)

SECOND = timedelta(seconds=1)


class Desk:
    """Somebody who signed a letter, and the mailbox that brings what is owed."""

    def __init__(
        self, database: Database, clock: Clock, letter: Letter, person: Actor, signed: str
    ) -> None:
        self.database, self.clock = database, clock
        self.letter, self.person, self.signed = letter, person, signed
        self.mailbox = Mailbox(database, clock.now)

    async def renames(self, name: str) -> None:
        await changes(
            self.database,
            endorsement=self.signed,
            actor=self.person,
            signature=a_signature(self.person, self.letter, name=name),
            trigger=a_trigger(),
        )

    async def withdraws(self) -> None:
        await withdrawals.withdraw(
            self.database, endorsement=self.signed, actor=self.person, trigger=a_trigger()
        )

    async def sends(self, seconds: int = 20) -> None:
        await send_for(self.database, self.mailbox, self.clock, seconds * SECOND, SECOND)

    def receipts(self) -> list[Arrived]:
        kinds = {NoticeKind.RECEIPT, NoticeKind.RECEIPT_CHANGED}
        return [one for one in self.mailbox.arrived if one.kind in kinds]

    def says(self) -> list[tuple[str, bool]]:
        """List what each call said, and whether it was an edit."""
        return [(one.says, bool(one.edited)) for one in self.receipts()]


@pytest.fixture
async def desk(database: Database, clock: Clock) -> Desk:
    letter = await an_open_letter(database)
    (person,) = members(1)
    signed = await signs(database, person, letter)
    return Desk(database, clock, letter, person, signed.endorsement)


async def test_edited_in_place(desk: Desk) -> None:
    """A change and a withdrawal edit the one receipt; signing again edits it too."""
    await desk.sends()
    first = desk.receipts()[0].says
    await desk.renames("Another Name")
    await desk.sends()
    await desk.withdraws()
    await desk.sends()
    await signs(desk.database, desk.person, desk.letter)
    await desk.sends()
    assert desk.says() == [
        (first, False), ("Another Name", True), ("nothing", True), (first, True),
    ]  # fmt: skip
    (kept,) = await rows(desk.database, "sent_messages")
    assert {one.edited for one in desk.receipts()[1:]} == {kept["ts"]}
    assert (kept["kind"], kept["user"]) == ("receipt", desk.person.person.user)


async def test_many_changes_are_one_edit(desk: Desk) -> None:
    """All that changes while an edit waits is one edit, and says what is so when it goes."""
    await desk.sends()
    for name in ("One", "Two", "Three"):
        await desk.renames(name)
    await desk.sends()
    assert desk.says()[1:] == [("Three", True)]


async def test_changed_before_it_went(desk: Desk) -> None:
    """A change before the first receipt has gone makes no second message."""
    await desk.renames("Another Name")
    await desk.sends()
    assert desk.says() == [("Another Name", False)]


async def test_withdrawn_before_it_went(desk: Desk) -> None:
    """A signer who has withdrawn before the receipt could go gets none."""
    await desk.withdraws()
    await desk.sends()
    assert desk.says() == []
    assert await rows(desk.database, "sent_messages") == []


@pytest.mark.parametrize("fate", [Fate.LOST, Fate.KILLED_BEFORE, Fate.KILLED_AFTER])
async def test_first_try_unknown(desk: Desk, fate: Fate) -> None:
    """One message is there, with the last change, whatever happened to the first receipt."""
    desk.mailbox.fates.extend([None, fate])
    with contextlib.suppress(Killed):
        await send_due(desk.database, desk.mailbox)
    await desk.renames("Another Name")
    desk.clock.advance(2 * LEASE)
    await desk.sends()
    assert [edit for _, edit in desk.says()].count(False) == 1
    assert desk.says()[-1][0] == "Another Name"


@pytest.mark.parametrize("fate", [Fate.LOST, Fate.KILLED_BEFORE, Fate.KILLED_AFTER])
async def test_edit_unknown(desk: Desk, fate: Fate) -> None:
    """An edit of unknown outcome is made again, from what is so by then; none overtakes another."""
    await desk.sends()
    await desk.renames("One")
    desk.mailbox.fates.extend([fate] if await _next_is_receipt(desk) else [None, fate])
    with contextlib.suppress(Killed):
        await send_due(desk.database, desk.mailbox)
    await desk.renames("Two")
    desk.clock.advance(2 * LEASE)
    await desk.sends()
    assert desk.says()[-1] == ("Two", True)
    assert [edit for _, edit in desk.says()].count(False) == 1


async def _next_is_receipt(desk: Desk) -> bool:
    waiting = [row for row in await rows(desk.database, "outbox") if row["state"] == "waiting"]
    return min(waiting, key=lambda row: row["priority"])["kind"] == "receipt_changed"


async def test_changed_while_it_goes(desk: Desk) -> None:
    """A change while the first receipt is under way edits it when that has arrived."""

    async def meanwhile() -> None:
        desk.mailbox.meanwhile = lambda: desk.renames("Another Name")

    desk.mailbox.meanwhile = meanwhile
    await desk.sends()
    assert desk.says()[-1] == ("Another Name", True)
    assert [edit for _, edit in desk.says()].count(False) == 1


@pytest.mark.parametrize("error", ["message_not_found", "edit_window_closed"])
async def test_message_is_gone(desk: Desk, error: str) -> None:
    """A receipt that can't be edited any more is followed by a new one, edited from then on."""
    await desk.sends()
    await desk.renames("One")
    await _refuses(desk, Refused(error=error))
    await desk.sends()
    assert desk.says()[1:] == [("One", False)]
    await desk.renames("Two")
    await desk.sends()
    assert desk.says()[2:] == [("Two", True)]


async def _refuses(desk: Desk, outcome: Outcome) -> None:
    """Let the next edit of the receipt end like that."""
    first = await _next_is_receipt(desk)
    desk.mailbox.fates.extend([outcome] if first else [None, outcome])
