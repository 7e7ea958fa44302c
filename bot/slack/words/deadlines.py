"""A letter's two deadlines: their form fields and their sentences."""

from datetime import datetime
from typing import Any

from bot.letters.deadlines import Grace
from bot.letters.draft import GRACE_MOST
from bot.letters.letter import Letter
from bot.letters.refusals import Reason, Refused
from bot.letters.send_windows import REMINDER_DAYS
from bot.locales import Words
from bot.slack.block_kit import Blocks, field_block, number_input, option, radio, time_picker
from bot.slack.models.values import Values
from bot.slack.text.escaping import moment

EXACTLY, MINUTES, ANYWHERE = "exactly", "minutes", "anywhere"


def deadline_field(label: str, offered: datetime, hint: str) -> dict[str, Any]:
    """Return a field for a deadline, in the reader's own time zone."""
    return field_block("deadline", label, time_picker(offered), hint=hint)


def reminder_days(t: Words) -> str:
    """Return when reminders are sent, as a sentence."""
    return t("Reminders go out {days} days before the deadline.", days=t.listed(REMINDER_DAYS))


def grace_fields(t: Words, grace: Grace) -> Blocks:
    """Return the fields for a letter's extra time."""
    choices = {one: option(label, one) for one, label in _grace_labels(t).items()}
    return [
        field_block(
            "grace",
            t("Extra time"),
            radio("value", choices, _chosen(grace)),
            hint=t(
                "The card shows the deadline. People who are a little late can still sign "
                "until this extra time runs out."
            ),
        ),
        number_input(
            "grace_minutes", t("Extra minutes"), grace.minutes or None, least=0, most=GRACE_MOST
        ),
    ]


def _grace_labels(t: Words) -> dict[str, str]:
    return {
        EXACTLY: t("At the deadline"),
        MINUTES: t("A few minutes later"),
        ANYWHERE: t("When the day has ended everywhere (12:00 UTC the next day)"),
    }


def _chosen(grace: Grace) -> str:
    return ANYWHERE if grace.anywhere else MINUTES if grace.minutes else EXACTLY


def read_grace(values: Values) -> Grace:
    """Return the extra time in the fields of `grace_fields`.

    Raises:
        Refused: the minutes are missing, or not a whole number.
    """
    chosen = values.choice("grace")
    if chosen == EXACTLY:
        return Grace()
    minutes = values.number("grace_minutes") or 0
    if chosen == MINUTES and not minutes:
        raise Refused.because(Reason.EMPTY, "grace_minutes")
    return Grace(minutes=minutes, anywhere=chosen == ANYWHERE)


def closing_words(t: Words, letter: Letter) -> str:
    """Return when a letter closes, as `mrkdwn`; "" if it has no extra time."""
    if letter.closes_at == letter.deadline:
        return ""
    return t("Late signers have until {when}.", when=moment(t, letter.closes_at))


def grace_words(t: Words, grace: Grace) -> str:
    """Return the name of the extra time as in the form, with the number of minutes."""
    label = _grace_labels(t)[_chosen(grace)]
    minutes = t.n("{count} minute", "{count} minutes", grace.minutes) if grace.minutes else ""
    return f"{label} {minutes}".rstrip()
