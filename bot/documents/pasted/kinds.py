"""Judgement of texts by weighted evidence: a name, a title, a country; pieces of a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.documents.pasted.words import (
    BODY,
    CACHED,
    COMMON,
    FAINT,
    GROUP,
    ends,
    han_body,
    has_sign_of,
    is_arabic,
    is_credential,
    is_given,
    is_han,
    is_han_person,
    is_honorific,
    is_title_noun,
    phrase_key,
    spelt,
    tables,
    tokens,
    without_han_title,
    worth,
)
from bot.names.countries import country_code

WEIGHTS = {
    # Words of the name itself. Positive weights are evidence for a person.
    "honorific": 4.0,
    "full name": 1.2,
    "given name first": 2.0,
    "name in signs": 3.5,
    "body": -4.0,
    "group": -3.0,
    "common word": -1.5,
    "faint word": -1.0,
    "capitals alone": -3.0,
    # Text beside the name.
    "title beside": 2.5,
    "personal remark": 3.0,
    # The rest of the list.
    "heading": 3.0,
    "takes": 2.0,
    "neighbours": 2.5,
}
"""The weight of each kind of evidence; a positive sum means a person."""
SURE = 1.0
"""An absolute score of at least this needs no check by a person."""
CERTAIN = 2.4
"""The absolute score from which a name's own words settle its kind."""

_SEPARATOR = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|【[^【】]*】|«[^«»]*»|“[^“”]*”|„[^„“]*“|《[^《》]*》"
    r"|(?P<comma>,(?!\d)|(?<!\d),|[،，])|(?P<semicolon>[;؛；、])"
    r"|(?P<line>\n)|[|\t│¦]|(?<=[\s\u3400-\u9fff])[–—―‒−]|[–—―‒−](?=\s)|(?<=[\s)])[@-](?=\s)|(?<=[^\W_])-(?=\s)"
)
"""A bracket or a quotation, which stays whole, or a separator: commas, bars, spaced dashes."""
_BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]\Z")
_BRACKETS_MOST = 4
_BETWEEN_NAMES = re.compile(r"[,;/&|]|\band\b")
_UNSOUND = re.compile("[0-9@#&+!?=%/]")
_FULL_MOST, _NAMES_MOST, _TITLE_MOST = 6, 8, 4
_CLIPPED = 2.4
_WORDS = {BODY: "body", GROUP: "group", COMMON: "common word", FAINT: "faint word"}
_FEW_SIGNS, _SIGNS = 2, 4


def near(scores: Sequence[float]) -> float:
    """Score an entry by those around it, from their own scores."""
    mean = sum(max(-_CLIPPED, min(_CLIPPED, score)) for score in scores) / (len(scores) + 1)
    return max(-1.0, min(1.0, mean * 1.5 / _CLIPPED)) * WEIGHTS["neighbours"]


@lru_cache(maxsize=CACHED)
def lean(name: str) -> float:
    """Score the words of a name: positive for a person, negative for an organisation."""
    return sum(WEIGHTS[sign] for sign in _signs_of(name))


def is_person(name: str) -> bool:
    """Return whether a text is surely a person's name and nothing else."""
    return lean(name) >= CERTAIN and not is_title(name)


def is_body(name: str) -> bool:
    """Return whether a text is surely an organisation's name."""
    return lean(name) <= -CERTAIN


@lru_cache(maxsize=CACHED)
def is_no_person(name: str) -> bool:
    """Return whether a text is surely not one person's name: an organisation's, or several names."""
    names = [part for part in _BETWEEN_NAMES.split(name) if len(tokens(part)) > 1]
    return is_body(name) or len(names) > 1


def _signs_of(name: str) -> Iterator[str]:
    """Yield the evidence in a name's words for a person and for an organisation, from `WEIGHTS`."""
    words = tokens(name)
    bare = name.replace(" ", "").strip('《》「」"“”')
    if is_han(name) or is_han_person(bare):
        long_body = han_body(bare) and len(bare) > _SIGNS
        # "神谷 之康"
        two = len(words) == 2 and max(map(len, words)) < _SIGNS and not is_title(words[1])
        if (is_han_person(without_han_title(bare)) or "·" in bare or two) and not long_body:
            yield "name in signs"
        else:
            yield "body" if han_body(bare) and len(bare) > _FEW_SIGNS else "common word"
    elif words:
        yield from _signs_of_person(name, words)
        most = max(map(worth, words))
        if most:
            yield _WORDS[most]
        first, alone = words[0], len(words) == 1
        if alone and not most:
            yield "common word"
        named = not alone and (name.isupper() or any(map(is_given, words)))
        if first.isupper() and len(first) > (1 if alone else 2) and not named:
            yield "capitals alone"


def _signs_of_person(name: str, words: tuple[str, ...]) -> Iterator[str]:
    said = [word for word in (word.strip("(,;") for word in name.split()) if tokens(word)]
    titled = 0
    while titled < len(words) - 1 and _is_before_name(said[titled : titled + 2]):
        titled += 1
    core = list(words[titled:])
    while len(core) > 1 and (is_credential(core[-1]) or core[-1].isdigit()):
        core.pop()
    if any(map(_UNSOUND.search, core)):
        return
    if titled:
        yield "honorific"
    particles = tables()["titles: particles"]
    full = [
        core[0],
        *(word for word in core[1:-1] if word.casefold() not in particles),
        *core[1:][-1:],
    ]
    if is_arabic(core[0]):
        full = full if any(map(is_given, core[:3])) else []
    capital = not any(word[0].islower() for word in full)
    if 1 < len(full) <= _FULL_MOST and capital:
        given = is_arabic(core[0]) or is_given(core[0])
        if given or worth(core[0]) < COMMON:
            yield "full name"
        if given:
            yield "given name first"


def _is_before_name(words: list[str]) -> bool:
    first, *behind = words
    if is_title_noun(first) and "".join(behind).islower():
        # "président de Rivage"
        return False
    if is_honorific(first) or (is_credential(first) and "." in first):
        return True
    return spelt(first) in tables()["titles: qualifiers"] and any(map(is_honorific, behind))


def head_length(words: tuple[str, ...]) -> int:
    """Count the words before the first preposition or particle; all words if there is none."""
    small = tables()["bodies: small words"] | tables()["titles: particles"]
    return next(
        (place for place, word in enumerate(words) if place and word.casefold() in small),
        len(words),
    )


@lru_cache(maxsize=CACHED)
def names_body(text: str) -> bool:
    """Return whether the first or last word before a preposition means a body: "Institute"."""
    words = tokens(text)
    if not words:
        return False
    if is_han(text):
        return bool(han_body(text.strip()))
    head = words[: head_length(words)]
    return worth(head[0]) == BODY or worth(head[-1]) == BODY


@lru_cache(maxsize=CACHED)
def is_title(text: str) -> bool:
    """Return whether a text is a title, a position or an occupation rather than a name."""
    words = tokens(text)
    if not words:
        return False
    begun = words[0]
    if is_han(text):
        bare = text.strip()
        titled = without_han_title(bare) != bare or bare.endswith(ends("titles: chinese ends"))
        return titled and not is_han_person(without_han_title(bare.split()[0]))
    if is_arabic(text) and worth(begun) == BODY and len(words) > 1:
        return False
    if len(words) > 2 and _is_before_name(text.split()[:2]) and any(map(is_given, words[1:3])):
        # "Senator Ada Quill" is a name.
        return False
    nouns = [place for place, word in enumerate(words[:10]) if is_title_noun(word)]
    qualifiers = tables()["titles: qualifiers"]
    if not nouns:
        return False
    head, first = head_length(words), nouns[0]
    before = words[:first]
    if all(spelt(word) in qualifiers or word.islower() for word in before):
        # "Director of …", "former Minister", "maître de conférences"; not "Chair Association".
        a_body = first < head - 1 and worth(words[head - 1]) == BODY and not begun.islower()
        return not a_body or head - 1 in nouns
    if is_given(begun) and begun[0].isupper() and len(words) < _TITLE_MOST:
        # "Mitchell Baker" is a name.
        return False
    return head - 1 in nouns


@lru_cache(maxsize=CACHED)
def name_and_title(text: str, usual: int = 0) -> tuple[str, str]:
    """Split a person's name from a title that follows without a separator; else the text and "".

    An unknown title is split off after the usual number of a name's words in the list.
    """
    said = text.split()
    for count in range(2, min(_NAMES_MOST, len(said))):
        name, title = " ".join(said[:count]), " ".join(said[count:])
        # "Quill Ada sociology": small letters behind a given name are a subject.
        small = title.islower() and not names_body(title) and (not usual or count <= usual)
        titled = is_title_noun(said[count]) and is_title(title)
        if (titled or (small and any(map(is_given, said[:count])))) and lean(name) >= SURE:
            return name, title
    name, title = " ".join(said[:usual]), " ".join(said[usual:])
    return (name, title) if usual and title and lean(name) >= SURE else (text, "")


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
        if not (person or is_fact(inside) or (is_title(inside) and not is_body(head))):
            break
        insides = (inside, *insides)
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
