"""Is it a person's name, an organisation's, or a title? Guessed from the words alone."""

import re
from functools import lru_cache
from zoneinfo import available_timezones

from bot.documents.pasted.given_names import (
    is_arabic_given_name,
    is_chinese_person,
    is_given_name,
    is_korean_person,
)
from bot.documents.pasted.organisation_words import (
    HINT,
    STRONG,
    chinese_body,
    is_arabic_body,
    weight,
)
from bot.documents.pasted.spelling import spelt, word_set
from bot.documents.pasted.title_words import (
    chinese_title,
    ends_as_chinese_title,
    ends_title,
    is_credential,
    is_honorific,
    is_qualifier,
    title_nouns,
)
from bot.names.countries import country_code
from bot.names.folding import unaccented
from bot.names.legal_forms import without_form
from bot.names.organisation_keys import plain_name

SURE = 1.0
"""From this margin on a guess of the kind needs no look."""
NAMELIKE = 1.5
"""A text that scores this much can stand alone as an organisation's name."""
NAME_LONGEST = 300
"""Longer texts are judged by their beginning."""

_TITLE_MOST, _NAMED = 4, 2.6
_EDGES = " \t.,;:!?\"'“”«»„‘’()[]{}<>*_`–—-·|/\\"
_PREPOSITIONS = word_set(
    "of for in on at to with from by against without beyond para por pour contre sans en sur por contra sem "
    "sobre fur für gegen ohne za dlya protiv bez на за для против без по"
)
_FUNCTION_WORDS = _PREPOSITIONS | word_set("the our your my we and &")
_PARTICLES = word_set(
    "de da do dos das du del della des di d' la le el al van von der den dem ten ter te af av zu zur y e i und "
    "bin ibn ben bint abu abou abd st st. san santa mac o' dit dite"
)
_ARTICLES = {
    "the": 2.5,
    "les": 1.5,
    "los": 1.5,
    "las": 1.5,
    "os": 1.5,
    "as": 1.0,
    "la": 0.5,
    "el": 0.5,
    "le": 0.5,
}
_CAMEL = re.compile("[a-z\u00e0-\u00ff0-9][A-Z\u00c0-\u00de]|[A-Z]{2}[a-z]{2}")
_NAME_CAMEL = re.compile("^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|O['’]|D['’]|L['’]|St|Fitz|Al)[A-Z]")
_ACRONYM = re.compile(r"\([A-Z]{2,12}[a-z]?[A-Z]{0,12}\)")
_DOMAIN = re.compile(
    r"\w\.(?:org|net|com|io|info|eu|works|co|int|ngo|dev|[a-z]{2})$", re.IGNORECASE
)
_INITIAL = re.compile(r"^(?:[^\W\d_]\.-?){0,3}[^\W\d_]\.?$")
ARABIC_LITTLE = word_set("في من على إلى عن مع إلينا لنا هنا هذا هذه")
"""Words that are in no name; with its points "على" is no "علي"."""
_GLUED_INITIALS = re.compile(r"(?<![^\s(])((?:[^\W\d_]\.){1,3})(?=[^\W\d_]{2})")
_SPACED = re.compile(r"(?<![^\W_])([^\W\d_]\.) (?=[^\W\d_]\.)")
_NICKNAME = re.compile(r"(?<=\w )[\"“«„(]([^\W\d_]{2,20})[\"”»“)](?= \w)")
_CONTINENTS = word_set(
    "africa african europe european asia asian america americas american latin latina latinoamerica latinoamericana "
    "caribbean caribe oceania pacific mena arab afrique africana africaine europa europeenne asie"
)  # fmt: skip
_PATRONYMIC = re.compile("(?:ович|евич|ич|овна|евна|ична|инична|улы|кызы|оглы)$")
_SLAVIC = re.compile(
    "(?:ов|ова|ев|ева|ёв|ёва|ин|ина|ын|ына|ский|ская|цкий|цкая|енко|ук|юк|ян|швили|дзе)$"
)
_UNSOUND = re.compile("[0-9@#&+!?=%]")
_HEAD_ENDS = _PREPOSITIONS | word_set("de da do dos das du des del")


def tokens(text: str) -> list[str]:
    """Return the words of a text without the marks around them."""
    found = (word.strip(_EDGES) for word in text[:NAME_LONGEST].split())
    return [word for word in found if word]


def is_han(text: str) -> bool:
    """Return whether a text is written in Chinese signs, for the most part."""
    han = sum("\u3400" <= sign <= "\u9fff" or "\u3040" <= sign <= "\u30ff" for sign in text)
    return han * 2 > sum(sign.isalnum() for sign in text)


@lru_cache(maxsize=8192)
def personality(text: str) -> float:
    """Return how much a text looks like a person's name; 0 for nothing."""
    text = _without_nickname(text)
    words = tokens(text)
    if not words:
        return 0.0
    if is_han(text):
        if is_chinese_person(without_han_title(text)) or "·" in text:
            return 3.5
        pieces = text.split()
        short = len(pieces) == 2 and all(len(piece) < 5 for piece in pieces)
        return 2.7 if short and not chinese_body(pieces[-1]) else 0.0
    if is_korean_person(text.replace(" ", "")):
        return 3.0
    raw = [word.strip("(,;") for word in text.split() if word.strip(_EDGES)]
    titled = 1 if raw[0] == "The" and len(raw) > 2 and is_honorific(raw[1]) else 0
    while titled < len(words) - 1 and (
        is_honorific(raw[titled]) or (is_credential(raw[titled]) and "." in raw[titled])
    ):
        titled += 1
    core = words[titled:]
    while len(core) > 1 and is_credential(core[-1]):
        core.pop()
    score = 4.0 if titled else 0.0
    if len(core) < len(words) - titled and len(core) > 1:
        score += 1.5
    return score + _name_shape(core)


def _spaceless(text: str) -> str:
    """Return a text with the letters of an abbreviation together: "к. ю. н." becomes "к.ю.н."."""
    return _SPACED.sub(r"\1", text) if ". " in text else text


def _without_nickname(text: str) -> str:
    """Return a name without the marks around a nickname, and with a space behind its initials."""
    return _NICKNAME.sub(r"\1", _GLUED_INITIALS.sub(r"\1 ", _spaceless(text[:NAME_LONGEST])))


def without_han_title(text: str) -> str:
    """Return a Chinese name without the title behind it ("陈思远教授")."""
    bare = text.strip(_EDGES).replace(" ", "")
    title = chinese_title(bare)
    return bare[: -len(title)] if title and len(title) < len(bare) else bare


def _name_shape(core: list[str]) -> float:
    if any(_UNSOUND.search(word) for word in core) or len(core) > 7:
        return -1.0
    if _is_arabic(core[0]):
        return _arabic_person(core)
    last = len(core) - 1
    full = [
        word
        for place, word in enumerate(core)
        if not 0 < place < last or word.casefold() not in _PARTICLES
    ]
    if len(full) == 1:
        return 0.5 if is_given_name(full[0]) else 0.0
    if len(full) > 5 or not all(_capitalised(word) for word in full):
        return 0.0
    # "Internet Matters": a word of everyday use is nobody's first name.
    shape = 0.4 if weight(full[0]) >= HINT and not is_given_name(full[0]) else 1.2
    return shape + _given(full) + _family(full) - (0.6 if len(full) > 3 else 0.0)


def _given(full: list[str]) -> float:
    """Return what the given names of a person's name are worth."""
    score = 1.5 if any(_INITIAL.match(word) for word in full) else 0.0
    if is_given_name(full[0]):
        return score + 2.0
    return score + (1.0 if is_given_name(full[1]) or is_given_name(full[-1]) else 0.0)


def _family(full: list[str]) -> float:
    """Return what patronymics, endings of family names, and their capitals are worth."""
    score = 0.8 if full[-1].isupper() and len(full[-1]) > 3 and not full[0].isupper() else 0.0
    if any(_PATRONYMIC.search(word.casefold()) for word in full[1:]):
        return score + 3.0
    return score + (1.0 if any(_SLAVIC.search(word.casefold()) for word in full) else 0.0)


def _capitalised(word: str) -> bool:
    letter = next((sign for sign in word if sign.isalpha()), "")
    # Georgian letters have capitals that nobody writes.
    return bool(letter) and (not letter.islower() or "\u10d0" <= letter <= "\u10ff")


def _is_arabic(word: str) -> bool:
    return "\u0621" <= word[0] <= "\u064a"


def _arabic_person(core: list[str]) -> float:
    if len(core) > 6 or any(is_arabic_body(word) or word in ARABIC_LITTLE for word in core):
        return 0.0
    if len(core) == 1:
        return 0.5
    known = sum(is_arabic_given_name(unaccented(word)) for word in core[:3])
    return 1.2 + min(3.0, 2.0 * known)


@lru_cache(maxsize=8192)
def organisedness(text: str) -> float:
    """Return how much a text looks like an organisation's name; 0 for nothing."""
    text = _without_nickname(text)
    words = tokens(text)
    if not words:
        return 0.0
    if is_han(text):
        bare = text.strip(_EDGES)
        return STRONG if len(bare) > 2 and chinese_body(bare) else (1.5 if len(bare) > 4 else 0.5)
    score = _marks(text) + _wording(words)
    if len(words) == 1:
        score += _single(words[0])
    if len(words) > 1 and _has_legal_form(text):
        score += STRONG
    return score


def _has_legal_form(text: str) -> bool:
    plain = plain_name(text[:NAME_LONGEST].replace("/", ".")).replace("'", "").rstrip(" .,")
    rest = without_form(plain).rstrip(" .,")
    last = text.rsplit(maxsplit=1)[-1].rstrip(".,")
    # "Sá" and "As" are names; "SA" and "S.A." are forms.
    name = (
        len(last) < 3
        and last[:1].isupper()
        and not last.isupper()
        and last not in {"Oy", "Ab", "Kg"}
    )
    return len(rest) < len(plain) and not name


def _marks(text: str) -> float:
    score = 2.0 if any(mark in text for mark in '«»“”„"') else 0.0
    if any(mark in text for mark in "&+!?") or "’s " in text or "'s " in text or "s’ " in text:
        score += 2.0
    if _ACRONYM.search(text[:NAME_LONGEST]):
        score += 2.0
    return score


def _wording(words: list[str]) -> float:
    weights = sorted((weight(word) for word in words), reverse=True)
    score = weights[0] + min(2.0, 0.7 * sum(weights[1:]))
    lower = [word.casefold() for word in words]
    score += _ARTICLES.get(lower[0], 0.0) if len(words) > 1 else 0.0
    inside = set(lower[1:-1]) | (set(lower[:1]) - {"in", "on", "en"})
    if not inside.isdisjoint(_FUNCTION_WORDS) and len(words) > 2:
        score += 1.5
    if any(sign.isdigit() for sign in "".join(words)):
        score += 2.0
    if any(_CAMEL.search(word) and not _NAME_CAMEL.search(word) for word in words):
        score += 2.0
    if any(_DOMAIN.search(word) for word in words):
        score += 2.0
    if len(words) > 1:
        score += 1.5 * any(_is_place(word) for word in lower[1:])
        score += 1.5 * (lower[0] in _CONTINENTS)
        capitals = [word.isupper() and len(word) > 2 and "." not in word for word in words]
        if not all(capitals) and any(capitals[:-1]):
            score += 1.2
    return score + (1.0 if len(words) > 5 else 0.0)


def _is_place(lower: str) -> bool:
    return spelt(lower) in _CONTINENTS or country_code(lower) is not None


def _single(word: str) -> float:
    if word.isupper() and len(word) > 1:
        return 3.0
    return 0.7 if is_given_name(word) else 1.5


def is_title(text: str) -> bool:
    """Return whether a text is a title, a position or an occupation, and no name of a body."""
    words = tokens(text)
    if not words:
        return False
    if is_han(text):
        bare = text.strip(_EDGES)
        if is_chinese_person(without_han_title(bare.split()[0])):
            return False
        return bool(chinese_title(bare)) or (ends_as_chinese_title(bare) and not chinese_body(bare))
    nouns = title_nouns(words)
    if not nouns:
        return is_qualifier(words[0]) and len(words) > 1 and words[0].casefold() in {"former", "ex"}
    head = head_length(words)
    first = nouns[0]
    if first == 0 or all(is_qualifier(word) or word.islower() for word in words[:first]):
        # "Director of …", "former Minister", "maître de conférences"; not "Chair Association".
        last = words[head - 1]
        a_body = first < head - 1 and weight(last) >= STRONG
        return not a_body or (head - 1 in nouns and ends_title(last))
    last = head - 1 in nouns and ends_title(words[head - 1])
    return (first < head and nouns[-1] >= head and ends_title(words[first])) or last


def _follows_title(said: list[str]) -> bool:
    """Return whether a person's name stands behind a title: a known one, or words that are nothing else."""
    name = " ".join(said)
    if organisedness(name) >= 1:
        return False
    own = 1 < len(said) < _TITLE_MOST and not title_nouns(said) and not any(map(weight, said))
    return personality(name) >= (1.0 if own else _NAMED)


@lru_cache(maxsize=8192)
def titled_name(text: str) -> tuple[str, str]:
    """Return the title that stands before a person's name, and the name; "" and the text without one.

    A form of address stays in the name: "Dr Ada Quill"; "Lawyer Ada Quill" is parted.
    """
    said = text.split()
    if (
        len(said) < 3
        or is_honorific(said[0])
        or is_given_name(said[0])
        or (_is_arabic(said[0]) and weight(said[0]) >= STRONG)
    ):
        return "", text
    for count in range(1, min(_TITLE_MOST, len(said) - 1) + 1):
        title, name = " ".join(said[:count]), " ".join(said[count:])
        if is_title(title) and _follows_title(said[count:]):
            return title, name
    return "", text


def head_length(words: list[str]) -> int:
    """Return how many words stand before the first preposition, all of them where none does."""
    return next(
        (place for place, word in enumerate(words) if place and word.casefold() in _HEAD_ENDS),
        len(words),
    )


def names_body(text: str) -> bool:
    """Return whether the head of a text is a word for a kind of body: its first or its last one."""
    words = tokens(text)
    if not words:
        return False
    if is_han(text):
        return bool(chinese_body(text.strip(_EDGES)))
    if words[0].casefold() in {"the", "la", "le", "el", "l'", "os", "a", "o"} and len(words) > 1:
        words = words[1:]
    head = words[: head_length(words)]
    if title_nouns(head[-1:]) and ends_title(head[-1]):
        # "Programme Manager"
        return False
    return any(weight(word) >= STRONG or is_arabic_body(word) for word in (head[0], head[-1]))


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    zones = (zone.rpartition("/") for zone in available_timezones())
    return frozenset(spelt(city.replace("_", " ")) for region, _, city in zones if region) | {
        "capetown", "geneva", "newyorkcity", "washington", "washingtondc", "sanfrancisco", "boston", "barcelona",
        "milan", "munich", "munchen", "mumbai", "newdelhi", "delhi", "bangalore", "bengaluru", "abuja", "accra", "ottawa",
        "montreal", "cambridge", "oxford", "edinburgh", "glasgow", "manchester", "thehague", "denhaag", "cologne",
        "hamburg", "frankfurt", "lyon", "marseille", "quito", "medellin", "cali", "valparaiso", "riodejaneiro",
        "brasilia", "rabat", "casablanca", "ramallah", "gaza", "yerevan", "tbilisi", "mexicocity", "ciudaddemexico",
        "lisboa", "roma", "milano", "torino", "napoli", "wien", "praha", "warszawa", "bruxelles", "brussel", "geneve", "genf",
        "koln", "moskva", "athina", "kobenhavn", "helsingfors", "bucuresti", "beograd", "lahabana", "bogota", "saopaulo",
        "londres", "berlim", "parigi", "porto", "sevilla", "valencia", "lille", "toulouse", "antwerpen", "zurich", "basel",
        "beijing", "guangzhou", "shenzhen", "kyoto", "osaka", "islamabad", "lahore", "kyiv", "lviv", "sanpetersburgo",
    }  # fmt: skip


def is_city(text: str) -> bool:
    """Return whether a text names a large city."""
    return spelt(text) in _cities()
