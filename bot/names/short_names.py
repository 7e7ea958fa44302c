"""Comparison of a short name with a long one: acronyms, brands and omissions."""

from collections.abc import Sequence

from bot.names.countries import country_code
from bot.names.meanings import are_of_two_places, closeness, meant_alike
from bot.names.name_reading import (
    BODIES_BESIDES,
    HEAD_SHORTEST,
    HOUSES,
    KINDS,
    LITTLE,
    LITTLE_BODIES,
    TRUSTS,
    Reading,
    Word,
)
from bot.names.organisation_keys import abbreviates, may_have_chapters, stands_for
from bot.names.vocabulary import concepts, parts_of_compound

_SKIPS_OF_BADGES = 1  # words that an acronym beside a full name may omit
_BADGE_LONGEST = 6  # letters of an acronym beside the name it abbreviates
_GENERIC = 1  # a single generic word may belong to anybody, in any country
_MORE = 3  # words that a distinctive name may omit
_REST = 2  # words that a name without proper names may omit
_IDEAS = 2  # subjects that make such a name distinctive
_OF_EVERY_HOUSE = KINDS | HOUSES | {"human", "right", "law", "study", "research", "science"}
_REGIONS = {"europe", "africa", "america", "asia", "latin", "south", "north", "east", "west"}
_COMPOUND_SHORTEST = 8  # letters
_HALF = 0.55  # similarity of meaning that suffices for names with a common acronym
_NAMES, _NAMES_SHORTEST = 2, 10  # proper names in common, and their letters together
_BEGIN = 4  # letters that two spellings of a word share
_SAID_BESIDES = KINDS | TRUSTS | {"international", "world", "network", "collective"}


def is_short_for(short: Reading, long: Reading) -> bool:
    """Return whether a name is the other's acronym, or a part that identifies it."""
    if short.acronymic and any(abbreviates(short.bare, of) for of in (long.bare, long.plain)):
        return True
    if _is_acronym_of(short, long):
        return True
    if short.badges and not are_of_two_places(short.words, long.words):
        skips = _SKIPS_OF_BADGES
        # One that abbreviates its own name says nothing of another's.
        foreign = [one for one in short.badges if not abbreviates(one, short.bare)]
        if any(stands_for(one, long.spoken, LITTLE, skips=skips) for one in foreign):
            return True
    if short.joined == long.joined or _has_its_badge(short, long):
        return True
    if _is_house(short):
        return False
    beside = [part for part in long.parts if part not in {short.key, short.core}]
    return len(beside) < len(long.parts) and (
        bool(short.own)
        or len(short.typed) == 1
        or all(len(part) <= _BADGE_LONGEST for part in beside)
    )


def _has_its_badge(short: Reading, long: Reading) -> bool:
    """Return whether two names share an acronym and are not distinguished by anything else."""
    both = short.badges & long.badges
    if not both and long.badges.isdisjoint(short.capitals):
        return False
    rest = {word.meaning for word in short.words if word.spelt not in long.badges}
    if rest and rest <= _SAID_BESIDES:
        return True
    return bool(both) and meant_alike(short, long) >= _HALF


def _is_acronym_of(short: Reading, long: Reading) -> bool:
    """Return whether a name, or one of its words, consists of the initials of the other."""
    if short.acronyms and long.typed:
        spelt = tuple(word for word in long.typed if "chapter" not in concepts(word))
        least = 2 if parts_of_compound(long.typed[0])[1] else 3
        if any(
            stands_for(one, words, LITTLE, shortest=least)
            for one in short.acronyms
            for words in {spelt, long.spoken}
        ):
            return True
    return any(_is_partly(short, one, long) for one in short.capitals)


def _is_partly(short: Reading, initials: str, long: Reading) -> bool:
    """Return whether a name contains every word of the other, some of them as initials."""
    if country_code(initials) is not None:
        return False
    rest = [word for word in short.words if word.spelt != initials]
    left = list(long.words)
    for word in rest:
        found = next((other for other in left if closeness(word, other) == 1), None)
        if found is not None:
            left.remove(found)
        elif not (word.country and not long.chapters):
            return False
    used = {word.spelt for word in long.words if word not in left}
    told = tuple(word for word in long.typed if word not in used)
    turned = (initials, initials[::-1]) if len(initials) == len("TU") else (initials,)
    return bool(rest) and any(
        stands_for(one, words, LITTLE, shortest=2) for one in turned for words in {told, long.typed}
    )


def says_less(short: Reading, long: Reading) -> bool:
    """Return whether a name is the other with words omitted, which may or may not matter."""
    if _names_its_country(short, long) or _is_brand_of(short, long) or _share_names(short, long):
        return True
    if len(short.words) >= len(long.words) or not short.meant.keys() <= long.meant.keys():
        return False
    rest = long.meant - short.meant
    if short.meant - long.meant or not rest:
        return False
    if short.chapters:
        return rest.keys() <= TRUSTS | {"international"}
    if rest.total() >= _MORE and long.typed[: len(short.typed)] == short.typed:
        if (short.own or len(short.typed) == 1) and len(short.flat) > HEAD_SHORTEST:
            return True
    elif len(short.own) > 1 and rest.total() >= _MORE:
        return False
    if len(short.words) > 1 and all(
        one in _SAID_BESIDES
        or one == f"={short.country}"
        or (one.startswith("=") and short.is_unlike(long) and one in short.plausible)
        for one in rest
    ):
        return True
    return (
        len(short.flat) >= HEAD_SHORTEST
        and rest.keys().isdisjoint(_REGIONS)
        and all(one.startswith("=") for one in short.concepts)
        and all(one in long.concepts for one in rest)
        and all(one == long.words[-1].meaning for one in rest if one.startswith("="))
    )


def _is_brand_of(short: Reading, long: Reading) -> bool:
    """Return whether the other name has all words of this one, and others that explain them."""
    count = len(short.words)
    if (
        count >= len(long.words)
        or _is_house(short)
        or (short.chapters and not may_have_chapters(short.bare))
    ):
        return False
    for start in range(len(long.words) - count + 1):
        if all(map(_is_same, short.words, long.words[start : start + count])):
            return _tells_enough(short, (*long.words[:start], *long.words[start + count :]))
    names = short.names
    more = [word for word in long.words if word.spelt not in short.spelt]
    return (
        len("".join(word.spelt for word in names)) >= HEAD_SHORTEST
        and short.spelt <= long.spelt
        and all(word.meaning and not word.meaning.startswith("@") for word in more)
    )


def _is_house(read: Reading) -> bool:
    """Return whether a name is that of a university or school, of which each word tells."""
    return not HOUSES.isdisjoint(read.concepts)


def _tells_enough(short: Reading, besides: Sequence[Word]) -> bool:
    """Return whether a name is specific enough to mean the same without some words.

    It is if it has a proper name or two subjects, or if only the kind of body is missing. It is not
    if only the place is missing.
    """
    rest = [word.meaning for word in besides if not (word.place or word.meaning in _REGIONS)]
    if short.names:
        long_enough = len("".join(word.spelt for word in short.names)) >= HEAD_SHORTEST
        return bool(rest) and (long_enough or LITTLE_BODIES.issuperset(rest))
    meant = {word.meaning for word in short.words if not word.place}
    if not HOUSES.isdisjoint(rest):
        return len(short.words) > 1 and not meant <= _OF_EVERY_HOUSE
    if rest and BODIES_BESIDES.issuperset(rest):
        return len(short.typed) > 1 and len(short.flat) > HEAD_SHORTEST
    ideas = {"human" if one == "right" else one for one in meant - LITTLE_BODIES}
    compound = len(short.typed) == 1 < len(short.words) and len(short.flat) >= _COMPOUND_SHORTEST
    return len(rest) >= _REST and (len(ideas) >= _IDEAS or compound)


def _share_names(one: Reading, other: Reading) -> bool:
    """Return whether two names have several proper names in common, and only one has more."""
    names = {word.spelt for word in one.names}
    both = names & {word.spelt for word in other.names}
    if len(both) < _NAMES or len("".join(both)) < _NAMES_SHORTEST or one.chapters:
        return False
    rest = [word for word in one.words if word.meaning not in other.concepts | {""}]
    left = [word for word in other.words if word.meaning not in one.concepts | {""}]
    more = [word for read in (one, other) for word in read.own if word.spelt not in both]
    kinds = [any(word.meaning in LITTLE_BODIES for word in some) for some in (rest, left)]
    told = [any(word.meaning not in LITTLE_BODIES for word in some) for some in (rest, left)]
    return not all(kinds) and not all(told) and len(more) < len(both)


def _is_same(one: Word, other: Word) -> bool:
    begin = one.spelt[:_BEGIN] == other.spelt[:_BEGIN]
    return one.spelt == other.spelt or (begin and closeness(one, other) == 1)


def _names_its_country(short: Reading, long: Reading) -> bool:
    behind = bool(long.words) and long.words[-1].country and long.words[:-1] == short.words
    if behind and may_have_chapters(short.bare):
        return True
    before = bool(long.words) and long.words[0].country and long.words[1:] == short.words
    telling = bool(short.own) or len(short.words) > _GENERIC
    long_enough = len(short.flat) >= HEAD_SHORTEST
    return (behind or before) and telling and long_enough and not short.chapters
