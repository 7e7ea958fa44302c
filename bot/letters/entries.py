"""Entries: the text of a signatory on the letter, its limits, and the signature made of it."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from bot.letters.endorsement import ANSWERED, USED, WRITTEN, Capacity, Facts, Kind, Signature
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal, Refused
from bot.names import filing
from bot.names.cleaning import (
    OWN_MARKS,
    clean,
    has_heaped_marks,
    has_letters,
    looks_like_link,
    looks_like_mention,
)

NAME_MOST = 150
"""Most characters in a name, title, organisation, role, or sort name."""
AFFILIATION_MOST = 250
COUNTRY_MOST = 80
ANSWER_MOST = 300
WEB_MOST = 100
ENTRY_MOST = 300

LETTERS_LEAST = 2
"""Letters without which nobody can tell what is meant."""
REASON_MOST = 600
"""Most characters of the reason of a decision about an objection."""
TOLD_MOST = 300
"""Most characters of the reason of a removal, which is sent to its signers."""

_MOST = {"affiliation": AFFILIATION_MOST, "country": COUNTRY_MOST}
_WEB = re.compile(
    r"(?:https?://)?((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24})((?:/[\w.~%?=&#-]*)*)",
    re.ASCII | re.IGNORECASE,
)
_CHECKED = tuple(one for one in WRITTEN if one not in {"note", "represented", "web", *ANSWERED})
"""Texts that signers write as parts of an entry: not those whose words the app chose."""

_BRACKETS = {"(": ")", "[": "]"}
_NEEDED = {
    Capacity.INDIVIDUAL: {"name"},
    Capacity.AFFILIATED: {"name"},
    Capacity.WITHHELD: {"withheld"},
    Capacity.ORGANISATION: {"name", "organisation"},
}


def person_entry(name: str, title: str = "", affiliation: str = "", note: str = "") -> str:
    """Compose a person's entry: "Name, Title, Affiliation (note)", from the parts given.

    The note says that the affiliation is for identification only; it needs an affiliation.
    """
    reads = ", ".join(part for part in (name, title, affiliation) if part)
    return f"{reads} ({note})" if note and affiliation else reads


def organisation_entry(
    name: str, country: str = "", via: str = "", represented: str = "", web: str = ""
) -> str:
    """Compose an organisation's entry: "Name (Country) via Another, represented by …, web".

    The country is left out if the name ends with it in brackets already.
    """
    reads = name if not country or _ends_with(name, country) else f"{name} ({country})"
    reads = f"{reads} via {via}" if via else reads
    return ", ".join(part for part in (reads, represented, web) if part)


def _ends_with(name: str, country: str) -> bool:
    for opening, closing in _BRACKETS.items():
        head, bracket, inside = name.rpartition(opening)
        if head and bracket and inside.endswith(closing):
            return inside.removesuffix(closing).strip().casefold() == country.casefold()
    return False


def entry(capacity: Capacity, facts: Facts) -> str:
    """Compose the entry of a signature from cleaned facts."""
    if capacity is Capacity.ORGANISATION:
        return organisation_entry(
            facts.organisation, facts.country, facts.via, facts.represented, facts.web
        )
    if capacity is Capacity.WITHHELD:
        return person_entry(facts.note, facts.title)
    if capacity is Capacity.AFFILIATED:
        return person_entry(facts.name, facts.title, facts.affiliation, facts.note)
    return person_entry(facts.name)


def with_name(facts: Facts) -> tuple[Capacity, Facts]:
    """Return the capacity and the facts of a signer who shows the name that they withheld."""
    capacity = Capacity.AFFILIATED if facts.title else Capacity.INDIVIDUAL
    return capacity, replace(facts, name=facts.own_name, withheld="", note="")


def clean_facts(facts: Facts) -> Facts:
    """Return the facts with each text cleaned, as they are stored."""
    cleaned = {name: clean(typed) for name in WRITTEN if (typed := getattr(facts, name))}
    if web := _WEB.fullmatch(cleaned.get("web", "")):
        cleaned["web"] = f"{web[1].lower()}{web[2].rstrip('/')}"
    return replace(facts, **cleaned)


def refuse_facts(
    capacity: Capacity, facts: Facts, *, collected: bool = False
) -> tuple[Refusal, ...]:
    """Return everything wrong with cleaned facts, at most one refusal for each field.

    `Refusal.field` is the name of the field in `Facts`. A `collected` signature of an organisation
    needs no signer's name.
    """
    needed = _NEEDED[capacity]
    if collected and capacity is Capacity.ORGANISATION:
        needed = needed - {"name"}
    found: list[Refusal] = []
    if facts.web and (len(facts.web) > WEB_MOST or not _WEB.fullmatch(facts.web)):
        found.append(Refusal(Reason.NOT_A_WEB_ADDRESS, "web"))
    for field in _CHECKED:
        value: str = getattr(facts, field)
        if value or field in needed:
            refusal = refuse_part(field, value, most=_MOST.get(field, NAME_MOST))
            found += [refusal] if refusal is not None else []
    if len(facts.answer) > ANSWER_MOST:
        limit = {"most": ANSWER_MOST, "length": len(facts.answer)}
        found.append(Refusal(Reason.TOO_LONG, "answer", limit))
    return tuple(found)


def refuse_part(
    field: str, value: str, *, most: int = NAME_MOST, needed: bool = True
) -> Refusal | None:
    """Return why a cleaned text is not allowed in an entry; None if it is.

    Args:
        field: The form field's name, for the refusal.
        value: The typed text, after `clean`.
        most: Most characters (code points).
        needed: Whether it must not be empty.
    """
    if not value:
        return Refusal(Reason.EMPTY, field) if needed else None
    if len(value) > most:
        return Refusal(Reason.TOO_LONG, field, {"most": most, "length": len(value)})
    if looks_like_link(value):
        return Refusal(Reason.LOOKS_LIKE_LINK, field)
    if looks_like_mention(value):
        return Refusal(Reason.LOOKS_LIKE_MENTION, field)
    if not has_letters(value):
        return Refusal(Reason.NO_LETTERS, field)
    if has_heaped_marks(value):
        return Refusal(Reason.HEAPED_MARKS, field)
    if "(" in value and any(f"({one})" in value.casefold() for one in OWN_MARKS):
        return Refusal(Reason.CLAIMS_A_MARK, field)
    return None


def reason_given(why: str, *, most: int = REASON_MOST, field: str = "why") -> str:
    """Return a reason without surrounding spaces.

    Raises:
        Refused: it is missing, too short or too long.
    """
    said = why.strip()
    if sum(one.isalpha() for one in said) < LETTERS_LEAST:
        raise Refused.because(Reason.TOO_SHORT if said else Reason.EMPTY, field)
    if len(said) > most:
        raise Refused.because(Reason.TOO_LONG, field, most=most, length=len(said))
    return said


def compose(
    person: Person | None,
    capacity: Capacity,
    facts: Facts,
    *,
    sort_name: str,
    language: str,
    text_sha256: str,
    consent: str,
    locale: str = "",
) -> Signature | tuple[Refusal, ...]:
    """Return the signature made of these facts, or everything wrong with the facts, by field.

    Args:
        person: The signer; None for a collected signature.
        capacity: The capacity in which they sign.
        facts: As typed: cleaned here, and dropped if the capacity does not use them.
        sort_name: The name to sort by ("Cerf, Vint"); empty for the suggested one. A withheld
            signature is always sorted by its description.
        language: The letter's language, by whose rules the list is sorted.
        text_sha256: SHA-256 of the text that the signer saw.
        consent: The words of consent that the signer saw.
        locale: The signer's locale, for the suggested name; empty if unknown.
    """
    kept, withheld = clean_facts(facts), capacity is Capacity.WITHHELD
    chosen: dict[str, Any] = {one: getattr(kept, one) for one in USED[capacity]}
    chosen["name"] = "" if withheld else kept.own_name
    if withheld:
        chosen["withheld"] = kept.own_name
    sort_name, used = "" if withheld else sort_name, Facts(**chosen)
    return _composed(person, capacity, used, sort_name, language, text_sha256, consent, locale)


# Cached, because the form composes the signature for its preview and signing composes it again.
@lru_cache(maxsize=4096)
def _composed(
    person: Person | None,
    capacity: Capacity,
    facts: Facts,
    sort_name: str,
    language: str,
    text_sha256: str,
    consent: str,
    locale: str,
) -> Signature | tuple[Refusal, ...]:
    refusals = refuse_facts(capacity, facts, collected=person is None)
    if refusals:
        return refusals
    reads = entry(capacity, facts)
    sorted_under = clean(sort_name) or suggested_sort_name(capacity, facts, locale, language)
    plainly = entry(capacity, replace(facts, web="")) if facts.web else reads
    wrong = refuse_part("name", plainly, most=ENTRY_MOST - len(facts.web)) or refuse_part(
        "sort", sorted_under, most=ENTRY_MOST
    )
    if wrong is not None:
        return (wrong,)
    if capacity.kind is Kind.ORGANISATION:
        key = filing.organisation_key(facts.organisation)
        country = filing.organisation_country(facts.organisation, facts.country)
    else:
        # A person without an account here is identified by the whole entry.
        key = f"collected:{filing.sort_fold(reads)}" if person is None else str(person)
        country = ""
    return Signature(
        capacity=capacity,
        facts=facts,
        entry=reads,
        sort_name=sorted_under,
        sort_fold=filing.sort_fold(sorted_under),
        sort_key=filing.collation_key(sorted_under, language),
        key=key,
        country=country,
        text_sha256=text_sha256,
        consent=consent,
    )


def suggested_sort_name(
    capacity: Capacity, facts: Facts, locale: str = "", language: str = ""
) -> str:
    """Return the default name to sort a signature by.

    `locale` is the signer's and `language` the letter's; empty if unknown.
    """
    if capacity is Capacity.WITHHELD:
        return facts.title or facts.note
    if capacity.kind is Kind.PERSON:
        return filing.person_sort_name(facts.name, locale, language)
    return filing.organisation_sort_name(facts.organisation)
