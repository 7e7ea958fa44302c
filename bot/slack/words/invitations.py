"""Sentences about invitations: those of each state are one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.letters.endorsement import Kind
from bot.letters.invitation import Invitation, InvitationState
from bot.locales import Words
from bot.slack.text.escaping import date_token, escape, isolate
from bot.slack.times import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class StateWords:
    """The sentences of one state, all `mrkdwn`."""

    many: Callable[[Words, int], str]
    """Number of those in it."""
    state: Callable[[Words, Invitation], str]
    """The state of one, and since when, for organisers."""
    thanks: Callable[[Words, Invitation], str] = lambda _, __: ""
    """The answer that led to it, to the invited."""
    choice: Callable[[Words], str] = lambda _: ""
    """Label of the choice by which the invited say so, or an organiser records it."""


def pipeline_words(
    t: Words, counts: Mapping[InvitationState, int], awaited: datetime | None = None
) -> str:
    """Say how many invitations stand in each state; `mrkdwn`.

    Args:
        t: The reader's words.
        counts: By state; one without any may be missing.
        awaited: The next date until which somebody waits for an approval, if it is told.
    """
    parts = [
        STATE_WORDS[state].many(t, counts[state]) for state in InvitationState if counts.get(state)
    ]
    if awaited is not None:
        last_second = int(awaited.timestamp()) - 1
        day = date_token(last_second, "{day_divider_pretty}", t.moment(awaited))
        parts.append(t("next approval due: {day}", day=day))
    return " · ".join(parts)


def day_words(t: Words, invitation: Invitation) -> str:
    """The day until which an approval is awaited, for `mrkdwn`; empty where there is none."""
    if invitation.until is None:
        return ""
    # `until` is the end of that day.
    last_second = int(invitation.until.timestamp()) - 1
    return f"*{date_token(last_second, '{day_divider_pretty}', t.moment(invitation.until))}*"


def _since(t: Words, invitation: Invitation) -> str:
    return moment(t, invitation.answered_at or invitation.invited_at)


def _signed_thanks(t: Words, invitation: Invitation) -> str:
    """Thank the invited; of an organisation a colleague may have signed."""
    if invitation.kind is Kind.ORGANISATION:
        signed = t(":white_check_mark: Signed {when}", when=_since(t, invitation))
        return f"*{escape(isolate(invitation.organisation))}*\n{signed}"
    thanks = t("Thank you! You’ve signed.")
    return f":white_check_mark: {thanks}"


def _withdrawn_words(t: Words, invitation: Invitation) -> str:
    again = t("You can sign again while the letter is open.")
    return f"{_withdrew(t, invitation)}\n{again}"


def _withdrew(t: Words, invitation: Invitation) -> str:
    return t(":leftwards_arrow_with_hook: Withdrew {when}", when=_since(t, invitation))


STATE_WORDS = {
    InvitationState.INVITED: StateWords(
        many=lambda t, count: t.n("{count} not answered yet", "{count} not answered yet", count),
        state=lambda t, one: t(":white_circle: Invited {when}", when=_since(t, one)),
        choice=lambda t: t("No answer yet"),
    ),
    InvitationState.READING: StateWords(
        many=lambda t, count: t.n("{count} reading", "{count} reading", count),
        state=lambda t, one: t(":eyes: Reading since {when}", when=_since(t, one)),
        thanks=lambda t, _: t(":eyes: Thanks for letting us know you’re reading it."),
        choice=lambda t: t("Reading it"),
    ),
    InvitationState.AWAITING: StateWords(
        many=lambda t, count: t.n(
            "{count} waiting for approval", "{count} waiting for approval", count
        ),
        state=lambda t, one: t(
            ":hourglass_flowing_sand: Needs approval by {day}", day=day_words(t, one)
        ),
        thanks=lambda t, one: t(
            ":hourglass_flowing_sand: Thanks. You need approval by {day}. We won’t remind "
            "you before then.",
            day=day_words(t, one),
        ),
        choice=lambda t: t("Need approval by…"),
    ),
    InvitationState.DECLINED: StateWords(
        many=lambda t, count: t.n("{count} declined", "{count} declined", count),
        state=lambda t, one: t(":no_entry_sign: Declined {when}", when=_since(t, one)),
        thanks=lambda t, _: t(
            "You declined. Thanks for letting us know – we won’t remind you. You can still "
            "sign if you change your mind."
        ),
        choice=lambda t: t("Declined"),
    ),
    InvitationState.SIGNED: StateWords(
        many=lambda t, count: t.n("{count} signed", "{count} signed", count),
        state=lambda t, one: t(":white_check_mark: Signed {when}", when=_since(t, one)),
        thanks=_signed_thanks,
    ),
    InvitationState.WITHDREW: StateWords(
        many=lambda t, count: t.n("{count} withdrew", "{count} withdrew", count),
        state=_withdrew,
        thanks=_withdrawn_words,
    ),
}
