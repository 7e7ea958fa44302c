"""Names that may be two spellings of one: what is worth a question, and never decides.

It knows slips of the keyboard, acronyms, common words in other languages, and what people leave
out. What blocks is `organisation_names.same_organisation` alone.
"""

import re
from functools import lru_cache

from bot.names.acronyms import stands_for
from bot.names.countries import country_code
from bot.names.folding import fold, words
from bot.names.legal_forms import WORD
from bot.names.name_reading import HEAD_SHORTEST, KINDS, LITTLE, Reading, Word, read_name
from bot.names.organisation_keys import abbreviates, has_chapters, may_have_chapters
from bot.names.person_sort_names import person_sort_name
from bot.names.vocabulary import concepts, parts_of_compound

ALIKE = 0.9
"""From here on it is worth asking whether two names mean one organisation."""
PROBES_MOST = 14
"""Probes of one name; each has at most `PROBE_LONGEST` characters."""
PROBE_LONGEST = 42

_STANDS_FOR = 0.95
_EDIT = 1.2  # so that one slip in twelve letters is ALIKE
_SAME_WORD = 0.8
_LEFT_OUT = 0.25  # what a kind or a country weighs where one name does without it
_EACH_ITS_OWN = 1.5  # what it weighs that each name has a word that the other has not
_BADGE_LONGEST = 6  # letters of an acronym beside what it stands for
_HEAD, _TAIL, _BONES = 7, 7, 4  # characters of a probe
_BONES_OF_ONE = 3  # consonants that make two words one
_OWN_MOST = 4
_GENERIC = 1  # word that may be anybody's, in any country
_MORE = 3  # words that a name of its own may leave out

_TRUSTS = {"foundation", "trust", "charity"}
_SAID_BESIDES = KINDS | _TRUSTS | {"international", "world", "network", "collective"}
_UNITED = KINDS | {"union", "federation", "league", "society", "coalition", "group", "collective"}
"""Kinds that are one where languages differ: a union in one is a league in another."""
_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")
_SIGNS = re.compile(r"\d+|(?<![^\W\d])[B-Zb-z](?![^\W\d])")


def likeness(one: str, other: str) -> float:
    """Return how likely two organisations' names mean one, from 0 to 1, in either order.

    1 where their keys are equal, whatever their countries; 0 where they share no probe.
    """
    first, second = sorted(
        (read_name(one), read_name(other)), key=lambda read: (read.bare, read.key)
    )
    if first.key == second.key:
        return 1.0
    if probes(one).isdisjoint(probes(other)):
        return 0.0
    if _stands_for(first, second) or _stands_for(second, first):
        return _STANDS_FOR
    if any(_says_less(*both) for both in ((first, second), (second, first))):
        return ALIKE
    return max(_typed(first, second), _meant(first, second))


@lru_cache(maxsize=4096)
def probes(name: str) -> frozenset[str]:
    """Return the words by which an organisation is found again: two names that are alike share one.

    The head and the tail of its key, its rarest words or else what its common ones mean, how its
    acronym starts, and its parts. See `PROBES_MOST`.
    """
    read = read_name(name)
    rarest = sorted(read.own, key=lambda word: (-len(word.spelt), word.spelt))[:_OWN_MOST]
    found = [f"k:{read.flat[:_HEAD]}", f"e:{read.flat[-_TAIL:]}"]
    found += [f"w:{word.bones[:_BONES]}" for word in rarest]
    if not rarest:
        meant = {word.meaning for word in read.words} - _UNITED
        places = {one for one in meant if one.startswith("=")}
        for some in {frozenset(meant), frozenset(meant - places)}:
            found.append(f"c:{'+'.join(sorted(some))}"[:PROBE_LONGEST])
    found += [f"i:{start}" for start in _acronym_starts(read)]
    found += [f"k:{fold(part)[:_HEAD]}" for part in read.parts]
    return frozenset(found[:PROBES_MOST])


def person_probe(name: str) -> str:
    """Return the words by which a person is found again, however the name is written.

    Titles, suffixes, brackets, initials in the middle and the order of given and family name do
    not count: "Family, Given, PhD" and "Dr. Given M. Family" have one probe.
    """
    filed = person_sort_name(_BRACKET.sub(" ", name)).split(",")
    spoken = words(fold(" ".join(filed[:2])))
    full = [word for word in spoken if len(word) > 1]
    return "p:" + " ".join(sorted(full if len(full) > 1 else spoken))


def _acronym_starts(read: Reading) -> list[str]:
    """The two letters that an acronym starts with; of a long name, those that its own may."""
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


def _stands_for(short: Reading, long: Reading) -> bool:
    """Return whether one is the other's acronym, or a part of it that tells whose it is."""
    if short.acronymic and any(abbreviates(short.bare, of) for of in (long.bare, long.plain)):
        return True
    if (short.head and short.head == long.head) or _is_acronym_of(short, long):
        return True
    if any(stands_for(badge, long.spoken, LITTLE) for badge in short.badges):
        return True
    if short.key in long.also or short.also & long.also or short.key in {long.sited, long.gloss}:
        return True
    beside = [part for part in long.parts if part not in {short.key, short.core}]
    return len(beside) < len(long.parts) and (
        bool(short.own) or all(len(part) <= _BADGE_LONGEST for part in beside)
    )


def _is_acronym_of(short: Reading, long: Reading) -> bool:
    """Return whether initials are all of one, or its beginning, and the rest is in the other."""
    words = tuple(word for word in long.typed if "chapter" not in concepts(word))
    if any(
        stands_for(one, spelt, LITTLE) for one in short.acronyms for spelt in {words, long.spoken}
    ):
        return True
    leading, rest = short.leading
    if not leading:
        return False
    if words[-len(rest) :] == rest:
        return stands_for(leading, words[: -len(rest)], LITTLE)
    country = country_code(" ".join(rest)) is not None and not has_chapters(long.bare)
    return country and stands_for(leading, words, LITTLE)


def _says_less(short: Reading, long: Reading) -> bool:
    """Return whether one leaves out what the other says besides: nobody can tell."""
    if _names_its_country(short, long):
        return True
    if len(short.words) >= len(long.words) or not short.meant.keys() <= long.meant.keys():
        return False
    rest = long.meant - short.meant
    if short.meant - long.meant or not rest:
        return False
    if has_chapters(short.bare):
        return rest.keys() <= _TRUSTS | {"international"}
    if rest.total() >= _MORE and long.typed[: len(short.typed)] == short.typed:
        if (short.own or len(short.typed) == 1) and len(short.flat) > HEAD_SHORTEST:
            return True
    elif len(short.own) > 1 and rest.total() >= _MORE:
        return False
    if len(short.words) > 1 and all(
        one in _SAID_BESIDES
        or one == f"={short.country}"
        or (one.startswith("=") and _translated(short, long))
        for one in rest
    ):
        return True
    return (
        len(short.flat) >= HEAD_SHORTEST
        and all(one.startswith("=") for one in short.concepts)
        and all(one in long.concepts for one in rest)
        and all(one == long.words[-1].meaning for one in rest if one.startswith("="))
    )


def _translated(one: Reading, other: Reading) -> bool:
    """Return whether no word of two names is spelt the same."""
    return one.spelt.isdisjoint(other.spelt)


def _names_its_country(short: Reading, long: Reading) -> bool:
    """Return whether one is the other with its country, or a chapter: nobody can tell."""
    behind = bool(long.words) and long.words[-1].country and long.words[:-1] == short.words
    if behind and may_have_chapters(short.bare):
        return True
    before = bool(long.words) and long.words[0].country and long.words[1:] == short.words
    telling = bool(short.own) or len(short.words) > _GENERIC
    long_enough = len(short.flat) >= HEAD_SHORTEST
    return (behind or before) and telling and long_enough and not has_chapters(short.bare)


def _typed(one: Reading, other: Reading) -> float:
    """Return how likely one is the other with typing slips."""
    if _SIGNS.findall(one.bare) != _SIGNS.findall(other.bare):
        return 0.0  # no slip is small in "Union 1" and "Union 2", "Network B" and "Network C"
    if one.concepts - other.concepts and other.concepts - one.concepts:
        return 0.0  # nor in "North" and "South", "Iceland" and "Ireland"
    longest = max(len(one.flat), len(other.flat))
    return max(0.0, 1 - _EDIT * _edits(one.flat, other.flat) / longest)


def _meant(one: Reading, other: Reading) -> float:
    """Return the share of meaning that both have."""
    missing: list[Word] = []
    left = list(other.words)
    common = told = 0.0
    whole = 0.0
    for word in one.words:
        closest, nearness = None, 0.0
        for candidate in left:
            near = _closeness(word, candidate)
            if near > nearness:
                closest, nearness = candidate, near
        if closest is None or nearness < _SAME_WORD:
            missing.append(word)
            continue
        left.remove(closest)
        both = word.weight + closest.weight
        whole += both
        common += both * nearness
        told += word.own or word.country
    translated = bool(common) and _translated(one, other)
    left_out = _UNITED if translated else KINDS if told else frozenset[str]()
    rest = [(word, one) for word in missing] + [(word, other) for word in left]
    for word, read in rest:
        little = word.meaning in left_out or (told and _is_place(word, read))
        whole += _LEFT_OUT if little else word.weight
    if translated:
        missing = [word for word in missing if word.meaning not in left_out]
    whole += _EACH_ITS_OWN * min(len(missing), len(left))
    return common / whole if whole else 0.0


def _is_place(word: Word, read: Reading) -> bool:
    """Return whether it says no more than where."""
    return word.country and word == read.words[-1] and not has_chapters(read.bare)


def _closeness(one: Word, other: Word) -> float:
    if one is other or one.spelt == other.spelt or (one.meaning and one.meaning == other.meaning):
        return 1.0
    if not (one.own or other.own):
        return 0.0
    return _spelt_alike(one.spelt, one.bones, other.spelt, other.bones)


@lru_cache(maxsize=65536)
def _spelt_alike(one: str, bones: str, other: str, other_bones: str) -> float:
    if _SIGNS.search(f"{one} {other}"):
        return 0.0
    if len(bones) >= _BONES_OF_ONE and bones == other_bones and min(len(one), len(other)) > _BONES:
        return 1.0
    return 1 - _edits(one, other) / max(len(one), len(other))


def _edits(one: str, other: str) -> int:
    """Count insertions, omissions, changes and swaps of neighbouring letters."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 4 MB that few processes ever need

    return OSA.distance(one, other)
