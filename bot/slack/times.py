"""Instants as people read them."""

from datetime import datetime

from bot.locales import Words
from bot.slack.text.escaping import date_token


def moment(t: Words, at: datetime, *, plain_text: bool = False) -> str:
    """Return an instant with its weekday.

    In `mrkdwn` it is in the reader's own time zone, in plain text it names its zone. No other token
    than `{day_divider_pretty}` has a weekday and no year (docs.slack.dev, "Date element").
    """
    if plain_text:
        return t.moment(at)
    return date_token(int(at.timestamp()), "{day_divider_pretty}, {time}", t.moment(at))
