"""Sentences and blocks about an amendment, used in several views and messages."""

from bot.letters.amendment import Amendment, AmendmentKind
from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, context
from bot.slack.text.escaping import escape, isolate, moment, plain
from bot.slack.words.rules import silence_means

NOTES = 3
"""The most notes shown, newest kept, because a message has limited room."""


def kind_words(t: Words, kind: AmendmentKind) -> str:
    """Return the name of a kind of change."""
    if kind is AmendmentKind.MATERIAL:
        return t("Change of meaning")
    return t("Small fix – the meaning stays the same")


def keep_consent(t: Words) -> str:
    """Return the consent sentence for keeping a signature; it is stored with the answer."""
    return t(
        "If you keep your signature, it will be published with the new text. You can withdraw "
        "at any time."
    )


def answer_words(t: Words, letter: Letter) -> str:
    """Return the deadline for answering, and the effect of no answer, as `mrkdwn`."""
    if letter.answer_by is None:
        return ""
    until = t("Please answer by *{when}*.", when=moment(t, letter.answer_by))
    return f"{until} {escape(silence_means(t, letter.rules.silence))}"


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
    """Return the organisers' latest notes as escaped text, for a message's fallback text."""
    return " ".join(escape(isolate(one.note)) for one in amendments[-NOTES:])
