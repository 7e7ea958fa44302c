"""The words of a paper, in each of its languages."""

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.documents.paper_words import LANGUAGES, PaperWords
from bot.documents.phrases import count_phrase, group_heading
from tests.support.shared import ROOT

TRANSLATED = [language for language in LANGUAGES if language != "en"]


def said() -> set[tuple[str, str, str]]:
    """Every phrase that the code says: its context, its words, and its plural."""
    found = extract_from_dir(
        ROOT / "bot" / "documents",
        method_map=[("**.py", "python")],
        keywords={"say": ((1, "c"), 2), "number": ((1, "c"), 2, 3)},
    )
    phrases: set[tuple[str, str, str]] = set()
    for _, _, message, _, context in found:
        one, many = (message, "") if isinstance(message, str) else (message[0], message[1])
        phrases.add((context or "", one, many))
    return phrases


def catalogue(language: str) -> Catalog:
    """A language's catalogue."""
    file = Path(ROOT, "bot", "locales", language, "LC_MESSAGES", "documents.po")
    with file.open("rb") as po:
        return read_po(po, locale=language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_phrase_in_each_language(language: str) -> None:
    """A catalogue has every phrase that the code says, in all its plurals, and no other."""
    written = {
        (
            message.context or "",
            message.id if isinstance(message.id, str) else message.id[0],
            "" if isinstance(message.id, str) else message.id[1],
        ): message
        for message in catalogue(language)
        if message.id
    }
    headings = {phrase for phrase in said() if phrase[0]}
    assert set(written) == headings
    for message in written.values():
        forms = (message.string,) if isinstance(message.string, str) else message.string or ()
        assert all(forms)
        assert len(forms) == (1 if isinstance(message.id, str) else catalogue(language).num_plurals)


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "47 organisations and 312 people from 23 countries"),
        ("fr", "47 organisations et 312 personnes de 23 pays"),
        ("es", "47 organizaciones y 312 personas de 23 países"),
        ("pt", "47 organizações e 312 pessoas de 23 países"),
        ("ar", "47 منظمة و312 شخصًا من 23 بلدًا"),
        ("zh", "来自23个国家和地区的47个组织和312人"),
        ("ru", "47 организаций и 312 человек из 23 стран"),
    ],
)
def test_count(language: str, phrase: str) -> None:
    """The count of signatories is a whole phrase in each language."""
    words = PaperWords(language)
    assert count_phrase(words, organisations=47, people=312, countries=23) == phrase


@pytest.mark.parametrize(
    ("count", "phrase"),
    [
        (1, "1 организация и 1 человек из 1 страны"),
        (2, "2 организации и 2 человека из 2 стран"),
        (5, "5 организаций и 5 человек из 5 стран"),
        (21, "21 организация и 21 человек из 21 страны"),
    ],
)
def test_russian_bends_words(count: int, phrase: str) -> None:
    """Russian has three plurals, and another case after “from”."""
    words = PaperWords("ru")
    assert count_phrase(words, organisations=count, people=count, countries=count) == phrase


def test_arabic_has_a_dual() -> None:
    """Two are a word of their own in Arabic, and another one after “from”."""
    words = PaperWords("ar")
    assert count_phrase(words, organisations=2, people=2, countries=2) == (
        "منظمتان وشخصان من بلدين"
    )


def test_what_there_is_none_of_is_not_named() -> None:
    """No sentence counts to zero."""
    words = PaperWords("en")
    assert [
        count_phrase(words, organisations=organisations, people=people, countries=countries)
        for organisations, people, countries in (
            (1, 0, 0), (0, 1, 0), (2, 1, 0), (3, 0, 2), (0, 4, 3), (0, 0, 0),
        )
    ] == [
        "1 organisation", "1 person", "2 organisations and 1 person",
        "3 organisations from 2 countries", "4 people from 3 countries", "No signatures yet",
    ]  # fmt: skip


def test_days_and_countries() -> None:
    """Days and countries are named in the paper's language, and days as that language writes them."""
    first = date(2026, 3, 1)
    assert [PaperWords(one).day(first) for one in ("en", "fr", "ru")] == [
        "1 March 2026", "1er mars 2026", "1 марта 2026\u202fг.",
    ]  # fmt: skip
    assert [PaperWords(one).country("de") for one in LANGUAGES] == [
        "Germany", "ألمانيا", "Alemania", "Allemagne", "Alemanha", "Германия", "德国",
    ]  # fmt: skip
    assert group_heading(PaperWords("fr"), organisations=True, after=first) == (
        "Organisations ayant signé après le 1er mars 2026"
    )


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "1,234 organisations and 12,345 people"),
        ("fr", "1\u202f234 organisations et 12\u202f345 personnes"),
        ("es", "1234 organizaciones y 12.345 personas"),
        ("pt", "1.234 organizações e 12.345 pessoas"),
        ("ar", "1,234 منظمة و12,345 شخصًا"),
        ("zh", "1,234个组织和12,345人"),
        ("ru", "1\u00a0234 организации и 12\u00a0345 человек"),
    ],
)
def test_large_counts(language: str, phrase: str) -> None:
    """Thousands are parted as each language parts them."""
    words = PaperWords(language)
    assert count_phrase(words, organisations=1234, people=12345, countries=0) == phrase


@pytest.mark.parametrize("language", ["de", "xx", "", "not a tag"])
def test_other_languages(language: str) -> None:
    """A paper in a language without a catalogue has English headings."""
    assert PaperWords(language).language == "en"
