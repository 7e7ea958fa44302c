"""A letter's history for organisers: `/letter history`."""

from typing import Any

from bot.features.privacy.rules import HistoryRow
from bot.features.privacy.slack.history_words import act_words, who_words
from bot.features.privacy.table import write_history
from bot.features.privacy.use_cases import history
from bot.features.privacy.use_cases.history import HistoryPage
from bot.letters.audit import Act
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, button, context, modal, of_row, preformatted, section
from bot.slack.features import Features
from bot.slack.letter_picker import command_button, opens
from bot.slack.models.shapes import OfLetter
from bot.slack.page_parts import page_arrows, page_foot, shows, texts, turns
from bot.slack.payloads import Click, Command
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, moment
from bot.slack.words.phases import title_line

PAGE = 15
"""Entries on a page."""
_NAMING = {Act.APPROVED, Act.INVITATION_REMOVED}
"""Acts whose ground is no reason, but the name of a domain or of who was invited."""
CSV_PARTS = 10
"""Most blocks of CSV in a window."""


def register(features: Features) -> None:
    """Register the window of the history and its pages."""
    features.on_command(
        "history", opens(Action.SEE_STATUS, lambda asked, one: _page(asked, one.id))
    )
    features.on_click("history.page", turns(_turned))
    features.on_click("history.copy", shows(_copy))


async def _turned(click: Click) -> View:
    letter, _, number = click.value.partition(":")
    return await _page(click, int(letter), int(number))


async def _page(asked: Click | Command, letter: int, number: int = 1) -> View:
    found = await history.page(
        asked.database, letter=letter, actor=asked.actor, number=number, limit=PAGE
    )
    return history_page(asked.t, found)


async def _copy(click: Click) -> View:
    rows = await history.newest(click.database, letter=int(click.value), actor=click.actor)
    return csv_page(click.t, write_history(rows))


def history_page(t: Words, found: HistoryPage) -> View:
    """Return one page of a letter's history, the newest entry first."""
    letter = found.letter
    blocks: Blocks = [
        section(title_line(letter)),
        context(t("Newest first. Only organisers see it.")),
    ]
    for number, row in enumerate(found.rows):
        words, undo = f"*{act_words(t, row)}*", None
        if row.entry.ground and row.entry.act not in _NAMING:
            words = f"{words}\n{t('Reason: {reason}', reason=escape(isolate(row.entry.ground)))}"
        if row.may_undo:
            undo = of_row(_undo(t, letter, row), row.reads, number)
        when = f"{who_words(t, row)}, {moment(t, row.entry.at)}"
        blocks += [section(clip(words, TEXT_LIMIT), accessory=undo), context(when)]
    buttons = page_arrows(t, "history.page", str(letter.id), found.number, found.pages)
    buttons.append(button(t("Copy as CSV"), "history.copy", str(letter.id)))
    blocks += page_foot(t, found.number, found.pages, buttons)
    return modal(
        t("History"),
        blocks,
        close=t("Close"),
        callback="history",
        meta=OfLetter(letter=letter.id).kept(),
    )


def _undo(t: Words, letter: Letter, row: HistoryRow) -> dict[str, Any]:
    match row.entry.act:
        case Act.REMOVED if not row.entry.endorsement:
            return button(t("Review"), "organisations.open", row.entry.signatory)
        case Act.REMOVED | Act.REMOVED_ALL:
            return button(t("Restore"), "signatures.restore", row.entry.id)
        case Act.MERGED | Act.AMENDED | Act.CORRECTED | Act.CORRECTION_ACCEPTED:
            facts, undo, value = row.entry.facts, "merges", str(letter.id)
            if "amendment" in facts:
                undo, value = "amend.undo", f"{letter.id}:{facts['amendment']}"
            if "correction" in facts:
                undo, value = "correct.undo", facts["correction"]
            return button(t("Undo"), undo, value)
        case Act.CLOSED:
            return command_button(t("Reopen"), "reopen", letter.id)
        case Act.PINNED:
            return command_button(t("Undo"), "unpin", letter.id, row.reads)
        case Act.CARD_REMOVED:
            return command_button(t("Post again"), "post", letter.id)
        case _:
            return command_button(t("Organisers"), "organisers", letter.id)


def csv_page(t: Words, table: str) -> View:
    """Return the history as CSV for copying; the command line has the rest of a long one."""
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
