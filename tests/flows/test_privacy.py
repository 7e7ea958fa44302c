"""People ask what is kept about them and delete it; an organiser finds who removed an entry."""

import pytest

from bot.features.organisations.use_cases import removals
from bot.slack.payloads import Event
from tests.flows.conftest import RunningBot
from tests.flows.test_holding import ORGANISER
from tests.support.letters import rows
from tests.support.machine.traces import tables_with
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself


@pytest.mark.parametrize(("who", "channel"), [("member", CHANNEL), ("visitor", "partners")])
async def test_delete_it(running_bot: RunningBot, who: str, channel: str) -> None:
    """Somebody signs, asks what is kept, deletes it and sees it gone: at home and from elsewhere."""
    await a_posted_letter(running_bot, "C0OPENINTERNET", "C0PARTNERS")
    person = getattr(running_bot, who)
    await sign_as_oneself(person, channel, name="Zelda Quill")
    database = running_bot.process.database
    assert await tables_with(database, "Zelda Quill")

    await person.click("Sign", channel=channel)
    await person.sees_modal("Your signature")
    await person.click("What we keep about you")
    await person.sees("Zelda Quill")
    await person.click("Delete it")
    await person.sees("Deleted, with 1 signature.")
    await person.close(everything=True)

    assert await tables_with(database, "Zelda Quill") == set()
    # Slack tells again who is in the letter's channels, and messages are paced.
    told = {"members", "people", "rate_limits", "inbox", "outbox"}
    assert await tables_with(database, person.id) <= told
    await person.click("Sign", channel=channel)
    await person.sees_modal("Sign the letter")


async def test_privacy_from_read(running_bot: RunningBot) -> None:
    """From Read somebody opens how the letter handles names."""
    await a_posted_letter(running_bot)
    await running_bot.member.click("Read letter", channel=CHANNEL)
    await running_bot.member.click("Privacy")
    await running_bot.member.sees("Who is responsible")
    await running_bot.member.sees("30 days")


async def test_history(running_bot: RunningBot) -> None:
    """An organiser finds in the history who removed an entry and why, and restores it."""
    await a_posted_letter(running_bot)
    await sign_as_oneself(running_bot.member, name="Zelda Quill")
    database = running_bot.process.database
    (party,) = [str(row["id"]) for row in await rows(database, "signatories")]
    organiser = running_bot.organiser
    await _removes(running_bot, party)

    await organiser.command(CHANNEL, "/letter history")
    await organiser.sees("Removed: ")
    await organiser.sees("They asked us to.")
    await organiser.click("Restore")
    await organiser.sees_modal("Restored")

    assert [row["removed"] for row in await rows(database, "signatories")] == [False]


async def _removes(bot: RunningBot, party: str) -> None:
    await removals.remove(
        bot.process.database,
        signatory=party,
        actor=ORGANISER,
        why="They asked us to.",
        delivery="removal",
    )


@pytest.mark.parametrize(
    ("events", "ends"),
    [
        (["app_uninstalled", "tokens_revoked"], True),
        (["tokens_revoked", "app_uninstalled"], True),
        (["tokens_revoked of people"], False),
    ],
)
async def test_events(running_bot: RunningBot, events: list[str], *, ends: bool) -> None:
    """Slack says so by two events, in either order; tokens of people are none of ours."""
    process = running_bot.process
    for name in events:
        kind, _, whose = name.partition(" ")
        tokens = {"oauth": ["U1"]} if whose else {"oauth": [], "bot": ["U0BOT"]}
        answer = process.features.events[kind]
        said = answer.shape.model_validate({"type": kind, "tokens": tokens})
        await answer.handler(Event(bot=process.bot, delivery=name, said=said))
    gone = [row["gone_at"] is not None for row in await rows(process.database, "workspaces")]
    assert gone == [ends]
