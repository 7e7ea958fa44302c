"""The sentences of the pages for signing, and of their mails, in each language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.documents.paper_words import LANGUAGES
from bot.features.signing.web.words import read_words
from tests.support.shared import ROOT

WEB = ROOT / "bot" / "features" / "signing" / "web"
SAID = re.compile(r'say\("([^"]*)"[,)]')


def _said_in(module: Path) -> Iterator[str]:
    tree = ast.parse(module.read_text())
    notes = {
        id(one.value)
        for one in ast.walk(tree)
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    }
    for one in ast.walk(tree):
        match one:
            case ast.Call(func=ast.Name("say") | ast.Attribute(attr="say"), args=[*_, said]):
                if isinstance(said, ast.Constant):
                    yield str(said.value)
            case ast.Constant(str(said)) if id(one) not in notes and re.match("[A-Z].* ", said):
                yield said
            case _:
                pass


def _said() -> set[str]:
    found = {said for one in WEB.glob("*.py") for said in _said_in(one)}
    templates = (ROOT / "bot" / "pages" / "templates").glob("*.html")
    found |= {said for one in templates for said in SAID.findall(one.read_text())}
    for name in ("refusals.txt", "mails.txt", "sentences.txt"):
        found |= {part for said in read_words(name).values() for part in said.split(" | ")}
    columns = {"Entry", "Name", "Title", "Affiliation", "Organisation"}
    return found - columns | {"My signature", "Sign this letter", "Title", "Organisation"}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_each_sentence_in_each_language(language: str) -> None:
    """A catalogue has every sentence that is said, with its placeholders, and no other."""
    file = ROOT / "bot" / "locales" / language / "LC_MESSAGES" / "web.po"
    with file.open("rb") as po:
        written = {str(one.id): str(one.string) for one in read_po(po, locale=language) if one.id}
    assert set(written) == _said()
    for said, translated in written.items():
        assert translated
        assert sorted(re.findall(r"{\w+}", said)) == sorted(re.findall(r"{\w+}", translated))
