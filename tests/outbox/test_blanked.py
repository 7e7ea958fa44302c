"""The messages to an erased person are emptied, as soon as Slack can be reached."""

from datetime import timedelta

from bot.features.privacy.use_cases import erasure
from bot.letters.notices import NoticeKind
from bot.outbox.courier import Absent, Later, Looked, Outcome, Owed
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from bot.use_cases import upkeep
from tests.outbox.mailbox import Mailbox
from tests.support.clock import Clock
from tests.support.letters import MEMBER, WORKSPACE, an_open_letter, rows, signs
from tests.support.machine.traces import tables_with


class Away:
    """A Slack that can't be reached."""

    async def send(self, notice: Owed) -> Outcome:
        """Answer as if no connection could be opened."""
        del notice
        return Later(retry_after=timedelta(seconds=5), error="unreachable")

    async def look(self, notice: Owed) -> Looked:
        """Find nothing."""
        del notice
        return Absent()


async def waiting(database: Database) -> list[NoticeKind]:
    """The kinds of what waits."""
    owed = await rows(database, "outbox")
    return [NoticeKind(one["kind"]) for one in owed if one["state"] == "waiting"]


async def test_while_slack_is_away(database: Database, clock: Clock) -> None:
    """Only the place of the receipt is kept while Slack is away, for seven days at most."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await send_due(database, Mailbox(database, clock.now))
    assert await tables_with(database, MEMBER.person.user)
    assert len(await rows(database, "sent_messages")) == 1

    await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)

    # The mailbox's channel has the person's id in its name; Slack's doesn't.
    assert await tables_with(database, str(MEMBER.person)) == set()
    for _ in range(12):
        clock.advance(timedelta(hours=12))
        await send_due(database, Away())
        await upkeep.forget(database)
        assert NoticeKind.BLANKED in await waiting(database)
    for _ in range(6):
        clock.advance(timedelta(hours=12))
        await send_due(database, Away())
        await upkeep.forget(database)
    assert NoticeKind.BLANKED.value not in {row["kind"] for row in await rows(database, "outbox")}
