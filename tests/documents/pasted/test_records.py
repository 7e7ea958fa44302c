"""Records of several lines are read by the pattern that repeats, one entry each."""

import pytest

from bot.documents.pasted.entries import Skip
from bot.documents.pasted.reading import read_list
from bot.letters.endorsement import Kind

P, O = Kind.PERSON, Kind.ORGANISATION  # noqa: E741 - as the corpus writes them

FAMILIES = ("Quill", "Renn", "Lind", "Strand", "Vane", "Oduya", "Brack", "Moss")


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(entry.kind, entry.name) for entry in read_list(text).entries]


@pytest.mark.parametrize("blank", ["\n", ""])
@pytest.mark.parametrize(
    ("role", "street", "telephone"),
    [
        ("Director", "Quay Street 12, 14943 Moorhaven", "Tel.: 0337/611366"),
        ("директор", "305000, г. Мореград, ул. Тихая, д. 59", "Телефон: (4712) 70-02-38"),
        ("dyrektorka", "ul. Cicha 7, 00-950 Morzyn", "tel. +48 22 611 36 60"),
    ],
)
def test_cards_of_people(blank: str, role: str, street: str, telephone: str) -> None:
    """A role, a street, a telephone number, a mail and a web address below a name do not sign."""
    card = "{}\n{}\n{}\n{}\n{}@moor.example\nmoor.example\n{}"
    names = ["Ada Quill", "David Renn", "Maria Lind", "Anna Strand"]
    text = "".join(card.format(name, role, street, telephone, name[:3], blank) for name in names)
    assert kinds(text) == [(P, name) for name in names]


def test_cards_of_organisations() -> None:
    """The names of firms in cards may have commas and hyphens, and any number of contact persons."""
    text = (
        "Members\n\n"
        "Stove-, Kiln- und Hearth Works Ltd\nQuay Street 4, 14943 Moorhaven\nPhone: 03371/611366\n\n"
        "Harbour Network\nLondon | United Kingdom\nharbour.example\nAda Quill\nIvo Renn\n\n"
        "Fen Trust\nMoorhaven\nfen.example\nMoa Lind\n\n"
        "Tide Lab\nLisbon | Portugal\ntide.example\n"
    )
    names = ["Stove-, Kiln- und Hearth Works Ltd", "Harbour Network", "Fen Trust", "Tide Lab"]
    assert kinds(text) == [(O, name) for name in names]


def test_japanese_cards() -> None:
    """A family and a given name with a space between them are one name, and a title is none."""
    text = "水城 之康\n教授\n\n長瀬 祥大\n助教\n\n田浜 美里\n特定研究員\n\n増川 由季子\n秘書\n"
    assert kinds(text) == [(P, "水城 之康"), (P, "長瀬 祥大"), (P, "田浜 美里"), (P, "増川 由季子")]


def test_descriptions_below_names() -> None:
    """A line about an organisation, or its quotation, belongs to it, even without a verb."""
    text = (
        "Tide Lab - Belgium\nAssociation for arts and media\n\n"
        "Harbour Network - Spain\nHarbour Network defends the quiet of the sea.\n\n"
        "Fen Trust - Italy\n“All that we ask for is the quiet of the sea”\n\n"
        "Moor Forum - Sweden\nNGO that promotes access to knowledge\n"
    )
    names = ["Tide Lab", "Harbour Network", "Fen Trust", "Moor Forum"]
    assert kinds(text) == [(O, name) for name in names]


def test_dates_end_records() -> None:
    """Records end at their dates if all lines have blank ones between them."""
    names = ["MTL", "Fen", "HN", "Lantern", "Moorlight"]
    text = "".join(f"{name}\n\nUnion of the Sea - Spain\n\n01/05/2026\n\n" for name in names)
    assert [name for _, name in kinds(text)] == names


def test_headings_of_records() -> None:
    """A line that stands alone among records of people, and is no name, is a heading."""
    card = "{}\nMoorhaven\nfisika (UNMAR)\n\n"
    names = ["Ada Quill", "David Renn", "Maria Lind", "Anna Strand"]
    first, second = ("".join(map(card.format, some)) for some in (names[:2], names[2:]))
    reading = read_list(f"M-group (1988-1992)\n\n{first}H-group (1993-1997)\n\n{second}")
    assert [entry.name for entry in reading.entries] == names
    assert [one.why for one in reading.skipped] == [Skip.HEADING, Skip.HEADING]


def test_headings_of_lines() -> None:
    """A line that stands alone above lines of people is a heading."""
    text = "Provincia del Faro\n\nAda Quill\nDavid Renn\nMaria Lind\n\nProvincia del Mar\n\nAnna Strand\nIvo Moss\nEva Roth\n"
    assert [name for _, name in kinds(text)] == [
        "Ada Quill", "David Renn", "Maria Lind", "Anna Strand", "Ivo Moss", "Eva Roth",
    ]  # fmt: skip


def test_sections_are_no_records() -> None:
    """People below the names of regions are entries of their own, without blank lines too."""
    text = (
        "Quay district\nAda Quill\nDavid Renn\nMaria Lind\n\n"
        "Fen district\nAnna Strand\nPeter Moss\n\nMoor district\nEva Roth\nThomas Vane\nSarah Holm\nPaul Birch\n"
    )
    people = {name for kind, name in kinds(text) if kind is P}
    assert people >= {"Ada Quill", "David Renn", "Maria Lind", "Eva Roth", "Paul Birch"}


def test_unknown_given_names_behind_family_names() -> None:
    """Some known given names show that all lines have the family name first."""
    text = "Quillova, Zdunka\nRenn, David\nLind, Ottelia\nStrand Moss, Anna\nVane, Brunka – Consigliera, Moorhaven\n"
    assert [name for _, name in kinds(text)] == [
        "Zdunka Quillova", "David Renn", "Ottelia Lind", "Anna Strand Moss", "Brunka Vane",
    ]  # fmt: skip


def test_a_long_line_among_short_ones() -> None:
    """A line of many pieces is one person if the lines around it are."""
    lines = [
        f"{name} Quill, Elder, Chapel of the Fen"
        for name in ("Ada", "David", "Maria", "Anna", "Peter", "Eva", "Paul", "Sarah", "Ivan")
    ]
    text = "\n".join(
        [*lines, "Thomas Quill, Elder, Chapel of the Moor, Quayside, Fenwick, Reformed, Itinerant"]
    )
    assert [name for _, name in kinds(text)][-1] == "Thomas Quill"


def test_single_words_among_names() -> None:
    """Names of one word show that a list has organisations."""
    text = (
        "Fenlight\nTidewatch\nQuiet Water\nMoorland\nSlow Harbour\nSeaview\nBrackish\nOpen Dune\n"
    )
    assert {kind for kind, _ in kinds(text)} == {O}


def test_nicknames_among_people() -> None:
    """A nickname is a person in a list of people, or is asked about."""
    nicks = ("tidefox", "Renn42", "0xfen", "QAVRN", "Moorlight", "fen_owl", "Brack", "T1de", "Dune")
    people = (
        "Ada Quill",
        "David Renn (Tide Lab)",
        "Maria Lind",
        "Ottelia Strand Moss",
        "Peter Vane",
    )
    said = [*nicks[:5], *people, *nicks[5:], "Reed Institute", "David Renn (developer at Tide Lab)"]
    read = {entry.name: entry for entry in read_list("\n".join(said)).entries}
    assert all(read[nick].kind is P or read[nick].unsure for nick in nicks)
    assert sum(read[nick].kind is P for nick in nicks) == len(nicks) - 1
    assert read["Reed Institute"].kind is O


def test_a_line_without_the_bullet_of_all_others() -> None:
    """A line without a bullet in a list of bullets may be no entry, and is asked about."""
    lines = [f"* {given} {family}" for given in ("Ada", "Maria", "Eva") for family in FAMILIES]
    read = read_list("\n".join([*lines[:9], "Tide engineer at Fen", *lines[9:]])).entries
    assert [one.row for one in read if one.unsure] == [10]


def test_small_letters_below_a_long_line() -> None:
    """Nicknames in small letters are entries, also below a long line."""
    names = ("Ada", "Maria", "Anna", "Eva", "Paul", "Peter", "Ivan", "David", "Thomas", "Sarah")
    people, nicks = [f"{name} Quill" for name in names], [f"{name.lower()}fen" for name in names]
    long = "Ada Renn (researcher of tides and reeds, Tide Lab, Harbour)"
    said = [*people, *nicks, long, "brackwater", "Ivo Lind", "Moa Lind"]
    assert [name for _, name in kinds("\n".join(said))] == [*people, *nicks, "Ada Renn", *said[-3:]]


def test_title_before_a_colon() -> None:
    """An office and a colon before a name are the person's title."""
    text = "Treasurer: Maria Quill\nLibrarian: David Renn\nSecretary: Anna Strand\n"
    assert [(entry.name, entry.title) for entry in read_list(text).entries] == [
        ("Maria Quill", "Treasurer"), ("David Renn", "Librarian"), ("Anna Strand", "Secretary"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Keepers of the Fen", "QAVRN"])
def test_an_organisation_among_people(name: str) -> None:
    """A word for many people shows an organisation, and so do capitals alone."""
    assert kinds(f"Ada Quill\nDavid Renn\n{name}\nMaria Lind\nAnna Strand\n")[2] == (O, name)


def test_a_torn_bracket_is_no_heading() -> None:
    """A name and an affiliation with a comma in brackets do not name columns."""
    text = (
        "Contributors\n\nQuill, Zdunka (Department of Tides, Moor University)\nRenn, David\n"
        "Lind, Ottelia (Harbour Institute)\nStrand Moss, Anna\nVane, Peter (Fen College, Quayside)\n"
    )
    assert [name for _, name in kinds(text)] == [
        "Zdunka Quill", "David Renn", "Ottelia Lind", "Anna Strand Moss", "Peter Vane",
    ]  # fmt: skip


def test_codes_are_no_names() -> None:
    """A column of codes names nobody, whatever its heading says."""
    names = ["Tide Lab", "Harbour Network", "Fen Trust", "Moor Forum"]
    rows = "".join(f"{name}\tNorway\tQV-REG-{n}71\n" for n, name in enumerate(names))
    assert kinds(f"Publisher\tCountry\tOrganisation reference\n{rows}") == [
        (O, name) for name in names
    ]


def test_names_with_numbers_in_cards() -> None:
    """Names with a number begin cards too."""
    text = "".join(
        f"Tide{n}\nConference of the Sea\nhttps://tide{n}.example\n" for n in range(20, 26)
    )
    assert [name for _, name in kinds(text)] == [f"Tide{n}" for n in range(20, 26)]


def test_groups_below_names() -> None:
    """A group of signatories below each name does not sign."""
    names = ["Tide Lab", "Harbour Network", "Fen Trust", "Moor Forum", "Reed Institute"]
    names += ["Gull Alliance"]
    countries = ["Kenya", "India", "Peru", "Chile", "Spain", "Nepal"]
    text = "\n\n".join(
        f"{name}\nAssociation\nCivil society ({country})"
        for name, country in zip(names, countries, strict=True)
    )
    assert kinds(f"Signed by\n\n{text}\n") == [(O, name) for name in names]


def test_nameless_signers_are_no_group() -> None:
    """Each nameless signer is an entry, however many there are."""
    read = [name for _, name in kinds("Signed:\n" + "Ada Quill, Oslo\nAnonymous\n" * 7)]
    assert read.count("Anonymous") == 7


def test_pairs_of_lines() -> None:
    """Dozens of pairs of lines are a name each, even one that reads like nothing, and its speaker."""
    firms = ["TDL", "reedworks", "Quay", "Fen Hosting", "Gullnet", "MRX", "sandbox", "Tern"]
    people = ["Ada Quill", "Ivo Renn", "Moa Lind", "Anna Strand"]
    text = "".join(
        f"{firm}{number}\n{people[place % 4] if place % 3 else 'Quiet machines'}\n\n"
        for number in range(3)
        for place, firm in enumerate(firms)
    )
    read = [name for _, name in kinds(text)]
    assert read == [f"{firm}{number}" for number in range(3) for firm in firms]
