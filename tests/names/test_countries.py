"""Countries are known by their names in the languages of letters."""

import pytest

from bot.names.countries import country_code
from bot.names.filing import organisation_country, same_organisation


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kenya", "ke"), ("Kenia", "ke"), ("Quênia", "ke"), ("Кения", "ke"), ("Keniya", "ke"),
        ("كينيا", "ke"), ("肯尼亚", "ke"), ("肯亞", "ke"), ("الأردن", "jo"), ("США", "us"),
        ("The Netherlands", "nl"), ("Côte d’Ivoire", "ci"), ("台灣", "tw"), ("MSR", None),
        ("Kenya Wildlife", None), ("", None),
    ],
)  # fmt: skip
def test_country_code(name: str, code: str | None) -> None:
    """A country is known by its name in each of the seven languages, and by nothing shorter."""
    assert country_code(name) == code


def test_one_organisation_in_two_scripts_of_its_country() -> None:
    """An organisation is the same whether its country is written in Arabic or in English."""
    assert organisation_country("شبكة الصوت (المغرب)", "") == "ma"
    assert same_organisation(("شبكة الصوت (المغرب)", ""), ("شبكة الصوت", "Morocco"))
    assert not same_organisation(("شبكة الصوت (المغرب)", ""), ("شبكة الصوت", "Tunisia"))
