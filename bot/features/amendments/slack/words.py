"""Sentences about an amendment, for signers, before and after it."""

from bot.letters.amendment import Amendment
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.rules import Silence, WithdrawnEntry
from bot.locales import Words
from bot.slack.block_kit import Blocks, context
from bot.slack.text.escaping import escape, isolate, plain
from bot.slack.times import moment
from bot.slack.words.rules import withdrawn_words

NOTES = 3
"""Of several amendments the last notes are shown: a message has only so much room."""


def keep_consent(t: Words) -> str:
    """Return the consent sentence for keeping a signature; it is stored with the answer."""
    return t(
        "If you keep your signature, it will be published with the new text. You can withdraw "
        "at any time."
    )


def answer_words(t: Words, letter: Letter) -> str:
    """Say until when to answer, and what silence means; `mrkdwn`."""
    if letter.answer_by is None:
        return ""
    until = t("Please answer by *{when}*.", when=moment(t, letter.answer_by))
    return f"{until} {escape(silence_means(t, letter.rules.silence))}"


def silence_means(t: Words, silence: Silence) -> str:
    """Say what happens to a signature without an answer."""
    if silence is Silence.KEEP:
        return t("Without an answer, you keep the version you signed.")
    return t("Without an answer, you’re removed.")


def before_signing(t: Words, letter: Letter, phase: Phase) -> str:
    """Say before signing how text changes and withdrawals are handled."""
    if phase.is_delivered:
        return t("The letter has been delivered, so its text can’t change any more.")
    asked = t("If its meaning changes, we’ll ask you.")
    silent = silence_means(t, letter.rules.silence)
    if letter.rules.withdrawn_entry is WithdrawnEntry.REMOVED:
        # That a withdrawn name comes off the list is what everybody expects.
        return f"{asked} {silent}"
    marked = withdrawn_words(t, letter.rules.withdrawn_entry)
    return f"{asked} {silent} {marked}"


def notes(t: Words, amendments: tuple[Amendment, ...]) -> Blocks:
    """Return the organisers' notes on the latest amendments."""
    said = amendments[-NOTES:]
    if not said:
        return []
    heading = t.n("Note from the organisers:", "Notes from the organisers:", len(said))
    return [
        context(escape(heading)),
        *({"type": "section", "text": plain(one.note)} for one in said),
    ]


def noted(amendments: tuple[Amendment, ...]) -> str:
    """The same for a message's text; escaped."""
    return " ".join(escape(isolate(one.note)) for one in amendments[-NOTES:])
