"""Direct messages about an organisation's signature: an objection, a decision, a merge."""

from bot.letters.letter import Letter, Sight
from bot.letters.notices import LetterTopic, SignatureTopic
from bot.letters.signatory import Signatory
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, button
from bot.slack.features import Envelope, Features
from bot.slack.letter_picker import command_button
from bot.slack.text.escaping import escape, isolate
from bot.slack.topic_messages import (
    Facts,
    letter_message,
    on_organiser_message,
    on_signer_message,
    title_of,
)
from bot.use_cases import addressees


def register(features: Features) -> None:
    """Register the messages to organisers, objectors and signers."""
    on_organiser_message(features, LetterTopic.DISPUTED, _disputed)
    on_organiser_message(features, LetterTopic.SIGNED_ANEW, _signed_anew)
    on_organiser_message(features, LetterTopic.SIGNED_FOR_SEVERAL, _signed_for_several)
    on_signer_message(features, SignatureTopic.ENTRY_CHANGED, _entry_changed)
    on_signer_message(features, SignatureTopic.ENTRY_PROPOSED, _entry_proposed)

    async def read(envelope: Envelope) -> tuple[Letter, Signatory] | None:
        party = str(envelope.facts.get("signatory", ""))
        return await addressees.objector(envelope.database, signatory=party)

    features.on_message(LetterTopic.OBJECTION_DECIDED, read, _decided)


def _disputed(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    entry, title = _entry(facts), title_of(letter)
    if facts.get("tied"):
        said = t(
            "Someone from *{entry}* objected to its signature on *{title}*. It came off the list "
            "for an organiser to review.",
            entry=entry,
            title=title,
        )
    else:
        said = t(
            "Someone objected to the signature of *{entry}* on *{title}*. We don’t know "
            "whether they’re from there, so nothing changes until an organiser decides.",
            entry=entry,
            title=title,
        )
    if (count := int(facts.get("count", 1))) > 1:
        said += " " + t.n(
            "*{count} entry* has an objection.", "*{count} entries* have objections.", count
        )
    return said, [
        button(t("Review"), "organisations.open", str(facts.get("signatory", "")), style="primary"),
        command_button(t("Status"), "status", letter.id),
    ]


def _signed_anew(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    entry, title = _entry(facts), title_of(letter)
    said = t(
        "An organiser removed *{entry}* from *{title}*. Now someone else has signed for it.",
        entry=entry,
        title=title,
    )
    if was := str(facts.get("was", "")):
        said = t(
            "*{before}* is no longer on *{title}*, because its signature was withdrawn or "
            "removed. Another signer wrote *{after}*, which an organiser needs to check.",
            before=escape(isolate(was)),
            after=entry,
            title=title,
        )
    return said, [button(t("Review"), "organisations.open", str(facts.get("signatory", "")))]


def _signed_for_several(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t.n(
        "*{name}* signed *{title}* for {count} organisation.",
        "*{name}* signed *{title}* for {count} organisations.",
        int(facts.get("count", 1)),
        name=escape(isolate(str(facts.get("name", "")))),
        title=title_of(letter),
    )
    return said, [button(t("Review"), "organisations.open", str(facts.get("signatory", "")))]


def _decided(t: Words, found: tuple[Letter, Signatory]) -> Message:
    letter, party = found
    entry = escape(isolate(party.entry)) if letter.seen is Sight.ALL and party.entry else ""
    said = t(
        "You objected to *{entry}* being listed on *{title}*.",
        entry=entry or t("this organisation"),
        title=title_of(letter),
    )
    if party.removed:
        then = t("An organiser removed the signature.")
    elif not party.endorsements:
        then = t("Everyone who signed for it has withdrawn.")
    else:
        stays = t("An organiser reviewed the objection, and the signature stays.")
        then = f"{stays} {_wrong(t)}"
    return letter_message(f"{said} {then}", [button(t("Read letter"), "read", f"{letter.id}:")])


def _entry(facts: Facts) -> str:
    entry = str(facts.get("entry", ""))
    return escape(isolate(entry)) if entry else ""


def _wrong(t: Words) -> str:
    return t("If that’s wrong, please contact an organiser.")


def _entry_changed(t: Words, title: str, facts: Facts) -> str:
    said = t("Your organisation’s entry on *{title}* changed.", title=title)
    return _was_now(t, f"{said} {_wrong(t)}", facts)


def _entry_proposed(t: Words, title: str, facts: Facts) -> str:
    said = t(
        "Another signer wants to change your organisation’s entry on *{title}*. It changes only "
        "if one more signer makes the same change.",
        title=title,
    )
    return _was_now(t, said, facts)


def _was_now(t: Words, said: str, facts: Facts) -> str:
    shown = [escape(isolate(str(facts.get(name, "")))) for name in ("was", "now")]
    was, now = t("Was: {entry}", entry=shown[0]), t("Now: {entry}", entry=shown[1])
    return f"{said}\n{was}\n{now}\n{t('You signed as:')}"
