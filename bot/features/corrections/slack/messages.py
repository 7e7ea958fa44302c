"""Direct messages about a correction: the question to the signer, and their answer."""

from bot.features.corrections import use_cases as corrections
from bot.features.corrections.rules import Answer, Correction
from bot.letters.letter import Letter
from bot.letters.notices import SignatureTopic
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, context, section
from bot.slack.features import Edited, Envelope, Features
from bot.slack.text.escaping import clip, escape, isolate, plain


def register(features: Features) -> None:
    """Register the messages to signers about a correction."""

    async def asked(envelope: Envelope) -> tuple[Letter, Correction] | None:
        return await corrections.asked(
            envelope.database, correction=envelope.facts["correction"], person=envelope.person
        )

    async def stands(envelope: Envelope) -> tuple[Letter, Correction, bool] | None:
        return await corrections.standing(
            envelope.database, correction=envelope.facts["correction"], person=envelope.person
        )

    def edited(t: Words, found: tuple[Letter, Correction, bool]) -> Edited:
        letter, this, waits = found
        return Edited((message if waits else answered)(t, letter, this), last=not waits)

    for topic in (SignatureTopic.ASKED_TO_CORRECT, SignatureTopic.CORRECTED):
        features.on_message(topic, asked, lambda t, found: message(t, *found))
    features.on_edit(SignatureTopic.ASKED_TO_CORRECT, stands, edited)


def message(t: Words, letter: Letter, correction: Correction) -> Message:
    """Return the message that asks a signer about a correction, or informs them of one."""
    title = escape(isolate(letter.title))
    if correction.answer is None:
        said = t(
            "An organiser of *{title}* suggests a correction to how you’re listed. Nothing "
            "changes unless you agree.",
            title=title,
        )
        steps = [
            button(t("Yes, change it"), "correct.accept", correction.id, style="primary"),
            button(t("No, keep it"), "correct.decline", correction.id),
        ]
    else:
        said = t(
            "An organiser of *{title}* corrected how you’re listed. You can change it back at "
            "any time.",
            title=title,
        )
        steps = [button(t("My signature"), "sign", f"{letter.id}:")]
    old, new = isolate(correction.old), isolate(correction.entry)
    blocks: Blocks = [
        section(said),
        context(escape(t("Before:"))),
        {"type": "section", "text": plain(old)},
        context(escape(t("After:"))),
        {"type": "section", "text": plain(new)},
        actions(*steps),
    ]
    both = f"{t('Before:')} {escape(old)} {t('After:')} {escape(new)}"
    return clip(f"{said} {both}", 3900), blocks


def answered(t: Words, letter: Letter, correction: Correction) -> Message:
    """Return the message that replaces the question after its answer."""
    title = escape(isolate(letter.title))
    if correction.answer not in {Answer.YES, Answer.NO}:
        over = f"*{title}*\n{t('This request is no longer open.')}"
        return over, [section(over)]
    entry = correction.entry if correction.answer is Answer.YES else correction.old
    said = t("Your signature on *{title}* appears as:", title=title)
    blocks: Blocks = [
        section(f":white_check_mark: {said}"),
        {"type": "section", "text": plain(isolate(entry))},
    ]
    return clip(f"{said} {escape(isolate(entry))}", 3900), blocks
