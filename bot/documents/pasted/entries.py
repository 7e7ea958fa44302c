"""Entries read from a pasted list, the lines that were skipped, and the words about both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.letters.endorsement import Kind
from bot.letters.entries import organisation_entry, person_entry
from bot.locales import Words
from bot.names.cleaning import clean

_SHOWN_MOST = 80


class Remark(StrEnum):
    """A note about an entry beside its fields."""

    UNSURE = "unsure"
    """Little evidence says whether it is a person or an organisation."""
    SIGNED_BY = "signed_by"
    PERSONAL = "personal"
    """The person signs in a personal capacity, or an affiliation is for identification only."""
    LEFT_OUT = "left_out"
    """Words near the entry that are left out of it, such as a city or an address."""
    COUNTRY_OF_HEADING = "country_of_heading"


class Skip(StrEnum):
    """The reason why a line or a column was skipped."""

    HEADING = "heading"
    PROSE = "prose"
    CONTACT = "contact"
    SIGN_OFF = "sign_off"
    NO_CONSENT = "no_consent"
    TWICE = "twice"
    NO_NAME = "no_name"
    COLUMN = "column"


ENTRIES_MOST = 10_000


class TooManyEntries(Exception):  # noqa: N818 - named for what is wrong, as `TableRefused` is
    """Raised for a text with too many lines, or with more than `ENTRIES_MOST` entries."""


class Unreadable(StrEnum):
    """The reason why a file cannot be read as text, and the remedy."""

    OFFICE = "This is no spreadsheet that can be read: save it as .xlsx, CSV or plain text, and try again."
    PDF = "This is a PDF: copy its list into a text file, and try again."
    RICH = "This is rich text: save it as plain text, and try again."
    BINARY = "This isn’t a text file: save it as CSV or as plain text."
    TOO_LARGE = "This file is too large to be a list of signatures."
    EMPTY = "This file is empty."


class SourceRefused(Exception):  # noqa: N818 - it is the past participle of what happened, as `Refused` is
    """Raised with an `Unreadable` for a file that cannot be read as text."""


class Takes(StrEnum):
    """The kinds of signatories that the letter accepts; evidence for an entry's kind."""

    BOTH = "both"
    PEOPLE = "people"
    ORGANISATIONS = "organisations"


DETAILS = (
    "source", "ground", "given_by", "given_role", "given_on", "sort_under",
    "for_identification_only", "agreed_again", "member", "state", "day", "note",
    "web", "group",
)  # fmt: skip
"""Columns of a table that have no field in `Entry`: the keys of `Entry.details`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person or an organisation in a pasted list."""

    kind: Kind
    name: str
    title: str = ""
    affiliation: str = ""
    country: str = ""
    via: str = ""
    signer: str = ""
    role: str = ""
    remarks: tuple[tuple[Remark, str], ...] = ()
    row: int
    """The line of the source on which the entry begins, from 1."""
    contact: str = ""
    """The address beside the entry; the letter never shows it."""
    details: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """The filled cells of the columns in `DETAILS`, by column."""

    @property
    def reads(self) -> str:
        """The entry as it appears on the letter."""
        if self.kind is Kind.ORGANISATION:
            return organisation_entry(
                self.name, self.country, self.via, web=self.details.get("web", "")
            )
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


def note_of(t: Words, entry: Entry) -> str:
    """Return the remarks on an entry as plain text; usually empty."""
    said = [_REMARKS[remark](t, value) for remark, value in entry.remarks]
    if entry.kind is Kind.PERSON and entry.country:
        said.append(t("A person’s country isn’t shown on the letter."))
    if entry.kind is Kind.PERSON and entry.details.get("web"):
        said.append(t("A person’s web address isn’t shown on the letter."))
    return " ".join(said)


_REMARKS: dict[Remark, Callable[[Words, str], str]] = {
    Remark.UNSURE: lambda t, _: t("Person or organisation? Please check."),
    Remark.SIGNED_BY: lambda t, who: t("Signed by {name}.", name=who),
    Remark.PERSONAL: lambda t, _: t("Signs in a personal capacity."),
    Remark.LEFT_OUT: lambda t, words: t("Left out: {words}.", words=words),
    Remark.COUNTRY_OF_HEADING: lambda t, _: t("The country comes from the heading."),
}


def skipped_line(t: Words, skipped: Skipped) -> str:
    """Describe a skipped line or column, and the reason, in one line of plain text."""
    text = skipped.text[:_SHOWN_MOST] + "…" * (len(skipped.text) > _SHOWN_MOST)
    if skipped.why is Skip.COLUMN:
        return t("Column “{column}”: not needed.", column=text)
    line, reason = t.number(skipped.row), _REASONS[skipped.why](t)
    return t("Line {line}, {reason}: {text}", line=line, reason=reason, text=text)


_REASONS: dict[Skip, Callable[[Words], str]] = {
    Skip.HEADING: lambda t: t("a heading"),
    Skip.PROSE: lambda t: t("no name found"),
    Skip.CONTACT: lambda t: t("contact details"),
    Skip.SIGN_OFF: lambda t: t("the end of the email"),
    Skip.NO_CONSENT: lambda t: t("no consent to publish"),
    Skip.TWICE: lambda t: t("already in this list"),
    Skip.NO_NAME: lambda t: t("no name"),
    Skip.COLUMN: lambda t: t("a column that isn’t needed"),
}
