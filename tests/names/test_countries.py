"""Countries are known by their names in the languages of letters."""

import pytest

from bot.names.countries import country_code, name_key
from bot.names.filing import organisation_country, same_organisation
from bot.names.tables import WORDS, read_table
from tests.support import country_names


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kenya", "ke"), ("Kenia", "ke"), ("Quênia", "ke"), ("Кения", "ke"), ("Keniya", "ke"),
        ("كينيا", "ke"), ("肯尼亚", "ke"), ("肯亞", "ke"), ("الأردن", "jo"), ("США", "us"),
        ("The Netherlands", "nl"), ("Côte d’Ivoire", "ci"), ("台灣", "tw"), ("MSR", None),
        ("Éire", "ie"), ("ישראל", "il"), ("대한민국", "kr"), ("Aotearoa", "nz"), ("Hong Kong", "hk"),
        ("EE. UU.", "us"), ("Кот-д’Ивуар", "ci"), ("刚果金", "cd"), ("the Gambia", "gm"),
        ("Kenya Wildlife", None), ("Teatr Mały", None), ("", None),
    ],
)  # fmt: skip
def test_country_code(name: str, code: str | None) -> None:
    """A country is known by its name in the languages of letters and its own, and by nothing shorter."""
    assert country_code(name) == code


def test_one_organisation_in_two_scripts_of_its_country() -> None:
    """An organisation is the same whether its country is written in Arabic or in English."""
    assert organisation_country("شبكة الصوت (المغرب)", "") == "ma"
    assert same_organisation(("شبكة الصوت (المغرب)", ""), ("شبكة الصوت", "Morocco"))
    assert not same_organisation(("شبكة الصوت (المغرب)", ""), ("شبكة الصوت", "Tunisia"))


def test_names_are_those_of_unicode() -> None:
    """The file of countries has the names that Babel has: `make countries` writes it."""
    assert country_names.FILE.read_text(encoding="utf-8") == country_names.text()


def test_a_name_is_of_one_country() -> None:
    """No name is given twice, so that it never depends on the order whose it is."""
    tables = [read_table(WORDS / f"{file}.txt") for file in ("countries", "country_aliases")]
    keys = [name_key(name) for table in tables for names in table.values() for name in names]
    assert len(keys) == len(set(keys))
    assert all(keys)
