"""Direct messages to those who run a letter about a card that did not get through."""

from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.locales import Words
from bot.slack.block_kit import Blocks
from bot.slack.error_advice import advice, doubt
from bot.slack.features import Features
from bot.slack.letter_picker import command_button
from bot.slack.topic_messages import Facts, on_organiser_message, title_of


def register(features: Features) -> None:
    """Register what organisers hear of a card's failure."""
    on_organiser_message(features, LetterTopic.CARD_FAILED, _card_failed)
    on_organiser_message(features, LetterTopic.CARD_UNKNOWN, _card_unknown)


def _card_failed(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t(
        "I couldn’t post the card of *{title}* in <#{channel}>.\n{advice}",
        title=title_of(letter),
        channel=str(facts.get("channel", "")),
        advice=advice(t, str(facts.get("error", ""))),
    )
    return said, [
        command_button(t("Post the card"), "post", letter.id),
        command_button(t("Status"), "status", letter.id),
    ]


def _card_unknown(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t(
        "I’m not sure the card of *{title}* was posted in <#{channel}>.\n{advice}",
        title=title_of(letter),
        channel=str(facts.get("channel", "")),
        advice=doubt(t),
    )
    return said, [
        command_button(t("Remove it"), "takedown", letter.id),
        command_button(t("Status"), "status", letter.id),
    ]
