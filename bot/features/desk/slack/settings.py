"""Settings, a part of the letter's window: a line each, with a button that changes it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.features.desk.use_cases import settings
from bot.features.desk.use_cases.settings import Settings
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Action, Phase
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, confirm, of_row, section
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.letter_picker import command_button, unveil_button
from bot.slack.payloads import Caller
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.times import moment
from bot.slack.windows import Part, Place, View, frame, may
from bot.slack.words.deadlines import closing_words
from bot.slack.words.drafts import discard_button
from bot.slack.words.phases import deadline_words
from bot.slack.words.rules import RULES, embargo_words, rule_sentences

MOST_NAMED = 12
"""People that one line names."""


def register(features: Features) -> None:
    """Register the part."""
    features.on_part(Part.SETTINGS, _draw)


async def _draw(bot: Bot, caller: Caller, place: Place, said: str) -> View:
    found = await settings.settings(bot.database, letter=place.letter, actor=caller.actor)
    return settings_view(caller.t, found, said)


def settings_view(t: Words, found: Settings, said: str = "") -> View:
    """Return the part, with `said` as the result of the last act."""
    letter = found.letter
    blocks: Blocks = [
        _line(t, t("Letter"), _about(t, letter), letter, _about_word(letter)),
        *_text(t, letter),
        _line(t, t("Deadline"), _deadline(t, letter), letter, _deadline_word(letter)),
        _line(
            t,
            t("Organisers"),
            _people(t, found.organisers),
            letter,
            "organisers" if may(letter, Action.CHANGE_ORGANISERS) else "",
        ),
    ]
    if may(letter, Action.FOUND) or found.first_signers:
        chosen = _people(t, found.first_signers) or t("None")
        word = "found" if may(letter, Action.FOUND) else ""
        blocks.append(_line(t, t("First signers"), chosen, letter, word))
    blocks += _rules(t, letter)
    if letter.phase.is_delivered:
        blocks.append(_late(t, letter))
    if found.hidden and may(letter, Action.UNVEIL):
        blocks.append(_line(t, t("Embargo"), embargo_words(t, letter), letter, "unveil"))
        blocks[-1]["accessory"] = unveil_button(t, letter)
    if found.answer_by is not None and may(letter, Action.AMEND):
        until = t("Signers can answer until {when}.", when=moment(t, found.answer_by))
        blocks.append(_line(t, t("Text change"), until, letter, ""))
        blocks.append(actions(_answer_time(t, letter, found.answer_by), block="answers"))
    blocks += _last(t, letter)
    return frame(t, letter, Place(letter=letter.id, part=Part.SETTINGS), blocks, said=said)


def _line(t: Words, label: str, value: str, letter: Letter, word: str) -> dict[str, Any]:
    row = section(clip(f"*{escape(label)}*\n{value}", 3000), f"set.{word or label[:20]}")
    if word:
        row["accessory"] = of_row(command_button(t("Change"), word, letter.id), label)
    return row


def _late(t: Words, letter: Letter) -> dict[str, Any]:
    if letter.phase is Phase.LATE:
        said, pressed = (
            t("You can still sign. You’ll be listed with the late signatures."),
            _stop_late(t, letter),
        )
    else:
        said, pressed = t("Off"), _open_late(t, letter)
    return _line(t, t("Late signatures"), said, letter, "") | {"accessory": pressed}


def _open_late(t: Words, letter: Letter) -> dict[str, Any]:
    sure = confirm(
        t,
        t("Open late signatures"),
        t(
            "Anyone who signs from now on is told that they join the late signatures. The "
            "delivered copy doesn’t change."
        ),
    )
    return button(t("Open late signatures"), "late.open", str(letter.id), confirm=sure)


def _stop_late(t: Words, letter: Letter) -> dict[str, Any]:
    sure = confirm(
        t,
        t("Stop late signatures"),
        t.n(
            "{count} signature so far. No one can sign after this, but you can open them again.",
            "{count} signatures so far. No one can sign after this, but you can open them again.",
            letter.tally.late,
        ),
    )
    return button(t("Stop late signatures"), "late.close", str(letter.id), confirm=sure)


def _answer_time(t: Words, letter: Letter, answer_by: datetime) -> dict[str, Any]:
    sure = confirm(
        t,
        t("Change"),
        t(
            "It can only end earlier, and at least one day from now. We’ll tell the signers who "
            "haven’t answered."
        ),
    )
    return {
        "type": "datetimepicker",
        "action_id": f"answers:{letter.id}",
        "initial_date_time": int(answer_by.timestamp()),
        "confirm": sure,
    }


def _rules(t: Words, letter: Letter) -> Blocks:
    heading = t("Rules")
    blocks: Blocks = [section(f"*{escape(heading)}*")]
    for name, said in zip(RULES, rule_sentences(t, letter), strict=True):
        line = section(said, f"rule.{name}")
        if may(letter, Action.SET_RULES):
            change = button(t("Change"), f"rules.change:{name}", f"{letter.id}:{name}")
            line["accessory"] = of_row(change, said.replace("*", ""))
        blocks.append(line)
    return blocks


def _about(t: Words, letter: Letter) -> str:
    lines = [escape(isolate(letter.title))]
    if letter.summary:
        lines.append(escape(isolate(clip(letter.summary, 600))))
    if letter.sender:
        lines.append(t("From {who}", who=escape(isolate(letter.sender))))
    if letter.goal is not None:
        lines.append(t("Goal: {goal}", goal=t.number(letter.goal)))
    return "\n".join(lines)


def _text(t: Words, letter: Letter) -> Blocks:
    """Return the line that changes the text; a draft's is in the same form as its title."""
    if not may(letter, Action.AMEND):
        return []
    said = t("Everyone who signed is told about a change, or asked about it.")
    return [_line(t, t("Text"), said, letter, "amend")]


def _about_word(letter: Letter) -> str:
    if letter.phase is Phase.DRAFT:
        return "edit"
    return "details" if may(letter, Action.DESCRIBE) else ""


def _deadline(t: Words, letter: Letter) -> str:
    lines = [deadline_words(t, letter), closing_words(t, letter)]
    return "\n".join(line for line in lines if line)


def _deadline_word(letter: Letter) -> str:
    return "deadline" if may(letter, Action.REOPEN) or may(letter, Action.EXTEND) else ""


def _people(t: Words, people: Sequence[Person]) -> str:
    named = [f"<@{one.user}>" for one in people[:MOST_NAMED]]
    if len(people) > MOST_NAMED:
        rest = len(people) - MOST_NAMED
        named.append(t.n("and {count} more", "and {count} more", rest))
    return t(", ").join(named)


def _last(t: Words, letter: Letter) -> Blocks:
    buttons: Blocks = []
    if letter.phase is not Phase.DRAFT:
        buttons.append(command_button(t("History"), "history", letter.id))
    if may(letter, Action.CANCEL):
        label, word = t("Cancel the letter"), "cancel"
        buttons.append(command_button(label, word, letter.id, style="danger"))
    if may(letter, Action.DISCARD):
        buttons.append(discard_button(t, letter))
    return [actions(*buttons, block="last")] if buttons else []
