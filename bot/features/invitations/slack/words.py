"""Sentences about invitations and their states."""

from collections.abc import Mapping
from datetime import datetime

from bot.features.invitations.slack.messages import day_words
from bot.letters.endorsement import Kind
from bot.letters.invitation import Invitation, InvitationState
from bot.letters.lines import COUNTRY_MOST, NAME_MOST
from bot.locales import Words
from bot.slack.text.escaping import clip, date_token, escape, isolate
from bot.slack.times import moment


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
        day = date_token(last_second, "{date_short_pretty}", t.moment(awaited))
        parts.append(t("next approval due {day}", day=day))
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


def name_words(t: Words, invitation: Invitation) -> str:
    """Name the invited, and through whom; `mrkdwn`."""
    mention = "" if invitation.person is None else f"<@{invitation.person.user}>"
    reached = mention or _typed(invitation.contact, NAME_MOST)
    if invitation.kind is Kind.PERSON and mention:
        return mention
    name = _typed(
        invitation.name if invitation.kind is Kind.PERSON else invitation.organisation, NAME_MOST
    )
    if invitation.country:
        name = f"{name} ({_typed(invitation.country, COUNTRY_MOST)})"
    return t("{name} (contact: {contact})", name=name, contact=reached) if reached else name


def _typed(words: str, most: int) -> str:
    return escape(isolate(clip(words, most))) if words else ""


def state_words(t: Words, invitation: Invitation) -> str:
    """Name an invitation's state, and since when; `mrkdwn`."""
    since = moment(t, invitation.answered_at or invitation.invited_at)
    match invitation.state:
        case InvitationState.INVITED:
            return t(":white_circle: Invited {when}", when=since)
        case InvitationState.READING:
            return t(":eyes: Reading since {when}", when=since)
        case InvitationState.AWAITING:
            return t(
                ":hourglass_flowing_sand: Needs approval by {day}", day=day_words(t, invitation)
            )
        case InvitationState.DECLINED:
            return t(":no_entry_sign: Declined {when}", when=since)
        case InvitationState.SIGNED:
            return t(":white_check_mark: Signed {when}", when=since)


def invited_words(t: Words, people: int) -> str:
    """Say how many of the invited a reminder would reach; `mrkdwn`."""
    if not people:
        return t(
            "No one needs a reminder right now. Everyone invited has signed, declined, is "
            "waiting for approval, or turned reminders off."
        )
    return t.n(
        "This goes to *{count} person* who was invited and hasn’t answered.",
        "This goes to *{count} people* who were invited and haven’t answered.",
        people,
    )


def not_reminded_words(t: Words) -> str:
    """Name the invited who get no reminder; `mrkdwn`."""
    return t(
        "We skip people who signed, declined, are waiting for approval or turned reminders off."
    )
