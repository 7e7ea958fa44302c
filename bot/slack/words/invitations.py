"""Sentences about invitations, and the form fields that accompany sending them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.letters.endorsement import Kind
from bot.letters.invitation import Invitation, InvitationState, day_of
from bot.locales import Words
from bot.slack.block_kit import Blocks, field_block, option, radio, text_input
from bot.slack.payloads import Values
from bot.slack.text.escaping import escape, isolate, moment, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class StateWords:
    """The sentences about one state, all `mrkdwn`."""

    many: Callable[[Words, int], str]
    """The number of invitations in the state."""
    state: Callable[[Words, Invitation], str]
    """The state of an invitation, and its date, for organisers."""
    thanks: Callable[[Words, Invitation], str] = lambda _, __: ""
    """Thanks for the answer that led to the state."""
    choice: Callable[[Words], str] = lambda _: ""
    """Label of the option that sets the state."""


def pipeline_words(
    t: Words, counts: Mapping[InvitationState, int], awaited: datetime | None = None
) -> str:
    """Return how many invitations are in each state, as `mrkdwn`.

    Args:
        t: The reader's language.
        counts: Numbers by state; states without invitations can be missing.
        awaited: The end of the next day for which an approval is expected, if it is to be shown.
    """
    parts = [
        STATE_WORDS[state].many(t, counts[state]) for state in InvitationState if counts.get(state)
    ]
    if awaited is not None:
        parts.append(t("next approval due: {day}", day=t.weekday(day_of(awaited))))
    return " · ".join(parts)


def day_words(t: Words, invitation: Invitation) -> str:
    """Return the day until which an approval is awaited, for `mrkdwn`; empty if none is."""
    return "" if invitation.until is None else f"*{t.weekday(day_of(invitation.until))}*"


def _since(t: Words, invitation: Invitation) -> str:
    return moment(t, invitation.answered_at or invitation.invited_at)


def _signed_thanks(t: Words, invitation: Invitation) -> str:
    if invitation.kind is Kind.ORGANISATION:
        signed = t(":white_check_mark: Signed {when}", when=_since(t, invitation))
        return f"*{escape(isolate(invitation.organisation))}*\n{signed}"
    return f":white_check_mark: {t('Thank you! You’ve signed.')}"


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


NOW, IN_DAYTIME = "now", "in_daytime"


def own_words(words: str) -> Blocks:
    """Return an organiser's own words as a quote; an empty list if there are none."""
    return [{"type": "section", "text": plain(f"“{isolate(words)}”")}] if words else []


def reach_words(t: Words, told: int, alone: int) -> str:
    """Say how many of those who were invited get a message, as plain text; empty for none."""
    parts: list[str] = []
    if told:
        parts.append(t.n("{count} gets a message", "{count} get a message", told))
    if alone:
        parts.append(t.n("{count} you write to yourself", "{count} you write to yourself", alone))
    return " · ".join(parts)


def words_field(t: Words, most: int, value: str = "") -> dict[str, Any]:
    """Return a field for the organiser's own words."""
    return text_input(
        "words",
        t("Your own words"),
        value=value,
        most=most,
        optional=True,
        multiline=True,
        hint=t("They see this at the top of the invitation."),
    )


def when_field(t: Words, *, now: bool = False) -> dict[str, Any]:
    """Return a choice of when the messages are sent."""
    options = {
        IN_DAYTIME: option(
            t("During each person’s working hours"),
            IN_DAYTIME,
            t("No message at night."),
        ),
        NOW: option(t("Now"), NOW, t("Right away, even if it’s night for them.")),
    }
    return field_block("when", t("When?"), radio("value", options, NOW if now else IN_DAYTIME))


def is_now(values: Values) -> bool:
    """Return whether the messages are to be sent right away."""
    return values.choice("when") == NOW
