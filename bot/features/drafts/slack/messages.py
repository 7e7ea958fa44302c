"""The direct message to those who are chosen to sign before the card is public."""

from bot.features.drafts.use_cases import first_signers
from bot.letters.letter import Letter
from bot.letters.notices import NoticeKind
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, section
from bot.slack.features import Edited, Envelope, Features
from bot.slack.text.escaping import clip, escape, isolate, plain
from bot.slack.topic_messages import asked_over
from bot.use_cases import addressees
from bot.use_cases.addressees import Asked


def register(features: Features) -> None:
    """Register the message to first signers."""
    features.on_message(NoticeKind.FIRST_SIGNER, _invited, first_signer)
    features.on_edit(NoticeKind.FIRST_SIGNER, _stands, _edited)


async def _stands(envelope: Envelope) -> tuple[Asked, bool] | None:
    asked = await addressees.asked(
        envelope.database, letter=envelope.subject["letter"], person=envelope.person
    )
    return None if asked is None else (asked, envelope.replaced)


def _edited(t: Words, found: tuple[Asked, bool]) -> Edited | None:
    asked, replaced = found
    last = asked_over(t, asked, replaced=replaced)
    return None if last is None else Edited(last, last=True)


async def _invited(envelope: Envelope) -> Letter | None:
    return await first_signers.invited(
        envelope.database, letter=envelope.subject["letter"], person=envelope.person
    )


def first_signer(t: Words, letter: Letter) -> Message:
    """Tell somebody that they were chosen as a first signer."""
    title = escape(isolate(letter.title))
    said = t(
        "You’re invited to be one of the first to sign *{title}*, before it goes public.",
        title=title,
    )
    value = f"{letter.id}:"
    blocks: Blocks = [section(said)]
    if letter.summary:
        blocks.append({"type": "section", "text": plain(letter.summary)})
    blocks.append(
        actions(
            button(t("Read letter"), "read", value),
            button(t("Sign"), "sign", value, style="primary"),
        )
    )
    return clip(f"{said} {escape(isolate(letter.summary))}".strip(), 3900), blocks
