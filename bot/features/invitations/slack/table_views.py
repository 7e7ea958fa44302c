"""The form that takes a table of those who are invited, and the table to copy."""

from collections.abc import Sequence
from typing import Any

from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, context, modal, preformatted, section, text_input
from bot.slack.payloads import remember
from bot.slack.text.escaping import clip, escape
from bot.slack.text.graphemes import fit, width
from bot.slack.words.letter_list import title_line

View = dict[str, Any]

TYPED_MOST = 3000
"""Characters of an input (SLACK.md, elements)."""
SHOWN_MOST = 30_000
"""Characters of the table that a window shows; whoever needs more takes it as a file."""
PART = 6000
"""Characters of one block of it."""


def paste_form(t: Words, letter: Letter, sample: str, problems: Sequence[str] = ()) -> View:
    """Take a table as text.

    Args:
        t: The organiser's words.
        letter: The letter.
        sample: A table that shows each column.
        problems: What is wrong with the one that was sent: nothing of it was taken.
    """
    blocks: Blocks = [section(title_line(letter))]
    blocks.append(
        section(
            t(
                "Paste a table from a spreadsheet, or as CSV: its first row names the columns. All "
                "of it is taken, or nothing. Who is on the list already stands afterwards where the "
                "table says."
            )
        )
    )
    blocks.append(preformatted(sample))
    blocks.append(
        context(
            t(
                "*kind*: person or organisation. *contact*: a member ID for somebody of this "
                "workspace (in their profile, “⋮”, “Copy member ID”), else how they are reached. "
                "*state*: asked, reading, awaiting or declined; empty is asked. *until*: the day "
                "until which an awaiting one needs approval. Only *kind* is needed everywhere."
            )
        )
    )
    if problems:
        heading = t("Nothing was taken, because:")
        blocks.append(section(f":warning: *{escape(heading)}*"))
        blocks += [section(part) for part in _packed([escape(line) for line in problems])]
    blocks.append(
        text_input(
            "table",
            t("The table"),
            most=TYPED_MOST,
            multiline=True,
            hint=t(
                "A longer one goes through the command line: undersigned letters invitations import "
                "{number} FILE --organiser USER_ID",
                number=letter.id,
            ),
        )
    )
    return modal(
        t("Paste a table"),
        blocks,
        close=t("Never mind"),
        submit=t("Take it"),
        callback="invitations.paste",
        meta=remember(letter=letter.id),
    )


def _packed(lines: Sequence[str]) -> list[str]:
    """Lines in as few texts as fit: each is shorter than a text may be."""
    texts: list[str] = []
    for line in lines:
        bullet = f"• {clip(line, 1000)}"
        if texts and width(texts[-1]) + width(bullet) < TYPED_MOST:
            texts[-1] += f"\n{bullet}"
        else:
            texts.append(bullet)
    return texts


def copy_view(t: Words, letter: Letter, table: str) -> View:
    """A table to copy; of one too long for a window, how to have all of it."""
    blocks: Blocks = [section(title_line(letter))]
    lines = table.replace("\r\n", "\n")
    if width(lines) > SHOWN_MOST:
        blocks.append(
            section(
                t(
                    "This list is too long for a window. Whoever runs Undersigned here can write all "
                    "of it to a file: `undersigned letters invitations export {number}`",
                    number=letter.id,
                )
            )
        )
    else:
        blocks.append(
            section(t("Copy it into a spreadsheet, or into a file that ends with `.csv`."))
        )
        blocks += [preformatted(part) for part in _parts(lines)]
    return modal(t("Copy as a table"), blocks, close=t("Close"))


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
