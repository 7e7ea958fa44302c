"""The exact key by which two spellings of one organisation are recognised without a question.

A match blocks a second entry, so uncertain cases (a typing error, an acronym alone, another
language) are left to `likeness`. A country in brackets counts only after the name of a body with
national chapters; `same_organisation` compares the countries as well.
"""

import re
import string
from collections.abc import Sequence

from bot.names.cleaning import LONGEST
from bot.names.countries import country_code, country_of_field
from bot.names.folding import fold, unaccented
from bot.names.legal_forms import WORD, is_form, without_form
from bot.names.tables import WORDS, read_table
from bot.names.vocabulary import parts_of_compound

_SHORTEST, _LONGEST = 3, 10
_AMONG_MOST = 2
_WORDS_MOST = 16


def capitals(text: str) -> list[str]:
    """Return the words of a text in lower case if all may be acronyms (numbers aside), else []."""
    typed = [word for word in WORD.findall(text) if not word.isdigit()]
    return [] if any(not _in_capitals(word) for word in typed) else [word.lower() for word in typed]


def leading_acronym(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the acronym that a text starts with, or "", and the later words, in lower case."""
    first, *rest = WORD.findall(text) or [""]
    if rest and _in_capitals(first) and not all(map(_in_capitals, rest)):
        return first.lower(), tuple(word.lower() for word in rest)
    return "", ()


def capitals_among(text: str) -> list[str]:
    """Return the first words that may be acronyms, in lower case; [] if all words may be."""
    typed = WORD.findall(text)
    found = [word.lower() for word in typed if _in_capitals(word)]
    return found[:_AMONG_MOST] if len(found) < len(typed) else []


def stands_for(
    short: str,
    words: Sequence[str],
    little: frozenset[str],
    *,
    shortest: int = _SHORTEST,
    skips: int = 2,
) -> bool:
    """Return whether the letters of `short` are the initials of words, in order.

    A word may contribute up to three letters, and each part of a compound one or two. Words in
    `little` may be left out, and up to `skips` others, but not the first.
    """
    if not shortest <= len(short) <= _LONGEST or len(words) > _WORDS_MOST:
        return False
    spoken = [word for word in words if word not in little]
    if not spoken or not short.startswith(spoken[0][0]):
        return False
    most = min(skips, max(0, len(short) - 2))
    reached = {(0, 0)}
    """Pairs of how many letters have matched and how many words were skipped on the way."""
    for place, word in enumerate(words):
        first, second = parts_of_compound(word)
        starts = {word[:1], *(word[:end] for end in (2, 3) if end < len(word))}
        if second:
            starts |= {first[:one] + second[:two] for one in (1, 2) for two in (1, 2)}
        further = {
            (read + len(start), skipped)
            for read, skipped in reached
            for start in starts
            if short.startswith(start, read)
        }
        if word in little:
            further |= reached
        elif place:
            further |= {(read, skipped + 1) for read, skipped in reached if skipped < most}
        reached = further
    return any(read == len(short) for read, _ in reached)


def _in_capitals(word: str) -> bool:
    large = sum(sign.isupper() for sign in word)
    return word.isalpha() and 1 < len(word) <= _LONGEST and 2 * large > len(word)


_INITIALS = re.compile(r"(?<![A-Za-z])([A-Za-z])\.\s?(?=[A-Za-z](?![A-Za-z]))")
_ABBREVIATION = re.compile(r"(?<=[nt])'(?=[ln]\b)")
_BRACKET = re.compile(r"(?<=[^ ]) ?[(\[]([^()\[\]]+)[)\]]$")
_INSIDE = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_BRACKET_BEFORE = re.compile(r"^[(\[]([^()\[\]]+)[)\]]\s*(.+)$", re.DOTALL)
_AMPERSAND = re.compile(r"&| \+ ")
_PARTS = re.compile(r" -+ | ?[:,;|] ")
_VIA = re.compile(r" via (?:the|our|its|an?) [^ ].*$", re.IGNORECASE)
_MARKS_AROUND = " " + "".join(set(string.punctuation) - set("()[]"))

_BODIES = read_table(WORDS / "bodies.txt")
_WITH_CHAPTERS = re.compile("|".join(_BODIES["with chapters"]))
_OF_EVERY_COUNTRY = re.compile("|".join(_BODIES["of every country"]))
_SMALL_WORDS = {
    kind: frozenset(some) for kind, some in read_table(WORDS / "small_words.txt").items()
}
_SPELLINGS = {
    other: word for word, others in read_table(WORDS / "spellings.txt").items() for other in others
}
UNSPOKEN = _SMALL_WORDS["skipped"]
"""Words that an acronym may omit."""


def organisation_key(name: str) -> str:
    """Return the key of an organisation's name, which is equal only for spellings of the same name.

    Case, accents, marks, spaces, legal forms, British and American spelling, "&" and "and", a
    leading article, an acronym or country in brackets at the end, an acronym set off by a dash,
    and "via the …" do not count. Only letters and digits; not empty if the name contains any.
    """
    name = name[:LONGEST]
    plain = plain_name(name)
    return (
        "".join(_respelt(WORD.findall(bare_name(plain))))
        or "".join(WORD.findall(plain.lower()))
        or fold(name)
        or name
    )


def organisation_country(name: str, country: str) -> str:
    """Return an organisation's country as a two-letter code in lower case; "" if unknown.

    `name`: its name; a country in brackets there has priority. `country`: the text of the country
    field: a country's name, its code, or "".
    """
    in_brackets = (country_code(inside) for inside in _INSIDE.findall(unaccented(name[:LONGEST])))
    return next(filter(None, in_brackets), None) or country_of_field(country) or ""


def same_organisation(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two pairs of name and country certainly mean the same organisation.

    Their keys are equal and their countries do not differ. An unknown country matches any other, so
    the relation is not transitive.
    """
    if organisation_key(one[0]) != organisation_key(other[0]):
        return False
    return len({organisation_country(*one), organisation_country(*other)} - {""}) < 2


def plain_name(name: str) -> str:
    """Return a name without accents, with initials joined ("U.S." → "US") and "&" spelt out.

    Words are separated by single spaces. Only the first `LONGEST` characters are read.
    """
    spelt_out = _AMPERSAND.sub(" and ", _ABBREVIATION.sub("", unaccented(name[:LONGEST])))
    return _INITIALS.sub(r"\1", " ".join(spelt_out.split()))


def bare_name(plain: str) -> str:
    """Remove brackets, legal forms, acronyms and "via …" from the ends of a `plain_name`."""
    before = ""
    while plain != before:
        before = plain = plain.strip(_MARKS_AROUND)
        for without in (_without_bracket, _without_form, _without_acronym, _without_via):
            plain = without(plain)
    return plain


def _without_bracket(plain: str) -> str:
    found = _BRACKET.search(plain)
    if found is None:
        leading = _BRACKET_BEFORE.match(plain)
        return leading[2] if leading is not None and is_form(leading[1]) else plain
    head, inside = plain[: found.start()], found[1]
    if country_code(inside) is not None:
        return f"{head} {inside}" if has_chapters(head) else head
    # Capitals in brackets are an acronym, perhaps of the name in another language.
    capitals = sum(sign.isupper() for sign in inside)
    acronym = inside.isalnum() and len(inside) > 2 and capitals * 2 >= len(inside)
    if (
        is_form(inside)
        or abbreviates(inside, head)
        or (acronym and any(sign.islower() for sign in head))
    ):
        return head
    return plain


def has_chapters(head: str) -> bool:
    """Return whether a name is that of a body with national chapters, so that countries count."""
    flat = "".join(WORD.findall(head.lower()))
    return _has_known_chapters(flat) or bool(_OF_EVERY_COUNTRY.search(flat))


def may_have_chapters(head: str) -> bool:
    """Return whether a name's kind of body ("International") leaves open if it has chapters."""
    flat = "".join(WORD.findall(head.lower()))
    return bool(_OF_EVERY_COUNTRY.search(flat)) and not _has_known_chapters(flat)


def _has_known_chapters(flat: str) -> bool:
    return bool(_WITH_CHAPTERS.search(flat)) or flat in _BODIES["whole names with chapters"]


def _without_form(plain: str) -> str:
    shorter = without_form(plain)
    # After the name of a body with national chapters, "SA" is South Africa.
    behind = plain.removeprefix(shorter).strip(_MARKS_AROUND).lower()
    return plain if behind == "sa" and has_chapters(shorter) else shorter


def _without_acronym(plain: str) -> str:
    """Remove the first or last part if it abbreviates the rest ("APC - Association for …")."""
    found = list(_PARTS.finditer(plain))
    if not found:
        return plain
    first, rest = plain[: found[0].start()], plain[found[0].end() :]
    if abbreviates(first, rest):
        return rest
    head, last = plain[: found[-1].start()], plain[found[-1].end() :]
    return head if abbreviates(last, head) else plain


def _without_via(plain: str) -> str:
    found = _VIA.search(plain)
    if found is None or len(WORD.findall(plain[: found.start()])) < 2:
        return plain
    return plain[: found.start()]


def abbreviates(short: str, long: str) -> bool:
    """Return whether `short` is made of the beginnings of all words but `UNSPOKEN` ones."""
    letters = "".join(WORD.findall(short.lower()))
    words = [word.lower() for word in WORD.findall(long)]
    spoken = [word for word in words if word not in UNSPOKEN]
    if len(letters) < 2 or len(spoken) < 2 or len(letters) > 12 or len(words) > 20:
        return False
    ends = {0}
    for word in words:
        reached = {
            end + taken
            for end in ends
            for taken in range(1, len(word) + 1)
            if letters.startswith(word[:taken], end)
        }
        ends = reached | ends if word in UNSPOKEN else reached
    return len(letters) in ends


def _respelt(typed: list[str]) -> list[str]:
    """Return words normalised for comparison: lower case, no leading article, one spelling."""
    words = [word.lower() for word in typed]
    article = (
        words[0] in _SMALL_WORDS["articles"]
        and words[1] not in _SMALL_WORDS["places with an article"]
        if len(words) > 2
        else len(words) == 2 and words[0] == "the"
    )
    typed, words = typed[article:], words[article:]
    ands = _SMALL_WORDS["and"]
    if not _SMALL_WORDS["Dutch"].isdisjoint(words):
        ands |= {"en"}
    last = len(words) - 1
    return [
        "and"
        if 0 < index < last
        and (word in ands or typed[index] in _SMALL_WORDS["and in small letters"])
        else _SPELLINGS.get(word, word.replace("isation", "ization"))
        for index, word in enumerate(words)
    ]
