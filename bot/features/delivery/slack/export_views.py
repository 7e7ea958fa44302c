"""The list in pages for copying."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.features.delivery.list_files import Format
from bot.features.delivery.slack.copied_pages import Place, cut
from bot.features.delivery.slack.document_views import grant_words
from bot.features.delivery.use_cases.exports import Scope, Stretch
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    context,
    modal,
    option,
    preformatted,
    radio,
    section,
)
from bot.slack.models.shapes import OfLetter, OpenView
from bot.slack.page_parts import arrows
from bot.slack.text.escaping import escape
from bot.slack.words.phases import title_line

_BACK = "back"

TRAIL_MOST = 30
"""Previous pages that a window remembers."""


class Exporting(OfLetter):
    """Memory of the export view."""

    sends: bool = False
    """True if files can be sent instead."""
    number: int = 1
    at: str
    """The place at which the page begins."""
    back: tuple[str, ...] = ()
    """The places of previous pages, as many as are remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Choices in the export view."""

    letter: int
    form: Format
    scope: Scope
    sends: bool
    """True if files can be sent instead."""
    number: int = 1
    """The page number, from 1."""
    place: Place = field(default_factory=Place)
    """The place at which the page begins."""
    back: tuple[Place, ...] = ()
    """The places of previous pages in order, as many as are remembered."""

    def turned(self, to: str) -> "Chosen":
        """Return the choices for the previous page, or for the page at the place `to`."""
        if to != _BACK:
            back = (*self.back, self.place)[-TRAIL_MOST:]
            return replace(self, number=self.number + 1, place=Place.parse(to), back=back)
        *back, place = self.back or (Place(),)
        return replace(self, number=max(self.number - 1, 1), place=place, back=tuple(back))


def chosen(view: OpenView) -> Chosen:
    """Return the choices in an open view."""
    memory = Exporting.of(view)
    return Chosen(
        letter=memory.letter,
        form=Format(view.values.choice("format")),
        scope=Scope(view.values.choice("scope")),
        sends=memory.sends,
        number=memory.number,
        place=Place.parse(memory.at),
        back=tuple(map(Place.parse, memory.back)),
    )


def page(t: Words, export: Stretch, chosen: Chosen) -> View:
    """Return a page of the list as text, with the choices of format and scope."""
    text, following = cut(chosen.form, export, chosen.place)
    letter = export.letter
    blocks: Blocks = [
        section(title_line(letter)),
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
    blocks.append(preformatted(text) if text else section(t("No one is on the list yet.")))
    turns = arrows(
        t,
        "export.page",
        back=_BACK if chosen.back else None,
        on=None if following is None else str(following),
    )
    if turns:
        blocks.append(context(escape(t("Page {number}", number=t.number(chosen.number)))))
        blocks.append(actions(*turns, block="turn"))
    if not chosen.sends:
        blocks.append(context(grant_words(t)))
    return modal(
        t("The list"),
        blocks,
        close=t("Close"),
        callback="export",
        meta=Exporting(
            letter=letter.id,
            sends=chosen.sends,
            number=chosen.number,
            at=str(chosen.place),
            back=tuple(map(str, chosen.back)),
        ).kept(),
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
