"""The table of those who were invited, to copy."""

from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, modal, preformatted, section
from bot.slack.text.escaping import fit, width
from bot.slack.words.phases import title_line

SHOWN_MOST = 30_000
"""Characters of the table that a window shows; for more, people take it as a file."""
PART = 6000
"""Characters of one block of it."""


def copy_view(t: Words, letter: Letter, table: str) -> View:
    """A table to copy; of one too long for a window, how to have all of it."""
    blocks: Blocks = [section(title_line(letter))]
    lines = table.replace("\r\n", "\n")
    if width(lines) > SHOWN_MOST:
        blocks.append(
            section(
                t(
                    "This list is too long to show here. Ask the person who runs Undersigned "
                    "for it as a file.",
                    number=letter.id,
                )
            )
        )
    else:
        blocks.append(section(t("Copy this into a spreadsheet, or save it as a `.csv` file.")))
        blocks += [preformatted(part) for part in _parts(lines)]
    return modal(t("Copy table"), blocks, close=t("Close"))


def _parts(text: str) -> list[str]:
    """A text in pieces of at most `PART`, none of which cuts a character."""
    parts: list[str] = []
    while width(text) > PART:
        cut = fit(text, PART)
        line_end = text.rfind("\n", 0, cut) + 1
        cut = line_end or cut
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text] if text else parts
