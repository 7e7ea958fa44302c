"""A letter copied from a mail, a page or a document needs no edit before it is posted."""

import pytest

from bot.documents.mail import Part, read_mail

WRAPPED = """\
Dear Commissioner,\\
Dear Minister,

The harbour libraries were opened so that anybody who lives by the sea\\
has a place to read. Since then three of them have lost their keepers,\\
and a fourth is about to close. We have written to your offices twice,\\
at tide.example/letters and by post.

Our address:\\
Association of Harbour Readers and Small Rooms\\
Harbour Street 5\\
Tidewater
"""
PLAIN = """\
Dear Commissioner,\\
Dear Minister,

The harbour libraries were opened so that anybody who lives by the sea \
has a place to read. Since then three of them have lost their keepers, \
and a fourth is about to close. We have written to your offices twice, \
at tide.example/letters and by post.

Our address:\\
Association of Harbour Readers and Small Rooms\\
Harbour Street 5\\
Tidewater
"""
LETTER = """\
Dear Minister,

We ask you to keep the three harbour libraries open until 2028, and to publish the plan.

We would be glad to meet you and to show you how these places are used, by whom, and when.

Yours sincerely,
"""
NAMES = "Ada Quill, Tide Lab\\\nBo Reed, Chair of the Lantern Union\\\nInstitute of Slow Rivers\\\nBund der Leuchtfeuer\n"
TABLE = NAMES.replace(", ", "\t")


def test_broken_lines() -> None:
    """Lines that a mail program broke are joined; what a person broke stays."""
    assert read_mail(WRAPPED).body == PLAIN
    assert read_mail(PLAIN).body == PLAIN


def test_lists_and_cells() -> None:
    """Bullets become a list, in one piece with their broken lines, and cells become one line."""
    asked = "We ask you:\\\n• to keep the libraries open, for the sake of everybody\\\nwho reads, and\\\n• to publish the plan.\\\nThank you."
    listed = "We ask you:\n\n- to keep the libraries open, for the sake of everybody who reads, and\n- to publish the plan.\n\nThank you.\n"
    assert read_mail(asked).body == listed
    quoted = "> We ask you:\\\n> 1. to read,\\\n> 2. to publish.\\\n> We hope."
    numbered = "We ask you:\n\n1. to read,\n2. to publish.\n\nWe hope.\n"
    assert read_mail(quoted).body == numbered
    assert read_mail("Year\tOpen\\\n2025\t7").body == "Year | Open\\\n2025 | 7\n"


@pytest.mark.parametrize(
    ("below", "count"),
    [
        (NAMES, 4),
        (f"The signatories:\n\n{NAMES}", 4),
        ("Unterzeichnende Organisationen:\\\nTide Lab e.V.\\\nBund der Leuchtfeuer\n", 2),
        (f"Signed by\n\n{NAMES}\nFor questions, please write to ada@tide.example.\n", 4),
        (
            f"Signed by\n\n{NAMES.replace('Bo', 'We all read here, and we hope that it stays.' + chr(92) + chr(10) + 'Bo')}",
            4,
        ),
        (f"Signed by\n\n{TABLE}\nAnd you can still sign this letter, here, on our site.\n", 4),
    ],
)
def test_names_at_the_end(below: str, count: int) -> None:
    """The names below a letter, with what stands under them, are left out and counted."""
    found = read_mail(f"{LETTER}\n{below}")
    assert found.body == LETTER
    assert [(one.part, one.count) for one in found.left_out] == [(Part.NAMES, count)]
    put_back = found.left_out[0].put_back(found.body)
    assert put_back.split() == f"{LETTER}\n{below}".split()


def test_footnotes_stay() -> None:
    """Footnotes below the names belong to the letter, and stay in it with their heading."""
    notes = "Links\n\n\\[1\\] The plan of the harbour office\\\n\\[2\\] Our survey"
    found = read_mail(f"{LETTER}\n{NAMES}\nOur office can be reached on weekdays.\n\n{notes}")
    assert found.body == f"{LETTER}\n{notes}\n"


PEOPLE = (
    "Peter Quill (Chair of the Lantern Union)",
    "Maria Lund (Tide Lab)",
    "Thomas Reed (Institute of Slow Rivers)",
    "Anna Farrow (Harbour Readers)",
    "Paul Weaver (Director of the Small Rooms)",
    "Julia Stone (Tide Lab)",
)
ASKED = LETTER.partition("\nYours")[0]


@pytest.mark.parametrize(
    ("people", "above"),
    [
        ("\n".join(f"-   {one}" for one in PEOPLE), ""),
        ("\\\n".join(PEOPLE), "Here are their names in order of the alphabet.\n\n"),
        ("\\\n".join(one.upper() for one in PEOPLE), "Seguono i nomi.\n\n"),
        ("\n\n".join(PEOPLE).replace(" (", ", ").replace(")", ""), ""),
    ],
)
def test_people_without_a_heading(people: str, above: str) -> None:
    """Many people at the end are left out without a heading; a sentence on their names goes too."""
    found = read_mail(f"{ASKED}\n{above}{people}\n")
    assert found.body == ASKED
    assert [(one.part, one.count) for one in found.left_out] == [(Part.NAMES, 6)]
    assert found.left_out[0].text == f"{above}{people}"


def test_demands_at_the_end() -> None:
    """A list of demands or of bodies at the end is no list of people."""
    for asked in ("Open the harbour|Public reading rooms|Small boats|Better lamps|A plan|Access",
                  "Harbour Office|Tide Lab|Lantern Union|Institute of Rivers|City Council|Sea Fund"):  # fmt: skip
        text = f"{ASKED}\nWe ask you:\n\n- {asked.replace('|', chr(10) + '- ')}\n"
        assert read_mail(text).left_out == ()


def test_pandoc() -> None:
    """Names of headings go; footnotes become numbers in brackets, each with a paragraph below."""
    text = "# The ferries {#the_ferries}\n\nWe ask[^1] twice[^b].\n\n[^1]: Once.\n[^b]: https://tide.example\n"
    read = "# The ferries\n\nWe ask\\[1\\] twice\\[b\\].\n\n\n\\[1\\] Once.\n\n\\[b\\] https://tide.example\n"
    assert read_mail(text).body == read
    assert read_mail("We {ask} \\{#you}.").body == "We {ask} \\{#you}.\n"


@pytest.mark.parametrize(
    "below",
    [
        "",
        "\\\n".join(PEOPLE[:3]),
        "\n\n".join((*PEOPLE[:3], "## Our plan", *PEOPLE[3:])),
        "Ada Quill\\\nBo Reed\n",
        "Ada Quill\\\nPresident of the Tide Lab\n\nOur position on harbours\n",
        "- \\[ \\] 30 signatories from ten countries\\\n- \\[ \\] A press release\\\n- A map\n",
        "## Signatories\n\n## Sources\n\nQuill, A., Reed, B. et al.: Tides. Rivers, 2019.\n",
    ],
)
def test_no_names(below: str) -> None:
    """A name or two, or words about signing without names, are part of the letter."""
    assert read_mail(f"{LETTER}\n{below}").left_out == ()


@pytest.mark.parametrize(
    "above",
    [
        "Tidewater, 3 March 2026 – In an open letter, twelve unions have asked the minister to act.",
        "* Sent on 3 March by Ada Quill\\\n* To: Minister Farrow <farrow@harbour.example>",
    ],
)
def test_told_above_the_salutation(above: str) -> None:
    """A summary or a note about the sending is left out; an address, a day or a title stays."""
    head = "Minister Farrow\\\nHarbour Street 5\n\nTidewater, 3 March 2026\n\n"
    found = read_mail(f"{above}\n\n{head}{LETTER}")
    assert found.body == f"{head}{LETTER}"
    assert [one.part for one in found.left_out] == [Part.INTRODUCTION]
    assert read_mail(f"{head}{LETTER}").left_out == ()


def test_no_salutation() -> None:
    """A line that begins like a salutation in the middle of a paragraph addresses nobody."""
    text = (
        "Three libraries have closed since the new plan for the harbour was made public here.\n\n"
        "We have asked why, and\\\nMadame Quill of the harbour office has told us,\\\nas others did, "
        "that nobody there knows. We ask once more, and with us all those who read by the sea.\n"
    )
    assert read_mail(text).left_out == ()
    noted = f"{text.partition(chr(10))[0]}\n\n{LETTER.replace('Minister', 'Dr. Farrow')}"
    assert [one.part for one in read_mail(noted).left_out] == [Part.INTRODUCTION]


def test_a_note_in_a_mail() -> None:
    """A colleague's note above a letter is left out, and a mailing list's last words."""
    mail = (
        "To: coalition at tide dot example\\\nSubject: A letter\\\nDate: 3 March 2026\n\n"
        "Hi Olive, could you put this to the coalition? Thanks, Ada\n\n"
        f"{LETTER}\n\\_\\_\\_\\_\\_\\_\\_\\_\\\nYou get this mail from the list."
    )
    found = read_mail(mail)
    parts = [Part.HEADER, Part.SIGNATURE, Part.INTRODUCTION]
    assert (found.body, [one.part for one in found.left_out]) == (LETTER, parts)


def test_nothing_hangs() -> None:
    """A line break above a part that was left out goes with it."""
    assert read_mail(f"{LETTER.rstrip()}\\\n{NAMES}").body == LETTER
    assert read_mail("From: Ada\\\nTo: Bo\n\nWe ask.\\\n\\--\\\nAda").body == "We ask.\n"


def test_links_within_a_site() -> None:
    """A link that leads nowhere outside its site becomes words; as a line of its own, it goes."""
    text = (
        "# [Sign this letter](sign).\n\nWe ask [\\[1\\]](#1), as [others](https://tide.example) do."
    )
    assert read_mail(text).body.endswith("as [others](https://tide.example) do.\n")
    assert read_mail("We ask [as before](#1).").body == "We ask as before.\n"
    assert "Sign" not in read_mail(text).body
