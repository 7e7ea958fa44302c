"""Direct messages about a letter or a signature: each topic has a sentence, and its buttons.

A feature registers the sentence. The rest is the same for all: who still gets it, the buttons that
every message has, and Slack's limits.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, SignatureTopic
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, section
from bot.slack.features import Envelope, Features
from bot.slack.text.escaping import clip, escape, isolate, plain
from bot.slack.words.phases import standing_words
from bot.use_cases import addressees
from bot.use_cases.addressees import Asked

Facts = Mapping[str, Any]
LetterSentence = Callable[[Words, Letter, Facts], tuple[str, Blocks]]
"""Write `mrkdwn` and gives the buttons below it."""
SignatureSentence = Callable[[Words, str, Facts], str]
"""Write `mrkdwn` from the letter's title, escaped; the entry of the signature follows it."""

MOST = 3900
"""Characters of a message's text."""


def on_organiser_message(features: Features, topic: LetterTopic, sentence: LetterSentence) -> None:
    """Register a message to those who run a letter, for as long as they do."""

    async def read(envelope: Envelope) -> tuple[Letter, Facts] | None:
        letter = await addressees.organiser(
            envelope.database, letter=envelope.subject["letter"], person=envelope.person
        )
        return None if letter is None else (letter, envelope.facts)

    features.on_message(topic, read, lambda t, found: letter_message(*sentence(t, *found)))


def on_signer_message(
    features: Features, topic: SignatureTopic, sentence: SignatureSentence
) -> None:
    """Register a message to a signer about their signature, whether it is active or ended."""

    async def read(envelope: Envelope) -> tuple[Letter, Endorsement, Facts] | None:
        found = await addressees.signer(
            envelope.database, endorsement=envelope.subject["endorsement"], person=envelope.person
        )
        return None if found is None else (*found, envelope.facts)

    def write(t: Words, found: tuple[Letter, Endorsement, Facts]) -> Message:
        letter, signed, facts = found
        return _signature_message(t, letter, signed, sentence(t, title_of(letter), facts))

    features.on_message(topic, read, write)


def letter_message(said: str, steps: Blocks) -> Message:
    """Return a message of one sentence (`mrkdwn`) with its buttons."""
    blocks: Blocks = [section(said)]
    if steps:
        blocks.append(actions(*steps))
    return clip(said, MOST), blocks


def _signature_message(t: Words, letter: Letter, signed: Endorsement, said: str) -> Message:
    entry = isolate(signed.signature.entry)
    value = f"{letter.id}:"
    blocks: Blocks = [
        section(said),
        {"type": "section", "text": plain(entry)},
        actions(button(t("My signature"), "sign", value), button(t("Read letter"), "read", value)),
    ]
    return clip(f"{said} {escape(entry)}", MOST), blocks


def asked_over(t: Words, asked: Asked, *, replaced: bool) -> Message | None:
    """Return what becomes of a message that asked somebody to sign; None while it still asks.

    `replaced` says that a newer one asks.
    """
    if asked.signed:
        return over(asked.letter, f":white_check_mark: {t('Thank you! You’ve signed.')}")
    if not asked.phase.takes_signatures:
        return over(asked.letter, standing_words(t, asked.letter, asked.phase))
    return over(asked.letter, newer_words(t)) if replaced else None


def newer_words(t: Words) -> str:
    """Say that a message was replaced."""
    return t("There’s a newer message about this letter.")


def over(letter: Letter, happened: str) -> Message:
    """Return a message that needs no answer any more: the title, and what happened (`mrkdwn`)."""
    text = clip(f"*{title_of(letter)}*\n{happened}", MOST)
    return text, [section(text)]


def title_of(letter: Letter) -> str:
    """Return a letter's title for `mrkdwn`, dead and in its own direction."""
    return escape(isolate(letter.title))
