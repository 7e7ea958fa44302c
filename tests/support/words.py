"""The catalogue of sentences, taken from the code: `make words` writes it, a test compares it.

The code's syntax tree is read, not its tokens: an extractor of tokens loses a sentence inside
another's facts, and the plural of one whose count is a call.
"""

import ast
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.slack.words.sentences import read_sentences
from tests.support.shared import ROOT

TEMPLATE = ROOT / "bot" / "locales" / "undersigned.pot"

NO_SENTENCES = ("documents/phrases.py", "documents/paper_words.py")
"""Places whose `t` and `n` are none of the catalogue's."""

PLACEHOLDERS = {
    "most": "a number",
    "language": "the name of a language, in that language",
    "domain": "a domain such as example.org",
    "parts": "names of parts of a document, after commas",
    "after": "the entry as it is now",
    "alike": "other entries on the list",
    "answers": "how many kept, withdrew and so on",
    "before": "the entry as it was",
    "by": "a mention of a person",
    "button": "the words on a button",
    "channel": "the id of a channel; keep the marks around it",
    "channels": "one or several channels",
    "column": "the name of a column",
    "contact": "how to reach someone",
    "count": "a number",
    "day": "a day",
    "days": "numbers of days, as a list",
    "deadline": "a day and a time",
    "details": 'names of fields that changed, such as "Summary, Goal"',
    "entries": "several entries of the list, or how many",
    "entry": "how a signature appears on the list",
    "error": "Slack's name for an error",
    "goal": "a number",
    "ground": "how the permission was given",
    "last": "a day",
    "line": "the number of a line in a table",
    "name": "the name of a person or an organisation",
    "near": "a word that was perhaps meant",
    "number": "the number of a letter or a page",
    "organisation": "the name of an organisation",
    "organisations": "a number of organisations",
    "organiser": "the mention of an organiser",
    "other": "the entry that was merged",
    "people": "people or a number of people",
    "problem": "what is wrong, a whole sentence",
    "reason": "why it was left out, or a reason that someone typed",
    "role": "a person's role in an organisation",
    "row": "the number of a row",
    "scope": "the name of a permission of Slack's",
    "source": "where a signature comes from",
    "tally": "how many signed",
    "text": "a piece of what was pasted",
    "title": "the title of a letter",
    "total": "how many signed",
    "user": "the id of a person; keep the marks around it",
    "verb": "a word of a command; don't translate it",
    "when": "a day and a time",
    "who": "a person or an organisation",
    "why": "a reason, in words",
    "word": "a word that someone typed",
    "words": "words that someone typed",
    "yours": "what the reader typed",
    "answer": "the answer to a letter’s own question",
    "question": "a letter’s own question",
}
"""Explanations of the placeholders, for translators. A test holds that none is missing."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the code, or a pair of one and many."""

    id: str | tuple[str, str]
    context: str | None
    room: str
    """The folder of the module, such as `features/signing`."""
    place: str
    """The function that builds the element it is in, such as `button`, or its file of sentences."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Return its forms in English."""
        return self.id if isinstance(self.id, tuple) else (self.id,)

    @property
    def comments(self) -> list[str]:
        """Return what a translator needs to know of it."""
        names = sorted({name for text in self.texts for name in _PLACEHOLDER.findall(text)})
        said = [f"{{{name}}}: {PLACEHOLDERS[name]}" for name in names if name in PLACEHOLDERS]
        if len(self.texts[0].split()) == 1 and self.place:
            said.append(f"stands alone, in: {self.place}")
        return said


def sentences_of(source: str, room: str = "") -> Iterator[Sentence]:
    """Yield the sentences of a module: what `t`, `t.n` and `t.p` are called with."""
    yield from _under(ast.parse(source), room, "")


def _under(node: ast.AST, room: str, place: str) -> Iterator[Sentence]:
    if isinstance(node, ast.Call):
        found = _said(node)
        if found is not None:
            context, said = found
            yield Sentence(said, context, room, place)
        else:
            place = _name(node.func) or place
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        place = node.name
    for child in ast.iter_child_nodes(node):
        yield from _under(child, room, place)


def _name(func: ast.expr) -> str:
    if isinstance(func, ast.Name):
        return func.id
    return func.attr if isinstance(func, ast.Attribute) else ""


def _said(node: ast.Call) -> tuple[str | None, str | tuple[str, str]] | None:
    texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
    match node.func:
        case ast.Name(id="t") | ast.Attribute(attr="t"):
            match texts:
                case [str(text), *_]:
                    return None, text
                case _:
                    pass
        case ast.Attribute(attr="n") if len(node.args) >= 3:
            match texts:
                case [str(one), str(many), *_]:
                    return None, (one, many)
                case _:
                    pass
        case ast.Attribute(attr="p"):
            match texts:
                case [str(context), str(text), *_]:
                    return context, text
                case _:
                    pass
        case _:
            pass
    return None


def from_code() -> Catalog:
    """Return every sentence that the code says, by room and alphabet.

    Neither line nor file is in it: moving code inside a room changes nothing for translators.
    """
    found: list[Sentence] = []
    for path in (ROOT / "bot").rglob("*.py"):
        file = path.relative_to(ROOT / "bot")
        if not file.as_posix().startswith(NO_SENTENCES):
            found += sentences_of(path.read_text(), _room(file))
    for path in (ROOT / "bot").rglob("slack/**/*.txt"):
        room = _room(path.relative_to(ROOT / "bot"))
        for said in read_sentences(path).values():
            text = said[0] if len(said) == 1 else (said[0], said[1])
            found.append(Sentence(text, None, room, path.stem))
    catalog = Catalog(project="Undersigned", charset="utf-8")
    for one in sorted(found, key=lambda one: (one.room, one.texts, one.context or "", one.place)):
        catalog.add(
            one.id, locations=[(one.room, 0)], auto_comments=one.comments, context=one.context
        )
    return catalog


def _room(file: Path) -> str:
    return "/".join(file.parts[:2] if file.parts[0] == "features" else file.parts[:1])


def sentences(catalog: Iterable[object]) -> set[object]:
    """Return the sentences of a catalogue with their contexts, without their places."""
    return {(message.context, message.id) for message in catalog if message.id}  # pyright: ignore[reportAttributeAccessIssue] - babel's messages are untyped


def written() -> Catalog:
    """Return the template as it is committed."""
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def write(path: Path = TEMPLATE) -> None:
    """Write the template, without line numbers."""
    out = io.BytesIO()
    write_po(out, from_code(), no_location=False, omit_header=True, include_lineno=False, width=100)
    path.write_bytes(out.getvalue())


if __name__ == "__main__":
    from tests.support import screen_words, screens

    write()
    screen_words.write()
    screens.write()
