"""Sentences about invitations and their states."""

from collections.abc import Mapping
from datetime import datetime

from bot.features.invitations.slack.messages import day_words
from bot.letters.endorsement import Kind
from bot.letters.invitation import Ask, AskState
from bot.letters.lines import COUNTRY_MOST, NAME_MOST
from bot.locales import Words
from bot.slack.text.escaping import clip, date_token, escape, isolate
from bot.slack.times import moment


def pipeline_words(
    t: Words, counts: Mapping[AskState, int], awaited: datetime | None = None
) -> str:
    """Say how many invitations stand in each state; `mrkdwn`.

    Args:
        t: The reader's words.
        counts: By state; one without any may be missing.
        awaited: The next date until which somebody waits for an approval, if it shall be told.
    """
    parts = [_many(t, state, counts[state]) for state in AskState if counts.get(state)]
    if awaited is not None:
        last_second = int(awaited.timestamp()) - 1
        day = date_token(last_second, "{date_short_pretty}", t.moment(awaited))
        parts.append(t("the next approval is awaited until {day}", day=day))
    return " · ".join(parts)


def _many(t: Words, state: AskState, count: int) -> str:
    match state:
        case AskState.ASKED:
            return t.n("*{count}* has not answered", "*{count}* have not answered", count)
        case AskState.READING:
            return t.n("*{count}* is reading it", "*{count}* are reading it", count)
        case AskState.AWAITING:
            return t.n("*{count}* needs approval", "*{count}* need approval", count)
        case AskState.DECLINED:
            return t.n("*{count}* declined", "*{count}* declined", count)
        case AskState.SIGNED:
            return t.n("*{count}* signed", "*{count}* signed", count)


def name_words(t: Words, ask: Ask) -> str:
    """Name the invited, and through whom; `mrkdwn`."""
    mention = "" if ask.person is None else f"<@{ask.person.user}>"
    reached = mention or _typed(ask.contact, NAME_MOST)
    if ask.kind is Kind.PERSON and mention:
        return mention
    name = _typed(ask.name if ask.kind is Kind.PERSON else ask.organisation, NAME_MOST)
    if ask.country:
        name = f"{name} ({_typed(ask.country, COUNTRY_MOST)})"
    return t("{name}, through {contact}", name=name, contact=reached) if reached else name


def _typed(words: str, most: int) -> str:
    return escape(isolate(clip(words, most))) if words else ""


def state_words(t: Words, ask: Ask) -> str:
    """Name an invitation's state, and since when; `mrkdwn`."""
    since = moment(t, ask.answered_at or ask.asked_at)
    match ask.state:
        case AskState.ASKED:
            return t(":white_circle: Asked {when}", when=since)
        case AskState.READING:
            return t(":eyes: Reading it, since {when}", when=since)
        case AskState.AWAITING:
            return t(":hourglass_flowing_sand: Needs approval until {day}", day=day_words(t, ask))
        case AskState.DECLINED:
            return t(":no_entry_sign: Declined, {when}", when=since)
        case AskState.SIGNED:
            return t(":white_check_mark: Signed, {when}", when=since)


def asked_words(t: Words, people: int) -> str:
    """Say how many of the invited a reminder would reach; `mrkdwn`."""
    if not people:
        return t(
            "It would reach *nobody* now: everybody who was asked has signed, has declined, waits for "
            "an approval, or wants no more reminders. `/letter asks` shows who."
        )
    return t.n(
        "It will reach *{count} person* who was asked and has not answered.",
        "It will reach *{count} people* who were asked and have not answered.",
        people,
    )


def not_reminded_words(t: Words) -> str:
    """Name the invited who get no reminder; `mrkdwn`."""
    return t(
        "Not reminded: who has signed or declined, who needs approval until a day that is not over, "
        "who asked for no more, and everybody who is not on the list of those who were asked."
    )
