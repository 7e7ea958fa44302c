"""An organiser's own words to those who are invited: the fields that ask for them, and the quote."""

from typing import Any

from bot.locales import Words
from bot.slack.block_kit import Blocks, field_block, option, radio, text_input
from bot.slack.payloads import Values
from bot.slack.text.escaping import isolate, plain

NOW, IN_DAYTIME = "now", "in_daytime"


def own_words(words: str) -> Blocks:
    """Return an organiser's words as a quote; nothing where there are none."""
    return [{"type": "section", "text": plain(f"“{isolate(words)}”")}] if words else []


def words_field(t: Words, most: int, value: str = "") -> dict[str, Any]:
    """Ask for words of one's own."""
    return text_input(
        "words",
        t("Your own words"),
        value=value,
        most=most,
        optional=True,
        multiline=True,
        hint=t("They see this at the top of the invitation."),
    )


def when_field(t: Words) -> dict[str, Any]:
    """Ask when the messages go out."""
    options = {
        IN_DAYTIME: option(
            t("During each person’s working hours"),
            IN_DAYTIME,
            t("No one gets a message at night."),
        ),
        NOW: option(t("Now"), NOW, t("Right away, even if it’s night for them.")),
    }
    return field_block("when", t("When?"), radio("value", options, IN_DAYTIME))


def is_now(values: Values) -> bool:
    """Return whether the messages are to go out right away."""
    return values.choice("when") == NOW
