"""Direct messages that inform signers of an amendment, or ask them to keep or withdraw."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.features.amendments.slack.changes import (
    answer_words,
    changes_button,
    keep_consent,
    noted,
    notes,
    start_of,
)
from bot.features.amendments.use_cases import texts
from bot.features.amendments.use_cases.texts import Answered, Change
from bot.letters.endorsement import Endorsement, State
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, SignatureTopic
from bot.letters.phases import Phase
from bot.letters.send_windows import NotNow
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, context, section
from bot.slack.features import Edited, Envelope, Features
from bot.slack.letter_picker import command_button
from bot.slack.text.escaping import clip, escape, isolate, plain
from bot.slack.topic_messages import (
    MOST,
    Facts,
    on_organiser_message,
    on_signer_message,
    over,
    title_of,
    withdraw_button,
)
from bot.slack.words.phases import standing_words
from bot.slack.words.rules import answers_words, dropped_words, ended_words

CONSENT = "consent"
"""Id of the block with the consent sentence, so that a click can report its wording."""


def register(features: Features) -> None:
    """Register the messages about an amendment."""
    for topic, read, write in (
        (SignatureTopic.ASKED_TO_KEEP, _to_tell, message),
        (SignatureTopic.TEXT_CORRECTED, _to_tell, message),
        (SignatureTopic.STILL_TO_ANSWER, _to_remind, again),
        (SignatureTopic.ANSWER_SOONER, _to_tell, sooner),
    ):
        features.on_message(topic, read, write)
        features.on_edit(topic, _standing, partial(edited, write))
    on_organiser_message(features, LetterTopic.CHANGE_OVER, _over)
    on_signer_message(features, SignatureTopic.DROPPED, lambda t, title, _: dropped_words(t, title))


def _over(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t("The question about the new text of *{title}* is closed.", title=title_of(letter))
    counts = {name: int(facts.get(name, 0)) for name in ("kept", "withdrew", "dropped", "silent")}
    status = command_button(t("Status"), "status", letter.id)
    return f"{said}\n{escape(answers_words(t, **counts))}", [status]


def _about(envelope: Envelope) -> dict[str, Any]:
    return {
        "endorsement": envelope.subject["endorsement"],
        "person": envelope.person,
        "amendment": envelope.facts["amendment"],
    }


async def _to_tell(envelope: Envelope) -> Change | None:
    return await texts.to_tell(envelope.database, **_about(envelope))


async def _to_remind(envelope: Envelope) -> Change | NotNow | None:
    return await texts.to_remind(envelope.database, **_about(envelope))


async def _standing(envelope: Envelope) -> Change | Answered | None:
    return await texts.standing(
        envelope.database, endorsement=envelope.subject["endorsement"], person=envelope.person
    )


async def edited(
    ask: Callable[[Words, Change], Awaitable[Message]], t: Words, found: Change | Answered
) -> Edited:
    """Return a question as `ask` writes it now, or its outcome once it is closed."""
    if isinstance(found, Change):
        return Edited(await ask(t, found), last=False)
    letter, signed = found.letter, found.endorsement
    if signed.withdrawn_at is not None or not signed.is_of_earlier_text(letter):
        return Edited(answered(t, letter, signed), last=True)
    if found.phase is Phase.CANCELLED:
        said = standing_words(t, letter, found.phase)
    else:
        said = t(
            "Your signature stays on the list, for the version you signed. You don’t need to do "
            "anything."
        )
    return Edited(over(letter, said), last=True)


async def again(t: Words, change: Change) -> Message:
    """Return the reminder to a signer who has not answered."""
    first = t(
        "Reminder: the text of *{title}*, which you signed, has changed in meaning. Do you "
        "want to keep your signature?",
        title=title_of(change.letter),
    )
    return await _asked(t, change, first)


async def sooner(t: Words, change: Change) -> Message:
    """Return the question again, because the time to answer now ends earlier."""
    first = t(
        "The time to answer is now shorter. The text of *{title}*, which you signed, has "
        "changed in meaning. Do you want to keep your signature?",
        title=title_of(change.letter),
    )
    return await message(t, change, first)


async def message(t: Words, change: Change, first: str = "") -> Message:
    """Return the question or news to a signer; `first` replaces its usual first sentence."""
    if change.state is not State.ASKED:
        return await _told(t, change)
    usual = t(
        "The text of *{title}*, which you signed, has changed in meaning. Do you want to "
        "keep your signature?",
        title=title_of(change.letter),
    )
    return await _asked(t, change, first or usual)


async def _asked(t: Words, change: Change, first: str) -> Message:
    until = answer_words(t, change.letter)
    blocks: Blocks = [
        section(until),
        {"type": "context", "block_id": CONSENT, "elements": [plain(keep_consent(t))]},
        actions(
            *answers(t, change),
            changes_button(t, change.texts),
            button(t("Read letter"), "read", f"{change.letter.id}:"),
            block="answer",
        ),
    ]
    return await _with_changes(t, change, first, until, blocks)


async def _told(t: Words, change: Change) -> Message:
    letter = change.letter
    first = t(
        "The text of *{title}*, which you signed, was corrected. Its meaning hasn’t changed.",
        title=title_of(letter),
    )
    then = t("Your signature stays. You don’t need to do anything.")
    if change.endorsement.meaning < letter.meaning:
        then = t(
            "Your signature stays on the list, for the version you signed. You don’t need to do "
            "anything."
        )
    blocks: Blocks = [
        section(escape(then)),
        actions(
            changes_button(t, change.texts),
            withdraw_button(t, change.endorsement.id),
            button(t("My signature"), "sign", f"{letter.id}:"),
            button(t("Read letter"), "read", f"{letter.id}:"),
        ),
    ]
    return await _with_changes(t, change, first, escape(then), blocks)


async def _with_changes(t: Words, change: Change, first: str, last: str, below: Blocks) -> Message:
    start = await start_of(t, change.texts)
    blocks: Blocks = [
        section(first),
        *notes(t, change.amendments),
        {"type": "divider"},
        *start.blocks,
        {"type": "divider"},
        context(escape(t("You signed as:"))),
        {"type": "section", "text": plain(isolate(change.endorsement.signature.told))},
        *below,
    ]
    said = f"{first} {noted(change.amendments)}\n{start.text}\n{last}"
    return clip(said, MOST), blocks


def answers(t: Words, change: Change, number: int = 0) -> Blocks:
    """Return Keep and Withdraw for the shown text; `number` makes their ids unique in a view."""
    texts = change.texts
    value = f"{change.endorsement.id}:{texts.old.sha256}:{texts.new.sha256}"
    return [
        button(t("Keep my signature"), f"amend.keep:{number}", value, style="primary"),
        withdraw_button(t, change.endorsement.id, number),
    ]


def answered(t: Words, letter: Letter, signed: Endorsement) -> Message:
    """Return the message that replaces the question after the signer answered."""
    said = ended_words(t, letter, signed)
    if signed.withdrawn_at is None:
        said = t(
            ":white_check_mark: Thank you. Your signature on *{title}* now covers the new text.",
            title=title_of(letter),
        )
    entry = isolate(signed.signature.told)
    blocks: Blocks = [section(said), {"type": "section", "text": plain(entry)}]
    return clip(f"{said} {escape(entry)}", MOST), blocks
