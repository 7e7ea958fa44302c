"""The exact key on which two spellings of one organisation meet.

It blocks, so it must not be clever: what is only likely (a typo, an acronym alone, another
language) is left to a question. A country in brackets does not count in it, except behind the name
of a body that has chapters; `same_organisation` looks at the countries besides.
"""

import re
import string

from bot.names.cleaning import LONGEST
from bot.names.countries import country_code, country_of_field
from bot.names.folding import fold, unaccented
from bot.names.legal_forms import WORD, is_form, without_form
from bot.names.spellings import respelt

_INITIALS = re.compile(r"(?<![A-Za-z])([A-Za-z])\.\s?(?=[A-Za-z](?![A-Za-z]))")
_ABBREVIATION = re.compile(r"(?<=[nt])'(?=[ln]\b)")
_BRACKET = re.compile(r"(?<=[^ ]) ?[(\[]([^()\[\]]+)[)\]]$")
_INSIDE = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_BRACKET_BEFORE = re.compile(r"^[(\[]([^()\[\]]+)[)\]]\s*(.+)$", re.DOTALL)
_AMPERSAND = re.compile(r"&| \+ ")
_PARTS = re.compile(r" -+ | ?[:,;|] ")
_VIA = re.compile(r" via (?:the|our|its|an?) [^ ].*$", re.IGNORECASE)
_MARKS_AROUND = " " + "".join(set(string.punctuation) - set("()[]"))

# Bodies that have chapters, and kinds of body that every country has: their country counts.
_KIND_OF_EVERY_COUNTRY = re.compile(
    "international|internacional|internazionale|national|nacional|nazionale|ministry|ministerio|"
    "minister[ei]|parliament|embassy|federal"
)
_WITH_CHAPTERS = re.compile(
    "amnesty|transparency|greenpeace|oxfam|caritas|"
    "wikimedia|internetsociety|savethechildren|redcross|redcrescent|croixrouge|cruzroja|"
    "roteskreuz|worldvision|actionaid|sansfrontieres|withoutborders|sinfronteras|article19|"
    "creativecommons|pirateparty|unicef|wwf|ymca|ywca|medecinsdumonde|friendsoftheearth|"
    "helsinkicommittee|chaoscomputerclub|digitalegesellschaft|openknowledge|islamicrelief|"
    "barassociation|lawsociety|humanrightscommission|ombuds|scouts|^pen$|^care$"
)

_LITTLE_WORDS = (
    "a al and at by d da das de del der des di die do dos du e el en et for fur i il in l la las le "
    "les los o of on och og para per pour por s the to und van von voor y zu"
)
UNSPOKEN = frozenset(_LITTLE_WORDS.split())
"""Words that an acronym may skip."""


def organisation_key(name: str) -> str:
    """The key of an organisation's name: equal for spellings of one name, and for nothing else.

    Case, accents, marks, spaces, legal forms, British and American spelling, "&" and "and", a
    leading article, an acronym or country in brackets at the end, an acronym set off by a dash,
    and "via the …" do not count. Only letters and digits; never empty for a text that has one.
    """
    name = name[:LONGEST]
    plain = plain_name(name)
    return (
        "".join(respelt(WORD.findall(bare_name(plain))))
        or "".join(WORD.findall(plain.lower()))
        or fold(name)
        or name
    )


def organisation_country(name: str, country: str) -> str:
    """The country of an organisation as its two-letter code in lower case; "" where none is known.

    Args:
        name: Its name; a country in brackets there is the one that counts.
        country: What stands in the field beside it: a country's name or its code, or nothing.
    """
    in_brackets = (country_code(inside) for inside in _INSIDE.findall(unaccented(name[:LONGEST])))
    return next(filter(None, in_brackets), None) or country_of_field(country) or ""


def same_organisation(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two are one organisation without a question: each is its name and its country.

    Their keys are equal, and they do not name two countries. Where only one names a country that
    is taken to be the other's, so that of three with one key two may be apart.
    """
    if organisation_key(one[0]) != organisation_key(other[0]):
        return False
    countries = {organisation_country(*one), organisation_country(*other)} - {""}
    return len(countries) < 2


def plain_name(name: str) -> str:
    """The name without accents, its initials joined ("U.S." → "US") and "&" spelt out.

    Words are parted by one space each. Of a text that is longer than any name, the beginning.
    """
    spelt_out = _AMPERSAND.sub(" and ", _ABBREVIATION.sub("", unaccented(name[:LONGEST])))
    return _INITIALS.sub(r"\1", " ".join(spelt_out.split()))


def bare_name(plain: str) -> str:
    """Return `plain_name` without everything that can be stacked on its ends."""
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
    country = country_code(inside)
    if country is not None:
        return f"{head} {inside}" if has_chapters(head) else head
    if is_form(inside) or abbreviates(inside, head) or _looks_like_acronym(inside, head):
        return head
    return plain


def has_chapters(head: str) -> bool:
    """Return whether a name is of a body that has chapters, so that its country counts."""
    flat = "".join(WORD.findall(head.lower()))
    return bool(_WITH_CHAPTERS.search(flat) or _KIND_OF_EVERY_COUNTRY.search(flat))


def may_have_chapters(head: str) -> bool:
    """Return whether a body may have chapters by its kind ("International"), and isn't known to."""
    flat = "".join(WORD.findall(head.lower()))
    return bool(_KIND_OF_EVERY_COUNTRY.search(flat)) and not _WITH_CHAPTERS.search(flat)


def _looks_like_acronym(inside: str, head: str) -> bool:
    """Return whether capitals set it off as one, of words in another language perhaps."""
    capitals = sum(sign.isupper() for sign in inside)
    return (
        inside.isalnum()
        and len(inside) > 2
        and capitals * 2 >= len(inside)
        and any(sign.islower() for sign in head)
    )


def _without_form(plain: str) -> str:
    shorter = without_form(plain)
    # Behind the name of a body that has chapters it is South Africa.
    behind = plain.removeprefix(shorter).strip(_MARKS_AROUND).lower()
    return plain if behind == "sa" and has_chapters(shorter) else shorter


def _without_acronym(plain: str) -> str:
    """Drop the first or last part where it abbreviates the rest ("APC - Association for …")."""
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
    """Return whether a text is made of the beginnings of all the words that count in another one."""
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
