"""A message about a letter is a view of its state: every change of the letter reaches it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.features.delivery.use_cases import handover
from bot.features.drafts.use_cases import drafts
from bot.features.invitations.use_cases import first_signers
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.slack.handlers import gather
from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters.amendment import AmendmentKind
from bot.letters.draft import Details, Draft
from bot.letters.people import Actor, Membership, Person
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_correcting import proposes
from tests.flows.organisers.test_inviting import invites_people, opens_list
from tests.support.amending import amends
from tests.support.scenes.passing import cards_are_known, until_quiet
from tests.support.stories import a_posted_letter, sign_as_oneself

ORGANISER = Actor(
    workspace="T0COALITION",
    person=Person("T0COALITION", "U0ORGANISER"),
    membership=Membership.MEMBER,
)
Change = Callable[[RunningBot], Awaitable[None]]


async def moves(bot: RunningBot, days: int) -> None:
    await lifecycle.extend(
        bot.process.database, letter=1, actor=ORGANISER, deadline=bot.now + timedelta(days=days)
    )


async def later(bot: RunningBot) -> None:
    await moves(bot, 20)


async def earlier(bot: RunningBot) -> None:
    await moves(bot, 3)


async def described(bot: RunningBot) -> None:
    details = Details(summary="For one Internet.", goal=None, responsible="")
    await lifecycle.describe(bot.process.database, letter=1, actor=ORGANISER, details=details)


async def signed(bot: RunningBot) -> None:
    await sign_as_oneself(bot.fourth)


async def closed(bot: RunningBot) -> None:
    await lifecycle.close(bot.process.database, letter=1, actor=ORGANISER)


async def reopened(bot: RunningBot) -> None:
    await closed(bot)
    await until_quiet(bot)
    await lifecycle.reopen(
        bot.process.database, letter=1, actor=ORGANISER, deadline=bot.now + timedelta(days=5)
    )


async def delivered(bot: RunningBot) -> None:
    await closed(bot)
    await until_quiet(bot)
    await handover.deliver(bot.process.database, letter=1, actor=ORGANISER)


async def the_messages(bot: RunningBot) -> list[str]:
    """An invitation, a reminder of one, and a reminder to a member of the channel, as they are now."""
    people = (bot.member, bot.another, bot.third)
    return [str((await one.messages("app"))[-1]["blocks"]) for one in people]


@pytest.mark.parametrize(
    ("change", "shows", "signs"),
    [
        (later, "Mon, 23 Mar 2026", True),
        (earlier, "Fri, 6 Mar 2026", True),
        (described, "For one Internet.", True),
        (signed, "1 signature", True),
        (closed, "Closed", False),
        (reopened, "Sun, 8 Mar 2026", True),
        (delivered, "Delivered", False),
    ],
)
async def test_each_change(
    running_bot: RunningBot,
    change: Change,
    shows: str,
    signs: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    """Half a minute after any change, each open message shows it, and Sign only if one can sign."""
    bot = running_bot
    await a_posted_letter(bot)
    await opens_list(bot)
    await invites_people(bot, "U0MEMBER1", "U0MEMBER2")
    await bot.organiser.close(everything=True)
    await bot.member.sees("invited you to sign", channel="app")
    await cards_are_known(bot)
    await gather(bot.process.bot)
    await reminders.remind(
        bot.process.database,
        letter=1,
        actor=ORGANISER,
        when=When.NOW,
        named=[Person("T0COALITION", user) for user in ("U0MEMBER2", "U0MEMBER3")],
        trigger="remind",
    )
    for person in (bot.another, bot.third):
        await person.sees("Remind me later", channel="app")
    for message in await the_messages(bot):
        assert shows not in message or shows == "Closed"
    await change(bot)
    await until_quiet(bot)
    for message in await the_messages(bot):
        assert shows in message
        assert ("'Sign'" in message) is signs


async def retitled(bot: RunningBot) -> None:
    await amends(
        bot.process.database,
        letter=1,
        actor=ORGANISER,
        title="One Internet for all",
        body="We demand.",
        kind=AmendmentKind.COSMETIC,
        note="Shorter.",
    )


async def cancelled(bot: RunningBot) -> None:
    await lifecycle.cancel(bot.process.database, letter=1, actor=ORGANISER, reason="No money.")


@pytest.mark.parametrize(
    ("change", "shows", "asks"),
    [
        (later, "One Internet\\u2069", True),
        (signed, "One Internet\\u2069", True),
        (closed, "One Internet\\u2069", True),
        (reopened, "One Internet\\u2069", True),
        (retitled, "One Internet for all", True),
        (cancelled, "One Internet\\u2069", False),
    ],
)
async def test_questions_to_signers(
    running_bot: RunningBot,
    change: Change,
    shows: str,
    asks: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    """The same is true of the questions about a text change and about a correction."""
    bot = running_bot
    number = await a_posted_letter(bot)
    await sign_as_oneself(bot.member)
    await sign_as_oneself(bot.another)
    await proposes(bot, number, "First Member", Name="F. Member")
    await bot.organiser.click("correct.yes")
    await bot.organiser.close(everything=True)
    await bot.member.sees("Yes, change it", channel="app")
    answer_by = bot.now + timedelta(days=3)
    await amends(
        bot.process.database,
        letter=number,
        actor=ORGANISER,
        body="We demand.",
        kind=AmendmentKind.MATERIAL,
        note="Clearer.",
        answer_by=answer_by,
    )
    await bot.another.sees("Keep my signature", channel="app")
    await until_quiet(bot)
    await change(bot)
    await until_quiet(bot)
    # The signer of the correction is asked about the text as well, and everyone has a receipt.
    for person, button, count in ((bot.member, "Yes, change it", 3), (bot.another, "Keep my", 2)):
        messages = [str(one["blocks"]) for one in await person.messages("app")]
        assert len(messages) == count
        questions = [one for one in messages if button in one or "no longer" in one]
        assert bool(questions) is (asks or button.startswith("Yes"))
        assert any(f"'{button}" in one for one in questions) is asks
        assert all(shows in one for one in messages[1:])


async def test_first_signers(running_bot: RunningBot) -> None:
    """A first signer's message shows a new deadline too, though there is no card yet."""
    bot = running_bot
    database, organiser = bot.process.database, ORGANISER
    draft = Draft(title="One Internet", body="We ask.", deadline=bot.now + timedelta(days=14))
    await drafts.create(database, actor=organiser, draft=draft, trigger="draft")
    await first_signers.found(
        database,
        letter=1,
        actor=organiser,
        people=[Person("T0COALITION", "U0MEMBER1")],
        at_once=True,
        trigger="found",
    )
    await bot.member.sees("one of the first to sign", channel="app")
    await until_quiet(bot)
    await later(bot)
    await until_quiet(bot)
    (message,) = await bot.member.messages("app")
    assert "Mon, 23 Mar 2026" in str(message["blocks"])
