"""Handlers for posting a letter's card to channels, and for removing a card."""

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError

from bot.features.cards import use_cases as cards
from bot.features.cards.slack import views
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.slack.block_kit import View
from bot.slack.channel_checks import Standing, look
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter
from bot.slack.page_parts import turn
from bot.slack.payloads import (
    Answer,
    Click,
    Command,
    Submission,
    field_errors,
    update,
)


def register(features: Features) -> None:
    """Register the commands and forms of cards."""
    features.on_command("post", for_letter(Action.POST, _post))
    features.on_submit("post", _submit)
    features.on_command("takedown", for_letter(Action.TAKE_DOWN, _list_cards))
    features.on_click("takedown", _take_down)


async def opening(asked: Command | Click, letter: int, *, text: str | None = None) -> View:
    """Return the form that asks for channels; `text` is the SHA-256 of the text that was shown.

    Raises:
        Refused: the letter cannot be posted now, or the caller does not run it.
    """
    found = await asked.allowed(letter, Action.POST)
    up = await cards.cards(asked.bot.database, letter=letter)
    return views.form(asked.caller.t, found, up, text=text)


async def _post(command: Command, letter: Letter) -> None:
    await command.open(await opening(command, letter.id))


async def _submit(submission: Submission) -> Answer:
    """Check the chosen channels in Slack, then post the letter to them."""
    bot, caller, view = submission.bot, submission.caller, submission.view
    channels = list(dict.fromkeys(view.values.ids("channels")))
    memory = views.ToPost.of(view)
    letter = await submission.allowed(memory.letter, Action.POST)
    try:
        places = await look(bot.client, channels)
    except (SlackClientError, ClientError, TimeoutError, OSError):
        said = caller.t(
            "I can’t check these channels right now. Nothing was posted. Please try again in a "
            "minute."
        )
        return field_errors({"channels": said})
    wrong = views.wrong_channels(caller.t, places)
    if wrong is not None:
        return field_errors({"channels": wrong})
    shared = [place.channel for place in places if place.standing is Standing.SHARED]
    if set(shared) - set(memory.shared):
        up = await cards.cards(bot.database, letter=letter.id)
        again = views.form(caller.t, letter, up, chosen=channels, shared=shared, text=memory.text)
        return update(again)
    try:
        new = await cards.post(
            bot.database,
            letter=letter.id,
            actor=caller.actor,
            channels=channels,
            public=[place.channel for place in places if place.public],
            text=memory.text,
            trigger=submission.trigger,
        )
    except Refused as refused:
        if refused.refusal.reason is Reason.DEADLINE_NOT_AHEAD:
            said = caller.t(
                "The deadline has passed. Edit the draft and set a later one, then post the letter."
            )
            return field_errors({"channels": said})
        raise
    old = [channel for channel in channels if channel not in new]
    return update(views.posted(caller.t, letter, new, old))


async def _list_cards(command: Command, letter: Letter) -> None:
    await command.open(await _cards(command, letter.id))


async def _cards(asked: Command | Click, letter: int) -> View:
    found = await asked.allowed(letter, Action.TAKE_DOWN)
    up = await cards.cards(asked.bot.database, letter=letter)
    return views.cards_list(asked.caller.t, found, up)


async def _take_down(click: Click) -> None:
    number, _, card = click.value.partition(":")
    letter, actor = int(number), click.caller.actor
    await cards.take_down(
        click.bot.database, letter=letter, actor=actor, posting=card, trigger=click.trigger
    )
    await turn(click, await _cards(click, letter))
