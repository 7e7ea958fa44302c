"""A letter's buttons for its organisers: one for its phase, and the `⋯` menu with the rest."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.features.desk.use_cases.status import Status
from bot.letters.letter import Letter, PostingState, Sight
from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.letters.rules import PublicPage
from bot.locales import Words
from bot.slack.block_kit import Blocks, button, confirm, of_row
from bot.slack.letter_picker import command_button, command_menu, unveil_button
from bot.slack.windows import Part, Place, part_button
from bot.slack.words.sentences import read_sentences

_LABELS = read_sentences(Path(__file__).with_name("steps.txt"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Commands for a letter's organisers in one phase, by their headings in `steps.txt`."""

    first: str = ""
    second: str = ""
    menu: tuple[str, ...]


_RUNNING = Steps(first="remind", menu=("deadline/close", "amend", "takedown", "cancel"))
_STEPS = {
    Phase.DRAFT: Steps(first="post", second="edit", menu=("found", "export", "discard")),
    Phase.FOUNDING: Steps(first="post", menu=("found", "deadline", "amend", "cancel")),
    Phase.OPEN: _RUNNING,
    Phase.CLOSING: _RUNNING,
    Phase.CLOSED: Steps(
        first="deliver", second="export", menu=("reopen", "amend", "takedown", "cancel")
    ),
    Phase.DELIVERED: Steps(second="delivered", menu=("late", "takedown", "new")),
    Phase.LATE: Steps(second="delivered", menu=("late", "post/again", "takedown", "new")),
    Phase.CANCELLED: Steps(menu=("takedown", "new")),
}
_ENDED = (Phase.CLOSED, Phase.DELIVERED, Phase.LATE)
"""Phases in which hidden names may stay hidden until an organiser shows them."""


def row_steps(t: Words, letter: Letter, *, reminds: bool) -> Blocks:
    """Return the buttons of a letter in a list: the one for its phase, Open, and the menu.

    The letter is in its current phase. Remind is left out if `reminds` is false.
    """
    row = f"#{letter.id} {letter.title}"
    first = [] if letter.phase.is_running and not reminds else _first(t, letter, letter.phase)
    buttons = [of_row(one, row) for one in [*first, open_button(t, letter)]]
    return [*buttons, *_menu(t, letter, letter.phase)]


def next_steps(t: Words, status: Status, phase: Phase) -> Blocks:
    """Return the buttons of a letter's status, in a message and in its window."""
    letter = status.letter
    buttons = _first(t, letter, phase)
    if Role.ORGANISER in ALLOWED[Action.INVITE][phase]:
        buttons.append(button(t("Invite"), "invite", str(letter.id)))
    if second := _STEPS[phase].second:
        buttons.append(command_button(t(_LABELS[second][0]), second, letter.id))
    if phase.is_running:
        up = any(one.state is not PostingState.FAILED for one in status.postings)
        label = t("Post in another channel") if up else t("Post the card")
        buttons.append(command_button(label, "post", letter.id))
        if status.reminders.waiting + status.reminders.later:
            stop = t("Stop these reminders")
            follows = t(
                "Scheduled reminders won’t go out. Those that people asked for, and the next ones "
                "before the deadline, still go out."
            )
            sure = confirm(t, stop, follows)
            buttons.append(button(stop, "reminders.stop", str(letter.id), confirm=sure))
    elif letter.sight(Role.MEMBER, status.now) is not Sight.ALL and phase in _ENDED:
        buttons.append(unveil_button(t, letter))
    if phase.is_delivered:
        buttons.append(command_button(t("Tell those who signed"), "update", letter.id))
    return [*buttons, *_menu(t, letter, phase)]


def open_button(t: Words, letter: Letter) -> dict[str, Any]:
    """Return the button that opens a letter's window."""
    return part_button(t("Open"), Place(letter=letter.id, part=Part.OVERVIEW))


def _first(t: Words, letter: Letter, phase: Phase) -> Blocks:
    if not (first := _STEPS[phase].first):
        return []
    return [command_button(t(_LABELS[first][0]), first, letter.id, style="primary")]


def _menu(t: Words, letter: Letter, phase: Phase) -> Blocks:
    menu = _STEPS[phase].menu
    if letter.rules.page is not PublicPage.OFF and letter.opened_at is not None:
        menu = ("share", *menu)
    offered = [(t(_LABELS[step][0]), step.partition("/")[0]) for step in menu]
    return command_menu(letter.id, offered)
