"""The window that takes a list of those who are invited, and the table to copy."""

from collections.abc import Sequence

from bot.documents.pasted.entries import Skipped
from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, context, modal, preformatted, section
from bot.slack.page_parts import texts
from bot.slack.pasting.state import Item, Pasting, PastingWindow, digest_of
from bot.slack.pasting.views import (
    Row,
    counts_words,
    edit_fields,
    paste_field,
    row_blocks,
    text_fields,
)
from bot.slack.text.escaping import escape, fit, plain, width
from bot.slack.words.letter_list import title_line

ACTION = "invitations.paste"
SHOWN_MOST = 30_000
"""Characters of the table that a window shows; for more, people take it as a file."""
PART = 6000
"""Characters of one block of it."""


def paste_form(t: Words, letter: Letter, pasting: Pasting) -> View:
    """One field for a list, or for a table as Copy as a table gives it."""
    return _window(
        t,
        t("Invite from a list"),
        letter,
        pasting,
        [
            paste_field(t, pasting, t("Who do you want to invite?")),
            context(
                t(
                    "You’ll see every entry first. If the list is too long, you can paste "
                    "more there."
                )
            ),
        ],
        submit=t("Continue"),
    )


def refused_form(t: Words, letter: Letter, pasting: Pasting, problems: Sequence[str]) -> View:
    """The texts again, with all that is wrong with the table in them."""
    heading = t("Nothing was saved:")
    return _window(
        t,
        t("Invite from a list"),
        letter,
        pasting,
        [
            section(f":warning: *{escape(heading)}*"),
            *(
                {"type": "section", "text": plain(text)}
                for text in texts([f"• {one}" for one in problems])
            ),
            *text_fields(t, pasting),
        ],
        submit=t("Continue"),
    )


def look(
    t: Words, letter: Letter, pasting: Pasting, rows: Sequence[Row], skipped: Sequence[Skipped]
) -> View:
    """Every entry that would be invited, to be corrected; nobody is invited yet."""
    count = sum(row.goes_in for row in rows)
    said = (
        t(
            "Check who you’ll invite: {entries}. Correct any entry with its menu.",
            entries=counts_words(t, rows),
        )
        if count
        else t("No entry is left.")
    )
    return _window(
        t,
        t("Invite from a list"),
        letter,
        pasting,
        [
            section(escape(said)),
            *row_blocks(t, ACTION, rows, pasting, skipped),
            {"type": "divider"},
            *text_fields(t, pasting),
        ],
        submit=t.n("Invite {count}", "Invite {count}", count) if count else t("Continue"),
        going=digest_of(row.entry for row in rows if row.goes_in),
    )


def edit_form(t: Words, letter: Letter, pasting: Pasting, item: Item) -> View:
    """The fields of one entry."""
    return _window(
        t,
        t("Edit entry"),
        letter,
        pasting,
        [*edit_fields(t, ACTION, item), {"type": "divider"}, *text_fields(t, pasting)],
        submit=t("Save"),
    )


def _window(
    t: Words,
    title: str,
    letter: Letter,
    pasting: Pasting,
    blocks: Blocks,
    *,
    submit: str,
    going: str = "",
) -> View:
    return modal(
        title,
        [section(title_line(letter)), *blocks],
        close=t("Cancel"),
        submit=submit,
        callback=ACTION,
        meta=PastingWindow(letter=letter.id, going=going, pasting=pasting.memory).kept(),
    )


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
