"""Reading of pasted tables and lines, and of files in several encodings."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.documents.pasted.entries import (
    ENTRIES_MOST,
    Entry,
    Remark,
    Skip,
    SourceRefused,
    TooManyEntries,
    Unreadable,
    note_of,
)
from bot.documents.pasted.files import text_of
from bot.documents.pasted.reading import read_list
from bot.letters.endorsement import Kind
from bot.locales import words

FORM = """\
Timestamp,Email Address,Full name,Organization (if signing on its behalf),Title,Country,I consent
2026/02/01 9:14,mo@westmere.example,Miriam Oduya,,Professor,Kenya,Yes
2026/02/01 9:20,office@lantern.example,Peter Achterberg,Lantern Foundation,Director,Netherlands,Yes
2026/02/02 8:01,q@mail.example,Quentin Abara,,Student,Nigeria,No
"""


def entries(text: str) -> list[Entry]:
    return list(read_list(text).entries)


def entries_of(text: str) -> list[str]:
    return [entry.reads for entry in entries(text)]


def test_form() -> None:
    """A form's rows become entries; rows without consent and unused columns are reported."""
    reading = read_list(FORM)
    person, organisation = reading.entries
    assert (person.kind, person.reads, person.country) == (
        Kind.PERSON, "Miriam Oduya, Professor", "Kenya",
    )  # fmt: skip
    assert (organisation.kind, organisation.reads) == (
        Kind.ORGANISATION, "Lantern Foundation (Netherlands)",
    )  # fmt: skip
    assert (organisation.signer, organisation.role) == ("Peter Achterberg", "Director")
    assert organisation.contact == "office@lantern.example"
    assert [(one.why, one.text.split(",")[0]) for one in reading.skipped] == [
        (Skip.COLUMN, "Timestamp"), (Skip.NO_CONSENT, "2026/02/02 8:01"),
    ]  # fmt: skip


@pytest.mark.parametrize("asked", ["Ich stimme zu", "Ich stimme der Veröffentlichung zu"])
def test_refused_in_german(asked: str) -> None:
    """People who refuse their consent in a German form are not on the list."""
    rows = [["Name", "Funktion", asked], ["Ada Quill", "Lehrerin", "Ja"], ["Bo Lund", "", "Nein"]]
    reading = read_list("\n".join(map("\t".join, rows)))
    assert [one.name for one in reading.entries] == ["Ada Quill"]
    assert [one.why for one in reading.skipped] == [Skip.NO_CONSENT]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_tables(delimiter: str, ending: str) -> None:
    """Commas, semicolons and tabs separate cells, and a quoted line break stays in its cell."""
    rows = (
        ("Name", "Title", "Organisation"),
        ("Ada Quill", '"Chair,\nBoard"', "Tide Lab"),
        ("Ivo Renn", "", "Fen Trust"),
    )
    text = ending.join(delimiter.join(row) for row in rows)
    assert entries_of(text) == ["Ada Quill, Chair, Board, Tide Lab", "Ivo Renn, Fen Trust"]


@pytest.mark.parametrize(
    "line",
    [
        "Ada Quill, Tide Lab", "Ada Quill (Tide Lab)", "Ada Quill – Tide Lab", "Ada Quill | Tide Lab",
        "Ada Quill @ Tide Lab", "* **Ada Quill**, Tide Lab", "1. Ada Quill, Tide Lab;",
        "Ada Quill\tTide Lab", "Ada Quill, Tide Lab, ada@tide.example", "> Ada Quill, Tide Lab",
        "<li>Ada Quill, <b>Tide Lab</b></li><br>",
    ],
)  # fmt: skip
def test_affiliation_is_never_dropped(line: str) -> None:
    """A person's organisation becomes their affiliation, whatever separator is used."""
    (entry,) = entries(line)
    assert (entry.kind, entry.name, entry.affiliation) == (Kind.PERSON, "Ada Quill", "Tide Lab")


@pytest.mark.parametrize(
    "line",
    [
        "Ada Quill, Director of the Tide Institute", "Ada Quill, founder of Tidewater",
        "Ada Quill, chef de projet web", "Ada Quill, professeur des universités, Université de Fen",
        "Ada Quill, gérante de Rivage, cofondatrice de La Marée du Soir",
        "Ada Quill, chargée de projet à En avant toute(s)", "Ada Quill, développeuse chez Tide Lab",
        "Ada Quill, développeuse @tidelab et autrice", "Ada Quill (twitter @aquill), directrice",
        "Ada Quill - Freelance - Tide Lab, développeuse web", "Ada Quill, Tide Lab, CTO, Fen Trust",
        "Ada Quill (researcher, Tide Lab, Kenya)", "Ada Quill, maire de Fen (Marais), membre (Aube)",
        "陈思远，滨海大学副教授", "Ada Quill, Front, chats et robots",
    ],
)  # fmt: skip
def test_words_of_a_line(line: str) -> None:
    """A person's entry has all words of the line in their order; the country is a field."""
    (entry,) = entries(line)
    read = re.findall(r"\w+", f"{entry.reads} {entry.country}")
    assert (entry.kind, read) == (Kind.PERSON, re.findall(r"\w+", line))
    assert entry.name in {"Ada Quill", "陈思远"}


def test_what_stands_beside_is_told() -> None:
    """Words left out of an entry are kept in its remarks, so that nothing is lost silently."""
    text = "Harbour Network, Accra, Ghana\nAda Quill (she/her)\nTide Lab, represented by Ivo Renn"
    told = [entry.remarks for entry in entries(text)]
    assert told == [
        ((Remark.LEFT_OUT, "Accra"),),
        ((Remark.LEFT_OUT, "she/her"),),
        ((Remark.SIGNED_BY, "Ivo Renn"),),
    ]


def test_twice_in_one_list() -> None:
    """A repeated entry is skipped and reported."""
    reading = read_list("Harbour Network\nTide Lab\nharbour network\n")
    assert [entry.reads for entry in reading.entries] == ["Harbour Network", "Tide Lab"]
    assert [(one.why, one.row) for one in reading.skipped] == [(Skip.TWICE, 3)]


def test_namesakes() -> None:
    """People with the same name and other addresses are not the same; a person's is not shown."""
    text = "kind,name,web\nperson,Ivo,a.example\nperson,Ivo,b.example\nperson,Ivo,b.example\n"
    reading = read_list(text)
    assert [one.details["web"] for one in reading.entries] == ["a.example", "b.example"]
    assert [(one.why, one.row) for one in reading.skipped] == [(Skip.TWICE, 4)]
    notes = [note_of(words("en"), one) for one in reading.entries]
    assert notes == ["A person’s web address isn’t shown on the letter."] * 2
    lines = "Ada Quill, ada@tide.example\nIvo Renn\nAda Quill, quill@fen.example\n"
    assert [one.name for one in read_list(lines).entries] == ["Ada Quill", "Ivo Renn", "Ada Quill"]


def test_too_many() -> None:
    """A list with too many entries or lines is refused as a whole."""
    names = [f"Harbour Network {n}" for n in range(ENTRIES_MOST + 1)]
    assert len(read_list("\n".join(names[1:])).entries) == ENTRIES_MOST
    with pytest.raises(TooManyEntries):
        read_list("\n".join(names))
    with pytest.raises(TooManyEntries):
        read_list("Ada Quill\n" * ENTRIES_MOST * 6)


def test_details() -> None:
    """Extra columns of an exported table are kept in `Entry.details`."""
    (entry,) = entries("kind,organisation,source,given_on\norganisation,Tide Lab,Mail,2026-04-03\n")
    assert (entry.name, entry.details) == ("Tide Lab", {"source": "Mail", "given_on": "2026-04-03"})


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Réseau Aube – Éloïse Garandeau, Fundación Ñandú", "cp1252"),
        ("Фонд «Тихая гавань»\nТимур Садыков, журналист", "cp1251"),
        ("جمعية المنارة للحقوق الرقمية\nسلمى الحداد", "cp1256"),
        ("晨光数字权利中心\n陈思远，教授", "gb18030"),
        ("山海數位權益促進會\n何志明，教授", "big5"),
        ("Name\tOrg\nÉloïse\tAube", "utf-16"),
        ("Éloïse, 陈思远, Тимур", "utf-8-sig"),
        ("Ada Quill, caf\u00e9 owner", "cp1252"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    """A file is decoded from the encodings that spreadsheets and old programs write."""
    assert text_of(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04...", Unreadable.OFFICE), (b"%PDF-1.7", Unreadable.PDF),
        (b"{\\rtf1", Unreadable.RICH), (b"\x7fELF\x00\x00\xff", Unreadable.BINARY),
        (b" \r\n\t", Unreadable.EMPTY), (b"a" * 9_000_000, Unreadable.TOO_LARGE),
    ],
)  # fmt: skip
def test_unreadable(data: bytes, why: Unreadable) -> None:
    """A file that is no text is refused with the reason."""
    with pytest.raises(SourceRefused) as caught:
        text_of(data)
    assert caught.value.args == (why,)


pasted = st.text(max_size=300) | st.lists(
    st.sampled_from(
        ["Ada Quill", "Tide Lab", ", ", "; ", "\n", "\t", "(", ")", " – ", "Kenya", "Director", " and ", ":", "Hi all,", "Name,Organisation", '"', "<li>", "[", "](", "**", "1. ", "、", "陈思远", "جمعية", "Фонд", "n/a", "@", "Best,", "of"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(pasted)
@example("[" * 200)
@example('"a\nb')
@example("(((Kenya")
@example("Best,\nAda")
@example(":::")
def test_any_text(text: str) -> None:
    """Any pasted text is read without an error, and each entry has a name and a line number."""
    reading = read_list(text)
    last = max(1, len(text.splitlines()), text.count("\r") + text.count("\n") + 1)
    for entry in reading.entries:
        assert entry.name
        assert entry.reads
        assert 1 <= entry.row <= last


@pytest.mark.parametrize(
    "line",
    ["1.- Red Sur", "1.-Red Sur", "1º Red Sur", "1.– Red Sur", "一、Red Sur", "（二）Red Sur"],
)
def test_numbers_of_other_countries(line: str) -> None:
    """A list number is removed from an entry, in the notation of any language."""
    assert entries_of(line) == ["Red Sur"]


@pytest.mark.parametrize(
    "heading",
    ["A TÍTULO PERSONAL", "À titre individuel :", "A título pessoal", "В личном качестве"],
)
def test_personal_headings(heading: str) -> None:
    """Entries below a heading such as "in a personal capacity" are people."""
    (entry,) = entries(f"{heading}\nTide Watch")
    assert entry.kind is Kind.PERSON


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Aïcha Benali et Marc-Antoine Roux, chercheurs", ["Aïcha Benali", "Marc-Antoine Roux"]),
        ("Paulo Reis e Inês Matos, advogados", ["Paulo Reis", "Inês Matos"]),
    ],
)
def test_shared_title(line: str, names: list[str]) -> None:
    """Two people who share a title become two entries, each with the title."""
    title = line.rpartition(", ")[2]
    assert [(one.name, one.title) for one in entries(line)] == [(name, title) for name in names]


def test_title_beside_the_country() -> None:
    """A title in brackets with a country is kept."""
    (entry,) = entries("Tomás Quispe (periodista independiente, Perú)")
    assert (entry.title, entry.country) == ("periodista independiente", "Perú")


@pytest.mark.parametrize(
    "heading",
    [
        "Organização (se assina em nome dela)",
        "Organización (si firma en nombre de ella)",
        "Organisation (si vous signez au nom de celle-ci)",
        "Organization (if signing on its behalf)",
    ],
)
def test_organisation_signed_for(heading: str) -> None:
    """An organisation in a form's "if signing on its behalf" column becomes the signatory."""
    (entry,) = entries(f"Email;Nome;{heading}\na@x.example;Ana Souza;Instituto Maré Alta\n")
    assert (entry.kind, entry.name) == (Kind.ORGANISATION, "Instituto Maré Alta")


@pytest.mark.parametrize(
    "heading",
    ["Signatories as of 3 November 2026", "Firmantes (3 de noviembre)", "Signataires, 3 mars"],
)
def test_dated_headings(heading: str) -> None:
    """A heading with a date is not read as an entry."""
    assert entries_of(f"{heading}\nTide Watch\nFen Trust") == ["Tide Watch", "Fen Trust"]


@pytest.mark.parametrize(
    "line",
    [
        "Open letter on quiet rivers",
        "Read it here",
        "Share this with   everyone you know",
        "Load more…",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_what_stands_around_a_list(line: str, *, above: bool) -> None:
    """A separate line above or below a list, without a clear name, is skipped and reported."""
    names = "- Tide Lab\n- Fen Trust\n- Ada Quill"
    reading = read_list(f"{line}\n\n{names}" if above else f"{names}\n\n{line}")
    assert [entry.reads for entry in reading.entries] == ["Tide Lab", "Fen Trust", "Ada Quill"]
    assert [one.why for one in reading.skipped] == [Skip.PROSE]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quill    Director    Tide Lab\nIvo Renn     Chair       Fen Trust\nMoa Lind     Dean        Reed House",
        "Ada Quill / Director / Tide Lab\nIvo Renn / Chair / Fen Trust\nMoa Lind / Dean / Reed House",
        "Ada Quill\n    Director, Tide Lab\nIvo Renn\n    Chair, Fen Trust\nMoa Lind\n    Dean, Reed House",
        "Ada Quill, Director,\nTide Lab;\nIvo Renn, Chair, Fen Trust;\nMoa Lind, Dean, Reed House;\nTom Brack, Tide Lab;",
    ],
)
def test_one_shape(text: str) -> None:
    """Spaces, slashes, indents and semicolons are separators if most lines use them so."""
    assert entries_of(text)[:3] == [
        "Ada Quill, Director, Tide Lab",
        "Ivo Renn, Chair, Fen Trust",
        "Moa Lind, Dean, Reed House",
    ]


def test_a_form_of_questions() -> None:
    """If a form's questions are unknown, the answers decide the meaning of the columns."""
    text = (
        "When?,In whose name do you sign?,How shall we call you?,And what do you do?\n"
        "2026-02-01,For myself,Ada Quill,Lawyer\n2026-02-02,For my organisation,Tide Lab,\n"
        "2026-02-03,For myself,Ivo Renn,Teacher\n2026-02-04,For my organisation,Ada and Sons,"
    )
    assert entries_of(text) == [
        "Ada Quill, Lawyer",
        "Tide Lab",
        "Ivo Renn, Teacher",
        "Ada and Sons",
    ]
