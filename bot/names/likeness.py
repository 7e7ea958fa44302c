"""Similarity of two organisations' names: whether to ask an organiser if they mean the same one.

It recognises typing errors, acronyms, translations of common words and omissions. It only leads to
questions: `organisation_keys` decides which names are the same without asking.
"""

import re
from functools import lru_cache
from itertools import combinations

from bot.names.folding import fold, words
from bot.names.legal_forms import WORD
from bot.names.meanings import idea, meant_alike, typed_alike
from bot.names.name_reading import (
    HEAD_SHORTEST,
    LITTLE,
    LITTLE_BODIES,
    UNITED,
    Reading,
    read_name,
    shape_of,
)
from bot.names.person_sort_names import person_sort_name
from bot.names.short_names import is_short_for, says_less
from bot.names.vocabulary import parts_of_compound

ALIKE = 0.9
"""The similarity from which an organiser is asked whether two names mean one organisation."""
PROBES_MOST = 20
"""The most probes (index terms) of one name; each has at most `PROBE_LONGEST` characters."""
PROBE_LONGEST = 42

_STANDS_FOR = 0.95
_HEAD, _TAIL, _BONES = 7, 7, 4  # characters of a probe
_OWN_MOST = 4
_IDEAS_MOST = 3
_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")
_FREQUENT = ("human", "right", "international", "national", "world", "=us", "=gb")
"""Meanings too common in names to be a probe alone."""


def likeness(one: str, other: str) -> float:
    """Return how likely two organisations' names mean one, from 0 to 1, in either order.

    1 if their keys are equal, whatever their countries; 0 if they have no probe in common.
    """
    first, second = _in_order(read_name(one), read_name(other))
    if first.key == second.key:
        return 1.0
    if probes(one).isdisjoint(probes(other)):
        return 0.0
    if first.shape == second.shape:
        return _STANDS_FOR
    if is_short_for(first, second) or is_short_for(second, first):
        return _STANDS_FOR
    if any(says_less(*both) for both in ((first, second), (second, first))):
        return ALIKE
    alike = max(typed_alike(first, second), meant_alike(first, second))
    if alike >= ALIKE or not (first.pieces or second.pieces):
        return alike
    said = _is_in_a_piece(first, second) or _is_in_a_piece(second, first)
    return ALIKE if said or _have_one_piece(first, second) else alike


def _is_in_a_piece(whole: Reading, other: Reading) -> bool:
    """Return whether one name means the same as a piece of the other, as before a dash."""
    pieces = (_in_order(read_name(piece), whole) for piece in other.pieces)
    return any(meant_alike(*both) >= ALIKE for both in pieces)


def _have_one_piece(one: Reading, other: Reading) -> bool:
    """Return whether two names have a piece in common that is more than common words."""
    names = [
        {read.key for read in map(read_name, each.pieces) if read.core} for each in (one, other)
    ]
    return any(len(key) >= HEAD_SHORTEST for key in names[0] & names[1])


def _in_order(one: Reading, other: Reading) -> tuple[Reading, Reading]:
    first, second = sorted((one, other), key=lambda read: (read.bare, read.key))
    return first, second


@lru_cache(maxsize=4096)
def probes(name: str) -> frozenset[str]:
    """Return the index terms of an organisation's name: two similar names have one in common.

    They are the head and tail of its key, its rarest words or else the meanings of its common ones,
    the start of its acronym, and its parts. At most `PROBES_MOST`.
    """
    read = read_name(name)
    rarest = sorted(read.own, key=lambda word: (-len(word.spelt), word.spelt))[:_OWN_MOST]
    found = [f"k:{read.shape[:_HEAD]}", f"e:{read.shape[-_TAIL:]}"]
    found += [f"w:{word.bones[:_BONES]}" for word in rarest]
    if not rarest:
        meant = {word.meaning for word in read.words} - UNITED
        places = {one for one in meant if one.startswith("=")}
        for some in {frozenset(meant), frozenset(meant - places)}:
            found.append(f"c:{'+'.join(sorted(some))}"[:PROBE_LONGEST])
    found += [f"i:{start}" for start in _acronym_starts(read)]
    found += _of_ideas(read)
    found += [f"k:{shape_of(part)[:_HEAD]}" for part in read.parts]
    return frozenset(found[:PROBES_MOST])


def person_probe(name: str) -> str:
    """Return the index term of a person's name, the same for every way of writing it.

    Titles, suffixes, brackets, middle initials and the order of given and family name do not count:
    "Family, Given, PhD" and "Dr. Given M. Family" have the same probe.
    """
    filed = person_sort_name(_BRACKET.sub(" ", name)).split(",")
    spoken = words(fold(" ".join(filed[:2])))
    full = [word for word in spoken if len(word) > 1]
    return "p:" + " ".join(sorted(full if len(full) > 1 else spoken))


def _of_ideas(read: Reading) -> list[str]:
    spoken = {idea(word.meaning) for word in read.words if word.meaning not in LITTLE_BODIES} - {""}
    rank = {one: (one in _FREQUENT, one.startswith("="), one) for one in spoken}
    rarest = sorted(spoken, key=rank.__getitem__)[:_IDEAS_MOST]
    alone = [one for one in rarest if one not in _FREQUENT][: _IDEAS_MOST - 1]
    return [f"c:{one}" for one in alone] + [
        f"c:{'+'.join(sorted(both))}" for both in combinations(rarest, 2)
    ]


def _acronym_starts(read: Reading) -> list[str]:
    """Return the first two letters of a name's acronym, or candidates for them if it has none."""
    if read.acronymic:
        return [read.flat[:2]]
    leading, _ = read.leading
    if found := (leading,) if leading else read.acronyms:
        return [short[:2] for short in found]
    every = [word.lower() for word in WORD.findall(read.plain)]
    spoken = [word for word in every if word not in LITTLE]
    firsts = [run[:2] for run in (spoken, every) if len(run) > 1]
    firsts += [[spoken[0], spoken[2]]] if len(spoken) > 2 else []
    starts = [start for one, two in firsts for start in (one[0] + two[0], one[:2])]
    one, two = parts_of_compound(spoken[0]) if spoken else ("", "")
    return [*starts, one[0] + two[0]] if two else starts
