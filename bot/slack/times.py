"""Instants and spans of time as people read them."""

from datetime import datetime, timedelta

from bot.locales import Words
from bot.slack.text.escaping import date_token

MINUTE = timedelta(minutes=1)


def moment(t: Words, at: datetime, *, plain_text: bool = False) -> str:
    """Return an instant with its weekday.

    In `mrkdwn` it is in the reader's own time zone, in plain text it names its zone. No other token
    than `{day_divider_pretty}` has a weekday and no year (docs.slack.dev, "Date element").
    """
    if plain_text:
        return t.moment(at)
    return date_token(int(at.timestamp()), "{day_divider_pretty}, {time}", t.moment(at))


def span(t: Words, long: timedelta) -> str:
    """So much time, in whole days, hours or minutes: never more than there is."""
    minutes = int(long / MINUTE)
    if minutes >= 2 * 24 * 60:
        return t.n("{count} day", "{count} days", minutes // (24 * 60))
    if minutes >= 2 * 60:
        return t.n("{count} hour", "{count} hours", minutes // 60)
    return t.n("{count} minute", "{count} minutes", minutes)
