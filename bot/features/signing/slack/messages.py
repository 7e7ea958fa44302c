"""The receipt: the one direct message that says how a person's signatures stand."""

from bot.features.signing.use_cases import own_signature
from bot.features.signing.use_cases.own_signature import Receipt
from bot.letters.notices import NoticeKind
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, context, section
from bot.slack.features import Edited, Envelope, Features
from bot.slack.text.escaping import clip, escape, isolate, moment, plain
from bot.slack.topic_messages import title_of
from bot.slack.words.phases import hidden_words
from bot.slack.words.rules import ended_words, signer_standing

MOST = 10
"""The most signatures that a receipt shows."""
BUTTONS = "receipt"
"""Id of the block that holds a receipt's buttons."""


def register(features: Features) -> None:
    """Register the receipt."""

    async def read(envelope: Envelope, *, first: bool = False) -> Receipt | None:
        subject = envelope.subject
        return await own_signature.receipt(
            envelope.database,
            letter=subject["letter"],
            person=envelope.person,
            first=first and not subject.get("anew"),
            why=str(subject.get("why", "")),
        )

    async def first(envelope: Envelope) -> Receipt | None:
        return await read(envelope, first=True)

    features.on_message(NoticeKind.RECEIPT, first, receipt)
    features.on_edit(
        NoticeKind.RECEIPT, read, lambda t, found: Edited(receipt(t, found), last=False)
    )


def receipt(t: Words, found: Receipt) -> Message:
    """Return a signer's receipt for a letter: their signatures, or how the last one ended."""
    return signed_receipt(t, found) if found.held else ended_receipt(t, found)


def signed_receipt(t: Words, found: Receipt) -> Message:
    """Return a receipt that lists the active signatures."""
    letter = found.letter
    first = t("You signed *{title}* as:", title=title_of(letter))
    if found.is_off:
        first = t("You’re off the list of *{title}*. You signed as:", title=title_of(letter))
    blocks: Blocks = [section(first)]
    spoken: list[str] = []
    for signed, party in found.held[:MOST]:
        # The entry on the list, which another signer of the organisation may have worded.
        entry, stands = isolate(party.entry), escape(signer_standing(t, letter, party))
        if signed.signature.is_withheld:
            entry = t("Your name is withheld")
        blocks.append({"type": "section", "text": plain(entry)})
        blocks += [section(stands)] if stands else []
        when = moment(t, signed.changed_at or signed.signed_at)
        kept = f" · {t('You kept your signature for the new text.')}" if signed.kept_sha256 else ""
        blocks.append(context(f"{when}{kept}"))
        spoken += [escape(clip(entry, 600)), stands]
    rest = len(found.held) - MOST
    if rest > 0:
        blocks.append(context(t.n("and {count} more", "and {count} more", rest)))
    for ended in found.ended[: MOST // 2]:
        said, entry = ended_words(t, letter, ended), isolate(ended.signature.told)
        blocks += [section(said), {"type": "section", "text": plain(entry)}]
        spoken += [said, escape(clip(entry, 600))]
    if why := _reason(t, found):
        blocks.append(section(why))
    can = t("You can change or withdraw your signature at any time.")
    then = [can if any(not one.removed for _, one in found.held) else "", hidden_words(t, letter)]
    if any(party.late for _, party in found.held):
        late = t(
            "The letter was delivered before you signed, so you’re on the list of late signatures."
        )
        then.insert(0, late)
    said = " ".join(filter(None, then))
    value = f"{letter.id}:"
    blocks += [
        *([context(said)] if said else []),
        # The block has a fixed id, so that a click during an edit still finds its button.
        actions(
            button(t("My signature"), "sign", value),
            button(t("Read letter"), "read", value),
            block=BUTTONS,
        ),
    ]
    return clip(" ".join(filter(None, (first, *spoken, said))), 3900), blocks


def ended_receipt(t: Words, found: Receipt) -> Message:
    """Return a receipt for a signature that ended, with the reason."""
    letter, ended = found.letter, found.ended[0]
    said = "\n".join(filter(None, (ended_words(t, letter, ended), _reason(t, found))))
    entries, value = [isolate(one.signature.told) for one in found.ended[:MOST]], f"{letter.id}:"
    again = [button(t("Sign again"), "sign", value)] if found.phase.is_signable else []
    blocks: Blocks = [
        section(said),
        *({"type": "section", "text": plain(entry)} for entry in entries),
        context(moment(t, ended.withdrawn_at or ended.signed_at)),
        actions(*again, button(t("Read letter"), "read", value), block=BUTTONS),
    ]
    return clip(f"{said} {escape(', '.join(entries))}", 3900), blocks


def _reason(t: Words, found: Receipt) -> str:
    if not found.why or not found.is_removed:
        return ""
    return t("Reason: {reason}", reason=escape(isolate(found.why)))
