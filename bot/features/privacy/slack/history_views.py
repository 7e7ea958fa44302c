"""The window of a letter's history."""

from typing import Any

from bot.features.privacy.slack.history_words import act_words, reason_words, who_words
from bot.features.privacy.use_cases.history import HistoryPage, HistoryRow
from bot.locales import Words
from bot.slack.block_kit import Blocks, button, context, modal, preformatted, section
from bot.slack.page_parts import page_arrows, page_foot, texts
from bot.slack.payloads import remember
from bot.slack.text.escaping import TEXT_LIMIT, clip
from bot.slack.times import moment
from bot.slack.words.letter_list import title_line

View = dict[str, Any]

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
    for row in found.rows:
        blocks += _row(t, row)
    buttons = page_arrows(t, "history.page", letter, found.number, found.pages)
    buttons.append(button(t("Copy as CSV"), "history.copy", str(letter.id)))
    blocks += page_foot(t, found.number, found.pages, buttons)
    return modal(
        t("History"),
        blocks,
        close=t("Close"),
        callback="history",
        meta=remember(letter=letter.id, page=found.number),
    )


def _row(t: Words, row: HistoryRow) -> Blocks:
    words = "\n".join(one for one in (f"*{act_words(t, row)}*", reason_words(t, row)) if one)
    when = f"{who_words(t, row)}, {moment(t, row.entry.at)}"
    return [section(clip(words, TEXT_LIMIT)), context(when)]


def csv_page(t: Words, table: str) -> View:
    """The history as CSV, to be copied; the rest of a long one is had on the command line."""
    parts = [*texts(clip(line, TEXT_LIMIT) for line in table.splitlines())]
    blocks: Blocks = [preformatted(part) for part in parts[:CSV_PARTS]]
    if len(parts) > CSV_PARTS:
        blocks.append(
            context(
                t(
                    "These are the newest entries. The person who runs Undersigned can give you all "
                    "of them with `undersigned letters history --csv`."
                )
            )
        )
    return modal(t("History as CSV"), blocks, close=t("Close"))
