"""Letters in a row."""

from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, of_row, section
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.phases import counted_words, hidden_words, standing_words


def title_line(letter: Letter) -> str:
    """A letter's title with its number, as `mrkdwn`."""
    return f"*{escape(isolate(letter.title))}*  #{letter.id}"


def open_row(t: Words, letter: Letter) -> Blocks:
    """Return a letter that the reader may sign, as they see it: two blocks."""
    value, phase = f"{letter.id}:", letter.phase
    row = f"#{letter.id} {letter.title}"
    words = [title_line(letter), escape(counted_words(t, letter)), standing_words(t, letter, phase)]
    words.append(hidden_words(t, letter))
    return [
        section("\n".join(part for part in words if part)),
        actions(
            of_row(button(t("Sign"), "sign", value, style="primary"), row),
            of_row(button(t("Read letter"), "read", value), row),
            of_row(button(t("Who signed"), "signers", value), row),
            block=f"open.{letter.id}",
        ),
    ]
