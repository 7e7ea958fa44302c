"""Splitting of a line into pieces, and what a piece can be: a country, a remark, a title."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.documents.pasted.entries import DETAILS
from bot.documents.pasted.kinds import head_length, is_body, is_title, lean, names_body
from bot.documents.pasted.words import (
    BODY,
    CACHED,
    ends,
    has_sign_of,
    is_credential,
    is_han,
    phrase_key,
    phrases,
    spelt,
    tables,
    tokens,
    without_han_title,
    worth,
)
from bot.letters.endorsement import Kind
from bot.names.countries import country_code, country_of_field

_SEPARATOR = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|【[^【】]*】|«[^«»]*»|“[^“”]*”|„[^„“]*“|《[^《》]*》"
    r"|(?P<comma>,(?!\d)|(?<!\d),|[،，])|(?P<semicolon>[;؛；、])"
    r"|(?P<line>\n)|[|\t│¦]|(?<=[\s\u3400-\u9fff])[–—―‒−]|[–—―‒−](?=\s)|(?<=[\s)])[@-](?=\s)|(?<=[^\W_])-(?=\s)"
)
"""A bracket or a quotation, which stays whole, or a separator: commas, bars, spaced dashes."""
_BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]\Z")
_BRACKETS_MOST, _TELLING_MOST, _SAID_MOST = 4, 4, 7
COLUMNS = (
    "contact", "skipped", "consent", "kind", "given", "family", "signer", "behalf", "affiliation", "title", "role", "organisation", "country", "via", "name", *DETAILS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line."""

    mark: str
    """The separator before the piece: `,`, `;` or another one as `-`; "" for the first."""
    text: str
    end: int


@lru_cache(maxsize=CACHED)
def part(text: str) -> tuple[Part, ...]:
    """Split a line at its separators, but not inside brackets or quotes."""
    found: list[Part] = []
    start, mark = 0, ""
    for one in _SEPARATOR.finditer(text):
        if len(one[0]) == 1:
            found.append(Part(mark, text[start : one.start()].strip(), one.start()))
            start, mark = (
                one.end(),
                {"comma": ",", "semicolon": ";", "line": "\n"}.get(one.lastgroup or "", "-"),
            )
    found.append(Part(mark, text[start:].strip(), len(text)))
    return tuple(one for one in found if one.text)


def first_of(text: str) -> str:
    """Return the first piece of a line without its brackets."""
    pieces = part(text)
    return peeled(pieces[0].text)[0] if pieces else text


def closing_bracket(text: str) -> tuple[str, str] | None:
    """Split brackets off the end of a text: return the text before and inside them, else None."""
    found = _BRACKET.search(text)
    head = text[: found.start()].rstrip() if found else ""
    return (head, found[1].strip()) if found and head else None


@lru_cache(maxsize=CACHED)
def peeled(text: str) -> tuple[str, tuple[str, ...]]:
    """Strip brackets with facts off the end of a text; return the text and their contents."""
    insides: tuple[str, ...] = ()
    while len(insides) < _BRACKETS_MOST and (found := closing_bracket(text)):
        head, inside = found
        person = not inside.isdigit() and (lean(head) > 0 or is_title(head))
        if not (person or is_fact(inside)):
            break
        insides = (*insides, inside)
        text = head
    return text, insides


@lru_cache(maxsize=CACHED)
def is_fact(inside: str) -> bool:
    """Return whether brackets hold a fact, such as a country or pronouns, not part of a name."""
    return (
        country_in(inside)[0] != ""
        or is_personal(inside)
        or is_pronouns(inside)
        or is_credential(inside)
        or inside.casefold().startswith(ends("phrases: signed by"))
        or not any(sign.isalnum() for sign in inside)
    )


@lru_cache(maxsize=CACHED)
def country_in(text: str) -> tuple[str, str]:
    """Return the country at the end of a text and the text before it; two "" if there is none."""
    bare = text.strip("\u2066\u2067\u2068\u2069 ")
    if country_code(bare) is not None:
        return bare, ""
    pieces = part(bare.replace("/", ", "))
    if len(pieces) in {2, 3} and country_code(pieces[-1].text) is not None:
        return pieces[-1].text, ", ".join(one.text for one in pieces[:-1])
    return "", ""


@lru_cache(maxsize=CACHED)
def is_personal(text: str) -> bool:
    """Return whether a remark means "in a personal capacity" or "for identification only"."""
    folded = " ".join(phrase_key(text))
    known = tables()
    return (
        folded in known["titles: personal alone"]
        or any(phrase in folded for phrase in known["titles: personal"])
        or has_sign_of("titles: personal in scripts", text)
    )


def is_pronouns(text: str) -> bool:
    """Return whether a remark is a person's pronouns ("she/her")."""
    parts = [part.strip().casefold() for part in text.replace("|", "/").split("/")]
    return all(part in tables()["titles: pronouns"] for part in parts)


def is_title_place(said: str) -> bool:
    """Return whether a piece after a name is clearly a title."""
    if not said or is_title(said):
        return bool(said)
    # Lower-case words are an occupation: "street medic".
    return said[0].islower() and not names_body(said) and worth(said.split(maxsplit=1)[0]) < BODY


@lru_cache(maxsize=CACHED)
def part_title(text: str) -> tuple[str, str]:
    """Split "Director of Tide Lab" into title and affiliation; the latter is "" if there is none.

    A title with a subject instead stays whole: "Professor of Network Science".
    """
    if is_han(text):
        body = without_han_title(text)
        return (text[len(body) :], body) if body != text and names_body(body) else (text, "")
    for between in (*phrases("at"), *phrases("of")):
        before, _, after = text.partition(between)
        if (
            after
            and is_title(before)
            and (between in phrases("at") or _is_led(before, after, between))
        ):
            return before.strip(), after.strip().removeprefix("the ")
    return text.strip(), ""


def _is_led(title: str, body: str, between: str) -> bool:
    if between in phrases("of in english"):
        # "University of X" and "Bar Association", not "Network Science".
        words, leads = tokens(body), spelt(tokens(title)[-1]) in tables()["titles: leaders"]
        return worth(words[head_length(words) - 1]) == BODY or (leads and body[0].isupper())
    of_field = spelt(title).startswith(ends("titles: of fields"))
    return names_body(body) or (title[0].islower() and body[0].isupper() and not of_field)


@lru_cache(maxsize=CACHED)
def type_of(cell: str) -> str:
    """Return the type of a cell's value: a name from `_TYPES`, "yes or no", "no", "text" or ""."""
    bare, known, word = cell.strip(), tables(), first_word(cell)
    if not bare or bare.casefold().replace(" ", "_").rstrip(".") in known["columns: nothing"]:
        return "no" if word in known["columns: no"] else ""
    if word in known["columns: yes"] or word in known["columns: no"]:
        return "yes or no"
    return next((name for name, is_it in _TYPES.items() if is_it(bare)), "text")


_TYPES: dict[str, Callable[[str], object]] = {
    "date": re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b").match,
    "number": re.compile(r"[#(]?[+-]?[\d.,\s]{1,20}[).%]?").fullmatch,
    "member": re.compile(r"(?:<@)?[UW][A-Z0-9]{6,30}>?").fullmatch,
    "mail": re.compile(r"[^\s@]{1,100}@[^\s@]{1,200}\.[^\s@.]{1,60}").fullmatch,
    "web": re.compile(r"(?:https?://|www\.)\S+").fullmatch,
    "country": country_of_field,
    "kind": lambda cell: len(cell.split()) < _SAID_MOST and kind_said(cell) is not None,
    "title": lambda cell: is_title(cell) and not names_body(cell),
    "person": lambda cell: lean(cell) >= 1.0 and len(cell.split()) > 1,
    "body": is_body,
}


def usual_type(cells: Sequence[str]) -> str:
    """Return the type of most filled cells of a column; "text" if mixed, "" if all are empty."""
    found = Counter(kind for kind in map(type_of, cells) if kind)
    found["yes or no"] += found.pop("no", 0)
    if len(set(cells)) > found.total() // 2 + 1:
        # Answers to a question repeat.
        found["text"] += found.pop("kind", 0)
    kind, count = found.most_common(1)[0]
    least = 2 if kind in {"person", "body", "title", "text"} else 4 / 3
    return (kind if count * least >= found.total() else "text") if count else ""


def first_word(cell: str) -> str:
    """Return the first word of a cell, in lower case."""
    return next(iter(cell.casefold().replace(",", " ").replace(".", " ").split()), "")


@lru_cache(maxsize=CACHED)
def column_of(heading: str) -> str:
    """Return the meaning of a column by its heading, or "" if the heading is unknown.

    A long heading may be a form's question: "Organization (if signing on its behalf)".
    """
    known, said = tables(), set(phrase_key(heading.replace("_", " ")))
    if said & known["columns: kinds of organisations"] and said & known["columns: kinds of people"]:
        return "kind"
    few = len(said - known["columns: fillers"]) <= _TELLING_MOST
    best, size = "", 0
    for column in COLUMNS:
        for words in map(str.split, known.get(f"columns: {column}", ())):
            if len(words) > size and said.issuperset(words) and (len(words) > 1 or few):
                best, size = column, len(words)
        if not best and has_sign_of(f"columns: {column}", heading):
            best = column
    return best


@lru_cache(maxsize=CACHED)
def kind_said(cell: str) -> Kind | None:
    """Return the kind that a cell states: "Individual", "En nombre de una organización"."""
    known, said = tables(), {*phrase_key(cell), cell.strip()}
    bodies = bool(said & known["columns: kinds of organisations"])
    people = bool(said & known["columns: kinds of people"])
    if bodies == people:
        return None
    return Kind.ORGANISATION if bodies else Kind.PERSON
