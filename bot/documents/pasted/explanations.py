"""Messages about a pasted list: notes on entries, skipped lines, unreadable files."""

from collections.abc import Callable

from bot.documents.pasted.entries import Entry, Remark, Skip, Skipped
from bot.documents.pasted.source import Unreadable
from bot.letters.endorsement import Kind
from bot.locales import Words

_SHOWN_MOST = 80


def note_of(t: Words, entry: Entry) -> str:
    """Return the remarks on an entry as plain text; usually empty."""
    said = [_REMARKS[remark](t, value) for remark, value in entry.remarks]
    if entry.kind is Kind.PERSON and entry.country:
        said.append(t("A person’s country isn’t shown on the letter."))
    return " ".join(one for one in said if one)


_REMARKS: dict[Remark, Callable[[Words, str], str]] = {
    Remark.UNSURE: lambda t, _: t("Person or organisation? Please check."),
    Remark.SIGNED_BY: lambda t, who: t("Signed by {name}.", name=who),
    Remark.PERSONAL: lambda t, _: t("Signs in a personal capacity."),
    Remark.LEFT_OUT: lambda t, words: t("Left out: {words}.", words=words),
    Remark.COUNTRY_OF_HEADING: lambda t, _: t("The country comes from the heading."),
}


def skipped_line(t: Words, skipped: Skipped) -> str:
    """Describe a skipped line or column, and the reason, in one line of plain text."""
    text = skipped.text if len(skipped.text) <= _SHOWN_MOST else f"{skipped.text[:_SHOWN_MOST]}…"
    if skipped.why is Skip.COLUMN:
        return t("Column “{column}”: not needed.", column=text)
    return t(
        "Line {line}, {reason}: {text}",
        line=t.number(skipped.row),
        reason=_REASONS[skipped.why](t),
        text=text,
    )


_REASONS: dict[Skip, Callable[[Words], str]] = {
    Skip.HEADING: lambda t: t("a heading"),
    Skip.PROSE: lambda t: t("a sentence"),
    Skip.CONTACT: lambda t: t("contact details"),
    Skip.SIGN_OFF: lambda t: t("the end of the mail"),
    Skip.NO_CONSENT: lambda t: t("no consent to be published"),
    Skip.TWICE: lambda t: t("already in this list"),
    Skip.NO_NAME: lambda t: t("no name"),
    Skip.COLUMN: lambda t: t("a column that isn’t needed"),
    Skip.TOO_LONG: lambda t: t("too long to read"),
    Skip.TOO_MANY: lambda t: t("too many entries in one go"),
}


def unreadable_words(why: Unreadable) -> str:
    """Return the command line's message on an unreadable file: the reason and the remedy."""
    return _UNREADABLE[why]


_UNREADABLE = {
    Unreadable.OFFICE: "This is no spreadsheet that can be read: save it as .xlsx, CSV or plain text, and try again.",
    Unreadable.PDF: "This is a PDF: copy its list into a text file, and try again.",
    Unreadable.RICH: "This is rich text: save it as plain text, and try again.",
    Unreadable.BINARY: "This is no text file: save it as CSV or as plain text.",
    Unreadable.TOO_LARGE: "This file is too large to be a list of signatures.",
    Unreadable.EMPTY: "This file is empty.",
}
