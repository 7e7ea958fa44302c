"""The state of a window for pasted lists: its texts, and the corrections of their entries.

The window itself stores everything: the texts in its fields, the corrections in its memory. Nothing
is saved elsewhere before the organiser adds the entries.
"""

import base64
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import orjson
from pydantic import Field

from bot.documents.pasted.entries import Entry, Remark, Skip, Skipped, Takes, tidy
from bot.documents.pasted.fields import read_line
from bot.documents.pasted.reading import read_list
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter, Signers
from bot.letters.refusals import Reason, Refused
from bot.names.filing import sort_fold
from bot.slack.models.shapes import OfLetter, OpenView
from bot.slack.models.values import Shape, Values

TYPED_MOST = 3000
"""Most characters that Slack allows in a text field (SLACK.md, elements)."""
TEXTS_MOST = 5
"""Pasted texts in one window; longer lists are for the command line."""
CORRECTIONS_MOST = 2700
"""Most characters of the corrections in a window's memory; Slack’s limit for all of it is 3,000."""
_KEY_LENGTH = 6
_FIELDS = {
    Kind.PERSON: ("name", "title", "affiliation"),
    Kind.ORGANISATION: ("name", "country", "via"),
}
"""The fields of an entry that can be corrected."""


class Pasting(Shape):
    """Pasted texts and the corrections made to their entries, by the entries' keys."""

    texts: tuple[str, ...] = Field(default=(), exclude=True)
    """The texts, which stay in the window's fields; its memory holds the rest."""
    flip: tuple[str, ...] = ()
    """Keys of the entries whose kind was switched."""
    out: tuple[str, ...] = ()
    """Keys of the entries that were left out."""
    again: tuple[str, ...] = ()
    """Keys of the people who withdrew, and agreed again."""
    edit: dict[str, tuple[str, ...]] = Field(default_factory=dict[str, tuple[str, ...]])
    """The corrected fields of entries."""
    page: int = 1
    editing: str = ""
    """Key of the entry that is being edited."""
    shown: str = ""
    """The digest of the texts and corrections when the window was drawn."""
    added_to: int = 0
    """Number of texts added so far, part of the paste field's id, so that a new field is empty."""

    @property
    def digest(self) -> str:
        """A hash of the texts and corrections."""
        said = [self.texts, self.flip, self.out, self.again, sorted(self.edit.items())]
        return sha256(orjson.dumps(said)).hexdigest()[:16]

    def but(self, **changes: Any) -> "Pasting":
        """Return a copy with some values changed.

        Raises:
            Refused: the window has no room for more corrections.
        """
        pasting = self.model_copy(update=changes)
        held = pasting.model_dump_json(exclude={"page", "editing", "shown"}, exclude_defaults=True)
        if len(held.encode()) > CORRECTIONS_MOST:
            raise Refused.because(Reason.TOO_MANY_CORRECTIONS)
        return pasting

    def corrected(self, change: str) -> "Pasting":
        """Return the state after a menu's choice: `flip:…`, `out:…`, `edit:…` or `page:…`.

        Raises:
            Refused: the window has no room for more corrections.
        """
        what, _, key = change.partition(":")
        match what:
            case "flip":
                edit = {one: said for one, said in self.edit.items() if one != key}
                return self.but(flip=_toggled(self.flip, key), edit=edit)
            case "out":
                return self.but(out=_toggled(self.out, key))
            case "again":
                return self.but(again=_toggled(self.again, key))
            case "edit":
                return self.but(editing=key)
            case _:
                return self.but(page=int(key))


def _toggled(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(sorted({*keys} ^ {key}))


class PastingWindow(OfLetter):
    """Memory of a window for pasted lists."""

    pasting: Pasting
    text: str = ""
    """The hash of the letter's text when the window was drawn."""
    going: str = ""
    """The digest of the entries that the window showed as ready to add."""


def pasting_of(view: OpenView) -> Pasting:
    """Return the state of a window. Text in the paste field is added to the other texts."""
    pasting, more = PastingWindow.of(view).pasting, view.values.text("more")
    texts = [view.values.text(f"paste{number}") for number in range(1, TEXTS_MOST + 1)]
    return pasting.but(
        texts=tuple(text for text in (*texts, more) if text.strip()),
        added_to=pasting.added_to + bool(more.strip()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry of a pasted list, with its corrections."""

    key: str
    """A key that stays the same each time the list is read."""
    entry: Entry
    left_out: bool = False


def takes(letter: Letter) -> Takes:
    """Return the kinds of signers that a letter accepts, as an option of the list reader."""
    return Takes.BOTH if letter.signers is Signers.EVERYONE else Takes(letter.signers.value)


def understand(
    pasting: Pasting, letter: Letter, people: Container[str] = ()
) -> tuple[list[Item], list[Skipped]]:
    """Return the entries of a window's texts, with their corrections, and the skipped lines.

    This is slow: run it in a thread. `people` has folded names: an entry that is just one of
    them is a person.
    """
    readings = [read_list(text, takes(letter)) for text in pasting.texts]
    items: dict[str, Item] = {}
    skipped = [one for reading in readings for one in reading.skipped]
    for entry in (entry for reading in readings for entry in reading.entries):
        # The key of an entry as it was read, unique enough within one window.
        digest = sha256(f"{entry.kind.value}\n{entry.reads}".encode()).digest()
        key = base64.b32encode(digest).decode()[:_KEY_LENGTH].lower()
        if key in items:
            skipped.append(Skipped(why=Skip.TWICE, row=entry.row, text=entry.reads))
            continue
        misread = entry.unsure or (entry.kind is Kind.ORGANISATION and not entry.country)
        if misread and sort_fold(entry.name) in people:
            entry = replace(entry, kind=Kind.PERSON, remarks=())  # noqa: PLW2901 - the same one
        found = _other_kind(entry) if key in pasting.flip else entry
        found = _edited(found, pasting.edit[key]) if key in pasting.edit else found
        if key in pasting.again:
            found = replace(found, details={**found.details, "agreed_again": "yes"})
        items[key] = Item(key=key, entry=found, left_out=key in pasting.out)
    return list(items.values()), skipped


def _other_kind(entry: Entry) -> Entry:
    """Turn a person into an organisation or the reverse, and keep all words of the entry."""
    if entry.kind is Kind.PERSON:
        kept = tuple(one for one in entry.remarks if one[0] is Remark.LEFT_OUT)
        return replace(
            entry, kind=Kind.ORGANISATION, name=entry.reads, title="", affiliation="", remarks=kept
        )
    name = f"{entry.name} via {entry.via}" if entry.via else entry.name
    found = read_line(name, entry.row, 100.0)
    is_read = len(found) == 1 and found[0].kind is Kind.PERSON
    read = found[0] if is_read else Entry(kind=Kind.PERSON, name=name, row=entry.row)
    country = entry.country or read.country
    return replace(read, country=country, contact=entry.contact, details=entry.details, remarks=())


def _edited(entry: Entry, values: tuple[str, ...]) -> Entry:
    """Return the entry with new values for `_FIELDS`, in order; its kind is no longer unsure.

    One value more is the person's Slack user id, or empty for somebody without an account.
    """
    fields, details = _FIELDS[entry.kind], entry.details
    if len(values) > len(fields):
        details = {**details, "member": values[-1]}
    words = dict(zip(fields, map(tidy, values), strict=False))
    remarks = tuple(one for one in entry.remarks if one[0] is not Remark.UNSURE)
    return replace(entry, remarks=remarks, details=details, **words)


def saved(pasting: Pasting, letter: Letter, values: Values, people: Container[str] = ()) -> Pasting:
    """Return the state with the edited entry's fields applied. Slow: run it in a thread.

    Raises:
        Refused: the window has no room for more corrections.
    """
    edit = dict(pasting.edit)
    # Only windows whose entries have accounts show the field.
    account = None if values.block("account") is None else "".join(values.ids("account"))
    for item in understand(pasting, letter, people)[0]:
        if item.key == pasting.editing:
            words = tuple(values.text(f"entry_{name}") for name in _FIELDS[item.entry.kind])
            edit[item.key] = words if account is None else (*words, account)
    return pasting.but(edit=edit, editing="")


def digest_of(lines: Iterable[str]) -> str:
    """Return a digest that changes whenever the entries to be added do."""
    return sha256("\n".join(lines).encode()).hexdigest()[:16]
