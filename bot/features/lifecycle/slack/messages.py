"""Direct messages: letter closed, late withdrawal, acts of organisers, another data contact."""

from bot.letters.audit import Act
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, SignatureTopic
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
from bot.slack.words.phases import tally_words


def register(features: Features) -> None:
    """Register the messages."""
    on_organiser_message(features, LetterTopic.CLOSED, _closed)
    on_organiser_message(features, LetterTopic.WITHDRAWN_AFTER_DELIVERY, _withdrawn)
    on_organiser_message(features, LetterTopic.MADE_ORGANISER, _made_organiser)
    on_organiser_message(features, LetterTopic.LAST_ORGANISER, _last_organiser)
    on_organiser_message(features, LetterTopic.REMOVED_ORGANISER, _removed)
    features.on_message(LetterTopic.BY_ANOTHER, _facts, _by_another)
    on_signer_message(features, SignatureTopic.RESPONSIBLE_CHANGED, _responsible_changed)


def _closed(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    del facts
    said = t(
        "The deadline for *{title}* has passed and the letter is closed. {tally}\nNext: deliver "
        "it, which saves the final list, or reopen it.",
        title=title_of(letter),
        tally=escape(tally_words(t, letter.tally)),
    )
    return said, [
        command_button(t("Status"), "status", letter.id),
        command_button(t("Deliver"), "deliver", letter.id),
        command_button(t("Reopen"), "reopen", letter.id),
    ]


def _withdrawn(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    said = t(
        "*{entry}* withdrew from *{title}* after you delivered it. The delivered copy can’t change, "
        "so you may want to tell the people who have it.",
        entry=escape(isolate(str(facts.get("entry", "")))),
        title=title_of(letter),
    )
    return said, [
        command_button(t("Delivered copy"), "delivered", letter.id),
        command_button(t("Status"), "status", letter.id),
    ]


def _made_organiser(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    title, by = title_of(letter), str(facts.get("by", ""))
    if by:
        said = t(
            "<@{by}> made you an organiser of *{title}*. You can see its progress and run it "
            "from the Home tab.",
            by=by,
            title=title,
        )
    else:
        said = t(
            "You’re now an organiser of *{title}*. The person who runs Undersigned added you. "
            "You can see its progress and run it from the Home tab.",
            title=title,
        )
    return said, [
        command_button(t("Status"), "status", letter.id),
        button(t("Read letter"), "read", f"{letter.id}:"),
    ]


def _removed(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    title, by = title_of(letter), facts.get("by", "")
    return t(
        "You’re no longer an organiser of *{title}*. <@{by}> removed you.", title=title, by=by
    ), []


async def _facts(envelope: Envelope) -> Facts | None:
    return envelope.facts


def _by_another(t: Words, facts: Facts) -> Message:
    words = {"title": escape(isolate(str(facts.get("title", "")))), "by": facts.get("by", "")}
    match facts.get("done"):
        case Act.ORGANISER_REMOVED:
            who = facts.get("who", "")
            said = t("<@{by}> removed <@{who}> as an organiser of *{title}*.", who=who, **words)
        case Act.CANCELLED:
            said = t("<@{by}> cancelled *{title}*.", **words)
        case _:
            said = t("<@{by}> deleted the draft *{title}*.", **words)
    return letter_message(said, [])


def _last_organiser(t: Words, letter: Letter, facts: Facts) -> tuple[str, Blocks]:
    del facts
    said = t(
        "You’re now the only organiser of *{title}*. Add someone who can step in for you.",
        title=title_of(letter),
    )
    return said, [command_button(t("Organisers"), "organisers", letter.id)]


def _responsible_changed(t: Words, title: str, facts: Facts) -> str:
    del facts
    return t(
        "Someone else is now responsible for the names on *{title}*, which you signed. To see "
        "who, press *Read letter*, then *Privacy*.",
        title=title,
    )
