"""A letter's buttons for its organisers: one for its phase, and the `⋯` menu with the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.features.desk.use_cases.status import Status
from bot.letters.letter import Letter, Sight
from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.letters.posting import PostingState
from bot.letters.rules import PublicPage
from bot.locales import Words
from bot.slack.block_kit import Blocks, button, confirm, of_row
from bot.slack.letter_picker import command_button, command_menu, unveil_button
from bot.slack.windows import Part, Place, part_button

Step = tuple[Callable[[Words], str], str]
"""Label of a button or an option, and the command that it runs."""

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
_SHARE: Step = (lambda t: t("Share link"), "share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Commands for a letter's organisers in one phase."""

    first: Step | None = None
    """The most likely next step."""
    second: Step | None = None
    menu: tuple[Step, ...]
    """Less common steps."""


_RUNNING = Steps(first=_REMIND, menu=(_CLOSE, _AMEND, _TAKE_DOWN, _CANCEL))
_STEPS = {
    Phase.DRAFT: Steps(first=_POST, second=(lambda t: t("Edit"), "edit"), menu=(_FIRST_SIGNERS,)),
    Phase.FOUNDING: Steps(first=_POST, menu=(_FIRST_SIGNERS, _DEADLINE, _AMEND, _CANCEL)),
    Phase.OPEN: _RUNNING,
    Phase.CLOSING: _RUNNING,
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
    if (second := _STEPS[phase].second) is not None:
        label, word = second
        buttons.append(command_button(label(t), word, letter.id))
    if phase.is_running:
        up = any(one.state is not PostingState.FAILED for one in status.postings)
        label = t("Post in another channel") if up else t("Post the card")
        buttons.append(command_button(label, "post", letter.id))
        if status.reminders.waiting + status.reminders.later:
            buttons.append(_stop_button(t, letter))
    elif letter.sight(Role.MEMBER, status.now) is not Sight.ALL and phase in _ENDED:
        buttons.append(unveil_button(t, letter))
    return [*buttons, *_menu(t, letter, phase)]


def open_button(t: Words, letter: Letter) -> dict[str, Any]:
    """Return the button that opens a letter's window."""
    return part_button(t("Open"), Place(letter=letter.id, part=Part.OVERVIEW))


def _first(t: Words, letter: Letter, phase: Phase) -> Blocks:
    if (first := _STEPS[phase].first) is None:
        return []
    label, word = first
    return [command_button(label(t), word, letter.id, style="primary")]


def _stop_button(t: Words, letter: Letter) -> dict[str, Any]:
    question = confirm(
        t,
        t("Stop reminders"),
        t(
            "Reminders that haven’t gone out are cancelled. Scheduled ones, and those people "
            "asked for, still go out."
        ),
    )
    return button(t("Stop reminders"), "reminders.stop", str(letter.id), confirm=question)


def _menu(t: Words, letter: Letter, phase: Phase) -> Blocks:
    menu = _STEPS[phase].menu
    if letter.rules.page is not PublicPage.OFF and letter.opened_at is not None:
        menu = (_SHARE, *menu)
    return command_menu(letter.id, [(label(t), word) for label, word in menu])
