"""Direct messages about an organisation's signature: an objection, a decision, a merge."""

from bot.features.organisations.use_cases import standing
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, SignatureTopic
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, button
from bot.slack.features import Envelope, Features
from bot.slack.letter_picker import command_button
from bot.slack.text.escaping import escape, isolate
from bot.slack.topic_messages import (
    Facts,
    LetterSentence,
    letter_message,
    on_organiser_message,
    on_signer_message,
    title_of,
)


def register(features: Features) -> None:
    """Register the messages to organisers, objectors and signers."""
    on_organiser_message(features, LetterTopic.DISPUTED, _disputed)
    on_organiser_message(features, LetterTopic.SIGNED_ANEW, _signed_anew)
    on_organiser_message(features, LetterTopic.SIGNED_FOR_SEVERAL, _signed_for_several)
    _on_objector_message(features, LetterTopic.OBJECTION_REJECTED, _objection_rejected)
    _on_objector_message(features, LetterTopic.OBJECTION_ACCEPTED, _objection_accepted)
    on_signer_message(features, SignatureTopic.CONTESTED, _contested)
    on_signer_message(features, SignatureTopic.UPHELD, _upheld)
    on_signer_message(features, SignatureTopic.REMOVED, _removed)
    on_signer_message(features, SignatureTopic.REMOVED_BY_ORGANISER, _removed_by_organiser)
    on_signer_message(features, SignatureTopic.RESTORED, _restored)
    on_signer_message(features, SignatureTopic.ENTRY_CHANGED, _entry_changed)
    on_signer_message(features, SignatureTopic.ENTRY_PROPOSED, _entry_proposed)
    on_signer_message(features, SignatureTopic.MERGED, _merged)
    on_signer_message(features, SignatureTopic.MERGE_UNDONE, _merge_undone)


def _on_objector_message(features: Features, topic: LetterTopic, sentence: LetterSentence) -> None:
    """Register a message to objectors, which needs no role, unlike organisers' messages."""

    async def read(envelope: Envelope) -> tuple[Letter, Facts] | None:
        letter = await standing.told_objector(envelope.database, letter=envelope.subject["letter"])
        return None if letter is None else (letter, envelope.facts)

    def write(t: Words, found: tuple[Letter, Facts]) -> Message:
        return letter_message(*sentence(t, *found))

    features.on_message(topic, read, write)


def _disputed(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t(
        "Someone from *{entry}* objected to its signature on *{title}*. It came off the list for "
        "an organiser to review.",
        entry=_entry(facts),
        title=title_of(letter),
    )
    return said, [
        command_button(t("Review"), "organisations", letter.id, style="primary"),
        command_button(t("Status"), "status", letter.id),
    ]


def _signed_anew(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t(
        "An organiser removed *{entry}* from *{title}*. Now someone else has signed for it.",
        entry=_entry(facts),
        title=title_of(letter),
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


def _objection_rejected(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    stays = t("An organiser reviewed the objection, and the signature stays.")
    return _to_objector(t, letter, facts, f"{stays} {_wrong(t)}")


def _objection_accepted(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    return _to_objector(t, letter, facts, t("An organiser removed the signature."))


def _to_objector(t: Words, letter: Letter, facts: Facts, then: str) -> tuple[str, Blocks]:
    said = t(
        "You objected to *{entry}* being listed on *{title}*.",
        entry=_entry(facts) or t("this organisation"),
        title=title_of(letter),
    )
    return f"{said} {then}", [button(t("Read letter"), "read", f"{letter.id}:")]


def _entry(facts: Facts) -> str:
    entry = str(facts.get("entry", ""))
    return escape(isolate(entry)) if entry else ""


def _wrong(t: Words) -> str:
    return t("If that’s wrong, please contact an organiser.")


def _contested(t: Words, title: str, facts: Facts) -> str:
    del facts
    said = t("Someone objected to your organisation’s signature on *{title}*.", title=title)
    return f"{said} {t('It’s off the list until an organiser decides.')} {t('You signed as:')}"


def _upheld(t: Words, title: str, facts: Facts) -> str:
    del facts
    said = t("Someone objected to your organisation’s signature on *{title}*.", title=title)
    return f"{said} {t('An organiser reviewed the objection, and the signature stays.')}"


def _removed(t: Words, title: str, facts: Facts) -> str:
    del facts
    said = t("Someone objected to your organisation’s signature on *{title}*.", title=title)
    return f"{said} {t('An organiser removed the signature.')} {_wrong(t)}"


def _removed_by_organiser(t: Words, title: str, facts: Facts) -> str:
    said = t.n(
        "An organiser of *{title}* removed your signature from the list.",
        "An organiser of *{title}* removed {count} of your signatures from the list.",
        int(facts.get("count", 1)),
        title=title,
    )
    why = t("Reason: {reason}", reason=escape(isolate(str(facts.get("why", "")))))
    return f"{said}\n{why}\n{_wrong(t)}"


def _restored(t: Words, title: str, facts: Facts) -> str:
    del facts
    return t("An organiser of *{title}* restored your signature.", title=title)


def _merged(t: Words, title: str, facts: Facts) -> str:
    said = t(
        "Your organisation was on *{title}* under two names, so an organiser merged them. "
        "Your signature stays.",
        title=title,
    )
    return _now(t, said, facts)


def _merge_undone(t: Words, title: str, facts: Facts) -> str:
    said = t(
        "An organiser of *{title}* separated two entries that had been merged. Your signature "
        "stays.",
        title=title,
    )
    return _now(t, said, facts)


def _entry_changed(t: Words, title: str, facts: Facts) -> str:
    said = t("Your organisation’s entry on *{title}* changed.", title=title)
    return _was_now(t, f"{said} {_wrong(t)}", facts)


def _entry_proposed(t: Words, title: str, facts: Facts) -> str:
    said = t(
        "Another signer changed your organisation’s entry on *{title}*. It stays as it was until "
        "one more signer changes it the same way.",
        title=title,
    )
    return _was_now(t, said, facts)


def _was_now(t: Words, said: str, facts: Facts) -> str:
    shown = [escape(isolate(str(facts.get(name, "")))) for name in ("was", "now")]
    was, now = t("Was: {entry}", entry=shown[0]), t("Now: {entry}", entry=shown[1])
    return f"{said}\n{was}\n{now}\n{t('You signed as:')}"


def _now(t: Words, said: str, facts: Facts) -> str:
    """Return `said` with the current entry, if there is one, and the lead-in to the signature."""
    parts = [said]
    if entry := _entry(facts):
        parts += [t("The entry is now *{entry}*.", entry=entry), _wrong(t)]
    return " ".join([*parts, t("You signed as:")])
