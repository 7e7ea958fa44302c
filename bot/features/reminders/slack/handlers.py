"""Handlers for reminders: sending, stopping, their buttons, and whom a letter's channels reach."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog
from slack_sdk.errors import SlackApiError

from bot.features.cards import use_cases as posting
from bot.features.reminders.slack import views
from bot.features.reminders.use_cases import progress, reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters.letter import Letter, PostingState
from bot.letters.people import Person
from bot.letters.phases import Action
from bot.letters.rules import Reminded
from bot.slack.api_errors import said
from bot.slack.block_kit import View
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter
from bot.slack.models.shapes import OfLetter
from bot.slack.payloads import UNREADABLE, Answer, Click, Command, Submission, field_errors, update
from bot.slack.refusal_words import notice_view
from bot.slack.text.escaping import escape, isolate
from bot.slack.windows import fill, name_of_window
from bot.use_cases import membership

T = TypeVar("T")


def register(features: Features) -> None:
    """Register `/letter remind` and the buttons of a reminder."""
    features.on_command("remind", for_letter(Action.REMIND, _remind))
    features.on_submit("remind", _submit)
    features.on_click("remind.later", _later)
    features.on_click("remind.stop", _stop)
    features.on_click("remind.never", _never)
    features.on_click("remind.resume", _resume)
    features.on_click("reminders.stop", _stop_all)


async def _remind(command: Command, letter: Letter) -> None:
    """Open a form right away; its recipients are looked up while the person waits."""
    name = name_of_window("remind", command.trigger)
    await command.open(views.looking(command.t, letter, name))
    fill(command, name, lambda: _found(command, letter))


async def _found(command: Command, letter: Letter) -> View:
    bot = command.bot
    cards = await posting.cards(bot.database, letter=letter.id)
    channels = [one.channel for one in cards if one.state is PostingState.UP]
    seen = await gather_for(bot, channels)
    reach = await reminders.reach(bot.database, letter=letter.id, actor=command.actor)
    return views.asking(command.caller, reach, channels=len(channels), seen=seen)


async def _submit(submission: Submission) -> Answer:
    view, bot = submission.view, submission.bot
    letter, named = OfLetter.of(view).letter, view.values.ids("named")
    channels = view.values.ids("channels")
    # Checked first, so that nothing about the people is revealed to others.
    await submission.allowed(letter, Action.REMIND)
    if len(named) > views.MOST_NAMED:
        words = submission.t.n("Up to {count} person.", "Up to {count} people.", views.MOST_NAMED)
        return field_errors({"named": words})
    people = await _met(submission, named, channels) if named or channels else None
    if people is not None and not people:
        words = submission.t(
            "None of these people can get messages: they’re bots or deactivated accounts. Choose "
            "others."
        )
        return field_errors({"named": words})
    whom = view.values.choice("whom")
    when = When(view.values.choice("when") or When.IN_DAYTIME)
    count = await reminders.remind(
        bot.database,
        letter=letter,
        actor=submission.actor,
        when=when,
        whom=Reminded(whom) if whom else None,
        named=people,
        words=view.values.text("words"),
        trigger=submission.trigger,
    )
    return update(views.under_way(submission.t, count, when, of=len(people or ())))


async def _met(submission: Submission, users: list[str], channels: list[str]) -> list[Person]:
    bot = submission.bot
    chosen = await bot.directory.reachable(users, channels, by=submission.actor.person.user)
    found = [one.acquaintance for one in chosen]
    await membership.meet(bot.database, workspace=bot.workspace, people=found)
    return [one.person for one in found]


async def _on_letter(click: Click, act: Callable[..., Awaitable[T]]) -> T:
    return await act(
        click.database, letter=int(click.value), actor=click.actor, trigger=click.trigger
    )


async def _later(click: Click) -> None:
    await click.whisper(views.later_words(click.t, await _on_letter(click, reminders.later)))


async def _stop(click: Click) -> None:
    letter = await _on_letter(click, reminders.stop)
    title = escape(isolate(letter.title))
    await click.whisper(
        click.t(
            "OK – no more reminders or updates about “{title}”. You can still sign it.", title=title
        )
    )


async def _never(click: Click) -> None:
    letter = await _on_letter(click, reminders.stop)
    title = escape(isolate(letter.title))
    await click.whisper(click.t("OK – no more updates or reminders about “{title}”.", title=title))


async def _resume(click: Click) -> None:
    letter = await _on_letter(click, reminders.resume)
    title = escape(isolate(letter.title))
    await click.whisper(click.t("OK – reminders for “{title}” are on again.", title=title))


async def _stop_all(click: Click) -> None:
    said = views.all_stopped(click.t, await _on_letter(click, progress.stop))
    if click.response_url:
        await click.whisper(said)
    else:
        await click.show(notice_view(click.t, said))


log = structlog.get_logger()

PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable"})
"""Temporary errors of Slack; the channel is looked up again with the next pass."""
MET_AT_ONCE = 500
"""People saved in one transaction."""


async def gather(bot: Bot) -> int:
    """Look up the members of channels with cards, if that is due; return how many succeeded.

    The worker calls this every half minute; mostly no channel is due.

    Raises:
        SlackApiError: Slack did not list the people of the workspace; no channel was recorded, so
            the next call tries again.
    """
    waiting = await membership.channels_to_gather(bot.database)
    channels = [channel for workspace, channel in waiting if workspace == bot.workspace]
    return await gather_for(bot, channels) if channels else 0


async def gather_for(bot: Bot, channels: Sequence[str]) -> int:
    """Look up the members of these channels now; return for how many channels that succeeded.

    Raises:
        SlackApiError: Slack did not list the people of the workspace.
    """
    people = await bot.directory.everyone()
    for start in range(0, len(people), MET_AT_ONCE):
        some = [one.acquaintance for one in people[start : start + MET_AT_ONCE]]
        await membership.meet(bot.database, workspace=bot.workspace, people=some)
    return sum([await _gather_channel(bot, channel) for channel in channels])


async def _gather_channel(bot: Bot, channel: str) -> bool:
    since = await membership.moment(bot.database)
    try:
        users = await bot.directory.members(channel)
        public = await bot.directory.is_public(channel)
    except UNREADABLE:
        # An invalid answer about one channel must not delay the others.
        log.exception("membership.unreadable", channel=channel)
        return False
    except SlackApiError as error:
        told = said(error)
        log.warning("membership.not_gathered", channel=channel, error=told.label)
        # An error without a name does not come from Slack itself.
        if told.name and not told.crowded and told.name not in PASSING:
            await membership.not_gathered(
                bot.database, workspace=bot.workspace, channel=channel, error=told.name
            )
        return False
    await membership.gathered(
        bot.database,
        workspace=bot.workspace,
        channel=channel,
        users=users,
        since=since,
        public=public,
    )
    return True
