"""Sentences about invitations, and the form fields that accompany sending them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.letters.endorsement import Kind
from bot.letters.invitation import Invitation, InvitationState, day_of
from bot.locales import Words
from bot.slack.block_kit import Blocks, field_block, option, radio, text_input
from bot.slack.payloads import Values
from bot.slack.text.escaping import escape, isolate, moment, plain
from bot.slack.words.sentences import read_sentences

_SENTENCES = read_sentences(Path(__file__).with_name("invitations.txt"))


@dataclass(frozen=True, slots=True)
class StateWords:
    """The sentences about one state, all `mrkdwn`."""

    of: InvitationState

    def many(self, t: Words, count: int) -> str:
        """Return the number of invitations in the state."""
        one, other = _SENTENCES[f"{self.of}/many"]
        return t.n(one, other, count)

    def choice(self, t: Words) -> str:
        """Return the label of the option that sets the state."""
        return t(_SENTENCES[f"{self.of}/choice"][0])

    def state(self, t: Words, invitation: Invitation) -> str:
        """Return the state of an invitation, and its date, for organisers."""
        return self._said(t, self.of, invitation)

    def thanks(self, t: Words, invitation: Invitation) -> str:
        """Return thanks for the answer that led to the state; "" if there was none."""
        if self.of is InvitationState.SIGNED and invitation.kind is Kind.ORGANISATION:
            return f"*{escape(isolate(invitation.organisation))}*\n{self.state(t, invitation)}"
        if self.of is InvitationState.SIGNED:
            return f":white_check_mark: {t('Thank you! You’ve signed.')}"
        if self.of is InvitationState.WITHDREW:
            again = t("You can sign again while the letter is open.")
            return f"{self.state(t, invitation)}\n{again}"
        thanks = f"{self.of}/thanks"
        return self._said(t, thanks, invitation) if thanks in _SENTENCES else ""

    def _said(self, t: Words, heading: str, invitation: Invitation) -> str:
        since = invitation.answered_at or invitation.invited_at
        return t(
            _SENTENCES[heading][0],
            when=moment(t, since),
            day="" if invitation.until is None else f"*{t.weekday(day_of(invitation.until))}*",
        )


STATE_WORDS = {state: StateWords(state) for state in InvitationState}
MOST_CHANNELS = 5
NOW, IN_DAYTIME = "now", "in_daytime"


def pipeline_words(
    t: Words, counts: Mapping[InvitationState, int], awaited: datetime | None = None
) -> str:
    """Return how many invitations are in each state, as `mrkdwn`.

    `counts`: numbers by state; states without invitations can be missing. `awaited`: the end of the
    next day for which an approval is expected, if it is to be shown.
    """
    parts = [
        STATE_WORDS[state].many(t, counts[state]) for state in InvitationState if counts.get(state)
    ]
    if awaited is not None:
        parts.append(t("next approval expected: {day}", day=t.weekday(day_of(awaited))))
    return " · ".join(parts)


def own_words(words: str) -> Blocks:
    """Return an organiser's own words as a quote; an empty list if there are none."""
    return [{"type": "section", "text": plain(f"“{isolate(words)}”")}] if words else []


def reach_words(t: Words, told: int, alone: int) -> str:
    """Say how many of those who were invited get a message, as plain text; empty for none."""
    parts: list[str] = []
    if told:
        parts.append(t.n("{count} gets a message", "{count} get a message", told))
    if alone:
        parts.append(
            t.n("{count} gets no message in Slack", "{count} get no message in Slack", alone)
        )
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
        hint=t("They see this in the message."),
    )


def channels_field(t: Words) -> dict[str, Any]:
    """Return a field for channels whose members are chosen as well."""
    select = {
        "type": "multi_conversations_select",
        "action_id": "value",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "max_selected_items": MOST_CHANNELS,
    }
    return field_block("channels", t("Everyone in these channels"), select, optional=True)


def when_field(t: Words, *, now: bool = False) -> dict[str, Any]:
    """Return a choice of when the messages are sent."""
    options = {
        IN_DAYTIME: option(
            t("During each person’s working hours"),
            IN_DAYTIME,
            t("No message at night."),
        ),
        NOW: option(
            t("Now"), NOW, t("Even at night, but about three of your letters a day at most.")
        ),
    }
    return field_block("when", t("When?"), radio("value", options, NOW if now else IN_DAYTIME))


def is_now(values: Values) -> bool:
    """Return whether the messages are to be sent right away."""
    return values.choice("when") == NOW
