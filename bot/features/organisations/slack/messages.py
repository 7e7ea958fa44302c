"""Direct messages about an organisation's signature: an objection, a decision, a merger."""

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
    """Register what organisers, objectors and signers hear of an organisation's signature."""
    on_organiser_message(features, LetterTopic.DISPUTED, _disputed)
    _on_objector_message(features, LetterTopic.OBJECTION_REJECTED, _objection_rejected)
    _on_objector_message(features, LetterTopic.OBJECTION_ACCEPTED, _objection_accepted)
    on_signer_message(features, SignatureTopic.UPHELD, _upheld)
    on_signer_message(features, SignatureTopic.REMOVED, _removed)
    on_signer_message(features, SignatureTopic.REMOVED_BY_ORGANISER, _removed_by_organiser)
    on_signer_message(features, SignatureTopic.RESTORED, _restored)
    on_signer_message(features, SignatureTopic.MERGED, _merged)
    on_signer_message(features, SignatureTopic.MERGE_UNDONE, _merge_undone)


def _on_objector_message(features: Features, topic: LetterTopic, sentence: LetterSentence) -> None:
    """Register a message to those who objected, whether or not they run the letter."""

    async def read(envelope: Envelope) -> tuple[Letter, Facts] | None:
        letter = await standing.told_objector(envelope.database, letter=envelope.subject["letter"])
        return None if letter is None else (letter, envelope.facts)

    def write(t: Words, found: tuple[Letter, Facts]) -> Message:
        return letter_message(*sentence(t, *found))

    features.on_message(topic, read, write)


def _disputed(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t(
        "Someone from *{line}* objects to its signature on *{title}*. It is off the list until "
        "an organiser decides.",
        line=escape(isolate(str(facts.get("line", "")))),
        title=title_of(letter),
    )
    return said, [
        command_button(t("Review"), "organisations", letter.id, style="primary"),
        command_button(t("Status"), "status", letter.id),
    ]


def _objection_rejected(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t(
        "You objected to *{line}* being listed on *{title}*. An organiser looked into it and "
        "the signature stays. If you think that’s wrong, please contact an organiser.",
        line=_organisation(t, facts),
        title=title_of(letter),
    )
    return said, [button(t("Read letter"), "read", f"{letter.id}:")]


def _objection_accepted(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t(
        "You objected to *{line}* being listed on *{title}*. An organiser removed it. Thank "
        "you for letting us know.",
        line=_organisation(t, facts),
        title=title_of(letter),
    )
    return said, [button(t("Read letter"), "read", f"{letter.id}:")]


def _organisation(t: Words, facts: Facts) -> str:
    line = str(facts.get("line", ""))
    return escape(isolate(line)) if line else t("your organisation")


def _upheld(t: Words, title: str, facts: Facts) -> str:
    del facts
    return t(
        "Someone objected to this signature on *{title}*. An organiser looked into it, and the "
        "signature stays:",
        title=title,
    )


def _removed(t: Words, title: str, facts: Facts) -> str:
    del facts
    return t(
        "Someone objected to this signature on *{title}*, and an organiser removed it. If you "
        "think that’s wrong, please contact an organiser:",
        title=title,
    )


def _removed_by_organiser(t: Words, title: str, facts: Facts) -> str:
    return t(
        "An organiser of *{title}* removed your signature from the list. Their reason: “{why}” If "
        "you think that’s wrong, please contact an organiser:",
        title=title,
        why=escape(isolate(str(facts.get("why", "")))),
    )


def _restored(t: Words, title: str, facts: Facts) -> str:
    del facts
    return t("An organiser of *{title}* restored your signature:", title=title)


def _merged(t: Words, title: str, facts: Facts) -> str:
    line = str(facts.get("line", ""))
    if not line:
        return t(
            "Your organisation was on *{title}* under two names, so an organiser merged them. "
            "Your signature stays. You signed as:",
            title=title,
        )
    return t(
        "Your organisation was on *{title}* under two names, so an organiser merged them. Your "
        "signature stays, and the entry is now *{line}*. If that’s wrong, please contact an "
        "organiser. You had signed as:",
        title=title,
        line=escape(isolate(line)),
    )


def _merge_undone(t: Words, title: str, facts: Facts) -> str:
    line = str(facts.get("line", ""))
    if not line:
        return t(
            "An organiser of *{title}* separated two entries that had been merged. Your signature "
            "stays. You signed as:",
            title=title,
        )
    return t(
        "An organiser of *{title}* separated two entries that had been merged. Your entry is "
        "*{line}* again. You signed as:",
        title=title,
        line=escape(isolate(line)),
    )
