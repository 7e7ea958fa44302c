"""Entries read from a pasted list, and the lines that were skipped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.letters.endorsement import Kind
from bot.letters.entries import organisation_entry, person_entry
from bot.names.cleaning import clean


class Remark(StrEnum):
    """A note about an entry beside its fields. Each kind of note has one sentence of text."""

    UNSURE = "unsure"
    """Little evidence says whether it is a person or an organisation."""
    SIGNED_BY = "signed_by"
    PERSONAL = "personal"
    """The person signs in a personal capacity, or an affiliation is for identification only."""
    LEFT_OUT = "left_out"
    """Words near the entry that are left out of it, such as a city or an address."""
    COUNTRY_OF_HEADING = "country_of_heading"


class Skip(StrEnum):
    """The reason why a line or a column was skipped. Each reason has one phrase of text."""

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
"""The most entries read from one text."""


class TooManyEntries(Exception):  # noqa: N818 - named for what is wrong, as `TableRefused` is
    """Raised for a text with too many lines, or with more than `ENTRIES_MOST` entries."""


class Takes(StrEnum):
    """The kinds of signatories that the letter accepts; evidence for an entry's kind."""

    BOTH = "both"
    PEOPLE = "people"
    ORGANISATIONS = "organisations"


DETAILS = (
    "source", "ground", "given_by", "given_role", "given_on", "sort_under",
    "for_identification_only", "member", "state", "day", "note",
)  # fmt: skip
"""Known columns of a table that have no field in `Entry`: the keys of `Entry.details`.

`given_on` and `day` are usually dates such as 2026-04-03, `for_identification_only` is usually "yes"
or "no", and `member` is a Slack user id. All values are the trimmed text of their cells.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person or an organisation in a pasted list."""

    kind: Kind
    name: str
    """The name of the person or the organisation."""
    title: str = ""
    affiliation: str = ""
    country: str = ""
    via: str = ""
    """The coalition that an organisation signs through."""
    signer: str = ""
    """The person who signed for an organisation, if the list names one."""
    role: str = ""
    """The signer's role."""
    remarks: tuple[tuple[Remark, str], ...] = ()
    """Each remark with the words it is about."""
    row: int
    """The line of the source on which the entry begins, from 1."""
    contact: str = ""
    """The e-mail or other contact address beside the entry; the letter never shows it."""
    details: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """The cells of the columns in `DETAILS`, by column; empty cells are omitted."""

    @property
    def reads(self) -> str:
        """The entry as it appears on the letter."""
        if self.kind is Kind.ORGANISATION:
            return organisation_entry(self.name, self.country, self.via)
        return person_entry(self.name, self.title, self.affiliation)

    @property
    def unsure(self) -> bool:
        """Return whether somebody should check the entry's kind."""
        return any(remark is Remark.UNSURE for remark, _ in self.remarks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A line or a column that was skipped."""

    why: Skip
    row: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The entries of a pasted list, and the skipped lines and columns."""

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]


def tidy(text: str) -> str:
    """Clean a text into one line, and strip separators and punctuation from its ends."""
    return clean(text).strip(" \t,;:،؛，、；：|*_`>–—").strip()
