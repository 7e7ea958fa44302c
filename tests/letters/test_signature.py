"""Signatures that people are asked to approve."""

import pytest

from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.entries import compose
from bot.letters.people import Person


@pytest.mark.parametrize(
    ("locale", "sorted_under"),
    [
        ("es_419", "García Márquez, Gabriela"),
        ("en_GB", "Márquez, Gabriela García"),
        ("", "Márquez, Gabriela García"),
    ],
)
def test_the_signers_locale_sorts(locale: str, sorted_under: str) -> None:
    """The sort name suggested to a signer follows how names are filed in their country."""
    made = compose(
        Person("T0COALITION", "U0MEMBER1"),
        Capacity.INDIVIDUAL,
        Facts(name="Gabriela García Márquez"),
        sort_name="",
        language="en",
        text_sha256="0" * 64,
        consent="Yes.",
        locale=locale,
    )
    assert isinstance(made, Signature)
    assert made.sort_name == sorted_under
