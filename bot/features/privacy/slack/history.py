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
from bot.slack.letter_picker import command_button, for_letter
from bot.slack.models.shapes import OfLetter
from bot.slack.page_parts import page_arrows, page_foot, texts, turn
from bot.slack.payloads import Click, Command
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, moment
from bot.slack.words.phases import title_line

PAGE = 15
"""Entries on a page."""
CSV_PARTS = 10
"""Most blocks of CSV in a window."""


def register(features: Features) -> None:
    """Register the window of the history and its pages."""
    features.on_command("history", for_letter(Action.SEE_STATUS, _history))
    features.on_click("history.page", _page)
    features.on_click("history.copy", _copy)


async def _history(command: Command, letter: Letter) -> None:
    await command.open(await _shown(command, letter.id, 1))


async def _page(click: Click) -> None:
    letter, _, number = click.value.partition(":")
    await turn(click, await _shown(click, int(letter), int(number)))


async def _shown(asked: Click | Command, letter: int, number: int) -> View:
    caller = asked.caller
    found = await history.page(
        asked.bot.database, letter=letter, actor=caller.actor, number=number, limit=PAGE
    )
    return history_page(caller.t, found)


async def _copy(click: Click) -> None:
    caller = click.caller
    rows = await history.newest(click.bot.database, letter=int(click.value), actor=caller.actor)
    await click.show(csv_page(caller.t, write_history(rows)))


def history_page(t: Words, found: HistoryPage) -> View:
    """Return one page of a letter's history, the newest entry first."""
    letter = found.letter
    blocks: Blocks = [
        section(title_line(letter)),
        context(t("Newest first. Only organisers see it.")),
    ]
    for number, row in enumerate(found.rows):
        words, undo = f"*{act_words(t, row)}*", None
        if row.entry.ground:
            reason = escape(isolate(row.entry.ground))
            words = f"{words}\n{t('Reason: {reason}', reason=reason)}"
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
    """Return the button that undoes an act, or opens the window for undoing it."""
    match row.entry.act:
        case Act.REMOVED if not row.entry.endorsement:
            return button(t("Review"), "organisations.open", row.entry.signatory)
        case Act.REMOVED | Act.REMOVED_ALL:
            return button(t("Restore"), "signatures.restore", row.entry.id)
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
