"""Advice to organisers on Slack's error names."""

from pathlib import Path

from bot.locales import Words
from bot.slack.words.sentences import read_sentences

_ADVICE = read_sentences(Path(__file__).parent / "words" / "errors.txt")
_NO_CONVERSATION = {"channel_not_found", "is_archived", "is_inactive", "not_in_channel"}


def advice(t: Words, error: str) -> str:
    """Return why a card or a message could not be sent, and what to do, as `mrkdwn`.

    `error` is Slack's name of the error; an unknown one is shown unchanged.
    """
    if error in _ADVICE:
        return t(_ADVICE[error][0])
    return t(
        "Slack refused this (`{error}`). Try again in a few minutes. If it keeps happening, "
        "tell the person who runs Undersigned.",
        error="".join(one for one in error if one.isalnum() or one in "_-.")[:60] or "unknown",
    )


def personal_advice(t: Words, error: str) -> str:
    """Return why messages to people could not be sent, and what to do, as `mrkdwn`.

    Slack answers with a channel error for a deactivated account too.
    """
    return advice(t, "user_disabled" if error in _NO_CONVERSATION else error)


def hindrance(t: Words, error: str) -> str:
    """Return what prevents reminders until somebody acts, as `mrkdwn`; "" for a temporary error."""
    return t(_ADVICE[error][0]) if error in _ADVICE else ""


def doubt(t: Words) -> str:
    """Return what to do if it is unknown whether a card was posted."""
    return t(
        "If you can see the card, press any of its buttons and I’ll know. If not, remove it here "
        "and post it again."
    )
