"""The list as text: lines, CSV, Markdown."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from bot.documents.cells import harmless
from bot.letters.endorsement import Kind, Signature
from bot.letters.letter import Letter


class Entry(NamedTuple):
    """A line of a list."""

    line: str
    kind: Kind
    convener: bool
    signature: Signature
    """What it comes from; its text is the one that the line stands for."""
    earlier: bool = False
    """It stands for the text as it was before its meaning changed."""


class Format(StrEnum):
    """How a list is written."""

    LINES = "lines"
    CSV = "csv"
    MARKDOWN = "markdown"


def write(form: Format, letter: Letter, body: str, entries: Iterable[Entry]) -> str:
    """The list of a letter, in order, in one of the formats; ends with a line end."""
    return _WRITERS[form](letter, body, list(entries))


def _lines(letter: Letter, body: str, entries: list[Entry]) -> str:
    del letter, body
    return "".join(f"{entry.line}\n" for entry in entries)


def _csv(letter: Letter, body: str, entries: list[Entry]) -> str:
    del letter, body
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        ["line", "kind", "convener", "name", "title", "affiliation", "organisation", "country",
         "sort_under", "text_sha256"]
    )  # fmt: skip
    for line, kind, convener, signature, _ in entries:
        facts = signature.facts
        # For an organisation the signer's own name is not part of the public list.
        name = facts.name if kind is Kind.PERSON else ""
        cells = (
            line, kind.value, "yes" if convener else "", name, facts.title, facts.affiliation,
            facts.organisation, facts.country, signature.sort_name, signature.text_sha256,
        )  # fmt: skip
        writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue()


EARLIER = " †"
"""Behind a line that stands for an earlier text."""
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def _markdown(letter: Letter, body: str, entries: list[Entry]) -> str:
    def escaped(text: str) -> str:
        return _MARKS.sub(r"\\\1", text)

    parts = [f"# {escaped(letter.title)}\n", f"{body.rstrip()}\n", "## Signed by\n"]
    for heading, chosen in _groups(entries):
        if heading:
            parts.append(f"### {heading}\n")
        parts.append(
            "".join(f"- {escaped(one.line)}{EARLIER if one.earlier else ''}\n" for one in chosen)
        )
    if any(entry.earlier for entry in entries):
        parts.append(f"{EARLIER.strip()} Signed for an earlier text of this letter.\n")
    return "\n".join(parts)


def _groups(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    chosen: list[tuple[str, list[Entry]]] = [
        ("Conveners", [one for one in entries if one.convener]),
        ("Organisations", [one for one in entries if not one[2] and one[1] is Kind.ORGANISATION]),
        ("People", [one for one in entries if not one[2] and one[1] is Kind.PERSON]),
    ]
    return [(heading, some) for heading, some in chosen if some]


_WRITERS: dict[Format, Callable[[Letter, str, list[Entry]], str]] = {
    Format.LINES: _lines,
    Format.CSV: _csv,
    Format.MARKDOWN: _markdown,
}
