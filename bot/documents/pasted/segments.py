"""Splitting of a line into pieces, and what a piece can be: a country, a remark, a title."""

from dataclasses import dataclass
from functools import lru_cache

from bot.documents.pasted.kinds import head_length, is_title, lean, names_body
from bot.documents.pasted.words import (
    BODY,
    CACHED,
    ends,
    has_sign_of,
    is_arabic,
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
from bot.names.countries import country_code

_OPENING = {"(": ")", "[": "]", "（": "）", "【": "】", "«": "»", "“": "”", "„": "“", "《": "》"}
_BRACKETS = ("()", "[]", "（）", "【】")
_MARKS = dict.fromkeys(",،，", ",") | dict.fromkeys(";؛；、", ";") | dict.fromkeys("|\t│¦", "|")
_DASHES = frozenset("–—―‒−")
_BRACKETS_MOST = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line."""

    mark: str
    """The kind of separator before the piece: `,`, `;`, `|` or `-`; "" for the first."""
    text: str
    end: int
    """End of the piece in the line."""


@lru_cache(maxsize=CACHED)
def part(text: str) -> tuple[Part, ...]:
    """Split a line at its separators, but not inside brackets or quotes.

    Separators are commas, semicolons, enumeration commas, bars and tabs, as well as dashes and "@"
    next to spaces, but no hyphens inside words.
    """
    found: list[Part] = []
    start, mark = 0, ""
    last = {sign: text.rfind(sign) for sign in _OPENING.values()}
    closing: list[str] = []
    for place, sign in enumerate(text):
        if sign.isalnum():
            continue
        if closing and sign == closing[-1]:
            closing.pop()
        elif sign in _OPENING and last[_OPENING[sign]] > place:
            closing.append(_OPENING[sign])
        elif not closing and (name := _separator(text, place, sign)):
            found.append(Part(mark, text[start:place].strip(), place))
            start, mark = place + 1, name
    found.append(Part(mark, text[start:].strip(), len(text)))
    return tuple(one for one in found if one.text)


def _separator(text: str, place: int, sign: str) -> str:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if sign in _MARKS:
        # "1,000" is a number.
        return "" if sign == "," and before.isdigit() and after.isdigit() else _MARKS[sign]
    if sign in _DASHES:
        return "-" if before.isspace() or after.isspace() or is_han(before) else ""
    if sign in "-@" and (before.isspace() or before == ")") and after.isspace():
        return "-"
    return "-" if sign == "-" and after.isspace() and before.isalnum() else ""


def first_of(text: str) -> str:
    """Return the first piece of a line without its brackets."""
    pieces = part(text)
    return peeled(pieces[0].text)[0] if pieces else text


def closing_bracket(text: str) -> tuple[str, str] | None:
    """Split brackets off the end of a text: return the text before and inside them, else None."""
    for opening, closing in _BRACKETS:
        if text.endswith(closing):
            head, found, inside = text[: -len(closing)].rpartition(opening)
            if found and head.strip():
                return head.strip(), inside.strip()
    return None


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
    for between in phrases("at"):
        before, found, after = text.partition(between)
        if found and after.strip() and is_title(before):
            return before.strip(), after.strip().removeprefix("the ")
    cuts = [(text.find(between), -len(between), between) for between in phrases("of")]
    for place, _, between in sorted(one for one in cuts if one[0] > 0):
        before, after = text[:place], text[place + len(between) :].strip()
        if after and is_title(before) and _is_led(before, after, between.strip()):
            return before.strip(), after
    words = text.split()
    for count in range(1, min(4, len(words))):
        # Without a word between: "директор Фонда …"
        title, body = " ".join(words[:count]), " ".join(words[count:])
        cyrillic = "\u0400" <= body[0] <= "\u04ff" and (body[0].isupper() or "«" in body)
        if (cyrillic or is_arabic(body)) and names_body(body) and is_title(title):
            return title, body
    return text.strip(), ""


def _is_led(title: str, body: str, between: str) -> bool:
    """Return whether `body`, the words after a title and a preposition, name an organisation."""
    words = tokens(body)
    if not words:
        return False
    first = words[0]
    marked = first.isupper() and len(first) > 2
    named = first[0].isupper() and country_code(body) is None and not is_title(body)
    if between in tables()["phrases: of in english"]:
        # "University of X" and "Bar Association", not "Network Science".
        leads = spelt(tokens(title)[-1]) in tables()["titles: leaders"]
        return named and (marked or leads or worth(words[head_length(words) - 1]) == BODY)
    if not first[0].isupper():
        return worth(first) == BODY and any(sign.isupper() for sign in body)
    of_fields = ends("titles: of fields")
    leads = title[:1].islower() and not any(
        spelt(word).startswith(of_fields) for word in title.split()
    )
    return named and (names_body(body) or marked or lean(body) < -4.8 or leads)
