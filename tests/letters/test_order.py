import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.letters import names
from bot.letters.endorsement import Kind
from bot.letters.order import CONVENERS, GROUP, ListedLine, in_order, order_key
from tests.support.shared import shared_path

FIRST_PERSON = "Vint Cerf, Internet Pioneer"

kinds = st.sampled_from(list(Kind))
listed_lines = st.builds(
    ListedLine,
    kind=kinds,
    line=st.text("abé中😀 ", max_size=3),
    sort_fold=st.text("ab1 ", max_size=2),
    pinned_rank=st.none() | st.integers(1, 3),
    tiebreak=st.uuids().map(str),
)


def _organisation(line: str, pinned_rank: int | None = None) -> ListedLine:
    fold = names.sort_fold(names.organisation_sort_name(line))
    return ListedLine(kind=Kind.ORGANISATION, line=line, sort_fold=fold, pinned_rank=pinned_rank)


def _person(line: str) -> ListedLine:
    fold = names.sort_fold(names.person_sort_name(line.partition(",")[0]))
    return ListedLine(kind=Kind.PERSON, line=line, sort_fold=fold)


def test_the_published_letters_list_comes_out_of_any_order() -> None:
    """The seventeen signatories stand as they were published, whatever order they came in."""
    published = shared_path("letters/open-internet.signatories.txt").read_text().splitlines()
    people_from = published.index(FIRST_PERSON)
    organisations = [_organisation(line) for line in published[1:people_from]]
    people = [_person(line) for line in published[people_from:]]
    came = [_organisation(published[0], pinned_rank=1), *organisations, *people]
    for seed in range(200):
        random.Random(seed).shuffle(came)
        assert [listed.line for listed in in_order(came)] == published


@given(st.lists(listed_lines, unique_by=lambda one: one.tiebreak), st.randoms())
def test_order_is_total(lines: list[ListedLine], chance: random.Random) -> None:
    """The same lines stand in the same order, however they come."""
    expected = in_order(lines)
    chance.shuffle(lines)
    assert in_order(lines) == expected
    assert len(set(map(order_key, lines))) == len(lines)


@given(st.lists(listed_lines))
def test_groups_stay_together(lines: list[ListedLine]) -> None:
    """Conveners stand first by rank, then organisations, then people."""
    groups = [
        CONVENERS if one.pinned_rank is not None else GROUP[one.kind] for one in in_order(lines)
    ]
    assert groups == sorted(groups)
    ranks = [one.pinned_rank for one in in_order(lines) if one.pinned_rank is not None]
    assert ranks == sorted(ranks)


@given(listed_lines, listed_lines)
def test_bytes_sort_as_python_does(one: ListedLine, other: ListedLine) -> None:
    """Positions compare alike by code points in Python and by UTF-8 bytes in SQL."""

    def in_bytes(listed: ListedLine) -> tuple[int, int, bytes, bytes, bytes]:
        group, rank, fold, line, tiebreak = order_key(listed)
        return group, rank, fold.encode(), line.encode(), tiebreak.encode()

    assert (order_key(one) < order_key(other)) == (in_bytes(one) < in_bytes(other))


def test_a_shorter_family_name_stands_first() -> None:
    """The comma ends the family's name: "Li, Wei" stands before "Lin, An"."""
    assert names.sort_fold("Li, Wei") < names.sort_fold("Lin, An") < names.sort_fold("Liu, An")


def test_numbers_stand_first_by_their_value() -> None:
    """Numbers sort before letters and by value, with zeros in front and marks inside or not."""
    sorted_names = [
        "5Rights",
        "Article 007",
        "Article 9",
        "Article 19",
        "Article 021",
        "Articulate",
    ]
    numbers = ["0", "9", "19", "350.org", "1,000 Women", "12345678", "123456789", "9" * 30, "A"]
    for expected in (sorted_names, numbers):
        assert sorted(set(expected), key=names.sort_fold) == expected


def test_marks_accents_spaces_case_and_the_do_not_count() -> None:
    """Letter by letter, "The", spaces, marks, accents and case do not decide."""
    for name in ("The Éire–Net", "EIRE NET", "eire-net", "Ei're n.e.t.", "  the  eire net"):
        assert names.sort_fold(name) == "eirenet"
    assert names.sort_fold("The") == "the"
    assert names.sort_fold("Theatre") == "theatre"
    assert names.sort_fold("Łódź Ørsted Straße") == "lodzorstedstrasse"


def test_other_scripts_stand_among_latin_ones() -> None:
    """A name in another script sorts where its sound would stand."""
    assert names.sort_fold("Москва") == "moskva"
    assert names.sort_fold("Ελλάδα") == "ellada"
    assert names.sort_fold("한국") == "hangug"


@given(st.text(min_size=1, max_size=30))
def test_nothing_is_filed_under_nothing(name: str) -> None:
    """Whatever is written has a key, and the same one in every form of Unicode."""
    assert names.sort_fold(name)
    if any(unicodedata.category(sign)[0] in "LN" for sign in name):
        decomposed = unicodedata.normalize("NFD", name)
        assert names.sort_fold(decomposed) == names.sort_fold(unicodedata.normalize("NFC", name))
