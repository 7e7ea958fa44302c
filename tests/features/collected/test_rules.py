"""A row about a signature from elsewhere becomes one, or is refused by its field."""

from dataclasses import replace

import pytest

from bot.features.collected.rules import Gathered, SignatureRow, gathered
from bot.letters.endorsement import Capacity
from bot.letters.letter import Signers
from bot.letters.refusals import Reason
from tests.support.letters import PERMITTED, a_row
from tests.support.scenes.worst import a_letter
from tests.support.scenes.worst_facts import NOW

LETTER = a_letter()


def made(row: SignatureRow, signers: Signers = Signers.EVERYONE) -> Gathered:
    letter = replace(LETTER, signers=signers)
    found = gathered(
        row, letter, note="for identification only", consent="They agreed.", today=NOW.date()
    )
    assert isinstance(found, Gathered), found
    return found


@pytest.mark.parametrize(
    ("said", "reason", "field"),
    [
        ({"source": " "}, Reason.EMPTY, "source"),
        ({"source": "s" * 301}, Reason.TOO_LONG, "source"),
        ({"name": ""}, Reason.EMPTY, "name"),
        ({"name": "https://example.org"}, Reason.LOOKS_LIKE_LINK, "name"),
        ({"sort_under": "…"}, Reason.NO_LETTERS, "sort_under"),
        ({"organisation": " "}, Reason.EMPTY, "organisation"),
        ({"kind": "friend"}, Reason.NOT_A_KIND, "kind"),
        ({"given_by": "The Director"}, Reason.EMPTY, "ground"),
        ({**PERMITTED, "given_on": "tomorrow"}, Reason.NOT_A_DATE, "given_on"),
        ({**PERMITTED, "given_on": "2999-01-01"}, Reason.DATE_AHEAD, "given_on"),
        ({**PERMITTED, "ground": "a hunch"}, Reason.NOT_A_GROUND, "ground"),
        ({**PERMITTED, "given_role": "…"}, Reason.NO_LETTERS, "given_role"),
    ],
)
def test_refused(said: dict[str, str], reason: Reason, field: str) -> None:
    """A wrong value is refused by its field."""
    found = gathered(a_row(**said), LETTER, note="", consent="", today=NOW.date())
    assert isinstance(found, tuple)
    assert (found[0].reason, found[0].field) == (reason, field)


def test_everything_wrong_at_once() -> None:
    """All that is wrong with a row is said together."""
    row = a_row(organisation="", country="c" * 81, source="", given_on="soon")
    found = gathered(row, LETTER, note="", consent="", today=NOW.date())
    assert isinstance(found, tuple)
    assert {one.field for one in found} == {
        "organisation", "country", "source", "ground", "given_by", "given_role", "given_on",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "entry", "capacity"),
    [
        ({"name": "Ada King"}, "Ada King", Capacity.INDIVIDUAL),
        ({"title": "Analyst"}, "Ada King, Analyst", Capacity.AFFILIATED),
        ({"affiliation": "Web Group"}, "Ada King, Web Group", Capacity.AFFILIATED),
        (
            {"affiliation": "Web Group", "for_identification_only": "yes"},
            "Ada King, Web Group (for identification only)",
            Capacity.AFFILIATED,
        ),
        (
            {"organisation": "TEDIC", "country": "Paraguay", "via": "a Coalition"},
            "TEDIC (Paraguay) via a Coalition",
            Capacity.ORGANISATION,
        ),
    ],
)
def test_entries(said: dict[str, str], entry: str, capacity: Capacity) -> None:
    """A row reads as its facts say, in the capacity that they are of."""
    signature = made(a_row(**said)).signature
    assert (signature.entry, signature.capacity) == (entry, capacity)


def test_sort_name_is_kept_apart() -> None:
    """The sort name is suggested, or as it was typed; the entry stays as it is."""
    suggested, own = (made(a_row(sort_under=name)).signature for name in ("", "Lovelace"))
    assert (suggested.sort_name, own.sort_name) == ("King, Ada", "Lovelace")
    assert suggested.entry == own.entry == "Ada King"


def test_who_signed_for_it() -> None:
    """The giver of the permission signed for the organisation, unless somebody else is named."""
    facts = [
        made(a_row(organisation="Web Group", **more)).signature.facts
        for more in ({}, PERMITTED, PERMITTED | {"name": "The Chair", "role": "Chair"})
    ]
    assert [(one.name, one.role, one.authorised) for one in facts] == [
        ("", "", False),
        ("The Director", "Director", True),
        ("The Chair", "Chair", True),
    ]


@pytest.mark.parametrize(
    ("signers", "said", "reason"),
    [
        (Signers.ORGANISATIONS, {}, Reason.ORGANISATIONS_ONLY),
        (Signers.PEOPLE, {"organisation": "Web Group"}, Reason.PEOPLE_ONLY),
    ],
)
def test_kinds_of_the_letter(signers: Signers, said: dict[str, str], reason: Reason) -> None:
    """A letter of organisations takes no people from elsewhere either, nor the other way round."""
    letter = replace(LETTER, signers=signers)
    found = gathered(a_row(**said), letter, note="", consent="", today=NOW.date())
    assert isinstance(found, tuple)
    assert (found[0].reason, found[0].field) == (reason, "kind")
