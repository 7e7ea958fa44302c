"""The window of a letter's history."""

from typing import Any

from bot.features.privacy.slack.history_words import act_words, reason_words, who_words
from bot.features.privacy.use_cases.history import HistoryPage, HistoryRow
from bot.letters.audit import Act
from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, button, context, modal, of_row, preformatted, section
from bot.slack.letter_picker import command_button
from bot.slack.models.memories import OfLetter
from bot.slack.page_parts import page_arrows, page_foot, texts
from bot.slack.text.escaping import TEXT_LIMIT, clip
from bot.slack.times import moment
from bot.slack.words.letter_list import title_line

PAGE = 15
"""Entries a page."""
CSV_PARTS = 10
"""Blocks of CSV that a window shows."""


def history_page(t: Words, found: HistoryPage) -> View:
    """One page of a letter's history, the newest entry first."""
    letter = found.letter
    blocks: Blocks = [
        section(title_line(letter)),
        context(t("Newest first. Only organisers see it.")),
    ]
    for number, row in enumerate(found.rows):
        blocks += _row(t, letter, row, number)
    buttons = page_arrows(t, "history.page", letter, found.number, found.pages)
    buttons.append(button(t("Copy as CSV"), "history.copy", str(letter.id)))
    blocks += page_foot(t, found.number, found.pages, buttons)
    return modal(
        t("History"),
        blocks,
        close=t("Close"),
        callback="history",
        meta=OfLetter(letter=letter.id).kept(),
    )


def _row(t: Words, letter: Letter, row: HistoryRow, number: int) -> Blocks:
    words = "\n".join(one for one in (f"*{act_words(t, row)}*", reason_words(t, row)) if one)
    when = f"{who_words(t, row)}, {moment(t, row.entry.at)}"
    said = section(clip(words, TEXT_LIMIT))
    if row.may_undo:
        said["accessory"] = of_row(_undo(t, letter, row), row.reads, number)
    return [said, context(when)]


def _undo(t: Words, letter: Letter, row: HistoryRow) -> dict[str, Any]:
    """The button that undoes an act, or opens the window in which that is done."""
    match row.entry.act:
        case Act.REMOVED:
            return button(t("Restore"), "removals.restore", row.entry.signatory)
        case Act.MERGED:
            return button(t("Undo"), "merges", str(letter.id))
        case Act.CLOSED:
            return command_button(t("Reopen"), "reopen", letter.id)
        case Act.PINNED:
            return command_button(t("Undo"), "unpin", letter.id, row.reads)
        case Act.CARD_REMOVED:
            return command_button(t("Post again"), "post", letter.id)
        case _:
            return command_button(t("Organisers"), "organisers", letter.id)


def csv_page(t: Words, table: str) -> View:
    """The history as CSV, to be copied; the rest of a long one is had on the command line."""
    parts = [*texts(clip(line, TEXT_LIMIT) for line in table.splitlines())]
    blocks: Blocks = [preformatted(part) for part in parts[:CSV_PARTS]]
    if len(parts) > CSV_PARTS:
        blocks.append(
            context(
                t(
                    "These are the newest entries. The person who runs Undersigned can give you all "
                    "of them."
                )
            )
        )
    return modal(t("History as CSV"), blocks, close=t("Close"))
