"""Weighted evidence for whether a name is a person's or an organisation's."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bot.documents.pasted.words import (
    BODY,
    CACHED,
    COMMON,
    FAINT,
    GROUP,
    han_body,
    han_title,
    is_arabic,
    is_credential,
    is_given,
    is_han,
    is_han_person,
    is_honorific,
    is_title_noun,
    spelt,
    tables,
    tokens,
    without_han_title,
    worth,
)

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
    "one kind": 3.0,
}
"""The weight of each kind of evidence; a positive sum means a person."""
SURE = 1.0
"""An absolute score of at least this needs no check by a person."""
CERTAIN = 2.4
"""The absolute score from which a name's own words settle its kind."""

_BETWEEN_NAMES = re.compile(r"[,;/&|]|\band\b")
_UNSOUND = re.compile("[0-9@#&+!?=%/]")
_NAMES_MOST, _FULL_MOST = 8, 6
_CLIPPED, _MANY = 3.0, 20
_WORDS = {BODY: "body", GROUP: "group", COMMON: "common word", FAINT: "faint word"}
_TITLE_MOST, _HAN_TITLE_MOST = 4, 9
_FEW_SIGNS, _SIGNS = 2, 4


def weigh(signs: Counter[str]) -> float:
    """Return the weighted sum of evidence: positive for a person, negative for an organisation."""
    return sum(WEIGHTS[sign] * count for sign, count in signs.items())


def near(scores: Sequence[float]) -> float:
    """Score an entry by those around it, from their own scores."""
    mean = sum(max(-_CLIPPED, min(_CLIPPED, score)) for score in scores) / (len(scores) + 1)
    return max(-1.0, min(1.0, mean * 1.5 / _CLIPPED)) * WEIGHTS["neighbours"]


def of_one_kind(scores: Sequence[float]) -> float:
    """Score the entries of a long list that are nearly all of one kind."""
    told = [score > 0 for score in scores if abs(score) >= SURE]
    if len(told) < _MANY or len(told) < 20 * sum(told) < 19 * len(told):
        return 0.0
    return WEIGHTS["one kind"] * (1.0 if sum(told) * 2 > len(told) else -1.0)


@lru_cache(maxsize=CACHED)
def lean(name: str) -> float:
    """Score the words of a name: positive for a person, negative for an organisation."""
    return weigh(signs_of(name))


def is_person(name: str) -> bool:
    """Return whether a text is surely a person's name and nothing else."""
    return lean(name) >= CERTAIN and not is_title(name)


def is_body(name: str) -> bool:
    """Return whether a text is surely an organisation's name."""
    return lean(name) <= -CERTAIN


def is_no_person(name: str) -> bool:
    """Return whether a text is surely not one person's name: an organisation's, or several names."""
    names = [part for part in _BETWEEN_NAMES.split(name) if len(tokens(part)) > 1]
    return is_body(name) or len(names) > 1


def signs_of(name: str) -> Counter[str]:
    """Count the evidence in a name's words for a person and for an organisation, by `WEIGHTS`."""
    words = tokens(name)
    if not words:
        return Counter()
    if is_han(name) or is_han_person(name.replace(" ", "")):
        return _signs_of_han(name)
    found = _signs_of_person(name, words)
    first, most = words[0], max(map(worth, words))
    if most:
        found[_WORDS[most]] = 1
    acronym = first.isupper() and len(first) > (1 if len(words) == 1 else 2) and "." not in first
    if acronym and (len(words) == 1 or not (name.isupper() or any(map(is_given, words)))):
        found["capitals alone"] = 1
    return found


def _signs_of_han(name: str) -> Counter[str]:
    bare = name.replace(" ", "").strip('《》「」"“”')
    person = is_han_person(without_han_title(bare)) or "·" in bare
    if person and not (len(bare) > _SIGNS and han_body(bare)):
        return Counter({"name in signs": 1})
    if han_body(bare) and len(bare) > _FEW_SIGNS:
        return Counter({"body": 1})
    return Counter({"common word": 1})


def _signs_of_person(name: str, words: tuple[str, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    raw = [word for word in (word.strip("(,;") for word in name.split()) if tokens(word)]
    titled = 0
    while titled < len(words) - 1 and _is_before_name(raw[titled : titled + 2]):
        titled += 1
    core = list(words[titled:])
    while len(core) > 1 and (is_credential(core[-1]) or core[-1].isdigit()):
        core.pop()
    if any(_UNSOUND.search(word) for word in core) or len(core) > _NAMES_MOST:
        return found
    found["honorific"] = int(titled > 0)
    if is_arabic(core[0]):
        known = any(map(is_given, core[:3]))
        found["given name first"] = int(known)
        found["full name"] = int(known and len(core) > 1)
        return found
    particles = tables()["titles: particles"]
    full = [
        word
        for place, word in enumerate(core)
        if not 0 < place < len(core) - 1 or word.casefold() not in particles
    ]
    if not 1 < len(full) <= _FULL_MOST or not all(map(_is_capital, full)):
        return found
    body = worth(full[0]) >= COMMON or max(map(worth, full)) == BODY
    found["full name"] = int(is_given(full[0]) or not body)
    found["given name first"] = int(is_given(full[0]))
    return found


def _is_before_name(words: list[str]) -> bool:
    """Return whether the first word begins a form of address: "Dr.", "Associate Professor"."""
    first, *behind = words
    if is_title_noun(first) and behind and behind[0].islower():
        # "président de Rivage"
        return False
    if is_honorific(first) or (is_credential(first) and "." in first):
        return True
    return spelt(first) in tables()["titles: qualifiers"] and any(map(is_honorific, behind))


def _is_capital(word: str) -> bool:
    letter = next((sign for sign in word if sign.isalpha()), "")
    # Georgian letters have capitals that nobody writes.
    return bool(letter) and (not letter.islower() or "\u10d0" <= letter <= "\u10ff")


def head_length(words: tuple[str, ...]) -> int:
    """Count the words before the first preposition or particle; all words if there is none."""
    ends = tables()["bodies: small words"] | tables()["titles: particles"]
    return next(
        (place for place, word in enumerate(words) if place and word.casefold() in ends), len(words)
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
    if is_title_noun(head[-1]) and worth(head[-1]) < BODY:
        # "Programme Manager"
        return False
    return worth(head[0]) == BODY or worth(head[-1]) == BODY


@lru_cache(maxsize=CACHED)
def is_title(text: str) -> bool:
    """Return whether a text is a title, a position or an occupation rather than a name."""
    words = tokens(text)
    if not words:
        return False
    if is_han(text):
        bare = text.strip()
        ends = tuple(tables()["titles: chinese ends"])
        titled = han_title(bare) or (bare.endswith(ends) and len(bare) < _HAN_TITLE_MOST)
        return bool(titled) and not is_han_person(without_han_title(bare.split()[0]))
    if _is_addressed(text, words) or (is_arabic(text) and worth(words[0]) == BODY and words[1:]):
        return False
    nouns = [place for place, word in enumerate(words[:10]) if is_title_noun(word)]
    qualifiers = tables()["titles: qualifiers"]
    if not nouns:
        return len(words) > 1 and words[0].casefold() in {"former", "ex", "ancien", "ehemaliger"}
    head, first = head_length(words), nouns[0]
    before = words[:first]
    if all(spelt(word) in qualifiers or word.islower() for word in before):
        # "Director of …", "former Minister", "maître de conférences"; not "Chair Association".
        a_body = first < head - 1 and worth(words[head - 1]) == BODY and not words[0].islower()
        return not a_body or head - 1 in nouns
    if is_given(words[0]) and words[0][0].isupper() and len(words) < _TITLE_MOST:
        # "Mitchell Baker" is a name.
        return False
    return head - 1 in nouns


def _is_addressed(text: str, words: tuple[str, ...]) -> bool:
    """Return whether a text is a form of address and a name: "Senator Ada Quill"."""
    said = text.split()
    if len(said) < 2 or not _is_before_name(said[:2]):
        return False
    behind = [word for word in words[1:] if not is_honorific(word)]
    return bool(behind) and not any(
        is_title_noun(word)
        or spelt(word) in tables()["titles: qualifiers"]
        or worth(word) >= COMMON
        or (word.islower() and word not in tables()["titles: particles"])
        or word.casefold() in tables()["bodies: small words"]
        for word in behind
    )


@lru_cache(maxsize=CACHED)
def titled_name(text: str) -> tuple[str, str]:
    """Split a title from the person's name after it; return "" and the text if there is none.

    "Lawyer Ada Quill" is split. A form of address stays in the name: "Dr Ada Quill".
    """
    said = text.split()
    first = said[:1]
    if len(said) < 3 or _is_before_name(said[:2]) or is_given(first[0]) or worth(first[0]) == BODY:
        return "", text
    qualifiers = tables()["titles: qualifiers"]
    for count in range(1, min(_TITLE_MOST, len(said) - 1)):
        title, name = " ".join(said[:count]), " ".join(said[count:])
        if spelt(said[count]) in qualifiers or not is_title(title):
            # "Federal Deputy", "Deputado Federal"
            continue
        if lean(name) >= SURE and not is_title(name):
            return title, name
    return "", text


@lru_cache(maxsize=CACHED)
def name_and_title(text: str, usual: int = 0) -> tuple[str, str]:
    """Split a person's name from a title that follows without a separator; else the text and "".

    An unknown title is split off after the usual number of a name's words in the list.
    """
    said = text.split()
    for count in range(2, min(_NAMES_MOST, len(said))):
        name, title = " ".join(said[:count]), " ".join(said[count:])
        if is_title_noun(said[count]) and lean(name) >= SURE and is_title(title):
            return name, title
    name, title = " ".join(said[:usual]), " ".join(said[usual:])
    return (name, title) if usual and title and lean(name) >= SURE else (text, "")
