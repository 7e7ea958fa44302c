"""Instants and spans of time as people read them."""

from datetime import datetime, timedelta

from bot.locales import Words
from bot.slack.text.escaping import date_token

MINUTE = timedelta(minutes=1)


def moment(t: Words, at: datetime, *, plain_text: bool = False) -> str:
    """An instant in the reader's own time zone, for `mrkdwn`; as plain text with its zone."""
    if plain_text:
        return t.moment(at)
    return date_token(int(at.timestamp()), "{date_short_pretty} {time}", t.moment(at))


def span(t: Words, long: timedelta) -> str:
    """So much time, in whole days, hours or minutes: never more than there is."""
    minutes = int(long / MINUTE)
    if minutes >= 2 * 24 * 60:
        return t.n("{count} day", "{count} days", minutes // (24 * 60))
    if minutes >= 2 * 60:
        return t.n("{count} hour", "{count} hours", minutes // 60)
    return t.n("{count} minute", "{count} minutes", minutes)
