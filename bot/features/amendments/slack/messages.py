"""Direct messages about an amendment: each signer is told what changed, or asked about it."""

from bot.features.amendments.slack.changes import changes_button, start_of, value_of
from bot.features.amendments.slack.words import answer_words, keep_consent, noted, notes
from bot.features.amendments.use_cases import texts
from bot.features.amendments.use_cases.texts import Change
from bot.letters.endorsement import Endorsement, State
from bot.letters.letter import Letter
from bot.letters.notices import SignatureTopic
from bot.letters.phases import SIGNABLE
from bot.letters.rules import WithdrawnLine
from bot.letters.send_windows import NotNow
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, confirm, context, section
from bot.slack.features import Envelope, Features
from bot.slack.text.escaping import clip, escape, isolate, plain
from bot.slack.topic_messages import Facts, on_signer_message

CONSENT = "consent"
"""The block that holds the words of consent: a click tells what they were."""

_MOST = 3900


def register(features: Features) -> None:
    """Register what signers are asked and told of an amendment."""
    for topic in (SignatureTopic.ASKED_TO_KEEP, SignatureTopic.TEXT_CORRECTED):
        features.on_message(topic, _to_tell, message)
    features.on_message(SignatureTopic.STILL_TO_ANSWER, _to_remind, again)
    features.on_message(SignatureTopic.ANSWER_SOONER, _to_tell, sooner)
    on_signer_message(features, SignatureTopic.DROPPED, _dropped)


async def _to_tell(envelope: Envelope) -> Change | None:
    return await texts.to_tell(
        envelope.database,
        endorsement=envelope.subject["endorsement"],
        person=envelope.person,
        amendment=envelope.facts["amendment"],
    )


async def _to_remind(envelope: Envelope) -> Change | NotNow | None:
    return await texts.to_remind(
        envelope.database,
        endorsement=envelope.subject["endorsement"],
        person=envelope.person,
        amendment=envelope.facts["amendment"],
    )


async def again(t: Words, change: Change) -> Message:
    """Remind a signer who was asked and has not answered."""
    title = escape(isolate(change.letter.title))
    return await _asked(
        t,
        change,
        t(
            "Reminder: the text of *{title}* has changed and we haven’t heard from you. Do you "
            "want to keep your signature?",
            title=title,
        ),
    )


async def sooner(t: Words, change: Change) -> Message:
    """Ask a signer again whose time to answer ends earlier than they were told."""
    title = escape(isolate(change.letter.title))
    first = t(
        "The time to answer about *{title}* now ends earlier. Its text has changed in meaning. "
        "Do you want to keep your signature?",
        title=title,
    )
    return await message(t, change, first)


async def message(t: Words, change: Change, first: str = "") -> Message:
    """Ask a signer, or tell them; `first` is what the question begins with, if not as usual."""
    if change.state is not State.ASKED:
        return await _told(t, change)
    title = escape(isolate(change.letter.title))
    usual = t(
        "The text of *{title}*, which you signed, has changed in meaning. Do you want to "
        "keep your signature?",
        title=title,
    )
    return await _asked(t, change, first or usual)


async def _asked(t: Words, change: Change, first: str) -> Message:
    letter, start = change.letter, await start_of(t, change.texts)
    until = answer_words(t, letter)
    blocks: Blocks = [
        section(first),
        *notes(t, change.amendments),
        {"type": "divider"},
        *start.blocks,
        {"type": "divider"},
        *_line(t, change.endorsement),
        section(until),
        {"type": "context", "block_id": CONSENT, "elements": [plain(keep_consent(t))]},
        actions(
            *answers(t, change),
            changes_button(t, change.texts),
            button(t("Read letter"), "read", f"{letter.id}:"),
            block="answer",
        ),
    ]
    said = f"{first} {noted(change.amendments)}\n{start.text}\n{until}"
    return clip(said, _MOST), blocks


def answers(t: Words, change: Change, number: int = 0) -> Blocks:
    """Keep and Withdraw, for the text that is on the screen; `number` tells those of one view apart."""
    texts = change.texts
    value = f"{change.endorsement.id}:{texts.old}:{texts.new}"
    sure = confirm(
        t("Withdraw your signature?"),
        t("You’ll be taken off the list."),
        t("Withdraw"),
        t("Keep it"),
        danger=True,
    )
    return [
        button(t("Keep my signature"), f"amend.keep:{number}", value, style="primary"),
        button(t("Withdraw"), f"amend.withdraw:{number}", value, style="danger", confirm=sure),
    ]


async def _told(t: Words, change: Change) -> Message:
    letter, start = change.letter, await start_of(t, change.texts)
    title = escape(isolate(letter.title))
    first = t(
        "The text of *{title}*, which you signed, was corrected. Its meaning has not changed.",
        title=title,
    )
    then = t("Your signature is still valid. You don’t need to do anything.")
    if change.endorsement.meaning < letter.meaning:
        then = t("Your signature stays, for the version you signed. You don’t need to do anything.")
    blocks: Blocks = [
        section(first),
        *notes(t, change.amendments),
        {"type": "divider"},
        *start.blocks,
        {"type": "divider"},
        *_line(t, change.endorsement),
        section(escape(then)),
        actions(
            changes_button(t, change.texts),
            button(t("My signature"), "sign", f"{letter.id}:"),
            button(t("Read letter"), "read", f"{letter.id}:"),
        ),
    ]
    said = f"{first} {noted(change.amendments)}\n{start.text}\n{escape(then)}"
    return clip(said, _MOST), blocks


def _line(t: Words, signed: Endorsement) -> Blocks:
    return [
        context(escape(t("You signed as:"))),
        {"type": "section", "text": plain(isolate(signed.signature.line))},
    ]


def kept(t: Words, letter: Letter, signed: Endorsement, old: str) -> Message:
    """The message after Keep."""
    said = t(
        ":white_check_mark: Thank you. Your signature on *{title}* now covers the new text.",
        title=escape(isolate(letter.title)),
    )
    return _done(t, letter, signed, old, said)


def withdrawn(t: Words, letter: Letter, signed: Endorsement, old: str) -> Message:
    """The message after Withdraw."""
    title = escape(isolate(letter.title))
    said = t(
        "You withdrew your signature from *{title}*. You’re off the list.",
        title=title,
    )
    marked = letter.rules.withdrawn_line is WithdrawnLine.MARKED
    if marked and signed.ended is State.WITHDRAWN_AFTER_DELIVERY:
        said = t(
            "You withdrew your signature from *{title}*. The letter was already delivered. "
            "The list now shows your signature as withdrawn and no longer counts it.",
            title=title,
        )
    return _done(t, letter, signed, old, said)


def _then(t: Words, letter: Letter, signed: Endorsement, value: str) -> Blocks:
    """Offer the signature that was kept, or to sign again while the letter is open."""
    if not signed.withdrawn_at:
        return [button(t("My signature"), "sign", value)]
    return [button(t("Sign again"), "sign", value)] if letter.phase in SIGNABLE else []


def _done(t: Words, letter: Letter, signed: Endorsement, old: str, said: str) -> Message:
    new = signed.kept_sha256 or letter.text_sha256
    value = f"{letter.id}:"
    blocks: Blocks = [
        section(said),
        {"type": "section", "text": plain(isolate(signed.signature.line))},
        actions(
            button(t("See changes"), "changes", value_of(letter, old, new)),
            *_then(t, letter, signed, value),
            button(t("Read letter"), "read", value),
        ),
    ]
    return clip(f"{said} {escape(isolate(signed.signature.line))}", _MOST), blocks


def _dropped(t: Words, title: str, facts: Facts) -> str:
    del facts
    return t(
        "The text of *{title}* changed, and we didn’t hear from you in time. Under the "
        "letter’s rules, your signature was removed:",
        title=title,
    )
