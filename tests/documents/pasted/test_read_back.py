"""An exported list can be pasted back: the same entries, kinds and countries, in order."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.cells import write_table
from bot.documents.paper import Paper
from bot.documents.pasted.files import rows_text
from bot.documents.pasted.reading import read_list
from bot.documents.writers.text import markdown, table
from bot.documents.writers.xlsx import xlsx
from bot.features.delivery.list_files import RECORD_COLUMNS
from bot.features.delivery.rules import Listed
from bot.letters.endorsement import Capacity, Facts, Kind
from bot.letters.entries import organisation_entry, person_entry
from tests.support.documents.papers import a_paper
from tests.support.scenes.worst_facts import a_listed, a_signatory, an_endorsement

LANGUAGES = ("en", "fr", "es", "pt", "ru", "ar", "zh")
ORGANISATIONS = (
    "Harbour Network", "Tide Lab", "Réseau Aube", "Fen Trust (FT)", "Fundación Río Abierto",
    "Объединение «Свободный интернет»", "جمعية الحقوق الرقمية", "开放互联网协会",
)  # fmt: skip
PEOPLE = ("Ada Quill", "Miriam Oduya", "Jean-Luc Aubert", "Peter Renn", "Иван Петров", "María Sol")
ORGANISATION = st.tuples(
    st.just(Kind.ORGANISATION),
    st.sampled_from(ORGANISATIONS),
    st.sampled_from(["", "Kenya", "Peru", "France"]),
    st.sampled_from(["", "Lantern Coalition"]),
)
PERSON = st.tuples(
    st.just(Kind.PERSON),
    st.sampled_from(PEOPLE),
    st.sampled_from(["", "Director", "Professor of Law"]),
    st.sampled_from(["", "Fen Trust", "University of the Sea"]),
)
LISTS = st.lists(ORGANISATION | PERSON, min_size=2, max_size=8, unique_by=lambda one: one[1])


def listed(one: tuple[Kind, str, str, str], number: int) -> Listed:
    kind, name, second, third = one
    if kind is Kind.PERSON:
        reads, capacity = person_entry(name, second, third), Capacity.INDIVIDUAL
        facts = Facts(name=name, title=second, affiliation=third)
    else:
        reads, capacity = organisation_entry(name, second, third), Capacity.ORGANISATION
        facts = Facts(name="A Delegate", organisation=name, country=second, via=third)
    given_ = an_endorsement(reads, number)
    signature = replace(given_.signature, capacity=capacity, facts=facts, entry=reads)
    return a_listed(a_signatory(reads, number, kind=kind), replace(given_, signature=signature))


def all_of_it(paper: Paper) -> str:
    """Return the table that `letters export --all` writes."""
    columns = (*paper.columns, *RECORD_COLUMNS)
    record = dict.fromkeys(RECORD_COLUMNS, "") | {"source": "By mail", "given_on": "2026-04-03"}
    return write_table(
        columns,
        (
            dict(zip(paper.columns, entry.cells, strict=True))
            | record
            | (
                {"signed_by": "Bo Lund", "role": "Chair"}
                if "organisation" in entry.cells[1]
                else {}
            )
            for entry in paper.entries
        ),
    )


FORMS: dict[str, Callable[[Paper], str]] = {
    "csv": lambda paper: table(paper).decode(),
    "all": all_of_it,
    "xlsx": lambda paper: rows_text(xlsx(paper)),
    "markdown": lambda paper: markdown(paper).decode(),
}


@given(LISTS, st.sampled_from(LANGUAGES), st.sampled_from(sorted(FORMS)))
@settings(max_examples=60, deadline=None)
def test_read_back(some: list[tuple[Kind, str, str, str]], language: str, form: str) -> None:
    """Tables give back every field of an entry; Markdown gives back its kind and its text."""
    paper = a_paper([listed(one, n) for n, one in enumerate(some, start=1)], language=language)
    found = read_list(FORMS[form](paper)).entries
    column = {name: place for place, name in enumerate(paper.columns)}
    assert [one.kind for one in found] == [one.cells[column["kind"]] for one in paper.entries]
    if form == "markdown":
        assert [one.reads for one in found] == [one.reads for one in paper.entries]
        return
    for name in ("title", "affiliation", "via"):
        assert [getattr(one, name) for one in found] == [
            one.cells[column[name]] for one in paper.entries
        ]
    assert [one.name for one in found] == [
        one.cells[column["name"]] or one.cells[column["organisation"]] for one in paper.entries
    ]
    assert [one.country for one in found] == [
        one.country if form == "xlsx" else one.cells[column["country"]] for one in paper.entries
    ]
    if form == "all":
        assert {one.details["source"] for one in found} == {"By mail"}
        assert {one.signer for one in found} <= {"", "Bo Lund"}
