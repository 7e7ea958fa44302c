"""Sort names of people: a suggestion, for the person to change.

It follows library catalogues where the written name, and the locale of the person who bears it,
are enough to tell. It cannot tell names that start with the family (Hungarian, romanised Chinese
or Vietnamese) or Burmese ones: there the last word is taken.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from bot.names.cleaning import LONGEST, has_letters
from bot.names.folding import fold


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _word_set(
    "dr prof professor mr mrs ms mx sir dame lord lady mme mlle herr frau dra engr "
    "barrister rev reverend senator ambassador amb dipl-ing univ-prof"
)
# Without the dot each of these is somebody's name.
_TITLES_WITH_DOT = frozenset(
    {"m.", "fr.", "pr.", "ing.", "mag.", "lic.", "ir.", "h.e.", "hon.", "sen."}
)
_SUFFIXES = frozenset({"Jr", "Sr", "Junior", "Senior", "Esq", "PhD", "DPhil", "MSc", "BSc", "EdD"})
_SUFFIXES_IN_CAPITALS = _word_set(
    "JR SR ESQ PHD II III IV MD MP MEP OBE CBE MBE KBE KC QC SJ LLM LLB LLD MBA MA BA JD RN CPA "
    "FRS OP OFM OSB MPA MPH MPHIL DBE GBE KCB DCB GCB KCMG DCMG GCMG CMG KCVO DCVO CVO LVO MVO BEM "
    "OAM DSO FRSA FRSE FRSC FRSL FBA FRCP FRCS JP MSP MLA MSC BSC DSC DDS MDIV PSYD PHARMD"
)
# A lower-case one stays with the given name ("Gogh, Vincent van"); a capital one is part of the
# family's ("Van Buren, Martin").
_PARTICLES = _word_set(
    "van von der den de het da das do dos di del af av zu la las los le les ter ten te op 't ’t"
)
# The family's name however they are written.
_PART_OF_NAME = _word_set(
    "du des della dello degli dei delle dal dalla san santa saint sainte st mac ibn bin ben bint "
    "abu abou abd abdel abdul al el zum zur vom am im"
)
_LINKS = frozenset({"y", "e", "und"})
_ARTICLE_PREFIX = re.compile(r"^((?:al|el|ad|an|ar|as|ash|at|az)[-\u2010\u2011])(\w.*)$")
_FAMILY_FIRST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_BRACKET = re.compile(r"(?<=\S)\s([(\[][^()\[\]]*[)\]])$")
_BELONGING = re.compile(
    r"(?<=\S)\s(?=[|/@·•]\s?[^\s|/@·•]|[\u2010-\u2015-] \S)|(?<=[^\s|])(?=\|[^\s|])"
)
"""The place before what somebody belongs to: "Maria Silva | APC", "Maria Silva |APC"."""
_GIVEN_FIRST = frozenset({"is"})
"""Languages that file by the given name: what follows it is no family's."""
_TWO_FAMILY_NAMES = frozenset({"es"})
FILING_LOCALES = tuple(sorted(_GIVEN_FIRST | _TWO_FAMILY_NAMES))
"""Languages that file some names otherwise than the rest."""
# Behind another given name these are one too: "Juan Carlos Ruiz" has one family name.
_SECOND_GIVEN = _word_set(
    "alberto alejandra alejandro alfonso andres angel antonio beatriz carlos carmen cristina david "
    "dolores eduardo elena enrique ernesto eugenia fernanda fernando francisco gabriel guadalupe "
    "ignacio ines isabel javier jesus jorge jose juan laura luis luisa manuel maria mercedes miguel "
    "pablo paola patricia pedro pilar rafael ramon ricardo roberto rosa sofia teresa victoria"
)
_LEAST_IN_CAPITALS = 4
"""Shorter first words in capitals are initials ("JD", "MK")."""


@lru_cache(maxsize=4096)
def person_sort_name(name: str, locale: str = "") -> str:
    """Return the name with the family's part first: "Vint Cerf" → "Cerf, Vint".

    Nothing is left out: titles and suffixes go to the end ("King, Martin Luther, Jr."), emoji and
    what somebody belongs to behind the name ("Silva, Maria | APC"). Stays as it is: a single word,
    a name that has its comma already, and Chinese, Japanese and Korean names in their own script.

    Args:
        name: As it is written.
        locale: The bearer's ("is-IS", "es_419"); empty where it is unknown. Icelandic names stay
            in their order, and Spanish ones file by the first of two family names.
    """
    spaced = " ".join(name[:LONGEST].split())
    if _FAMILY_FIRST.search(spaced):
        return spaced
    spaced, *belonging = _BELONGING.split(spaced, maxsplit=1)
    before, comma, after = spaced.partition(",")
    behind = after.replace(",", " ").split()
    suffixed = " " in before and behind and all(_is_suffix(word) for word in behind)
    if comma and not suffixed:
        return " ".join([spaced, *belonging])
    bracketed = _BRACKET.search(before)
    core, bracket = (before[: bracketed.start()], bracketed[1]) if bracketed else (before, "")
    words = core.split()
    signs = _take_signs(words)
    titles = _take_titles(words)
    suffixes = [*_take_suffixes(words), *behind]
    turned = _turned(words, locale.replace("_", "-").partition("-")[0].lower())
    named = " ".join(filter(None, (turned, *signs, bracket, *belonging)))
    return ", ".join([named, *titles, *suffixes])


def _take_signs(words: list[str]) -> list[str]:
    """Take the words without a letter, such as emoji, from both ends of a name that has others."""
    spoken = [has_letters(word) for word in words]
    if not any(spoken):
        return []
    start, end = spoken.index(True), len(words) - spoken[::-1].index(True)
    signs = words[:start] + words[end:]
    words[:] = words[start:end]
    return signs


def _take_titles(words: list[str]) -> list[str]:
    count = 0
    while count < len(words) - 1 and _is_title(words[count]):
        count += 1
    titles = words[:count]
    del words[:count]
    return titles


def _take_suffixes(words: list[str]) -> list[str]:
    count = len(words)
    while count > 2 and _is_suffix(words[count - 1]):
        count -= 1
    suffixes = words[count:]
    del words[count:]
    return suffixes


def _is_title(word: str) -> bool:
    lower = word.lower()
    return lower in _TITLES_WITH_DOT or lower.rstrip(".").replace(".-", "-") in _TITLES


def _is_suffix(word: str) -> bool:
    bare = word.replace(".", "")
    return bare in _SUFFIXES or bare in _SUFFIXES_IN_CAPITALS


def _turned(words: list[str], language: str) -> str:
    if language in _GIVEN_FIRST:
        return " ".join(words)
    capitals = [_in_capitals(word) for word in words]
    if any(capitals) and not all(capitals):
        if capitals[-1]:
            start = len(words) - _run(capitals[::-1])
            return _family_first(words[start:], words[:start])
        if capitals[0] and len(words[0]) >= _LEAST_IN_CAPITALS:
            end = _run(capitals)
            return _family_first(words[:end], words[end:])
    start = _family_start(words)
    if language in _TWO_FAMILY_NAMES:
        start = _start_of_two(words, start)
    return _family_first(words[start:], words[:start])


def _in_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "." not in word


def _run(flags: Collection[bool]) -> int:
    """Count the flags that are set before the first that isn't."""
    count = 0
    for flag in flags:
        if not flag:
            break
        count += 1
    return count


def _family_start(words: list[str]) -> int:
    """Return where the family name starts; 0 where the whole is one."""
    start = len(words) - 1
    while start > 2 and words[start - 1] in _LINKS:
        start -= 2
    while start > 1 and _belongs_to_family(words[start - 1]):
        start -= 1
    first = start
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    # "Van den Broeck": what follows a capital particle is the family's with it.
    start = next((at for at in range(first, start) if words[at][:1].isupper()), start)
    if start == 1 and words[0] in _PARTICLES | _PART_OF_NAME:
        return 0
    if start > 1 and all(word.lower() in _PARTICLES for word in words[:start]):
        return 0
    return start


def _start_of_two(words: list[str], start: int) -> int:
    """Return where the first of two family names starts; `start` where there is only one."""
    if any(word in _LINKS for word in words[start:]):
        return start
    before = start - 1
    while before > 0 and words[before].lower() in _PARTICLES | _PART_OF_NAME:
        before -= 1
    alone = before == 1 and fold(words[1]) in _SECOND_GIVEN
    if before < 1 or alone:
        return start
    first = before
    while first > 1 and _belongs_to_family(words[first - 1]):
        first -= 1
    return first


def _belongs_to_family(word: str) -> bool:
    lower = word.lower().rstrip(".")
    return lower in _PART_OF_NAME or (lower in _PARTICLES and word != lower)


def _family_first(family: list[str], given: list[str]) -> str:
    prefixed = _ARTICLE_PREFIX.match(family[0]) if family else None
    if prefixed and given:
        article, rest = prefixed.groups()
        family, given = [rest, *family[1:]], [*given, article]
    return ", ".join(" ".join(part) for part in (family, given) if part)
