"""The blocks of a window that takes pasted lists: the field, the entries to check, one to edit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.documents.pasted.entries import Entry, Skip, Skipped
from bot.documents.pasted.explanations import note_of, skipped_line
from bot.letters.endorsement import Kind
from bot.letters.entries import COUNTRY_MOST, NAME_MOST
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, context, option, section, text_input
from bot.slack.page_parts import texts as packed
from bot.slack.pagination import arrows
from bot.slack.pasting.state import TEXTS_MOST, TYPED_MOST, Item, Pasting, is_unsure
from bot.slack.text.escaping import clip, escape, isolate, plain

PAGE = 40
"""Entries of one page: with the fields and the entries left out they stay below Slack's 100 blocks."""
_LEFT_OUT_MOST, _SKIPPED_MOST = 20, 12
_LINE_MOST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry as the window shows it."""

    item: Item | None
    """None for a row of a table of our own, which is corrected in its text."""
    kind: Kind
    entry: str
    """The entry as it would appear on the letter."""
    notes: tuple[str, ...] = ()
    """Remarks as plain text."""
    problem: str = ""
    """Why it cannot be added as it is, as plain text."""
    alike: tuple[str, ...] = ()
    """Entries that look like it."""

    @property
    def goes_in(self) -> bool:
        """Return whether it would be added."""
        return not self.problem and not (self.item and self.item.left_out)

    @property
    def needs_a_look(self) -> bool:
        """Return whether it comes first, because a guess may be wrong."""
        return bool(self.alike) or (self.item is not None and is_unsure(self.item))


def paste_field(t: Words, pasting: Pasting, asked: str = "") -> dict[str, Any]:
    """The empty field that takes a list; `asked` is its label where it is the first."""
    return text_input(
        f"more.{pasting.added_to}",
        asked or t("Paste more"),
        most=TYPED_MOST,
        optional=not asked,
        multiline=True,
        placeholder=t("Paste a list, rows of a spreadsheet or a form’s CSV"),
    )


def text_fields(t: Words, pasting: Pasting) -> Blocks:
    """The texts that were pasted, to be changed, and room for more."""
    count = len(pasting.texts)
    fields: Blocks = []
    for number, text in enumerate(pasting.texts, start=1):
        label = t("What you pasted")
        fields.append(
            text_input(
                f"paste{number}.{pasting.added_to}",
                label,
                value=text,
                most=TYPED_MOST,
                optional=True,
                multiline=True,
            )
        )
    if count < TEXTS_MOST:
        fields.append(paste_field(t, pasting))
    return fields


def page_of(rows: Sequence[Row], pasting: Pasting) -> tuple[list[Row], int, int]:
    """Return the rows of the page that is shown, its number, and how many pages there are."""
    going = [row for row in rows if row.goes_in]
    going.sort(key=lambda row: not row.needs_a_look)
    pages = max(1, -(-len(going) // PAGE))
    number = min(max(pasting.page, 1), pages)
    return going[(number - 1) * PAGE : number * PAGE], number, pages


def row_blocks(
    t: Words, action: str, rows: Sequence[Row], pasting: Pasting, skipped: Sequence[Skipped]
) -> Blocks:
    """The entries that would be added, page by page, then those that would not, then what was skipped."""
    shown, number, pages = page_of(rows, pasting)
    blocks: Blocks = [_row(t, action, row) for row in shown]
    if pages > 1:
        which = t("Page {number} of {count}", number=t.number(number), count=t.number(pages))
        blocks.append(context(escape(which)))
        turn = arrows(
            t,
            f"{action}.page",
            back=str(number - 1) if number > 1 else None,
            on=str(number + 1) if number < pages else None,
        )
        blocks.append(actions(*turn, block="turn"))
    return blocks + _left_out(t, action, rows) + _skipped(t, skipped)


def _row(t: Words, action: str, row: Row) -> dict[str, Any]:
    block = _text(t, row)
    if row.item is not None:
        key = row.item.key
        other = t("It’s an organisation") if row.kind is Kind.PERSON else t("It’s a person")
        choices = [
            option(other, f"flip:{key}"),
            option(t("Leave out"), f"out:{key}"),
            option(t("Edit…"), f"edit:{key}"),
        ]
        block |= {"block_id": f"row.{key}", "accessory": _menu(action, choices)}
    return block


def _menu(action: str, choices: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "overflow", "action_id": f"{action}.correct", "options": list(choices)}


def _text(t: Words, row: Row) -> dict[str, Any]:
    """An entry as plain text: nothing that somebody pasted is live."""
    kind = t("Person") if row.kind is Kind.PERSON else t("Organisation")
    under = " ".join([f"{kind}.", *row.notes])
    lines = [clip(isolate(row.entry), _LINE_MOST), clip(under, _LINE_MOST)]
    if row.problem:
        lines.append(clip(row.problem, _LINE_MOST))
    if row.alike:
        alike = "; ".join(isolate(entry) for entry in row.alike)
        lines.append(clip(t("Looks like: {alike}", alike=alike), _LINE_MOST))
    return {"type": "section", "text": plain("\n".join(lines))}


def _left_out(t: Words, action: str, rows: Sequence[Row]) -> Blocks:
    out = [row for row in rows if not row.goes_in]
    if not out:
        return []
    said = t.n("{count} entry won’t be added:", "{count} entries won’t be added:", len(out))
    blocks: Blocks = [{"type": "divider"}, section(escape(said))]
    for row in out[:_LEFT_OUT_MOST]:
        block = _text(t, row)
        if row.item is not None:
            key = row.item.key
            choices = [option(t("Edit…"), f"edit:{key}")]
            if row.item.left_out:
                choices.insert(0, option(t("Put back"), f"out:{key}"))
            elif row.problem:
                other = t("It’s an organisation") if row.kind is Kind.PERSON else t("It’s a person")
                choices.insert(0, option(other, f"flip:{key}"))
            block |= {"block_id": f"row.{key}", "accessory": _menu(action, choices)}
        blocks.append(block)
    rest = len(out) - _LEFT_OUT_MOST
    if rest > 0:
        blocks.append(context(escape(t.n("and {count} more", "and {count} more", rest))))
    return blocks


def _skipped(t: Words, skipped: Sequence[Skipped]) -> Blocks:
    if not skipped:
        return []
    columns = [one.text for one in skipped if one.why is Skip.COLUMN]
    lines = [skipped_line(t, one) for one in skipped if one.why is not Skip.COLUMN]
    said = [t("Skipped:")]
    if columns:
        said.append(
            t("Column “{column}”: not needed.", column=clip(", ".join(columns), _LINE_MOST))
        )
    said += lines[:_SKIPPED_MOST]
    rest = len(lines) - _SKIPPED_MOST
    if rest > 0:
        said.append(t.n("and {count} more", "and {count} more", rest))
    return [{"type": "section", "text": plain(text)} for text in packed(said)]


def counts_words(t: Words, rows: Iterable[Row]) -> str:
    """Count the organisations and people who would be added, as plain text."""
    kinds = [row.kind for row in rows if row.goes_in]
    organisations = kinds.count(Kind.ORGANISATION)
    people = len(kinds) - organisations
    bodies = t.n("{count} organisation", "{count} organisations", organisations)
    persons = t.n("{count} person", "{count} people", people)
    if not people or not organisations:
        return persons if people else bodies
    return t(", ").join((bodies, persons))


def notes_of(t: Words, entry: Entry) -> tuple[str, ...]:
    """Return what there is to know of an entry beside how it reads, as plain text."""
    note = note_of(t, entry)
    return (note,) if note else ()


def edit_fields(t: Words, action: str, item: Item) -> Blocks:
    """The fields of one entry, and the way back."""
    entry, key = item.entry, item.key
    if entry.kind is Kind.PERSON:
        fields = [
            _field(t("Name"), f"entry_name.{key}", entry.name),
            _field(t.p("of a person", "Title"), f"entry_title.{key}", entry.title, optional=True),
            _field(t("Affiliation"), f"entry_affiliation.{key}", entry.affiliation, optional=True),
        ]
    else:
        fields = [
            _field(t("Organisation"), f"entry_name.{key}", entry.name),
            _field(
                t("Country"), f"entry_country.{key}", entry.country, COUNTRY_MOST, optional=True
            ),
            _field(t("Signing through"), f"entry_via.{key}", entry.via, optional=True),
        ]
    return [*fields, actions(button(t("Back"), f"{action}.back"), block="back")]


def _field(
    label: str, name: str, value: str, most: int = NAME_MOST, *, optional: bool = False
) -> dict[str, Any]:
    # A longer name is cut to what the field takes: it could not be added either.
    return text_input(name, label, value=value[:most], most=most, optional=optional)
