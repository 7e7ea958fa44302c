"""Buttons of a letter for those who run it: one for its phase, and the `⋯` menu with the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.features.desk.slack.status_progress import stop_button
from bot.features.desk.use_cases.status import Status
from bot.letters.letter import Letter, Sight
from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.letters.posting import PostingState
from bot.locales import Words
from bot.slack.block_kit import Blocks, button, of_row
from bot.slack.letter_picker import command_button, command_menu, unveil_button
from bot.slack.windows import Part, Place, part_button

Step = tuple[Callable[[Words], str], str]
"""Label of a button or an option, and the command that it stands for."""

_POST: Step = (lambda t: t("Post"), "post")
_REMIND: Step = (lambda t: t("Remind"), "remind")
_DELIVERED_COPY: Step = (lambda t: t("Delivered copy"), "delivered")
_FIRST_SIGNERS: Step = (lambda t: t("First signers"), "found")
_DEADLINE: Step = (lambda t: t("Change the deadline"), "deadline")
_CLOSE: Step = (lambda t: t("Change the deadline or close"), "deadline")
_AMEND: Step = (lambda t: t("Change the text"), "amend")
_TAKE_DOWN: Step = (lambda t: t("Remove a card"), "takedown")
_CANCEL: Step = (lambda t: t("Cancel the letter"), "cancel")
_LATE: Step = (lambda t: t("Late signatures"), "late")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Steps that organisers can take with a letter in one phase."""

    first: Step | None = None
    """The one that comes next."""
    second: Step | None = None
    menu: tuple[Step, ...]
    """Those that are taken more rarely."""


_STEPS = {
    Phase.DRAFT: Steps(
        first=_POST,
        second=(lambda t: t("Edit"), "edit"),
        menu=(_FIRST_SIGNERS,),
    ),
    Phase.FOUNDING: Steps(first=_POST, menu=(_FIRST_SIGNERS, _DEADLINE, _AMEND, _CANCEL)),
    Phase.OPEN: Steps(first=_REMIND, menu=(_CLOSE, _AMEND, _TAKE_DOWN, _CANCEL)),
    Phase.CLOSING: Steps(first=_REMIND, menu=(_CLOSE, _AMEND, _TAKE_DOWN, _CANCEL)),
    Phase.CLOSED: Steps(
        first=(lambda t: t("Deliver"), "deliver"),
        second=(lambda t: t("Get the letter"), "export"),
        menu=((lambda t: t("Reopen"), "reopen"), _AMEND, _TAKE_DOWN, _CANCEL),
    ),
    Phase.DELIVERED: Steps(second=_DELIVERED_COPY, menu=(_LATE, _TAKE_DOWN)),
    Phase.LATE: Steps(
        second=_DELIVERED_COPY,
        menu=(_LATE, (lambda t: t("Post in another channel"), "post"), _TAKE_DOWN),
    ),
    Phase.CANCELLED: Steps(menu=(_TAKE_DOWN,)),
}


_ENDED = (Phase.CLOSED, Phase.DELIVERED, Phase.LATE)
"""Phases in which names that are still hidden may stay hidden, unless an organiser shows them."""


def row_steps(t: Words, letter: Letter, *, reminds: bool = True) -> Blocks:
    """Return the buttons of a letter in a list: the one for its phase, Open, and the menu.

    Args:
        t: The organiser's words.
        letter: The letter in its phase of now.
        reminds: Whether Remind is among them, where that is what comes next.
    """
    row = f"#{letter.id} {letter.title}"
    step = phase_step(t, letter, letter.phase)
    if not reminds and letter.phase.is_running:
        step = []
    return [
        *(of_row(one, row) for one in step),
        of_row(open_button(t, letter), row),
        *menu(t, letter, letter.phase),
    ]


def next_steps(t: Words, status: Status, phase: Phase) -> Blocks:
    """Return the buttons of a letter's status, in a message and in its window."""
    letter = status.letter
    buttons = phase_step(t, letter, phase)
    if Role.ORGANISER in ALLOWED[Action.INVITE][phase]:
        buttons.append(button(t("Invite"), "invite", str(letter.id)))
    if (second := _STEPS[phase].second) is not None:
        buttons.append(_button(t, letter, second))
    if phase.is_running:
        up = any(one.state is not PostingState.FAILED for one in status.postings)
        label = t("Post in another channel") if up else t("Post the card")
        buttons.append(command_button(label, "post", letter.id))
        buttons += stop_button(t, status)
    elif letter.sight(Role.MEMBER, status.now) is not Sight.ALL and phase in _ENDED:
        buttons.append(unveil_button(t, letter))
    return [*buttons, *menu(t, letter, phase)]


def open_button(t: Words, letter: Letter) -> dict[str, Any]:
    """Return the button that opens a letter's window."""
    return part_button(t("Open"), Place(letter=letter.id, part=Part.OVERVIEW))


def phase_step(t: Words, letter: Letter, phase: Phase) -> Blocks:
    """Return the button for what comes next in a phase; none where nothing does."""
    first = _STEPS[phase].first
    return [] if first is None else [_button(t, letter, first, style="primary")]


def _button(t: Words, letter: Letter, step: Step, *, style: str | None = None) -> dict[str, Any]:
    label, word = step
    return command_button(label(t), word, letter.id, style=style)


def menu(t: Words, letter: Letter, phase: Phase) -> Blocks:
    """Return the menu of what is done more rarely."""
    return command_menu(letter.id, [(label(t), word) for label, word in _STEPS[phase].menu])
