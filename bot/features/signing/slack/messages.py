"""Direct messages to those who signed: what became of their signature, and what they are asked."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, section
from bot.slack.text.escaping import clip, escape, isolate, plain

Message = tuple[str, Blocks]
"""The text, which says all, and the blocks."""

_Say = Callable[[Words, str, Mapping[str, Any]], str]


def signer_word(
    t: Words, about: str, letter: Letter, signed: Endorsement, facts: Mapping[str, Any]
) -> Message:
    """Something that a signer is told.

    Args:
        t: Their words.
        about: The name of the sentence.
        letter: The letter as it is now.
        signed: Their endorsement, whether it stands or ended.
        facts: What the sentence names, of JSON types.

    Raises:
        KeyError: there is no such sentence.
    """
    said = _SENTENCES[about](t, escape(isolate(letter.title)), facts)
    line = isolate(signed.signature.line)
    value = f"{letter.id}:"
    blocks: Blocks = [
        section(said),
        {"type": "section", "text": plain(line)},
        actions(button(t("My signature"), "sign", value), button(t("Read"), "read", value)),
    ]
    return clip(f"{said} {escape(line)}", 3900), blocks


def founder(t: Words, letter: Letter) -> Message:
    """Tell somebody that they were chosen as a first signer."""
    title = escape(isolate(letter.title))
    said = t(
        "You are asked to be among the first to sign *{title}*, before it is public.", title=title
    )
    value = f"{letter.id}:"
    blocks: Blocks = [section(said)]
    if letter.summary:
        blocks.append({"type": "section", "text": plain(letter.summary)})
    blocks.append(
        actions(button(t("Sign"), "sign", value, style="primary"), button(t("Read"), "read", value))
    )
    return clip(f"{said} {escape(letter.summary)}".strip(), 3900), blocks


def _listed(t: Words, title: str, facts: Mapping[str, Any]) -> str:
    del facts
    return t(
        "Your organisation’s signature of *{title}* is confirmed and on the list:", title=title
    )


def _upheld(t: Words, title: str, facts: Mapping[str, Any]) -> str:
    del facts
    return t(
        "Somebody had objected to this signature of *{title}*. An organiser looked into it, and it "
        "stands:",
        title=title,
    )


def _struck(t: Words, title: str, facts: Mapping[str, Any]) -> str:
    del facts
    return t(
        "Somebody objected to this signature of *{title}*, and an organiser took it off the list. If "
        "you think that is wrong, please write to an organiser:",
        title=title,
    )


def _merged(t: Words, title: str, facts: Mapping[str, Any]) -> str:
    line = str(facts.get("line", ""))
    if not line:
        return t(
            "An organiser of *{title}* found that your organisation stood on it under two names, "
            "and made them one line. Your signature stands. You had signed as:",
            title=title,
        )
    return t(
        "An organiser of *{title}* found that your organisation stood on it under two names. Your "
        "signature stands, and the line is now *{line}*. If that is wrong, please write to an "
        "organiser. You had signed as:",
        title=title,
        line=escape(isolate(line)),
    )


def _dropped(t: Words, title: str, facts: Mapping[str, Any]) -> str:
    del facts
    return t(
        "The text of *{title}* had changed, and you were asked whether your signature stands. There "
        "was no answer in time, so it is off the list, as the letter’s rule says:",
        title=title,
    )


_SENTENCES: dict[str, _Say] = {
    "listed": _listed,
    "upheld": _upheld,
    "struck": _struck,
    "dropped": _dropped,
    "merged": _merged,
}
