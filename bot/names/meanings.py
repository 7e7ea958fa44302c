"""Comparison of two names word by word, by spelling and by meaning, across languages."""

from collections.abc import Sequence
from functools import lru_cache

from bot.names.name_reading import FREQUENT, KINDS, LITTLE_BODIES, SIGNS, Reading, Word
from bot.names.tables import WORDS, read_table
from bot.names.vocabulary import VOWEL

_EDIT = 1.2  # so that one slip in twelve letters is ALIKE
_SAME_WORD = 0.8
_LEFT_OUT = 0.25  # weight of a kind of body or country that one of two names omits
_EACH_ITS_OWN = 1.5  # weight of a difference where each name has a word that the other does not
_BONES = 4
_BONES_OF_ONE = 3  # consonants that must agree for two words to be the same
_STARTS_ALIKE = 4  # letters that two forms of one word must share
_SAID_OTHERWISE = 1.2  # weight of a difference where each of two translations has its own word
_SAID_BESIDES = 0.9  # the same where only one of them has it
_ANOTHER_KIND, _KIND_LEFT_OUT = 1.0, 0.6  # the same for kinds of body
_PLACE_LEFT_OUT = 1.0
_ENOUGH_OF_TWO_LANGUAGES = 0.65
_LIKELY_PLACE = 1.5  # weight of a country in one name whose language is that of the other
_LEAST = 3.0
_ASSOCIATIONS = {
    *("association", "union", "league", "federation", "society", "organization", "coalition"),
    *("group", "collective"),
}
_FOUND = 0.9  # similarity of two names that may be translations
_ONE_OF = {one: idea for idea, others in read_table(WORDS / "ideas.txt").items() for one in others}


def typed_alike(one: Reading, other: Reading) -> float:
    """Return how similar the letters of two names are, from 0 to 1: near 1 for typing errors."""
    if one.signs != other.signs:
        return 0.0  # not a typing error: "Union 1" and "Union 2", "Network B" and "Network C"
    if one.concepts - other.concepts and other.concepts - one.concepts:
        return 0.0  # nor are "North" and "South", "Iceland" and "Ireland"
    longest = max(len(one.flat), len(other.flat))
    return max(0.0, 1 - _EDIT * _edits(one.flat, other.flat) / longest)


def meant_alike(one: Reading, other: Reading) -> float:
    """Return how much of the meaning of two names agrees, from 0 to 1."""
    pairs, missing, left = _matched(one, other)
    if not pairs:
        return 0.0
    whole = sum(first.weight + second.weight for first, second, _ in pairs)
    common = sum((first.weight + second.weight) * near for first, second, near in pairs)
    told = any(first.own or first.country for first, _, _ in pairs)
    translated = one.is_unlike(other)
    left_out = LITTLE_BODIES if translated else KINDS if told else frozenset[str]()
    rest = [(word, one) for word in missing] + [(word, other) for word in left]
    for word, read in rest:
        where = (
            told
            and (word.country and word == read.words[-1] and not read.chapters)
            and (other if read is one else one).may_be_of(word)
        )
        little = word.meaning in left_out or where
        whole += _LEFT_OUT if little else word.weight
    apart = [word for word in missing if not translated or word.meaning not in left_out]
    whole += _EACH_ITS_OWN * min(len(apart), len(left))
    return max(common / whole, _in_two_languages(one, other))


def _matched(
    one: Reading, other: Reading
) -> tuple[list[tuple[Word, Word, float]], list[Word], list[Word]]:
    """Return pairs of words of the same meaning with their closeness, and the rest of each name."""
    pairs: list[tuple[Word, Word, float]] = []
    missing: list[Word] = []
    left = list(other.words)
    for word in one.words:
        closest = max(left, key=lambda candidate: closeness(word, candidate), default=None)
        nearness = closeness(word, closest) if closest else 0.0
        if closest is None or nearness < _SAME_WORD:
            missing.append(word)
            continue
        left.remove(closest)
        pairs.append((word, closest, nearness))
    return pairs, missing, left


def _in_two_languages(one: Reading, other: Reading) -> float:
    """Return `_FOUND` if one name may be a translation of the other, else 0.

    The vocabulary tells only some concepts apart, so common words that match nothing in the other
    name may still mean the same. A word that is not in it is a proper name, which translations
    share.
    """
    pairs: list[tuple[Word, Word]] = []
    missing: list[Word] = []
    left = list(other.words)
    for word in one.words:
        found = next((candidate for candidate in left if _is_one(word, candidate)), None)
        if found is None:
            missing.append(word)
        else:
            left.remove(found)
            pairs.append((word, found))
    general = [(word, said) for word, said in pairs if word.meaning == said.meaning]
    general = [pair for pair in general if pair[0].meaning and not pair[0].place]
    same = sum(_starts_alike(*pair) for pair in general)
    translated = one.is_unlike(other)
    said = len(general) > 1 or not (_telling(missing) or _telling(left))
    if not (translated and said) and len(general) < max(2 * same, same + 1):
        return 0.0
    if any(word.own and not word.place for word in [*missing, *left]):
        return 0.0
    if are_of_two_places(missing, left) or all(
        first.meaning in LITTLE_BODIES for first, _ in pairs
    ):
        return 0.0
    places = [(word, other) for word in missing if word.place]
    places += [(word, one) for word in left if word.place]
    if not all(word.country and read.may_be_of(word) for word, read in places):
        return 0.0
    common = sum(_worth(*pair) for pair in pairs)
    bodies = sorted(sum(word.meaning in LITTLE_BODIES for word in some) for some in (missing, left))
    telling = sorted(len(_telling(some)) for some in (missing, left))
    whole = common + _ANOTHER_KIND * bodies[0] + _KIND_LEFT_OUT * (bodies[1] - bodies[0])
    whole += _SAID_OTHERWISE * telling[0] + _SAID_BESIDES * (telling[1] - telling[0])
    likely = bool(places) and all(read.plausible for _, read in places)
    common += _LIKELY_PLACE * likely
    whole += _LIKELY_PLACE if likely else _PLACE_LEFT_OUT * bool(places)
    return _FOUND if common >= _LEAST and common / whole >= _ENOUGH_OF_TWO_LANGUAGES else 0.0


def _worth(one: Word, other: Word) -> float:
    if one.place:
        return 2.0
    if not one.meaning:
        return 3.0
    if one.meaning in LITTLE_BODIES:
        return 1.0 if one.meaning == other.meaning else 0.6
    return 1.0 if one.meaning in FREQUENT else 2.0


def _telling(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if not (word.place or word.meaning in LITTLE_BODIES)]


def are_of_two_places(some: Sequence[Word], others: Sequence[Word]) -> bool:
    """Return whether both names mention places, and none in common."""
    places = [{word.meaning for word in words if word.place} for words in (some, others)]
    return all(places) and places[0].isdisjoint(places[1])


def _is_one(one: Word, other: Word) -> bool:
    if closeness(one, other) >= _SAME_WORD:
        return True
    if {one.meaning, other.meaning} <= _ASSOCIATIONS:
        return True
    return bool(one.meaning) and idea(one.meaning) == idea(other.meaning)


def idea(meaning: str) -> str:
    """Return the representative of the meanings that other languages do not distinguish."""
    return _ONE_OF.get(meaning, meaning)


def _starts_alike(one: Word, other: Word) -> bool:
    """Return whether the first or last letters of two words agree, as in two forms of one word."""
    size = _STARTS_ALIKE
    return one.spelt[:size] == other.spelt[:size] or one.spelt[-size:] == other.spelt[-size:]


def closeness(one: Word, other: Word) -> float:
    """Return how close two words are in spelling or meaning, from 0 to 1."""
    if one is other or one.spelt == other.spelt or (one.meaning and one.meaning == other.meaning):
        return 1.0
    if not (one.own or other.own) or (one.place and other.place):
        return 0.0
    return _spelt_alike(one.spelt, one.bones, other.spelt, other.bones)


@lru_cache(maxsize=65536)
def _spelt_alike(one: str, bones: str, other: str, other_bones: str) -> float:
    if SIGNS.search(f"{one} {other}"):
        return 0.0
    # Words of a script without vowels are all consonants, so they may be shorter.
    enough = min(len(one), len(other)) > _BONES or not all(map(VOWEL.search, (one, other)))
    if enough and bones == other_bones and len(bones) >= _BONES_OF_ONE:
        return 1.0
    if one.removeprefix("al") == other.removeprefix("al"):
        return 1.0  # an Arabic article may be written joined or apart
    return 1 - _edits(one, other) / max(len(one), len(other))


def _edits(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 4 MB that few processes need

    return OSA.distance(one, other)
