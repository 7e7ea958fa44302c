"""Formats of pasted lists that were once misread."""

import pytest

from bot.documents.pasted.entries import Entry, Skip, Takes
from bot.documents.pasted.reading import read_list
from bot.letters.endorsement import Kind

P, O = Kind.PERSON, Kind.ORGANISATION  # noqa: E741 - as the corpus writes them


def entries(text: str, takes: Takes = Takes.BOTH) -> list[Entry]:
    return list(read_list(text, takes).entries)


def kinds(text: str, takes: Takes = Takes.BOTH) -> list[tuple[Kind, str]]:
    return [(entry.kind, entry.name) for entry in entries(text, takes)]


@pytest.mark.parametrize(
    ("headings", "yes", "no"),
    [
        ("Prénom;Nom;Fonction;Organisme;Pays;Signe au nom de l’organisme ?", "oui", "non"),
        ("First name;Last name;Role;Organisation;Country;Do you sign for the organisation?", "yes", "no"),
        ("Nombre;Apellido;Cargo;Organización;País;¿Firma en nombre de la organización?", "sí", "no"),
        ("Vorname;Nachname;Funktion;Organisation;Land;Unterschrift für die Organisation?", "ja", "nein"),
    ],
)  # fmt: skip
def test_yes_or_no_is_no_name(headings: str, yes: str, no: str) -> None:
    """A yes-or-no column says whether the person or the organisation signs, and is never a name."""
    first, second = entries(
        f"{headings}\nAda;Quill;Chair;Tide League;Kenya;{yes}\nIvo;Renn;Lawyer;Fen Bar;Norway;{no}\n"
    )
    assert (first.kind, first.name, first.signer) == (O, "Tide League", "Ada Quill")
    assert (second.kind, second.name, second.affiliation) == (P, "Ivo Renn", "Fen Bar")


def test_separator_line() -> None:
    """A spreadsheet's line "sep=;" is not read as an entry."""
    text = "sep=;\nVorname;Name;Organisation;Land\nJürgen;Groß;Netzverein;Deutschland\nKäthe;Öz;Datenhof;Österreich\n"
    assert kinds(text) == [(P, "Jürgen Groß"), (P, "Käthe Öz")]


@pytest.mark.parametrize("family", ["Baker", "Dean", "Bishop", "Pastor", "Singer"])
def test_family_name_that_is_an_office(family: str) -> None:
    """A family name that is also an occupation stays part of the name, on its own line."""
    text = (
        f"Ada Quill, Tide Lab\nMitchell {family}, Mosaica\nIvo Renn, Fen Trust\nDiamond {family}\n"
    )
    assert [name for _, name in kinds(text)] == [
        "Ada Quill", f"Mitchell {family}", "Ivo Renn", f"Diamond {family}",
    ]  # fmt: skip


def test_short_heading_for_organisations() -> None:
    """A column "org" beside names holds affiliations."""
    text = '"name","role","org"\n"Ada Quill","Developer","Radiant"\n"Ann Lee","Engineer","Tillo"\n'
    assert [entry.reads for entry in entries(text)] == [
        "Ada Quill, Developer, Radiant", "Ann Lee, Engineer, Tillo",
    ]  # fmt: skip


def test_third_column_is_kept() -> None:
    """A row of headings is not read as an entry, and the third column is kept."""
    text = "nombre\tdepartamento\tuniversidad\nAda Quill\tUniversidad del Faro\tCiencias\nIvo Renn\tUNMAR\tHistoria\n"
    assert [entry.reads for entry in entries(text)] == [
        "Ada Quill, Universidad del Faro, Ciencias", "Ivo Renn, UNMAR, Historia",
    ]  # fmt: skip


def test_family_names_first() -> None:
    """If most lines begin with "Family, Given", these names are turned around."""
    text = "Quill, Ada (Tide Lab)\nRenn, David, Fen Trust\nLind, Maria\nStrand Moss, Anna\n"
    assert [name for _, name in kinds(text)] == [
        "Ada Quill", "David Renn", "Maria Lind", "Anna Strand Moss",
    ]  # fmt: skip
    assert entries(text)[1].affiliation == "Fen Trust"


def test_one_heading_for_both_names() -> None:
    """A heading "first name, surname" is a column of names."""
    text = '"JMÉNO, PŘÍJMENÍ",INSTITUCE,ROLE\nAda Tichá,FF UK,studující\nIvo Renn,FAMU,\n'
    assert kinds(text) == [(P, "Ada Tichá"), (P, "Ivo Renn")]


def test_many_bullets_in_a_line() -> None:
    """Entries of a running list are separated by bullets; a few bullets separate an entry's parts."""
    names = ["Ada Quill", "Ivo Renn", "Ann Lee", "Bo Reed", "Mia Moss", "Tom Vale"]
    assert kinds(" • ".join(names)) == [(P, name) for name in names]
    assert len(entries("Ada Quill • Chair • Tide Lab\n")) == 1


def test_guillemets_as_bullets() -> None:
    """A name loses the guillemet before it."""
    assert kinds("› Ada Quill\n› Ivo Renn\n» Tide Lab\n") == [
        (P, "Ada Quill"), (P, "Ivo Renn"), (O, "Tide Lab"),
    ]  # fmt: skip


def test_czech_headings() -> None:
    """If headings are in an unsupported language, the values decide the meaning of the columns."""
    text = '"Název","Typ","Město","Země"\n"Nadace Tichá voda","nadace","Praha","Česko"\n"Spolek přátel lesa","spolek","Brno","Česko"\n'
    assert [(one.name, one.country) for one in entries(text)] == [
        ("Nadace Tichá voda", "Česko"), ("Spolek přátel lesa", "Česko"),
    ]  # fmt: skip


def test_bold_names() -> None:
    """A name in bold is split from the text after it, even without a comma."""
    assert kinds("**Ada Quill**\n**Ivo Renn** Chair\n**Tide Lab**\n") == [
        (P, "Ada Quill"), (P, "Ivo Renn"), (O, "Tide Lab"),
    ]  # fmt: skip


def test_buttons_of_a_page() -> None:
    """Buttons and links of a web page below a list are not read as entries."""
    text = "Signed by\n\nThe Rooted Alliance\nClean Rivers Now\nNorthwind Institute\n\nShare this:\nFacebook\nX\nEmail\n\nRelated posts\n"
    assert [name for _, name in kinds(text)] == [
        "The Rooted Alliance", "Clean Rivers Now", "Northwind Institute",
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["https://{}.example 🇰🇪", "{}.example"])
def test_address_on_a_line_of_its_own(address: str) -> None:
    """A web address, with or without a flag, on the line below a name is not read as an entry."""
    names = ["Harbour Network", "Tide Lab", "Fen Trust"]
    text = "\n".join(f"{name}\n{address.format(name.split()[0].lower())}" for name in names)
    assert [name for _, name in kinds(text)] == names


def test_comment_in_a_block() -> None:
    """A comment below an entry is left out, and the entry stays."""
    blocks = [
        "Ada Quill\nTide Lab\nProfessor\nI sign because the rivers need somebody who speaks for them.",
        "Ivo Renn\nFen Trust\nChair\nThank you for this letter, it was about time that somebody wrote it!",
        "Moa Lind\nReed House\nDean",
    ]
    assert [entry.reads for entry in entries("\n\n".join(blocks))] == [
        "Ada Quill, Tide Lab, Professor", "Ivo Renn, Fen Trust, Chair", "Moa Lind, Reed House, Dean",
    ]  # fmt: skip


def test_comment_below_a_name() -> None:
    """A sentence between names, without blank lines, is left out."""
    text = (
        "Ada Quill\nI sign because the rivers need somebody who speaks for them.\nIvo Renn\n"
        "Thank you for this letter!\nMoa Lind\nThis is what we have waited for.\nTom Brack\n"
    )
    assert [name for _, name in kinds(text)] == ["Ada Quill", "Ivo Renn", "Moa Lind", "Tom Brack"]


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Network\nContact: Jane Merrow, Director\nTide Lab\nContact: Ivo Renn\nFen Trust\nContact: Moa Lind",
        "Harbour Network\nContact person: Jane Merrow\nTide Lab\nContact person: Ivo Renn\nFen Trust",
        "Harbour Network\nJane Merrow, Director\n\nTide Lab\nIvo Renn, Chair\n\nFen Trust\nMoa Lind, Chair\n",
        "Harbour Network\nJane Merrow, Director\nTide Lab\nIvo Renn, Chair\nFen Trust\nMoa Lind, Chair\n",
    ],
)
def test_contact_persons(text: str) -> None:
    """A contact person below an organisation is not read as a signatory, without blank lines too."""
    assert kinds(text) == [(O, "Harbour Network"), (O, "Tide Lab"), (O, "Fen Trust")]


def test_at_sign() -> None:
    """The "@" before a name in a chat is removed."""
    assert kinds("@Ada Quill\n@Ivo Renn\n") == [(P, "Ada Quill"), (P, "Ivo Renn")]


@pytest.mark.parametrize("slash", ["／", " / "])
def test_japanese_slashes(slash: str) -> None:
    """Slashes separate the columns of a Japanese list."""
    text = "\n".join(
        slash.join(row)
        for row in (("山田太郎", "弁護士"), ("佐藤花子", "教授"), ("鈴木一郎", "作家"))
    )
    assert [(one.name, one.title) for one in entries(text)] == [
        ("山田太郎", "弁護士"), ("佐藤花子", "教授"), ("鈴木一郎", "作家"),
    ]  # fmt: skip


def test_anonymous_is_not_twice() -> None:
    """Several anonymous entries are all kept."""
    assert len(entries("Ada Quill\nAnonymous\nIvo Renn\nAnonymous\n")) == 4


def test_two_lines_each_without_blank_ones() -> None:
    """Alternating lines of names and titles become one entry per name."""
    text = "Ada Quill\nProfessor of Law\nIvo Renn\nDirector, Tide Lab\nMoa Strand\nChair\nTom Brack\nWriter\n"
    assert [entry.reads for entry in entries(text)] == [
        "Ada Quill, Professor of Law", "Ivo Renn, Director, Tide Lab", "Moa Strand, Chair",
        "Tom Brack, Writer",
    ]  # fmt: skip


@pytest.mark.parametrize(("takes", "kind"), [(Takes.PEOPLE, P), (Takes.ORGANISATIONS, O)])
def test_who_may_sign_is_evidence(takes: Takes, kind: Kind) -> None:
    """An ambiguous name gets the kind that the letter accepts; a clear name keeps its own kind."""
    assert kinds("Wren Larkspur\nKestrel", takes) == [(kind, "Wren Larkspur"), (kind, "Kestrel")]
    assert kinds("Dr Ada Quill\nTide Foundation", takes) == [
        (P, "Dr Ada Quill"), (O, "Tide Foundation"),
    ]  # fmt: skip


def test_web_address_in_brackets() -> None:
    """A web address in brackets after a name is removed."""
    assert kinds("Tide Lab (https://tide.example)\nFen Trust (www.fen.example)\n") == [
        (O, "Tide Lab"), (O, "Fen Trust"),
    ]  # fmt: skip


def test_around_in_a_mail() -> None:
    """A mail's greeting is skipped as a sentence, and its closing as the end of the email."""
    reading = read_list("Hi!\nHarbour Network\nFen Trust\nTide Lab\n\nBest regards\nBo Lund\n")
    assert [one.reads for one in reading.entries] == ["Harbour Network", "Fen Trust", "Tide Lab"]
    assert [one.why for one in reading.skipped] == [Skip.PROSE, Skip.SIGN_OFF, Skip.SIGN_OFF]


LETTER = """Open letter on quiet rivers

To the Harbour Ministry
To the River Council

The rivers of our region have been loud for many years, and nobody who lives beside them has
been asked whether that should go on. We have written to you before about this.

- stop the new turbines until their noise has been measured,
- ask those who live beside the water before anything is built.
"""


@pytest.mark.parametrize(
    "listed",
    [
        "Tide Lab\nFen Trust\nHarbour Network\nReed House Foundation\nKelp Institute\nMarsh Alliance",
        "Signed by: Tide Lab; Fen Trust; Harbour Network; Reed House Foundation; Kelp Institute; Marsh Alliance",
        "Tide Lab, Fen Trust, Harbour Network, Reed House Foundation, Kelp Institute, Marsh Alliance.",
        "1\tTide Lab\tKenya\n2\tFen Trust\tPeru\n3\tHarbour Network\tChile\n4\tReed House Foundation\n5\tKelp Institute\tPeru\n6\tMarsh Alliance\tPeru",
    ],
)  # fmt: skip
def test_below_a_letter(listed: str) -> None:
    """Below a letter, lines, a running list and a table are found; addressees and points aren't."""
    assert kinds(f"{LETTER}\nSignatories\n\n{listed}\n") == [
        (O, "Tide Lab"), (O, "Fen Trust"), (O, "Harbour Network"), (O, "Reed House Foundation"),
        (O, "Kelp Institute"), (O, "Marsh Alliance"),
    ]  # fmt: skip


@pytest.mark.parametrize("bullet", ["", "-   ", "* "])
def test_titles_without_a_separator(bullet: str) -> None:
    """A title that follows a name without a separator is split off if the list does so."""
    people = {
        "Ada Quill": "Professora de filosofia", "Ivo Renn": "Director de la Fundació Far",
        "Maria Lind": "Escriptora", "Anna Strand": "Advocada", "David Brack": "Periodista",
    }  # fmt: skip
    bold = "\n".join(f"{bullet}**{name}** {title}" for name, title in people.items())
    assert [name for _, name in kinds(bold)] == list(people)
    assert [name for _, name in kinds(bold.replace("**", ""))] == list(people)


def test_table_of_organisations() -> None:
    """A table's names are of one kind, and other people's columns beside them are no names."""
    text = "signatory,area_name,mp_name\n" + "".join(
        f"{name},Fenland,Ada Quill\n"
        for name in ("Tide Trust", "Cycle Fenwick", "Reed Network", "Quiet Thornbury", "Kelp Union")
    )
    assert {kind for kind, _ in kinds(text)} == {O}
    assert entries(text)[1].name == "Cycle Fenwick"


def test_comments_between_people() -> None:
    """Lines below each name are its own, even if an institution looks like a name."""
    lines = ["Google", "Pure Storage", "Tillo", "Higher Education"] * 6
    names = [f"{given} {family}" for given in ("Ada", "David", "Maria", "Anna", "Peter", "Laura")
             for family in ("Quill", "Renn", "Lind", "Strand")]  # fmt: skip
    text = "\n".join(f"{name}\n{below}" for name, below in zip(names, lines, strict=True))
    assert kinds(text) == [(P, name) for name in names]


def test_places_before_a_country() -> None:
    """Several places between an organisation and its country are left out of its name."""
    text = (
        "Asamblea del Agua, Valle Verde, Chubut, Argentina\nCentro de Paz, Justicia y Memoria, Perú"
    )
    assert [one.reads for one in entries(text)] == [
        "Asamblea del Agua (Argentina)", "Centro de Paz, Justicia y Memoria (Perú)",
    ]  # fmt: skip


def test_a_column_that_is_used_is_not_reported() -> None:
    """A column of contacts is kept for invitations, so it isn't said to be unneeded."""
    reading = read_list(
        "name,e-mail,shoe size\nAda Quill,ada@tide.example,39\nIvo Renn,ivo@fen.example,42\n"
    )
    assert [one.contact for one in reading.entries] == ["ada@tide.example", "ivo@fen.example"]
    assert [one.text for one in reading.skipped] == ["shoe size"]


def test_bare_numbers() -> None:
    """Sequential numbers before names are no part of them, even without a dot."""
    assert [name for _, name in kinds("1 Tide Lab\n2 Fen Trust\n3 350.org\n4 Ada Quill")] == [
        "Tide Lab", "Fen Trust", "350.org", "Ada Quill",
    ]  # fmt: skip


def test_family_names_before_given_names() -> None:
    """Names that are less sure, one on each line, are entries of their own."""
    people = ["Brackley Ada", "Fenwick Ivo", "Quill", "Renn Maria", "Strand Tove", "Lind Anna"] * 5
    names = [f"{name}{number * 'a'}" for number, name in enumerate(people)]
    assert [name for _, name in kinds("\n".join(names))] == names


def test_organisations_above_people_with_titles() -> None:
    """Organisations above people whose titles stand on their own lines are not joined."""
    bodies = [f"{name} Library" for name in ("Tide", "Fen", "Reed", "Kelp", "Marsh", "Moor")]
    people = [f"{name} Quill\nProfessor of Law" for name in ("Ada", "David", "Maria", "Anna")]
    text = "\n".join(["Institutions", *bodies, "Individuals", *people])
    assert [name for _, name in kinds(text)] == [*bodies, *(one.split("\n")[0] for one in people)]


def test_titles_that_look_like_headings() -> None:
    """A row in the middle of a table is no row of headings, even if all its cells could be."""
    text = "\n".join(
        f"Prof. Dr. {name}\t{title}"
        for name, title in (
            ("Ada Quill", "Writer"), ("David Renn", "Chair, Tide Lab"), ("Maria Lind", "Researcher"),
            ("Antonio Brack", "Director, University"), ("Anna Strand", "Writer"),
        )
    )  # fmt: skip
    assert len(entries(text)) == 5
    assert len(entries(text.replace("\t", "; "))) == 5


def test_definitions_of_links() -> None:
    """Definitions of Markdown links below a list are no entries."""
    text = (
        '- Tide Lab\n- Fen Trust\n\n[tide]: https://tide.example "Tides, rivers, fens, and more"\n'
    )
    assert [name for _, name in kinds(text)] == ["Tide Lab", "Fen Trust"]


def test_names_in_small_letters_between_semicolons() -> None:
    """A running list in which some organisations write themselves small is split at semicolons."""
    names = ["Hafenforum", "kleine welle", "Fen Trust", "Netz am Deich e. V.", "Tide Lab",
             "Offene Küste", "ebbe.org gAG", "Stiftung Morgenlicht", "Bündnis Nord"]  # fmt: skip
    read = kinds(f"Unterzeichnende Organisationen: {'; '.join(names)}")
    assert read == [(O, name) for name in names]


def test_organisation_by_its_officer() -> None:
    """A line such as "Organisation, by Person, Title" is signed by that person for it."""
    read = entries(
        "Supporting Organizations\n1. Harbour Data Alliance, by Ada Quill, Executive Director\n"
        "2. Academy of Tides, by Ivo Renn, Officer\n3. LagoonArXiv, by Jo Hav, Co-Founder\n"
    )
    assert [(one.kind, one.name, one.signer) for one in read] == [
        (O, "Harbour Data Alliance", "Ada Quill"), (O, "Academy of Tides", "Ivo Renn"),
        (O, "LagoonArXiv", "Jo Hav"),
    ]  # fmt: skip


def test_globe_behind_an_address() -> None:
    """A globe marks a list's international members; it is no part of a name."""
    text = "Harbour Forum\nharbour.example🌐\nTide Lab\ntide.example🌐\nFen Trust\nfen.example🇳🇴\n"
    assert kinds(text) == [(O, "Harbour Forum"), (O, "Tide Lab"), (O, "Fen Trust")]


def test_family_first_and_a_subject_in_small_letters() -> None:
    """A Hungarian list on one line: family and given name, subject, town and country."""
    text = (
        "Tóvári András szociológia, Oslo, Norvégia; Rétközi Krisztina pénzügyi közgazdaságtan, "
        "Bern, Svájc; Lápfői Gábor jogtudomány, Firenze, Olaszország; Nádasdi Zoltán biofizika, "
        "Leeds, Egyesült Királyság\n"
    )
    names = ["Tóvári András", "Rétközi Krisztina", "Lápfői Gábor", "Nádasdi Zoltán"]
    assert kinds(text) == [(P, name) for name in names]


def test_family_comma_given() -> None:
    """A list sorted as "Family, Given" is read with the given name first."""
    text = "› Quill Marsh, Ada\n› Renn, Ivo\n› Strand, Anna María\n› Lind, Elena\n"
    names = ["Ada Quill Marsh", "Ivo Renn", "Anna María Strand", "Elena Lind"]
    assert kinds(text) == [(P, name) for name in names]
