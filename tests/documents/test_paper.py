"""A paper goes to the process that writes it and is the same there."""

from dataclasses import replace

from bot.documents.paper import Logo, Mark, from_json, to_json
from bot.features.delivery.paper import Late
from bot.letters.rules import Printing, Rules
from bot.letters.standing import Standing
from tests.support.documents.papers import a_list, a_paper, a_person, an_organisation
from tests.support.scenes.worst import a_letter
from tests.support.scenes.worst_facts import NOW

MIXED = [
    an_organisation("Convener", 1, "Spain", pinned=1),
    an_organisation("Web Group", 2, "Spain"),
    a_person("Ada King", 3),
    an_organisation("Late Group", 4, late=True),
    a_person("Late Person", 5, late=True),
]
DELIVERED = a_letter(delivered_at=NOW)


def test_there_and_back() -> None:
    """A paper is read as it was written, with its logo."""
    logo = Logo(image=b"\x89PNG\x00\xff", ending="png", alt="A tree")
    paper = replace(a_paper(a_list(4, 3), delivered=False), logo=logo)
    assert from_json(to_json(paper)) == paper


def test_conveners_first_then_groups() -> None:
    """Conveners come first, then the groups that the letter's rules make."""
    paper = a_paper(MIXED, letter=DELIVERED)
    assert [
        (section.heading, [one.reads for one in section.entries]) for section in paper.sections
    ] == [
        ("Conveners", ["Convener"]),
        ("Organisations", ["Web Group"]),
        ("People", ["Ada King"]),
        ("Organisations that signed after 10 March 2026", ["Late Group"]),
        ("People who signed after 10 March 2026", ["Late Person"]),
    ]


def test_late_ones_in_one_dated_list() -> None:
    """In one list late signatures are in their places, each with its day."""
    paper = a_paper(MIXED, letter=DELIVERED, late=Late.DATED)
    assert [
        (section.heading, [(one.reads, bool(one.signed)) for one in section.entries])
        for section in paper.sections
    ] == [
        ("Conveners", [("Convener", False)]),
        ("Organisations", [("Late Group", True), ("Web Group", False)]),
        ("People", [("Ada King", False), ("Late Person", True)]),
    ]


def test_one_group_needs_no_heading() -> None:
    """A list of one group has the heading of the list alone."""
    together = a_letter(rules=Rules(grouped=False))
    paper = a_paper(MIXED[1:3], letter=together)
    assert [section.heading for section in paper.sections] == [""]


def test_own_heading_of_the_only_group() -> None:
    """A heading of the organisers' own is printed even above the only group."""
    own = a_letter(rules=Rules(printing=Printing(groups=("First signatories",))))
    listed = [one._replace(heading="First signatories") for one in MIXED[1:3]]
    assert [one.heading for one in a_paper(listed, letter=own).sections] == ["First signatories"]


def test_count_without_withdrawn() -> None:
    """A signer who withdrew after delivery is on the list with a mark, and is not counted."""
    withdrawn = a_person("Ada King", 3, standing=Standing.MARKED)
    paper = a_paper([MIXED[1], withdrawn])
    assert paper.count == "1 organisation"
    assert paper.sections[-1].entries[0].marks == (Mark.WITHDRAWN,)
    assert paper.notes == ((Mark.WITHDRAWN, "Withdrew after the letter was delivered."),)


def test_countries_are_named_where_they_say_something() -> None:
    """Countries are counted where most organisations name one, not where one of ten does, or all the same."""
    few = [an_organisation(f"Group {n}", n, "Kenya" if n == 1 else "") for n in range(1, 11)]
    many = [an_organisation(f"Group {n}", n, ("Kenya", "Peru", "")[n % 3]) for n in range(1, 11)]
    assert a_paper(few).count == "10 organisations"
    same = [an_organisation(f"Group {n}", n, "Kenya") for n in range(1, 11)]
    assert a_paper(same).count == "10 organisations"
    assert a_paper(many).count == "10 organisations from 2 countries"


def test_words_of_a_language() -> None:
    """Headings, counts, countries and direction follow the language; entries stay as approved."""
    paper = a_paper(MIXED, language="ar")
    assert paper.direction == "rtl"
    assert paper.text_direction == "ltr"
    assert paper.sections[0].heading == "الجهات الداعية"
    assert paper.sections[0].entries[0].reads == "Convener"
    assert paper.sections[0].entries[0].country == "إسبانيا"
    assert paper.charts[1].bars[0][0] == "إسبانيا"


def test_no_bar_for_no_country() -> None:
    """Signatures that name no country are said in words below the chart, and dwarf no bar in it."""
    listed = [
        an_organisation("Group", 1, "Kenya"),
        *(a_person(f"P {n}", n) for n in range(2, 1236)),
    ]
    chart = a_paper(listed).charts[1]
    assert (chart.bars, chart.beside) == ((("Kenya", 1),), "No country given: 1,234")


def test_draft_of_a_delivered_letter() -> None:
    """Today's list of a delivered letter does not say that the letter was not delivered."""
    delivered = a_paper(MIXED, letter=DELIVERED, delivered=False)
    assert delivered.draft == "Draft: today’s list, not the delivered copy"
    assert a_paper(MIXED, delivered=False).draft == "Draft, not delivered"
