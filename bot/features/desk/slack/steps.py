"""Buttons of a letter for those who run it: one for its phase, and the `⋯` menu with the rest."""

from typing import Any

from bot.features.desk.slack.status_progress import stop_button
from bot.features.desk.use_cases.status import Status
from bot.letters.letter import Letter
from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.letters.posting import PostingState
from bot.locales import Words
from bot.slack.block_kit import Blocks, of_row
from bot.slack.letter_picker import command_button, command_menu
from bot.slack.windows import Part, Place, part_button


def row_steps(t: Words, letter: Letter, *, reminds: bool = True) -> Blocks:
    """Return the buttons of a letter in a list: the one for its phase, Open, and the menu.

    Args:
        t: The organiser's words.
        letter: The letter in its phase of now.
        reminds: Whether Remind is among them, where that is what comes next.
    """
    row = f"#{letter.id} {letter.title}"
    step = phase_step(t, letter, letter.phase)
    if not reminds and letter.phase in {Phase.OPEN, Phase.CLOSING}:
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
        buttons.append(part_button(t("Invite"), Place(letter=letter.id, part=Part.INVITED)))
    match phase:
        case Phase.DRAFT:
            buttons.append(command_button(t("Edit"), "edit", letter.id))
        case Phase.OPEN | Phase.CLOSING:
            up = any(one.state is not PostingState.FAILED for one in status.postings)
            label = t("Post in another channel") if up else t("Post the card")
            buttons.append(command_button(label, "post", letter.id))
            buttons += stop_button(t, status)
        case Phase.CLOSED:
            buttons.append(command_button(t("Get the letter"), "export", letter.id))
        case Phase.DELIVERED | Phase.LATE:
            buttons.append(command_button(t("Delivered copy"), "delivered", letter.id))
        case _:
            pass
    return [*buttons, *menu(t, letter, phase)]


def open_button(t: Words, letter: Letter) -> dict[str, Any]:
    """Return the button that opens a letter's window."""
    return part_button(t("Open"), Place(letter=letter.id, part=Part.OVERVIEW))


def phase_step(t: Words, letter: Letter, phase: Phase) -> Blocks:
    """Return the button for what comes next in a phase; none where nothing does."""
    match phase:
        case Phase.DRAFT | Phase.FOUNDING:
            label, word = t("Post"), "post"
        case Phase.OPEN | Phase.CLOSING:
            label, word = t("Remind"), "remind"
        case Phase.CLOSED:
            label, word = t("Deliver"), "deliver"
        case _:
            return []
    return [command_button(label, word, letter.id, style="primary")]


def menu(t: Words, letter: Letter, phase: Phase) -> Blocks:
    """Return the menu of what is done more rarely."""
    amend = (t("Change the text"), "amend")
    cancel = (t("Cancel the letter"), "cancel")
    deadline = (t("Change the deadline"), "deadline")
    down = (t("Remove a card"), "takedown")
    offered = {
        Phase.DRAFT: [(t("First signers"), "found"), (t("Delete the draft"), "discard")],
        Phase.FOUNDING: [
            (t("First signers"), "found"),
            deadline,
            amend,
            cancel,
        ],
        Phase.OPEN: [deadline, amend, down, cancel],
        Phase.CLOSED: [(t("Reopen"), "reopen"), amend, down, cancel],
        Phase.DELIVERED: [(t("Late signatures"), "late"), down],
        Phase.LATE: [
            (t("Late signatures"), "late"),
            (t("Post in another channel"), "post"),
            down,
        ],
        Phase.CANCELLED: [down],
    }
    return command_menu(letter.id, offered[Phase.OPEN if phase is Phase.CLOSING else phase])
