"""A window for pasted lists: its texts, and the corrections of their entries.

The window itself holds all of it: the texts in its fields, the corrections in its memory. Nothing
is stored elsewhere before the organiser adds the entries.
"""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Annotated

import orjson
from pydantic import Field

from bot.documents.own_tables import read_list
from bot.documents.pasted.corrections import FIELDS, edited, other_kind
from bot.documents.pasted.entries import Entry, Reading, Skip, Skipped, Takes
from bot.letters.letter import Letter, Signers
from bot.letters.refusals import Reason, Refused
from bot.slack.models.shapes import OfLetter, OpenView
from bot.slack.models.values import Shape, Values

TYPED_MOST = 3000
"""Characters that Slack allows in a text field (SLACK.md, elements)."""
TEXTS_MOST = 5
"""Pasted texts in one window; longer lists are for the command line."""
CORRECTIONS_MOST = 2700
"""Characters of `PastingMemory` in a window's memory; Slack’s limit for all of it is 3,000."""
_KEY_LENGTH = 6


class PastingMemory(Shape):
    """The part of a window's memory about pasted texts; see `Pasting`."""

    flip: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    edit: dict[str, tuple[str, ...]] = Field(default_factory=dict[str, tuple[str, ...]])
    page: int = 1
    editing: str = ""
    shown: str = ""
    texts: Annotated[int, Field(ge=0, le=TEXTS_MOST)] = 0
    """Number of fields with a pasted text."""
    added_to: int = 0


class PastingWindow(OfLetter):
    """Memory of a window for pasted lists."""

    pasting: PastingMemory
    text: str = ""
    """The hash of the letter's text when the window was drawn."""
    going: str = ""
    """The digest of the entries that the window showed as ready to add."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasting:
    """Pasted texts and the corrections made to their entries, by the entries' keys."""

    texts: tuple[str, ...] = ()
    flipped: frozenset[str] = frozenset()
    """Keys of the entries whose kind was switched."""
    left_out: frozenset[str] = frozenset()
    edited: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """The corrected fields of entries."""
    page: int = 1
    editing: str = ""
    """Key of the entry that is being edited."""
    shown: str = ""
    """The digest of the texts and corrections when the window was drawn."""
    added_to: int = 0
    """Number of texts added so far; it changes the id of the paste field, which is then empty."""

    @property
    def digest(self) -> str:
        """A hash of the texts and corrections."""
        said = [
            self.texts, sorted(self.flipped), sorted(self.left_out), sorted(self.edited.items()),
        ]  # fmt: skip
        return sha256(orjson.dumps(said)).hexdigest()[:16]

    @property
    def memory(self) -> "PastingMemory":
        """The state as the window's memory stores it; the texts stay in the window's fields."""
        return PastingMemory(
            flip=tuple(sorted(self.flipped)),
            out=tuple(sorted(self.left_out)),
            edit=dict(self.edited),
            page=self.page,
            editing=self.editing,
            shown=self.shown,
            texts=len(self.texts),
            added_to=self.added_to,
        )

    def corrected(self, change: str) -> "Pasting":
        """Apply one correction: `flip`, `out` or `edit`, then a colon and the entry's key.

        Raises:
            Refused: the window can hold no more corrections.
        """
        what, _, key = change.partition(":")
        if what == "edit":
            return replace(self, editing=key)
        if what == "out":
            return replace(self, left_out=self.left_out ^ {key}).checked()
        words = {one: said for one, said in self.edited.items() if one != key}
        return replace(self, flipped=self.flipped ^ {key}, edited=words).checked()

    def edit(self, key: str, words: tuple[str, ...]) -> "Pasting":
        """Return a copy with other words in an entry's fields."""
        return replace(self, edited={**self.edited, key: words}, editing="")

    def checked(self) -> "Pasting":
        """Return the same object if its corrections fit in a window's memory.

        Raises:
            Refused: they do not fit.
        """
        if len(self.memory.model_dump_json(exclude_defaults=True).encode()) > CORRECTIONS_MOST:
            raise Refused.because(Reason.TOO_MANY_CORRECTIONS)
        return self


def pasting_of(view: OpenView) -> Pasting:
    """Read the state of a window. Text in the paste field is added to the other texts."""
    memory, values = PastingWindow.of(view).pasting, view.values
    texts = [values.text(f"paste{n}") for n in range(1, memory.texts + 1)]
    more = values.text("more")
    return Pasting(
        texts=tuple(text for text in (*texts, more) if text.strip()),
        flipped=frozenset(memory.flip),
        left_out=frozenset(memory.out),
        edited=memory.edit,
        page=memory.page,
        editing=memory.editing,
        shown=memory.shown,
        added_to=memory.added_to + bool(more.strip()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry of a pasted list, with its corrections."""

    key: str
    """A key that stays the same each time the list is read."""
    entry: Entry
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """The entries of all texts of a window, and the skipped lines and columns."""

    items: tuple[Item, ...]
    skipped: tuple[Skipped, ...]


def takes(letter: Letter) -> Takes:
    """Return the kinds of signers of a letter, in the terms of the list reader."""
    return Takes.BOTH if letter.signers is Signers.EVERYONE else Takes(letter.signers.value)


def understand(pasting: Pasting, who: Takes) -> Understanding:
    """Read the entries of a window's texts, with their corrections. Slow: run it in a thread."""
    readings: list[Reading] = [read_list(text, who) for text in pasting.texts]
    items: dict[str, Item] = {}
    skipped = [one for reading in readings for one in reading.skipped]
    for entry in (entry for reading in readings for entry in reading.entries):
        key = key_of(entry)
        if key in items:
            skipped.append(Skipped(why=Skip.TWICE, row=entry.row, text=entry.reads))
        else:
            items[key] = Item(
                key=key, entry=_corrected(pasting, key, entry), left_out=key in pasting.left_out
            )
    return Understanding(items=tuple(items.values()), skipped=tuple(skipped))


def saved(pasting: Pasting, who: Takes, values: Values) -> Pasting:
    """Return the state with the edited entry's fields applied. Slow: run it in a thread.

    Raises:
        Refused: the window can hold no more corrections.
    """
    found = understand(pasting, who)
    item = next((one for one in found.items if one.key == pasting.editing), None)
    if item is None:
        return replace(pasting, editing="")
    words = tuple(values.text(f"entry_{name}") for name in FIELDS[item.entry.kind])
    return pasting.edit(item.key, words).checked()


def _corrected(pasting: Pasting, key: str, entry: Entry) -> Entry:
    found = entry
    if key in pasting.flipped:
        found = replace(other_kind(entry), details=entry.details)
    return edited(found, pasting.edited[key]) if key in pasting.edited else found


def key_of(entry: Entry) -> str:
    """Return a short key of an entry as it was read, unique enough within one window."""
    digest = sha256(f"{entry.kind.value}\n{entry.reads}".encode()).digest()
    return base64.b32encode(digest).decode()[:_KEY_LENGTH].lower()


def digest_of(lines: Iterable[str]) -> str:
    """Return a digest that shows whether the entries to be added are the same."""
    return sha256("\n".join(lines).encode()).hexdigest()[:16]
