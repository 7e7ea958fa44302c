"""Direct messages to those who signed: their receipt, and news of their signature."""

from datetime import datetime

from bot.features.signing.use_cases import own_signature
from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.letters.notices import NoticeKind, SignatureTopic
from bot.letters.signatory import Signatory
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, context, section
from bot.slack.features import Envelope, Features
from bot.slack.text.escaping import clip, date_token, escape, isolate, plain
from bot.slack.topic_messages import Facts, on_signer_message
from bot.slack.words.phases import hidden_words
from bot.slack.words.standing import signer_standing


def register(features: Features) -> None:
    """Register the receipt and what a signer hears of their signature."""
    features.on_message(NoticeKind.RECEIPT, _signed, lambda t, found: receipt(t, *found))
    on_signer_message(features, SignatureTopic.LISTED, _listed)


async def _signed(envelope: Envelope) -> tuple[Letter, Endorsement, Signatory] | None:
    return await own_signature.receipt(
        envelope.database, endorsement=envelope.subject["endorsement"], person=envelope.person
    )


def receipt(t: Words, letter: Letter, signed: Endorsement, party: Signatory) -> Message:
    """Return the receipt of a signature, for its signer to keep."""
    # The entry on the list, which may be worded by another signer of the organisation.
    line = isolate(party.line)
    title = escape(isolate(letter.title))
    first = t("You signed *{title}* as:", title=title)
    facts = t(
        "Receipt {id} · {when} · text version {sha256}",
        id=f"`{signed.id}`",
        when=_moment(t, signed.changed_at or signed.signed_at),
        sha256=f"`{signed.signature.text_sha256[:16]}`",
    )
    if signed.kept_sha256:
        kept = t("You kept it for text version {sha256}.", sha256=f"`{signed.kept_sha256[:16]}`")
        facts = f"{facts} {kept}"
    then = t("You can change or withdraw your signature at any time.")
    if party.late:
        late = t(
            "The letter was delivered before you signed, so you’re on the list of late signatures."
        )
        then = f"{late} {then}"
    hidden = hidden_words(t, letter)
    if hidden:
        then = f"{then} {hidden}"
    stands = escape(signer_standing(t, letter, party))
    value = f"{letter.id}:"
    blocks: Blocks = [
        section(first),
        {"type": "section", "text": plain(line)},
        *([section(stands)] if stands else []),
        context(facts),
        context(then),
        actions(button(t("My signature"), "sign", value), button(t("Read letter"), "read", value)),
    ]
    spoken = t(
        "You signed {title} as: {line}.",
        title=title,
        line=escape(clip(line, 600)),
    )
    return " ".join(filter(None, (spoken, stands, then))), blocks


def _moment(t: Words, at: datetime) -> str:
    return date_token(int(at.timestamp()), "{day_divider_pretty}, {time}", t.moment(at))


def _listed(t: Words, title: str, facts: Facts) -> str:
    del facts
    return t(
        "Your organisation’s signature on *{title}* is confirmed. It’s on the list as:", title=title
    )
