"""Letters in a row: how `/letter list` and the App Home show them."""

from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.cards import progress_words, standing_words, tally_words
from bot.slack.choosing import command_button
from bot.slack.elements import Blocks, actions, button, section
from bot.slack.text.escaping import escape, isolate


def title_line(letter: Letter) -> str:
    """A letter's title with its number, as `mrkdwn`."""
    return f"*{escape(isolate(letter.title))}*  #{letter.id}"


def open_row(t: Words, letter: Letter, *, signed: bool) -> Blocks:
    """A letter that may be signed, or was signed by the reader: two blocks."""
    value = f"{letter.id}:"
    words = [title_line(letter), escape(tally_words(t, letter.tally))]
    words.append(standing_words(t, letter, Phase.OPEN))
    return [
        section("\n".join(words)),
        actions(
            button(t("My signature"), "sign", value)
            if signed
            else button(t("Sign"), "sign", value, style="primary"),
            button(t("Read"), "read", value),
            button(t("Who signed"), "signers", value),
            block=f"open.{letter.id}",
        ),
    ]


def own_row(t: Words, letter: Letter, phase: Phase) -> Blocks:
    """A letter that the reader runs, with what they would do next: two blocks."""
    words = [title_line(letter)]
    if phase is Phase.DRAFT:
        words.append(t("A draft: only its organisers see it."))
    else:
        counted = tally_words(t, letter.tally, may_sign=phase is Phase.OPEN)
        words.append(progress_words(t, letter) or escape(counted))
        words.append(standing_words(t, letter, phase) if phase is Phase.OPEN else _ended(t, phase))
    return [
        section("\n".join(words)),
        actions(*_next_steps(t, letter, phase), block=f"own.{letter.id}"),
    ]


def _ended(t: Words, phase: Phase) -> str:
    return t("Closed.") if phase is Phase.CLOSED else t("Cancelled.")


def _next_steps(t: Words, letter: Letter, phase: Phase) -> Blocks:
    number = letter.id
    if phase is Phase.DRAFT:
        return [
            command_button(t("Post"), "post", number, style="primary"),
            command_button(t("Edit"), "edit", number),
            command_button(t("Status"), "status", number),
        ]
    steps = [command_button(t("Status"), "status", number)]
    if phase is Phase.OPEN:
        steps.append(command_button(t("Remind"), "remind", number))
    if phase is Phase.CLOSED:
        steps.append(command_button(t("Reopen"), "reopen", number))
    return steps
