"""The choice of the letter that a command is about, and buttons that run commands.

A letter is identified by its number (`7`, `#7`) or by the beginning of its title. A command with
more words (`pin`, `organisers add`) needs the number first: `/letter pin #7 NAME`. If several
letters match, the person gets a menu, and the choice runs the same command again.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    confirm,
    context,
    modal,
    of_row,
    option,
    overflow,
    section,
)
from bot.slack.features import CommandHandler, Features
from bot.slack.models.shapes import Memory
from bot.slack.page_parts import done_view, turn
from bot.slack.payloads import Click, Command, Reply
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, plain, unescaped
from bot.slack.windows import Part, Place, part_button
from bot.slack.words.phases import standing_words
from bot.use_cases import letter_lookup

MOST_BUTTONS = 5
MOST_OPTIONS = 100
OPTION_VALUE_MOST = 75
"""The lower of two limits in Slack's own sources (SLACK.md, conflicts and holes)."""

LetterView = Callable[[Command, Letter], Awaitable[View]]
"""Draws a view about the letter that a command names."""

_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>|]+)(?:\|[^<>]*)?>")
_NUMBERED = re.compile(r"#(\d{1,18})(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked(Command):
    """A command that a button or a menu runs."""

    click: Click

    async def open(self, view: View) -> None:
        """Open a modal, on top of the click's own modal if there is one."""
        await self.click.show(view)

    def placed(self, view: View) -> View:
        """Return a view as the click shows it."""
        return self.click.placed(view)


def parted(rest: str) -> tuple[str, str]:
    """Split the words of a command into a leading reference such as `#7`, if any, and the rest."""
    found = _NUMBERED.fullmatch(rest.strip())
    return ("", rest.strip()) if found is None else (f"#{found[1]}", (found[2] or "").strip())


def as_typed(text: str) -> str:
    """Return a command's words as typed, without Slack's escapes and marked-up addresses."""
    return unescaped(_ADDRESS.sub(r"\1", text))


async def choose(
    command: Command, action: Action, *, reference: str | None = None, words: str = ""
) -> Letter | Reply:
    """Return the letter that a command names, or a reply that asks which letter is meant.

    Args:
        command: The command.
        action: The action. Without a reference, only letters that allow it are considered.
        reference: A number or the start of a title, may be empty; by default the command's words.
        words: Other words of the command, repeated when a letter is chosen from the menu.

    Raises:
        Refused: the person may not do that action on the letter now.
    """
    database = command.bot.database
    reference = as_typed(command.rest if reference is None else reference)
    meant = await letter_lookup.find(database, actor=command.actor, action=action, word=reference)
    if not meant and not reference:
        # The refusal of an only letter shows why the action is not allowed.
        anything = await letter_lookup.find(database, actor=command.actor, action=Action.READ)
        if len(anything) != 1:
            return _nothing(command.t, empty=not anything)
        meant = anything
    if reference and len(meant) > 1:
        able = {
            one.id for one in await letter_lookup.find(database, actor=command.actor, action=action)
        }
        meant = tuple(one for one in meant if one.id in able) or meant
    if not meant:
        t = command.t
        said = t(
            "I can’t find a letter called “{name}”. Use its number or the start of its title.",
            name=escape(isolate(clip(reference, 200))),
        )
        return _with_letters(t, said)
    if len(meant) == 1:
        # Refuse the letter before any error about the other words.
        await letter_lookup.check(database, letter=meant[0].id, actor=command.actor, action=action)
        return meant[0]
    return menu(command.t, command.word, meant, words)


def for_letter(
    action: Action, story: Callable[[Command, Letter], Awaitable[Reply | None]]
) -> CommandHandler:
    """Return a command's handler, which runs `story` with the letter named or asks which letter."""

    async def handle(command: Command) -> Reply | None:
        letter = await choose(command, action)
        return letter if isinstance(letter, Reply) else await story(command, letter)

    return handle


def opens(action: Action, draw: LetterView) -> CommandHandler:
    """Return a command's handler that opens a view of the letter named, or asks which letter."""

    async def show(command: Command, letter: Letter) -> None:
        await command.open(await draw(command, letter))

    return for_letter(action, show)


async def answer(
    command: Command, action: Action, story: Callable[[int], Awaitable[Reply]]
) -> Reply:
    """Return `story`'s answer for the letter that a command names, or ask which letter is meant.

    A letter given by number is not looked up first, since the story refuses a missing one.
    """
    reference = as_typed(command.rest).strip().removeprefix("#")
    if reference.isdecimal():
        try:
            return await story(int(reference))
        except Refused as refused:
            if refused.refusal.reason is not Reason.NO_SUCH_LETTER:
                raise
    letter = await choose(command, action)
    return letter if isinstance(letter, Reply) else await story(letter.id)


def _nothing(t: Words, *, empty: bool) -> Reply:
    if empty:
        said = t("There are no letters here yet.")
        start = command_button(t("Start a letter"), "new", style="primary")
        return Reply(said, [section(escape(said)), actions(start)])
    return _with_letters(t, t("You can’t do that with any of these letters right now."))


def _with_letters(t: Words, said: str) -> Reply:
    return Reply(said, [section(said), actions(part_button(t("All letters"), Place()))])


def menu(t: Words, word: str, letters: Sequence[Letter], words: str = "") -> Reply:
    """Return a menu of letters; the choice runs `/letter word #number words`."""
    question = t("Which letter do you mean?")
    lines = {one.id: _command_line(word, one.id, words) for one in letters}
    example = _command_line(word, letters[0].id, "")
    hint = t("You can also type the number: `{line}`", line=f"/letter {example}")
    text = "\n".join([escape(question), hint, *named(t, letters, 3000)])
    blocks: Blocks = [section(f"*{escape(question)}*")]
    if len(letters) <= MOST_BUTTONS:
        for one in letters:
            state = standing_words(t, one, one.phase)
            words = f"*#{one.id}*  {escape(isolate(one.title))}\n{state}"
            pick = button(t("Choose"), f"choose:{one.id}", lines[one.id])
            blocks.append(section(words, accessory=of_row(pick, f"#{one.id} {one.title}")))
        return Reply(text, blocks)
    if any(len(line) > OPTION_VALUE_MOST for line in lines.values()):
        # Too many for buttons and too long for a menu, so the text explains how to type the number.
        return Reply(text)
    picker: dict[str, Any] = {
        "type": "static_select",
        "action_id": "choose",
        "placeholder": plain(t("Choose a letter"), 150),
        "options": [
            option(
                f"#{one.id} {one.title}",
                lines[one.id],
                standing_words(t, one, one.phase, plain_text=True),
            )
            for one in letters[:MOST_OPTIONS]
        ],
    }
    blocks += [actions(picker), context(hint)]
    return Reply(text, blocks)


def named(t: Words, letters: Sequence[Letter], room: int) -> list[str]:
    """Return a line of `mrkdwn` for each letter that fits in `room`, and a count of the others."""
    lines: list[str] = []
    for count, letter in enumerate(letters):
        line = f"#{letter.id} {escape(isolate(letter.title))}"
        room -= len(line) + 1
        if room < 0:
            return [*lines, t.n("and {count} more", "and {count} more", len(letters) - count)]
        lines.append(line)
    return lines


def _command_line(word: str, number: int, words: str) -> str:
    return f"{word} #{number} {words}".strip()


def command_button(
    text: str, word: str, letter: int | None = None, words: str = "", *, style: str | None = None
) -> dict[str, Any]:
    """Return a button that runs `/letter word #letter words`; a block has one for each word."""
    line = f"{word} {words}".strip() if letter is None else _command_line(word, letter, words)
    return button(text, f"command:{word}", line, style=style)


def unveil_button(t: Words, letter: Letter) -> dict[str, Any]:
    """Return the button that ends a letter's embargo, after a confirmation."""
    sure = confirm(
        t,
        t("Show the list"),
        t(
            "Signers we can reach get a message. A day after the last one, everyone who can "
            "read the letter sees the list."
        ),
    )
    return command_button(t("Show the list"), "unveil", letter.id) | {"confirm": sure}


def command_menu(letter: int, offered: Sequence[tuple[str, str]]) -> Blocks:
    """Return a `⋯` menu of commands for a letter, from labels and words; [] if there are none."""
    if not offered:
        return []
    options = [option(label, _command_line(word, letter, "")) for label, word in offered]
    return [overflow("command:more", options)]


def register(features: Features) -> None:
    """Register the menus of letters and the buttons that run commands."""

    async def run(click: Click) -> Reply | None:
        word, _, rest = click.value.partition(" ")
        command = Picked(
            bot=click.bot,
            caller=click.caller,
            trigger=click.trigger,
            word=word,
            rest=rest.strip(),
            channel=click.channel,
            click=click,
        )
        return await features.run_command(command)

    async def pick(click: Click) -> None:
        if (reply := await run(click)) is not None:
            await click.replace(reply.text, reply.blocks)

    async def press(click: Click) -> None:
        if (reply := await run(click)) is None:
            return
        if click.response_url:
            await click.whisper(reply.text, reply.blocks)
        else:
            await click.show(as_modal(click.t, reply))

    features.on_click("choose", pick)
    features.on_click("command", press)


def as_modal(t: Words, reply: Reply) -> dict[str, Any]:
    """Return a reply as a modal, without the blocks that only messages can show."""
    blocks = [one for one in reply.blocks if one["type"] != "data_visualization"]
    if not blocks:
        blocks = [section(clip(reply.text, TEXT_LIMIT))]
    return modal(t("Undersigned"), blocks, close=t("Close"))


def draws_part(features: Features, part: Part) -> LetterView:
    """Return a function that draws a part of the letter's window."""

    async def draw(command: Command, letter: Letter) -> View:
        place = Place(letter=letter.id, part=part)
        return await features.parts[part](command.bot, command.caller, place, "")

    return draw


def shows_part(features: Features, action: Action, part: Part) -> CommandHandler:
    """Return a command's handler that shows a part of the letter's window."""
    return opens(action, draws_part(features, part))


async def finish_click(features: Features, click: Click, said: str) -> None:
    """Show the result of a button (`mrkdwn`), in the letter's window if the button is in it."""
    done = done_view(click.t, f":white_check_mark: {said}")
    if click.view is None:
        await click.show(done)
        return
    place = Memory.of(click.view).window if click.view.callback == "window" else None
    if place is not None:
        at = Place.parse(place)
        done = await features.parts[at.part](click.bot, click.caller, at, said)
    await turn(click, done)
