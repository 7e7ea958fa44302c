"""Direct messages about a letter or a signature.

A feature registers only the sentence of a topic. The recipients, the common buttons and Slack's
limits are the same for all topics.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.letters.notices import ENDING, LetterTopic, SignatureTopic
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, confirm, section
from bot.slack.features import Edited, Envelope, Features
from bot.slack.text.escaping import clip, escape, isolate, plain
from bot.slack.words.phases import standing_words
from bot.use_cases import addressees
from bot.use_cases.addressees import Asked

Facts = Mapping[str, Any]
LetterSentence = Callable[[Words, Letter, Facts], tuple[str, Blocks]]
"""Returns the sentence as `mrkdwn`, and the buttons below it."""
SignatureSentence = Callable[[Words, str, Facts], str]
"""Returns `mrkdwn` from the letter's escaped title; the signature's entry follows it."""

MOST = 3900
"""Most characters of a message's text."""


def on_organiser_message(features: Features, topic: LetterTopic, sentence: LetterSentence) -> None:
    """Register a message to organisers; former organisers don't get it, unless it is for them."""
    former = topic is LetterTopic.REMOVED_ORGANISER

    async def read(envelope: Envelope) -> tuple[Letter, Facts] | None:
        number, person = envelope.subject["letter"], envelope.person
        letter = await addressees.organiser(
            envelope.database, letter=number, person=person, former=former
        )
        is_done = topic in ENDING and await read_done(envelope)
        return None if letter is None or is_done else (letter, envelope.facts)

    async def read_done(envelope: Envelope) -> tuple[Letter, Facts] | None:
        letter = await addressees.done_with(envelope.database, subject=envelope.subject)
        return None if letter is None else (letter, envelope.facts)

    features.on_message(topic, read, lambda t, found: letter_message(*sentence(t, *found)))
    if topic in ENDING:
        features.on_edit(topic, read_done, _done)


def _done(t: Words, found: tuple[Letter, Facts]) -> Edited:
    letter, facts = found
    about = [escape(isolate(str(facts["entry"])))] if facts.get("entry") else []
    done = f":white_check_mark: {t('This has been dealt with.')}"
    return Edited(over(letter, "\n".join([*about, done])), last=True)


def on_signer_message(
    features: Features,
    topic: SignatureTopic,
    sentence: SignatureSentence,
    *,
    withdraws: bool = False,
    due: Callable[[Letter], bool] = lambda _: True,
) -> None:
    """Register a message to a signer about their signature, whether it is active or ended.

    `withdraws` adds Withdraw. If the letter is not `due`, the message is dropped.
    """

    async def read(envelope: Envelope) -> tuple[Letter, Endorsement, Facts] | None:
        found = await addressees.signer(
            envelope.database, endorsement=envelope.subject["endorsement"], person=envelope.person
        )
        return (*found, envelope.facts) if found is not None and due(found[0]) else None

    def write(t: Words, found: tuple[Letter, Endorsement, Facts]) -> Message:
        letter, signed, facts = found
        said, entry = sentence(t, title_of(letter), facts), isolate(signed.signature.told)
        mine = button(t("My signature"), "sign", f"{letter.id}:")
        read = button(t("Read letter"), "read", f"{letter.id}:")
        text: dict[str, Any] = {"type": "section", "text": plain(entry)}
        steps = [withdraw_button(t, signed.id)] if withdraws else []
        return clip(f"{said} {escape(entry)}", MOST), [
            section(said),
            text,
            actions(*steps, mine, read),
        ]

    features.on_message(topic, read, write)


def withdraw_button(t: Words, endorsement: str, number: int = 0) -> dict[str, Any]:
    """Return the button that withdraws a signature; `number` makes its id unique in a view."""
    off = t("Your signature comes off the list right away.")
    sure = confirm(t, t("Withdraw"), off, danger=True)
    return button(
        t("Withdraw"), f"amend.withdraw:{number}", endorsement, style="danger", confirm=sure
    )


def letter_message(said: str, steps: Blocks) -> Message:
    """Return a message of one sentence (`mrkdwn`) with its buttons."""
    blocks: Blocks = [section(said)]
    if steps:
        blocks.append(actions(*steps))
    return clip(said, MOST), blocks


def asked_now(
    t: Words, asked: Asked, ask: Callable[[Words, Letter], Message] | None
) -> Edited | None:
    """Return the edit of a message that asked somebody to sign, which `ask` writes while it can be."""
    letter, phase = asked.letter, asked.phase
    if asked.signed:
        done = f":white_check_mark: {t('Thank you! You’ve signed.')}"
        return Edited(over(letter, done), last=True)
    if not phase.takes_signatures:
        return Edited(over(letter, standing_words(t, letter, phase)), last=phase is Phase.CANCELLED)
    return None if ask is None else Edited(ask(t, replace(letter, phase=phase)), last=False)


def newer(t: Words) -> Message:
    """Return what takes the place of a message that a newer one replaced."""
    text = t("There’s a newer message about this letter.")
    return text, [section(text)]


def over(letter: Letter, happened: str) -> Message:
    """Return a message that needs no answer: the title, and the result (`mrkdwn`)."""
    text = clip(f"*{title_of(letter)}*\n{happened}", MOST)
    return text, [section(text)]


def blanked(t: Words) -> Message:
    """Return the message that takes the place of one to somebody whose data is erased."""
    text = t("Your data was deleted, and so was the text of this message.")
    return text, [section(text)]


def title_of(letter: Letter) -> str:
    """Return a letter's title for `mrkdwn`, escaped and direction-isolated."""
    return escape(isolate(letter.title))
