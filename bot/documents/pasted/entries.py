"""Entries of a list as they were understood, and the lines of it that are none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.letters.endorsement import Kind
from bot.letters.entries import organisation_entry, person_entry
from bot.names.cleaning import clean


class Remark(StrEnum):
    """A fact about an entry that its fields do not hold. Each has one sentence."""

    UNSURE = "unsure"
    """The kind is a guess from few signs."""
    SIGNED_BY = "signed_by"
    PERSONAL = "personal"
    """They sign for themselves, or are named for identification only."""
    LEFT_OUT = "left_out"
    """Words beside the entry that are no part of it, such as a city or an address."""
    COUNTRY_OF_HEADING = "country_of_heading"


class Skip(StrEnum):
    """The reason why a line or a column is no entry. Each has one sentence."""

    HEADING = "heading"
    PROSE = "prose"
    CONTACT = "contact"
    SIGN_OFF = "sign_off"
    NO_CONSENT = "no_consent"
    TWICE = "twice"
    NO_NAME = "no_name"
    COLUMN = "column"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


ENTRIES_MOST = 10_000
"""Entries that are read of one text."""


class TooManyEntries(Exception):  # noqa: N818 - named for what is wrong, as `TableRefused` is
    """Raised for a text with more than `ENTRIES_MOST` lines that could be entries."""


class Takes(StrEnum):
    """Who may sign the letter that a list is for. It is evidence of what an entry is."""

    BOTH = "both"
    PEOPLE = "people"
    ORGANISATIONS = "organisations"


DETAILS = (
    "source", "ground", "given_by", "given_role", "given_on", "sort_under",
    "for_identification_only", "member", "state", "day", "note",
)  # fmt: skip
"""Known columns of a table that are no part of an entry, by the keys of `Entry.details`.

`given_on` and `day` are days such as 2026-04-03 where the cell is one; `for_identification_only` is
"yes" or "no"; `member` is a Slack user id. Other values are as they were typed, trimmed.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person or an organisation, as a list names them."""

    kind: Kind
    name: str
    """Of the person or the organisation."""
    title: str = ""
    affiliation: str = ""
    country: str = ""
    via: str = ""
    """The coalition that an organisation signs through."""
    signer: str = ""
    """The person who signed for an organisation, where the list names them."""
    role: str = ""
    """The signer's role."""
    remarks: tuple[tuple[Remark, str], ...] = ()
    """With the words that each concerns."""
    row: int
    """The line of the source on which it begins, from 1."""
    contact: str = ""
    """An address that stands beside it: never on the letter."""
    details: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """What the other known columns of a table say of it, by `DETAILS`; empty cells are not in it."""

    @property
    def reads(self) -> str:
        """The entry as it appears on the letter."""
        if self.kind is Kind.ORGANISATION:
            return organisation_entry(self.name, self.country, self.via)
        return person_entry(self.name, self.title, self.affiliation)

    @property
    def unsure(self) -> bool:
        """Return whether its kind needs a look."""
        return any(remark is Remark.UNSURE for remark, _ in self.remarks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A line, or a column, that became no entry."""

    why: Skip
    row: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was understood of a list."""

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]


def tidy(text: str) -> str:
    """Return a text as one clean line without marks left over at its ends."""
    return clean(text).strip(" \t,;:،؛，、；：|*_`>–—").strip()
