"""The window in which an organiser adds signatures from elsewhere: a field, a look, the result."""

from collections.abc import Sequence
from typing import Any

from bot.documents.pasted.entries import Skipped
from bot.features.collected.rules import SOURCE_MOST
from bot.features.collected.use_cases.additions import Brought
from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, context, modal, section, text_input
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
from bot.slack.text.escaping import escape, plain
from bot.slack.words.letter_list import title_line


class Adding(PastingWindow):
    """Memory of the window for signatures."""

    text: str
    """The hash of the text that they are for."""


ACTION = "add"


def agreed_words(t: Words) -> str:
    """The organiser's statement about signers who are not here; kept with each signature."""
    return t(
        "By adding these signatures, you confirm that everyone listed agreed to be published with "
        "the letter."
    )


def form(t: Words, letter: Letter, pasting: Pasting, source: str = "") -> View:
    """One field for everything, and where it comes from."""
    return modal(
        t("Add signatures"),
        [
            section(title_line(letter)),
            paste_field(t, pasting, t("Who signed?")),
            _source(t, source),
            context(
                t(
                    "You’ll see every entry first. If the list is too long, you can paste "
                    "more there."
                )
            ),
        ],
        close=t("Cancel"),
        submit=t("Continue"),
        callback=ACTION,
        meta=_memory(letter, pasting),
    )


def _source(t: Words, source: str, *, optional: bool = True) -> dict[str, Any]:
    return text_input(
        "source",
        t("Where does this come from?"),
        value=source,
        most=SOURCE_MOST,
        optional=optional,
        placeholder=t("Email to the secretariat, 3 March"),
        hint=t("Only organisers see this."),
    )


def _memory(letter: Letter, pasting: Pasting, going: str = "") -> str:
    return Adding(
        letter=letter.id, text=letter.text_sha256, going=going, pasting=pasting.memory
    ).kept()


def look(
    t: Words,
    letter: Letter,
    pasting: Pasting,
    rows: Sequence[Row],
    skipped: Sequence[Skipped],
    *,
    source: str,
    sourced: bool = True,
    notes: Sequence[str] = (),
) -> View:
    """Every entry as it would read on the letter, to be corrected; nothing is added yet.

    Args:
        t: The organiser's words.
        letter: The letter.
        pasting: The texts and their corrections.
        rows: The entries.
        skipped: Lines and columns that are none.
        source: Where they come from.
        sourced: Whether the entries are from a table that says that for each.
        notes: What else there is to know of all of them, as plain text.
    """
    count = sum(row.goes_in for row in rows)
    blocks: Blocks = [section(title_line(letter))]
    if count:
        counts = counts_words(t, rows)
        said = t(
            "Check how {entries} will appear. Correct any entry with its menu.", entries=counts
        )
        blocks.append(section(escape(said)))
    else:
        blocks.append(section(escape(t("No entry is left."))))
    blocks += [context(escape(note)) for note in notes]
    blocks += row_blocks(t, ACTION, rows, pasting, skipped)
    blocks += [{"type": "divider"}, _source(t, source, optional=sourced)]
    blocks += text_fields(t, pasting)
    blocks.append(context(escape(agreed_words(t))))
    submit = t.n("Add {count} signature", "Add {count} signatures", count)
    return modal(
        t("Add signatures"),
        blocks,
        close=t("Cancel"),
        submit=submit if count else t("Continue"),
        callback=ACTION,
        meta=_memory(letter, pasting, digest_of(row.entry for row in rows if row.goes_in)),
    )


def edit(t: Words, letter: Letter, pasting: Pasting, item: Item, source: str) -> View:
    """The fields of one entry."""
    return modal(
        t("Edit entry"),
        [
            section(title_line(letter)),
            *edit_fields(t, ACTION, item),
            {"type": "divider"},
            _source(t, source),
            *text_fields(t, pasting),
        ],
        close=t("Cancel"),
        submit=t("Save"),
        callback=ACTION,
        meta=_memory(letter, pasting),
    )


def refused(
    t: Words, letter: Letter, pasting: Pasting, problems: Sequence[str], source: str
) -> View:
    """The texts again, with all that is wrong with the table in them."""
    lines = [f"• {one}" for one in problems]
    return modal(
        t("Add signatures"),
        [
            section(title_line(letter)),
            section(t(":warning: *Nothing was added.* Please correct this in the table:")),
            *({"type": "section", "text": plain(text)} for text in texts(lines)),
            *text_fields(t, pasting),
            _source(t, source),
        ],
        close=t("Cancel"),
        submit=t("Continue"),
        callback=ACTION,
        meta=_memory(letter, pasting),
    )


def added(t: Words, letter: Letter, brought: Brought) -> View:
    """Count those that were added, and those that wait."""
    said = t.n("{count} signature added.", "{count} signatures added.", brought.added)
    blocks: Blocks = [section(title_line(letter)), section(f":white_check_mark: {escape(said)}")]
    waits = brought.added - brought.listed
    if waits:
        blocks.append(
            context(
                escape(
                    t.n(
                        "{count} of them isn’t on the list yet: the letter asks for a confirmation.",
                        "{count} of them aren’t on the list yet: the letter asks for confirmations.",
                        waits,
                    )
                )
            )
        )
    return modal(t("Added"), blocks, close=t("Done"))
