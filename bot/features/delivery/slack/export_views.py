"""The list in pages that can be copied."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.features.delivery.list_files import Format
from bot.features.delivery.slack.document_views import grant_words
from bot.features.delivery.use_cases.exports import Export, Scope
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    actions,
    context,
    modal,
    option,
    preformatted,
    radio,
    section,
)
from bot.slack.pagination import arrows
from bot.slack.payloads import remember
from bot.slack.shapes import OpenView
from bot.slack.text.escaping import escape, isolate
from bot.slack.text.graphemes import fit, width

View = dict[str, Any]

PAGE_MOST = 2900
"""UTF-16 units of a page: what fits into one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Choices in the export view."""

    letter: int
    form: Format
    scope: Scope
    page: int
    sends: bool
    """Whether files can be sent instead."""


def chosen(view: OpenView, *, page: int = 1) -> Chosen:
    """Read the choices of an open view."""
    return Chosen(
        letter=view.meta["letter"],
        form=Format(view.values.choice("format")),
        scope=Scope(view.values.choice("scope")),
        page=page,
        sends=bool(view.meta.get("sends")),
    )


def page(t: Words, export: Export, chosen: Chosen, text: str) -> View:
    """One page of a list as text, with what to choose, and the command that writes all of it."""
    dealt = list(_pages(text)) or [""]
    number = min(max(chosen.page, 1), len(dealt))
    letter = export.letter
    title = escape(isolate(letter.title))
    blocks: Blocks = [
        section(t("Copy the list of *{title}*", title=title)),
        actions(_formats(t, chosen.form), block="format"),
        actions(_scopes(t, chosen.scope), block="scope"),
    ]
    if export.embargoed:
        blocks.append(
            context(
                t(":lock: The names are under embargo. Only organisers can see this list for now.")
            )
        )
    elif chosen.scope is Scope.ALL:
        blocks.append(
            context(
                t(
                    ":lock: Includes proof of permission and who signed for each organisation. "
                    "Don’t publish it."
                )
            )
        )
    blocks.append(
        preformatted(dealt[number - 1]) if text else section(t("No one is on the list yet."))
    )
    if len(dealt) > 1:
        which = t("Page {number} of {count}", number=t.number(number), count=t.number(len(dealt)))
        blocks.append(context(escape(which)))
        back = str(number - 1) if number > 1 else None
        on = str(number + 1) if number < len(dealt) else None
        blocks.append(actions(*arrows(t, "export.page", back=back, on=on), block="turn"))
    if not chosen.sends:
        blocks.append(context(grant_words(t)))
    blocks.append(context(_command(t, export, chosen)))
    return modal(
        t("The list"),
        blocks,
        close=t("Close"),
        callback="export",
        meta=remember(letter=letter.id, sends=chosen.sends),
    )


def _formats(t: Words, chosen: Format) -> dict[str, Any]:
    said = {
        Format.LINES: t("Plain lines, as on the letter"),
        Format.CSV: t("Table (CSV)"),
        Format.MARKDOWN: t("Letter and list (Markdown)"),
    }
    options = {form.value: option(said[form], form.value) for form in Format}
    return radio("export.format", options, chosen.value)


def _scopes(t: Words, chosen: Scope) -> dict[str, Any]:
    said = {
        Scope.LISTED: t("The published list"),
        Scope.ALL: t("Everything, with status"),
    }
    options = {scope.value: option(said[scope], scope.value) for scope in Scope}
    return radio("export.scope", options, chosen.value)


def _command(t: Words, export: Export, chosen: Chosen) -> str:
    words = ["undersigned letters export", str(export.letter.id), f"--format {chosen.form.value}"]
    if chosen.scope is Scope.ALL:
        words.append("--all")
    elif export.embargoed:
        words.append("--embargoed")
    return t(
        "To get it as a file, on the machine that runs Undersigned: `{command} > list.{ending}`",
        command=" ".join(words),
        ending={Format.LINES: "txt", Format.CSV: "csv", Format.MARKDOWN: "md"}[chosen.form],
    )


def _pages(text: str) -> Iterator[str]:
    """The text in pages that end with a line, unless a line is longer than a page."""
    kept = ""
    for line in text.splitlines(keepends=True):
        if width(kept + line) > PAGE_MOST and kept:
            yield kept
            kept = ""
        kept += line
        while width(kept) > PAGE_MOST:
            room = fit(kept, PAGE_MOST)
            yield kept[:room]
            kept = kept[room:]
    if kept:
        yield kept
