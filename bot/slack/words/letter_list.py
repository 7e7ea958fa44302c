"""Letters in a row: how `/letter list` and the App Home show them."""

from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, section
from bot.slack.letter_picker import command_button
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.deadlines import closing_words
from bot.slack.words.phases import (
    TAKING,
    counted_words,
    hidden_words,
    progress_words,
    sign_label,
    standing_words,
)


def title_line(letter: Letter) -> str:
    """A letter's title with its number, as `mrkdwn`."""
    return f"*{escape(isolate(letter.title))}*  #{letter.id}"


def open_row(t: Words, letter: Letter, *, signed: bool) -> Blocks:
    """A letter that may be signed, or was signed by the reader, as they see it: two blocks."""
    value, phase = f"{letter.id}:", letter.phase
    words = [title_line(letter), escape(counted_words(t, letter)), standing_words(t, letter, phase)]
    words.append(hidden_words(t, letter))
    return [
        section("\n".join(part for part in words if part)),
        actions(
            button(t("My signature"), "sign", value)
            if signed
            else button(sign_label(t, phase), "sign", value, style="primary"),
            button(t("Read letter"), "read", value),
            button(t("Who signed"), "signers", value),
            block=f"open.{letter.id}",
        ),
    ]


def own_row(t: Words, letter: Letter) -> Blocks:
    """A letter that the reader runs, with what they would do next: two blocks."""
    words = [title_line(letter)]
    phase = letter.phase
    if phase is not Phase.DRAFT:
        words.append(progress_words(t, letter) or escape(counted_words(t, letter)))
    words.append(_standing(t, letter, phase))
    return [
        section("\n".join(words)),
        actions(*_next_steps(t, letter, phase), block=f"own.{letter.id}"),
    ]


def _standing(t: Words, letter: Letter, phase: Phase) -> str:
    if phase is Phase.CLOSED:
        return t("Closed.")
    if phase is Phase.CANCELLED:
        return t("Cancelled.")
    said = standing_words(t, letter, phase)
    later = closing_words(t, letter) if phase is Phase.OPEN else ""
    return f"{said}. {later}" if later else said


def _next_steps(t: Words, letter: Letter, phase: Phase) -> Blocks:
    number = letter.id
    status = command_button(t("Status"), "status", number)
    match phase:
        case Phase.DRAFT:
            return [
                command_button(t("Post"), "post", number, style="primary"),
                command_button(t("Edit"), "edit", number),
                status,
            ]
        case Phase.FOUNDING:
            return [
                command_button(t("Post"), "post", number, style="primary"),
                command_button(t("First signers"), "found", number),
                status,
            ]
        case Phase.CLOSED:
            return [
                status,
                command_button(t("Deliver"), "deliver", number),
                command_button(t("Reopen"), "reopen", number),
            ]
        case Phase.DELIVERED | Phase.LATE:
            return [status, command_button(t("Delivered copy"), "delivered", number)]
        case _ if phase in TAKING:
            return [status, command_button(t("Remind"), "remind", number)]
        case _:
            return [status]
