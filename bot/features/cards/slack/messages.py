"""Direct messages to organisers about a card that may not have been posted."""

from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.locales import Words
from bot.slack.block_kit import Blocks
from bot.slack.error_advice import advice, doubt
from bot.slack.features import Features
from bot.slack.letter_picker import command_button
from bot.slack.topic_messages import Facts, on_organiser_message, title_of


def register(features: Features) -> None:
    """Register the messages about a card that failed."""
    on_organiser_message(features, LetterTopic.CARD_FAILED, _card_failed)
    on_organiser_message(features, LetterTopic.CARD_UNKNOWN, _card_unknown)


def _card_failed(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t("The card in {channel} couldn’t be posted.", channel=f"<#{facts.get('channel', '')}>")
    return f"*{title_of(letter)}*\n{said} {advice(t, str(facts.get('error', '')))}", [
        command_button(t("Post again"), "post", letter.id),
        command_button(t("Status"), "status", letter.id),
    ]


def _card_unknown(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t(
        "Slack didn’t say if the card in {channel} was posted.",
        channel=f"<#{facts.get('channel', '')}>",
    )
    return f"*{title_of(letter)}*\n{said} {doubt(t)}", [
        command_button(t("Remove"), "takedown", letter.id),
        command_button(t("Status"), "status", letter.id),
    ]
