"""A letter's delivered list: its entries, canonical form and hash."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.letters.endorsement import Kind
from bot.letters.people import Person
from bot.letters.rules import Printing
from bot.letters.standing import Permission
from bot.letters.text import LetterText

GAP = "—"
"""The text in place of an erased entry, in any language."""

PUBLIC_FACTS = ("title", "affiliation", "organisation", "country", "via")
"""Fields of a signature on a public list, besides a person's name."""


class Listed(NamedTuple):
    """One entry of a list, with the fields of the signature that it shows.

    Lists are long, so `rows.listed` makes it directly from a database row.
    """

    group_no: int
    """`order.group`; the first six fields give the position on the list."""
    pinned: int
    prefix: str
    sort_key: str
    entry: str
    id: str
    kind: str
    """A `Kind`."""
    standing: str
    """A `Standing`."""
    late: bool
    came_at: datetime | None
    """Time at which a late entry was added; None for others."""
    organisation: str
    country: str
    web: str
    heading: str
    meaning: int
    """`Endorsement.meaning`."""
    withheld: bool = False
    """True if the signer withholds their name; `name` is then empty."""
    name: str = ""
    """The person's name; for an organisation its signer's, which is not published.

    This and what follows are in tables only.
    """
    title: str = ""
    affiliation: str = ""
    via: str = ""
    represented: str = ""
    role: str = ""
    sort_name: str = ""
    stands_for: str = ""
    """The SHA-256 of the last text that its signer agreed to."""
    source: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredCopy:
    """A letter's list and text as they were handed over."""

    letter: int
    number: int = 1
    """Its number among the letter's copies: later ones have the late signatures too."""
    text: LetterText
    entries: str
    """The list in its order, as canonical JSON."""
    copy_sha256: str = ""
    """The SHA-256 of `printed` in UTF-8."""
    people: int
    organisations: int
    by: Person
    cut_at: datetime
    clock: str
    """The clock used: "postgresql", "process", or "given"."""
    used: bool = False
    printing: Printing = field(default_factory=Printing)
    parties: tuple[str, ...] = ()
    """The signatories of the entries, by id, in their order."""

    @property
    def printed(self) -> str:
        """All that a document of the copy shows, as canonical JSON."""
        return _canonical_json(self.shown | {"list": json.loads(self.entries)})

    @property
    def shown(self) -> dict[str, Any]:
        """All that a document of the copy shows, besides the list."""
        text = self.text
        return {
            "title": text.title,
            "sender": text.sender,
            **({"addressee": text.addressee} if text.addressee else {}),
            **({"subject": text.subject} if text.subject else {}),
            "cut_at": self.cut_at.isoformat(),
            "organisations": self.organisations,
            "people": self.people,
            "text": text.body,
            **({"printing": printing} if (printing := self.printing.chosen) else {}),
        }

    @property
    def total(self) -> int:
        """Return the number of entries."""
        return self.people + self.organisations

    def entries_read(self) -> list[dict[str, Any]]:
        """Return the entries as values, in their order; an erased one has a dash as its text."""
        entries: list[dict[str, Any]] = json.loads(self.entries)
        return [{**one, "entry": GAP} if one.get("erased") else one for one in entries]


def canonical_entries(listed: Iterable[Listed], tz: str = "UTC") -> str:
    """Return the list in order as canonical JSON, late entries with their day in a time zone."""
    entries = [
        {
            "entry": one.entry,
            "kind": one.kind,
            "convener": bool(one.pinned),
            # The person who signed for an organisation is not on the public list.
            "name": one.name if one.kind == Kind.PERSON else "",
            **{name: getattr(one, name) for name in PUBLIC_FACTS},
            **{
                name: said
                for name in ("web", "represented", "heading")
                if (said := getattr(one, name))
            },
            "sort_under": one.sort_name,
            "text_sha256": one.stands_for,
            **({"withheld": True} if one.withheld else {}),
            **(
                {"signed_on": one.came_at.astimezone(ZoneInfo(tz)).date().isoformat()}
                if one.came_at
                else {}
            ),
        }
        for one in listed
    ]
    return _canonical_json(entries)


def _canonical_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def with_hash(copy: DeliveredCopy) -> DeliveredCopy:
    """Return a copy with the SHA-256 of all that it prints, as 64 hexadecimal digits."""
    return replace(copy, copy_sha256=hashlib.sha256(copy.printed.encode()).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmer:
    """A person who confirmed an organisation's signature, and the time."""

    at: datetime
    name: str = ""
    """Name of the second signer."""
    organiser: Person | None = None
    """The organiser who recorded a proof of permission, if that confirmed the signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Proof of permission for an organisation's signature, and its confirmers."""

    permission: Permission | None = None
    confirmers: tuple[Confirmer, ...] = ()
