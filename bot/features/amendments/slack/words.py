"""Sentences about an amendment, for signers, before and after it."""

from bot.letters.amendment import Amendment
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.rules import Silence, WithdrawnLine
from bot.locales import Words
from bot.slack.block_kit import Blocks, context
from bot.slack.text.escaping import escape, plain
from bot.slack.times import moment

NOTES = 3
"""Of several amendments the last notes are shown: a message has only so much room."""


def keep_consent(t: Words) -> str:
    """Return the consent sentence for keeping a signature; it is stored with the answer."""
    return t(
        "By keeping your signature you agree that your line is published with the text as it is "
        "now; you can take it back at any time."
    )


def answer_words(t: Words, letter: Letter) -> str:
    """Until when to answer, and what silence means; `mrkdwn`."""
    if letter.answer_by is None:
        return ""
    until = t("Please answer until *{when}*.", when=moment(t, letter.answer_by))
    return f"{until} {escape(silence_means(t, letter.rules.silence))}"


def silence_means(t: Words, silence: Silence) -> str:
    """Say what happens to a signature without an answer."""
    if silence is Silence.KEEP:
        return t("Without an answer your signature stays, with the text that you signed.")
    return t("Without an answer your signature ends then, and your line leaves the list.")


def before_signing(t: Words, letter: Letter, phase: Phase) -> str:
    """Say before signing how text changes and withdrawals are handled."""
    if phase in {Phase.DELIVERED, Phase.LATE}:
        return t("The letter was handed over, so its text cannot change any more.")
    changed = (
        t(
            "If the text changes in its meaning, you are asked again; without an answer your "
            "signature stays, with the text that you signed."
        )
        if letter.rules.silence is Silence.KEEP
        else t(
            "If the text changes in its meaning, you are asked again; without an answer in time "
            "your signature ends."
        )
    )
    return f"{changed} {after_delivery(t, letter.rules.withdrawn_line)}"


def after_delivery(t: Words, rule: WithdrawnLine) -> str:
    """Say what withdrawing does after delivery."""
    if rule is WithdrawnLine.REMOVED:
        return t(
            "Taken back after the letter was handed over, your line leaves the list here; what was "
            "handed over cannot change."
        )
    return t(
        "Taken back after the letter was handed over, your line stays here, marked as withdrawn, "
        "and is not counted; what was handed over cannot change."
    )


def notes(t: Words, amendments: tuple[Amendment, ...]) -> Blocks:
    """Return the organisers' notes on the latest amendments."""
    said = amendments[-NOTES:]
    if not said:
        return []
    heading = t.n("The organisers’ note:", "The organisers’ notes:", len(said))
    return [
        context(escape(heading)),
        *({"type": "section", "text": plain(one.note)} for one in said),
    ]


def noted(amendments: tuple[Amendment, ...]) -> str:
    """The same for a message's text; escaped."""
    return " ".join(escape(one.note) for one in amendments[-NOTES:])
