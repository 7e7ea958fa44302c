"""The list on paper: in order, harmless, and without what is not for the public."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.documents.markdown_reading import read_markdown
from bot.documents.passages import Kind as PassageKind
from bot.features.delivery.list_files import Format, Stretch
from bot.features.delivery.rules import Confirmer, Listed, Proof
from bot.letters.endorsement import Capacity, Facts, Kind
from bot.letters.letter import Letter
from bot.letters.rules import Rules
from bot.letters.standing import Ground, Permission, Standing
from tests.support.documents.papers import HOSTILE
from tests.support.exporting import whole
from tests.support.scenes.worst import a_letter
from tests.support.scenes.worst_facts import NOW, a_listed, a_signatory, an_endorsement

LETTER = a_letter()
PERMISSION = Permission(
    ground=Ground.BOARD_DECISION,
    given_by="The Board",
    given_role="Secretary",
    given_on=NOW.date(),
)


def a_person(entry: str, number: int = 1, **changes: Any) -> Listed:
    return a_listed(a_signatory(entry, number, **changes), an_endorsement(entry, number))


def an_organisation(entry: str, number: int = 1, **changes: Any) -> Listed:
    given = an_endorsement(entry, number)
    facts = Facts(
        name="A Delegate", role="Treasurer", organisation=entry, country="Spain", via="a Fund"
    )
    signature = replace(given.signature, capacity=Capacity.ORGANISATION, facts=facts)
    party = a_signatory(entry, number, kind=Kind.ORGANISATION, **changes)
    return a_listed(party, replace(given, signature=signature, source="On paper", corrected_at=NOW))


def write(
    form: Format,
    letter: Letter,
    body: str,
    entries: Sequence[Listed],
    proofs: Mapping[str, Proof] | None = None,
) -> str:
    """Write a whole list."""
    one = Stretch(
        letter=letter, body=body, entries=tuple(entries), proofs=proofs, embargoed=False, now=NOW,
        before=None, more=False,
    )  # fmt: skip
    return whole(form, [one])


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


ENTRIES = [
    an_organisation("Convener", 1, pinned=1),
    an_organisation("Web Group", 2),
    a_person("Ada King", 3),
    an_organisation("Late Group", 4, late=True),
    a_person("Late Person", 5, late=True),
]


def test_lines() -> None:
    """Lines are as on the letter, in the order of the list, and nothing else."""
    written = write(Format.LINES, LETTER, "We ask.", ENTRIES)
    assert written == "Convener\nWeb Group\nAda King\nLate Group\nLate Person\n"


@pytest.mark.parametrize("form", Format)
def test_nothing_private_for_the_public(form: Format) -> None:
    """A delegate's name and role are on no public list."""
    written = write(form, LETTER, "We ask.", ENTRIES)
    for private in ("A Delegate", "Treasurer", "On paper"):
        assert private not in written


def test_public_table() -> None:
    """A public table has the facts of each entry, and the text that it signs."""
    rows = table(write(Format.CSV, LETTER, "We ask.", ENTRIES))
    assert [row["entry"] for row in rows] == [one.entry for one in ENTRIES]
    assert [row["convener"] for row in rows] == ["yes", "", "", "", ""]
    assert [row["late"] for row in rows] == ["", "", "", "yes", "yes"]
    assert [row["name"] for row in rows] == ["", "", "Ada King", "", "Late Person"]
    assert {row["text_sha256"] for row in rows} == {"0" * 64}
    assert rows[1]["via"] == "a Fund"


def test_everything_for_organisers() -> None:
    """A table of everything has each one's standing, source, proof and signers."""
    claimed = an_organisation("Net Group", 6, standing=Standing.UNCONFIRMED)
    proofs = {claimed.id: Proof(permission=PERMISSION)}
    rows = table(write(Format.CSV, LETTER, "We ask.", [*ENTRIES, claimed], proofs))
    last = rows[-1]
    assert (last["standing"], last["source"], last["corrected"]) == (
        "not confirmed",
        "On paper",
        "yes",
    )
    assert (last["ground"], last["given_by"], last["given_role"], last["given_on"]) == (
        "board_decision", "The Board", "Secretary", NOW.date().isoformat(),
    )  # fmt: skip
    assert (last["signed_by"], last["role"]) == ("A Delegate", "Treasurer")
    assert (rows[0]["standing"], rows[0]["ground"]) == ("listed", "")
    lines = write(Format.LINES, LETTER, "We ask.", [*ENTRIES, claimed], proofs)
    assert lines.splitlines()[-1] == "Net Group\tnot confirmed"


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@here", "\t=1", "＝1"])  # noqa: RUF001 - that is the point
def test_no_cell_is_a_formula(typed: str) -> None:
    """No spreadsheet takes what people typed for a formula, in any cell."""
    one = an_organisation(typed)._replace(
        name=typed, title=typed, affiliation=typed, organisation=typed, country=typed, via=typed,
        role=typed, sort_name=typed, source=typed,
    )  # fmt: skip
    proof = Proof(
        permission=replace(PERMISSION, given_by=typed, given_role=typed),
        confirmers=(Confirmer(at=NOW, name=typed),),
    )
    written = write(Format.CSV, LETTER, "", [one], {one.id: proof})
    (row,) = table(written)
    typed_into = (
        "entry", "title", "affiliation", "organisation", "country", "via", "sort_under", "source",
        "given_by", "given_role", "signed_by", "role", "confirmed_by",
    )  # fmt: skip
    assert {row[name] for name in typed_into} == {f"'{typed}"}


def test_markdown_in_groups() -> None:
    """The letter, then its list under the headings of its groups."""
    written = write(Format.MARKDOWN, LETTER, "We ask.\n", ENTRIES)
    assert written == (
        "# One Internet\n\nWe ask.\n\n## Signed by\n\n### Conveners\n\n- Convener\n\n### Organisations\n\n- Web Group\n\n### People\n\n- Ada King\n\n### Late: organisations\n\n- Late Group\n\n### Late: people\n\n- Late Person\n"
    )


def test_markdown_all_in_one() -> None:
    """A letter without groups has organisations and people under one heading."""
    letter = a_letter(rules=Rules(grouped=False))
    entries = [a_person("Ada King", 1), an_organisation("Web Group", 2), a_person("Zoe", 3)]
    written = write(Format.MARKDOWN, letter, "We ask.", entries)
    assert written.count("###") == 1
    assert "- Ada King\n- Web Group\n- Zoe\n" in written


def test_what_is_typed_marks_nothing_up() -> None:
    """An entry with marks of Markdown in it reads as it was typed."""
    written = write(Format.MARKDOWN, LETTER, "We ask.", [a_person("*Ada* [King](x) <b>")])
    assert "- \\*Ada\\* \\[King\\](x) \\<b\\>\n" in written


@pytest.mark.parametrize("entry", [*HOSTILE, "1. Rank", "3) Rank", "- Group", "Q&amp;A"])
def test_markdown_reads_back(entry: str) -> None:
    """An entry is read as that entry by a reader of Markdown, whatever it begins with."""
    written = write(Format.MARKDOWN, LETTER, "We ask.", [a_person(entry)])
    items = [one for one in read_markdown(written) if one.kind is PassageKind.ITEM]
    assert [" ".join(one.text.split()) for one in items] == [" ".join(entry.split())]
    assert all(not span.styles and not span.url for one in items for span in one.spans)


def test_marked_and_of_an_earlier_text() -> None:
    """An entry withdrawn after delivery, and one that signed an earlier text, say so."""
    letter = a_letter(text_sha256="1" * 64, meaning=2)
    marked = a_person("Ada King", 1, standing=Standing.MARKED)
    written = write(Format.MARKDOWN, letter, "We ask.", [marked])
    assert "- Ada King (withdrawn after delivery) †\n" in written
    assert written.endswith("† Signed an earlier version of this letter.\n")
    assert write(Format.LINES, letter, "", [marked]) == (
        "Ada King (withdrawn after delivery) (for an earlier version)\n"
    )
    (row,) = table(write(Format.CSV, letter, "", [marked]))
    assert (row["entry"], row["withdrawn"]) == ("Ada King", "yes")


def test_nobody() -> None:
    """An empty list is empty."""
    assert write(Format.LINES, LETTER, "We ask.", []) == ""
    assert table(write(Format.CSV, LETTER, "We ask.", [])) == []
