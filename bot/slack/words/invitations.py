"""Sentences about all invitations of a letter."""

from collections.abc import Mapping
from datetime import datetime

from bot.letters.invitation import InvitationState
from bot.locales import Words
from bot.slack.text.escaping import date_token


def pipeline_words(
    t: Words, counts: Mapping[InvitationState, int], awaited: datetime | None = None
) -> str:
    """Say how many invitations stand in each state; `mrkdwn`.

    Args:
        t: The reader's words.
        counts: By state; one without any may be missing.
        awaited: The next date until which somebody waits for an approval, if it shall be told.
    """
    parts = [_many(t, state, counts[state]) for state in InvitationState if counts.get(state)]
    if awaited is not None:
        last_second = int(awaited.timestamp()) - 1
        day = date_token(last_second, "{day_divider_pretty}", t.moment(awaited))
        parts.append(t("next approval due: {day}", day=day))
    return " · ".join(parts)


def _many(t: Words, state: InvitationState, count: int) -> str:
    match state:
        case InvitationState.INVITED:
            return t.n("*{count}* not answered yet", "*{count}* not answered yet", count)
        case InvitationState.READING:
            return t.n("*{count}* reading", "*{count}* reading", count)
        case InvitationState.AWAITING:
            return t.n("*{count}* waiting for approval", "*{count}* waiting for approval", count)
        case InvitationState.DECLINED:
            return t.n("*{count}* declined", "*{count}* declined", count)
        case InvitationState.SIGNED:
            return t.n("*{count}* signed", "*{count}* signed", count)
