"""The table of invitations, for copying."""

from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, modal, preformatted, section
from bot.slack.text.escaping import fit, width
from bot.slack.words.phases import title_line

SHOWN_MOST = 30_000
"""Most characters of a table in a window; the operator can export a longer one."""
PART = 6000
"""Characters of the table in one block."""


def copy_view(t: Words, letter: Letter, table: str) -> View:
    """Return a table for copying, or how to get one that is too long for a window."""
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
    """Split a text into pieces of at most `PART`, at line ends if possible."""
    parts: list[str] = []
    while width(text) > PART:
        cut = fit(text, PART)
        line_end = text.rfind("\n", 0, cut) + 1
        cut = line_end or cut
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text] if text else parts
