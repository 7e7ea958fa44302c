"""The catalogue of sentences, taken from the code: `make words` writes it, a test compares it."""

import io
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tests.support.shared import ROOT

TEMPLATE = ROOT / "bot" / "locales" / "undersigned.pot"
KEYWORDS = {"t": None, "n": (1, 2)}


def from_code() -> Catalog:
    """Every sentence that the code says, with where it stands."""
    catalog = Catalog(project="Undersigned", charset="utf-8")
    found = extract_from_dir(
        ROOT / "bot",
        method_map=[("simulator/**", "ignore"), ("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=(),
    )
    for file, line, message, _, _ in sorted(found, key=lambda one: (one[0], one[1])):
        catalog.add(message, locations=[(f"bot/{file}", line)])
    return catalog


def sentences(catalog: Iterable[object]) -> set[object]:
    """The sentences of a catalogue, without where they stand."""
    return {message.id for message in catalog if message.id}  # pyright: ignore[reportAttributeAccessIssue] - babel's messages are untyped


def written() -> Catalog:
    """The template as it is committed."""
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def write(path: Path = TEMPLATE) -> None:
    """Writes the template; line numbers are left out, so that it changes only with the words."""
    out = io.BytesIO()
    write_po(out, from_code(), no_location=False, omit_header=True, include_lineno=False, width=100)
    path.write_bytes(out.getvalue())


if __name__ == "__main__":
    write()
