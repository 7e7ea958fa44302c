"""The words that people read all come from the catalogue."""

import ast
import re
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bot import locales
from bot.locales import Words, catalogues
from bot.locales import words as spoken
from tests.support import words
from tests.support.shared import ROOT

BANNED = re.compile(
    r"\b(whoever|whom|anew|shall|meanwhile|stands?|t[ao]ke back|took back|taken back|nobody"
    r"|somebody|everybody|anybody|hand(ed)? over|struck|mails?(?! server)|news)\b",
    re.IGNORECASE,
)
MOST_WORDS = 18
LONGER: set[str] = set()
"""Sentences of more words than that, and why each needs them: none."""
_CODE = re.compile(r"`[^`]*`|[*_~]")
_END = re.compile(r"(?<=[.!?:])\s+|\n")

SPEAKING = {"plain", "mrkdwn", "section", "context", "button", "Reply", "confirm", "option"}


def test_template_is_current() -> None:
    """The committed template holds exactly the sentences of the code; `make words` renews it."""
    assert words.sentences(words.written()) == words.sentences(words.from_code())


def test_template_names_rooms() -> None:
    """The template says which room a sentence is from, and neither its file nor its line."""
    rooms = re.findall(r"^#: (.*)$", words.TEMPLATE.read_text(), re.MULTILINE)

    assert rooms
    assert not [room for room in rooms if re.search(r"\.py|:", room)]


def test_facts_are_named() -> None:
    """Every fact in a sentence has a name, so that a translation may move it."""
    for message in words.from_code():
        for text in [message.id] if isinstance(message.id, str) else message.id:
            fields = [
                field for _, field, _, _ in string.Formatter().parse(text) if field is not None
            ]
            assert all(field.isidentifier() for field in fields), text


def bare_sentences(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        first = node.args[0] if node.args else None
        if (
            node.func.id in SPEAKING
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
            and any(letter.isalpha() for letter in first.value)
        ):
            yield f"{path.name}:{node.lineno}: {first.value!r}"


def on_screen() -> Iterator[Path]:
    """The modules that speak to people in Slack."""
    yield from (ROOT / "bot" / "slack").rglob("*.py")
    yield from (ROOT / "bot" / "features").glob("*/slack/**/*.py")


def test_no_bare_sentences() -> None:
    """No view or message says a sentence that did not pass through the catalogue."""
    found = [line for path in on_screen() for line in bare_sentences(path)]

    assert found == []


def said() -> Iterator[str]:
    """Every form of every sentence, as people read it."""
    for message in words.from_code():
        if message.id:
            yield from [message.id] if isinstance(message.id, str) else message.id


def test_everyday_words() -> None:
    """No sentence has a word that people don't use when they speak, or a semicolon."""
    found = [text for text in said() if BANNED.search(_CODE.sub("", text)) or ";" in text]

    assert found == []


def test_short_sentences() -> None:
    """No sentence is longer than eighteen words."""
    long = {
        part
        for text in said()
        for part in _END.split(_CODE.sub("", text))
        if len(part.split()) > MOST_WORDS
    }

    assert long == LONGER


def test_translators_are_told() -> None:
    """Every placeholder is explained, and every word on its own has its place named."""
    for message in words.from_code():
        for text in [message.id] if isinstance(message.id, str) else message.id:
            fields = {field for _, field, _, _ in string.Formatter().parse(text) if field}
            assert fields <= words.PLACEHOLDERS.keys(), text
            if text and len(text.split()) == 1 and any(map(str.isalpha, text)):
                assert message.auto_comments, text


def test_placeholders_in_use() -> None:
    """No explanation is of a placeholder that is gone."""
    fields = {field for text in said() for _, field, _, _ in string.Formatter().parse(text)}

    assert words.PLACEHOLDERS.keys() <= fields


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('t("Outer {inner}", inner=t("Inner"))', ["Outer {inner}", "Inner"]),
        ('t.n("{count} one", "{count} many", len(t("Inner")))', [("{count} one", "{count} many"), "Inner"]),
        ('caller.t("Somewhere")', ["Somewhere"]),
        ('t.p("letter", "Close")', ["Close"]),
        ('f"{t(\'Formatted\')}"', ["Formatted"]),
    ],
)  # fmt: skip
def test_extraction_loses_nothing(code: str, found: list[object]) -> None:
    """A sentence inside another's facts is found, and so is a plural with a call for its count."""
    assert [one.id for one in words.sentences_of(code)] == found


@pytest.mark.parametrize(
    ("tag", "folders"),
    [
        ("zh-TW", ["zh_Hant_TW", "zh_TW", "zh_Hant", "zh"]),
        ("es-LA", ["es_419", "es"]),
        ("pt-BR", ["pt_BR", "pt"]),
        ("en-GB", ["en_GB", "en"]),
        ("no such tongue", ["en"]),
    ],
)
def test_catalogues_of_a_tag(tag: str, folders: list[str]) -> None:
    """Each of Slack's tags finds the nearest catalogue; an unknown one reads English."""
    assert catalogues(spoken(tag).locale) == folders


@pytest.mark.parametrize(
    ("tag", "read"),
    [
        ("en-US", "Tue, Mar 3, 2026, 10:00\u202fAM UTC"),
        ("en-GB", "Tue, 3 Mar 2026, 10:00 UTC"),
        ("es-LA", "Tue, 3 Mar 2026, 10:00 UTC"),
        ("zh-TW", "Tue, 3 Mar 2026, 10:00 UTC"),
    ],
)
def test_dates_of_the_sentence(tag: str, read: str) -> None:
    """A moment has its weekday, and the words of the sentence that it stands in."""
    assert spoken(tag).moment(datetime(2026, 3, 3, 10, tzinfo=UTC)) == read


def test_dates_and_numbers_of_a_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dates and numbers are the reader's as soon as the sentences are."""
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="es")
    catalogue.add("Sign", "Firmar")
    with (folder / "undersigned.mo").open("wb") as file:
        write_mo(file, catalogue)
    assert Words("es-ES").number(12345) == "12,345"

    monkeypatch.setattr(locales, "FOLDER", tmp_path)

    t = Words("es-ES")
    assert (t("Sign"), t.number(12345)) == ("Firmar", "12.345")
    assert t.weekday(date(2026, 11, 30)) == "lun, 30 nov 2026"
