"""Handlers for posting a letter's card to channels, and for removing a card."""

from functools import partial

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError

from bot.features.cards import use_cases as cards
from bot.features.cards.slack import views
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.locales import Words
from bot.slack.api_errors import advice, doubt
from bot.slack.block_kit import Blocks, View
from bot.slack.channel_checks import Standing, look
from bot.slack.features import Features
from bot.slack.letter_picker import command_button, opens
from bot.slack.page_parts import turns
from bot.slack.payloads import Answer, Click, Command, Submission, field_errors, update
from bot.slack.topic_messages import Facts, on_organiser_message, title_of


def register(features: Features) -> None:
    """Register the commands and forms of cards."""
    features.on_command("post", opens(Action.POST, lambda asked, one: opening(asked, one.id)))
    features.on_submit("post", _submit)
    features.on_command(
        "takedown", opens(Action.TAKE_DOWN, lambda asked, one: _cards(asked, one.id))
    )
    features.on_click("takedown", turns(_take_down))
    on_organiser_message(features, LetterTopic.CARD_FAILED, _card_failed)
    on_organiser_message(features, LetterTopic.CARD_UNKNOWN, _card_unknown)


async def opening(asked: Command | Click, letter: int, *, text: str | None = None) -> View:
    """Return the form that asks for channels; `text` is the SHA-256 of the text that was shown.

    Raises:
        Refused: the letter cannot be posted now, or the caller does not run it.
    """
    found = await asked.allowed(letter, Action.POST)
    up = await cards.cards(asked.database, letter=letter)
    earlier = await cards.earlier_channels(asked.database, letter=letter, actor=asked.actor)
    return views.form(asked.t, found, up, chosen=earlier[: views.MOST_CHANNELS], text=text)


async def _submit(submission: Submission) -> Answer:
    bot, view = submission.bot, submission.view
    channels = list(dict.fromkeys(view.values.ids("channels")))
    memory, words = views.ToPost.of(view), view.values.text("words")
    letter = await submission.allowed(memory.letter, Action.POST)
    try:
        enter = partial(bot.directory.members_for, submission.actor.person.user)
        places = await look(bot.client, channels, enter)
    except (SlackClientError, ClientError, TimeoutError, OSError):
        said = submission.t(
            "I can’t check these channels right now. Nothing was posted. Please try again in a "
            "minute."
        )
        return field_errors({"channels": said})
    wrong = views.wrong_channels(submission.t, places)
    if wrong is not None:
        return field_errors({"channels": wrong})
    shared = [place.channel for place in places if place.standing is Standing.SHARED]
    absent = [place.channel for place in places if place.standing is Standing.NOT_IN_IT]
    if absent or set(shared) - set(memory.shared):
        up = await cards.cards(bot.database, letter=letter.id)
        chosen = {"chosen": channels, "shared": shared, "absent": absent}
        again = views.form(submission.t, letter, up, **chosen, text=memory.text, words=words)
        return update(again)
    try:
        new = await cards.post(
            bot.database,
            letter=letter.id,
            actor=submission.actor,
            channels=channels,
            public=[place.channel for place in places if place.public],
            text=memory.text,
            words=words,
            trigger=submission.trigger,
        )
    except Refused as refused:
        if refused.refusal.reason is Reason.DEADLINE_NOT_AHEAD:
            said = submission.t(
                "The deadline has passed. Edit the draft and set a later one, then post the letter."
            )
            return field_errors({"channels": said})
        raise
    old = [channel for channel in channels if channel not in new]
    return update(views.posted(submission.t, letter, new, old))


async def _cards(asked: Command | Click, letter: int) -> View:
    found = await asked.allowed(letter, Action.TAKE_DOWN)
    return views.cards_list(asked.t, found, await cards.cards(asked.database, letter=letter))


async def _take_down(click: Click) -> View:
    number, _, card = click.value.partition(":")
    await cards.take_down(
        click.database, letter=int(number), actor=click.actor, posting=card, trigger=click.trigger
    )
    return await _cards(click, int(number))


def _card_failed(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t("The card in {channel} couldn’t be posted.", channel=f"<#{facts.get('channel', '')}>")
    return f"*{title_of(letter)}*\n{said} {advice(t, str(facts.get('error', '')))}", [
        command_button(t("Post again"), "post", letter.id),
        command_button(t("Status"), "status", letter.id),
    ]


def _card_unknown(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t(
        "Please check whether the card in {channel} was posted.",
        channel=f"<#{facts.get('channel', '')}>",
    )
    return f"*{title_of(letter)}*\n{said} {doubt(t)}", [
        command_button(t("Remove"), "takedown", letter.id),
        command_button(t("Status"), "status", letter.id),
    ]
