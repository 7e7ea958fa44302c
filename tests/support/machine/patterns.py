"""Every regular expression that a module of ours keeps, and texts that are hard on it."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from re import _parser as parser  # pyright: ignore[reportAttributeAccessIssue] - typeshed has none
from typing import Any

import bolt_understudy
import bot

SKIPPED = (".__main__", ".migrations.env")
"""Modules that act when they are imported."""
_NAMED = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a"}
_ATOMS_MOST = 9


def module_patterns() -> dict[str, re.Pattern[str]]:
    """The patterns at the top of modules, also inside tuples and dicts there, by their place."""
    found: dict[str, re.Pattern[str]] = {}
    packages = (
        *pkgutil.walk_packages(bot.__path__, "bot."),
        *pkgutil.walk_packages(bolt_understudy.__path__, "bolt_understudy."),
    )
    for module in packages:
        if module.name.endswith(SKIPPED) or ".migrations.versions" in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for place, pattern in _patterns(f"{module.name}.{name}", value):
                if pattern not in found.values():
                    found[place] = pattern
    return found


def _patterns(place: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield place, value
    elif isinstance(value, (tuple, list, frozenset, set)):
        for part in value:
            yield from _patterns(place, part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _patterns(place, part)


def hard_texts(pattern: re.Pattern[str], length: int, most: int) -> Iterator[str]:
    """Texts of a length that repeat what a pattern asks for, and then disappoint it.

    What is repeated are up to `most` of its characters, and each beginning of what it matches;
    that stands before each of the characters, too.
    """
    atoms, beginnings = _atoms(pattern), _beginnings(pattern)
    units = [*beginnings, *(f"{one}{space}" for one in beginnings for space in " ;")]
    for repeated in range(1, most + 1):
        units += map("".join, product(atoms, repeat=repeated))
    for unit in dict.fromkeys(units):
        yield f"{_repeated(unit, length - 1)}\0"
    for begun in ("a", *beginnings):
        for unit in atoms:
            yield f"{begun}{_repeated(unit, length - len(begun) - 1)}\0"
            yield f"{begun}{_repeated(unit, length - len(begun))}"


def _repeated(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def _beginnings(pattern: re.Pattern[str]) -> list[str]:
    """The shortest text that a pattern is made for, up to each of its parts.

    Letters in a row are one part: between two of them nothing is tried again.
    """
    parsed = [*parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)]
    ways = parsed[0][1][1] if str(parsed[0][0]) == "BRANCH" else [parsed]
    samples = [
        "".join(map(_sample, way[:end]))
        for way in ways
        for end in range(1, len(way) + 1)
        if end == len(way) or not (_is_letter(way[end - 1]) and _is_letter(way[end]))
    ]
    return [*dict.fromkeys(filter(None, samples))]


def _is_letter(part: tuple[Any, Any]) -> bool:
    return str(part[0]) == "LITERAL"


def _sample(part: tuple[Any, Any]) -> str:
    """A text of one part of a pattern: each repetition once."""
    kind, value = str(part[0]), part[1]
    if kind in {"ASSERT", "ASSERT_NOT"}:
        return ""
    if kind == "IN" or not (inside := _inside(kind, value)):
        return next(iter(_leading([part])), "")
    return "".join(map(_sample, inside[0]))


def _atoms(pattern: re.Pattern[str]) -> list[str]:
    """Characters that lead into each part of a pattern: marks first, then a letter and spaces."""
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    every = sorted(set(_leading(parsed)), key=lambda sign: (sign.isalnum(), sign))
    marks = [sign for sign in every if not sign.isspace()][: _ATOMS_MOST - 3]
    return [*dict.fromkeys([*marks, " ", "\n", "a"])]


def _leading(parsed: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for operation, value in parsed:
        match str(operation):
            case "LITERAL":
                yield chr(value)
            case "NOT_LITERAL" | "ANY":
                yield "x"
            case "RANGE":
                yield chr(value[0])
            case "CATEGORY":
                yield _NAMED.get(str(value), "!")
            case kind:
                for inside in _inside(kind, value):
                    yield from _leading(inside)


def _inside(kind: str, value: Any) -> list[Any]:
    """The parsed patterns that a part holds; of choices each."""
    if kind == "BRANCH":
        return list(value[1])
    places = {"MAX_REPEAT": 2, "MIN_REPEAT": 2, "POSSESSIVE_REPEAT": 2, "SUBPATTERN": 3}
    places |= {"ASSERT": 1, "ASSERT_NOT": 1}
    if kind in places:
        return [value[places[kind]]]
    return [value] if kind in {"IN", "ATOMIC_GROUP"} else []
