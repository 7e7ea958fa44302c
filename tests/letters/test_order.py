import random
import unicodedata
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.endorsement import Kind
from bot.letters.rules import Ordering, Rules
from bot.letters.signatory import Signatory
from bot.names import filing
from bot.names.filing import collation_key
from tests.support.clock import START
from tests.support.machine.ordering import order_key
from tests.support.scenes.published import LETTERS, Published

rules_of_order = st.builds(
    Rules, ordering=st.sampled_from(list(Ordering)), grouped=st.booleans()
)  # fmt: skip
signatories = st.builds(
    Signatory,
    id=st.uuids().map(str),
    letter=st.just(1),
    kind=st.sampled_from(list(Kind)),
    key=st.just("k"),
    entry=st.text("abé中😀 ", max_size=3),
    sort_fold=st.just("x"),
    sort_key=st.text("ab1 ", max_size=2),
    country_fold=st.sampled_from(["", "fiji", "peru"]),
    came_at=st.datetimes(timezones=st.just(UTC)),
    pinned=st.sampled_from([0, 0, 0, 1, 2]),
    endorsements=st.just(1),
    speaker=st.just("e"),
    late=st.booleans(),
)


def _signatory(entry: str, kind: Kind, sort_name: str, pinned: int = 0) -> Signatory:
    return Signatory(
        id=entry,
        letter=1,
        kind=kind,
        key=entry,
        entry=entry,
        sort_fold=filing.sort_fold(sort_name),
        sort_key=collation_key(sort_name, "en"),
        came_at=START,
        pinned=pinned,
        endorsements=1,
        speaker=entry,
    )


def _organisation(entry: str, pinned: int = 0) -> Signatory:
    return _signatory(entry, Kind.ORGANISATION, filing.organisation_sort_name(entry), pinned)


def _person(entry: str) -> Signatory:
    return _signatory(entry, Kind.PERSON, filing.person_sort_name(entry.partition(",")[0]))


def _in_order(parties: list[Signatory], rules: Rules) -> list[Signatory]:
    return sorted(parties, key=lambda one: order_key(one, rules))


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_the_published_letters_list_comes_out_of_any_order(letter: Published) -> None:
    """The seventeen signatories come as they were published, whatever order they came in."""
    organisations = [_organisation(entry) for entry in letter.organisations]
    people = [_person(entry) for entry in letter.people]
    came = [_organisation(letter.convener, pinned=1), *organisations, *people]
    for seed in range(200):
        random.Random(seed).shuffle(came)
        assert [party.entry for party in _in_order(came, Rules())] == letter.names


@given(st.lists(signatories, unique_by=lambda one: one.id), rules_of_order, st.randoms())
def test_order_is_total(parties: list[Signatory], rules: Rules, chance: random.Random) -> None:
    """The same signatories are in the same order, however they come."""
    expected = _in_order(parties, rules)
    chance.shuffle(parties)
    assert _in_order(parties, rules) == expected
    assert len({order_key(one, rules) for one in parties}) == len(parties)


@given(st.lists(signatories))
def test_groups_stay_together(parties: list[Signatory]) -> None:
    """Conveners come first by rank, then organisations, then people, and the late ones behind."""
    places = [
        (not one.pinned, one.pinned, not one.pinned and one.late, one.kind is Kind.PERSON)
        if not one.pinned
        else (False, one.pinned, False, False)
        for one in _in_order(parties, Rules())
    ]
    assert places == sorted(places)


@given(st.lists(signatories))
def test_without_groups(parties: list[Signatory]) -> None:
    """Without groups organisations and people are mixed, by their sort keys."""
    rest = [one for one in _in_order(parties, Rules(grouped=False)) if not one.pinned]
    assert [(one.late, one.sort_key) for one in rest] == sorted(
        (one.late, one.sort_key) for one in rest
    )


@given(st.lists(signatories))
def test_by_country_and_by_time(parties: list[Signatory]) -> None:
    """In a group the country, or the time of signing, comes before the name where that is chosen."""
    for ordering, what in ((Ordering.COUNTRY, "country_fold"), (Ordering.TIME, "came_at")):
        ordered = _in_order(parties, Rules(ordering=ordering, grouped=False))
        rest = [(one.late, getattr(one, what)) for one in ordered if not one.pinned]
        assert rest == sorted(rest)


@given(signatories, signatories, rules_of_order)
def test_bytes_sort_as_python_does(one: Signatory, other: Signatory, rules: Rules) -> None:
    """Positions compare alike by code points in Python and by UTF-8 bytes in SQL."""

    def in_bytes(party: Signatory) -> tuple[bytes | int, ...]:
        return tuple(
            part.encode() if isinstance(part, str) else part for part in order_key(party, rules)
        )

    assert (order_key(one, rules) < order_key(other, rules)) == (in_bytes(one) < in_bytes(other))


def test_a_shorter_family_name_stands_first() -> None:
    """The comma ends the family's name: "Li, Wei" comes before "Lin, An"."""
    assert filing.sort_fold("Li, Wei") < filing.sort_fold("Lin, An") < filing.sort_fold("Liu, An")


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
        assert sorted(set(expected), key=filing.sort_fold) == expected


def test_marks_accents_spaces_case_and_the_do_not_count() -> None:
    """Letter by letter, "The", spaces, marks, accents and case do not decide."""
    for name in ("The Éire–Net", "EIRE NET", "eire-net", "Ei're n.e.t.", "  the  eire net"):
        assert filing.sort_fold(name) == "eirenet"
    assert filing.sort_fold("The") == "the"
    assert filing.sort_fold("Theatre") == "theatre"
    assert filing.sort_fold("Łódź Ørsted Straße") == "lodzorstedstrasse"


def test_other_scripts_stand_among_latin_ones() -> None:
    """A name in another script sorts by its sound."""
    assert filing.sort_fold("Москва") == "moskva"
    assert filing.sort_fold("Ελλάδα") == "ellada"
    assert filing.sort_fold("한국") == "hangug"


@given(st.text(min_size=1, max_size=30))
def test_nothing_is_filed_under_nothing(name: str) -> None:
    """Any name has a key, and the same one in every form of Unicode."""
    assert filing.sort_fold(name)
    if any(unicodedata.category(sign)[0] in "LN" for sign in name):
        decomposed = unicodedata.normalize("NFD", name)
        assert filing.sort_fold(decomposed) == filing.sort_fold(unicodedata.normalize("NFC", name))
