"""Entries: how a signatory reads on the letter, what may be written there, and the signature."""

from dataclasses import replace
from functools import lru_cache

from bot.letters.endorsement import USED, WRITTEN, Capacity, Facts, Kind, Signature
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal
from bot.names import filing
from bot.names.cleaning import clean, has_letters, looks_like_link, looks_like_mention

NAME_MOST = 150
"""Characters in a name, title, organisation, role, or sort name."""
AFFILIATION_MOST = 250
COUNTRY_MOST = 80
ENTRY_MOST = 300

_MOST = {"affiliation": AFFILIATION_MOST, "country": COUNTRY_MOST}

_BRACKETS = {"(": ")", "[": "]"}
_NEEDED = {
    Capacity.INDIVIDUAL: {"name"},
    Capacity.AFFILIATED: {"name"},
    Capacity.ORGANISATION: {"name", "organisation"},
}


def person_entry(name: str, title: str = "", affiliation: str = "", note: str = "") -> str:
    """Compose a person's entry: "Name, Title, Affiliation (note)", from the parts given.

    The note says of an affiliation that it is for identification only: without one there is none.
    """
    reads = ", ".join(part for part in (name, title, affiliation) if part)
    return f"{reads} ({note})" if note and affiliation else reads


def organisation_entry(name: str, country: str = "", via: str = "") -> str:
    """Compose an organisation's entry: "Name (Country) via Another".

    The name alone where it ends with that country in brackets already.
    """
    reads = name if not country or _ends_with(name, country) else f"{name} ({country})"
    return f"{reads} via {via}" if via else reads


def _ends_with(name: str, country: str) -> bool:
    for opening, closing in _BRACKETS.items():
        head, bracket, inside = name.rpartition(opening)
        if head and bracket and inside.endswith(closing):
            return inside.removesuffix(closing).strip().casefold() == country.casefold()
    return False


def entry(capacity: Capacity, facts: Facts) -> str:
    """Compose a signature's entry. The facts are clean."""
    if capacity is Capacity.ORGANISATION:
        return organisation_entry(facts.organisation, facts.country, facts.via)
    if capacity is Capacity.AFFILIATED:
        return person_entry(facts.name, facts.title, facts.affiliation, facts.note)
    return person_entry(facts.name)


def clean_facts(facts: Facts) -> Facts:
    """The facts as they are kept: each one clean."""
    return replace(facts, **{name: clean(getattr(facts, name)) for name in WRITTEN})


def refuse_facts(
    capacity: Capacity, facts: Facts, *, collected: bool = False
) -> tuple[Refusal, ...]:
    """All that is wrong with clean facts, at most one refusal for each field; empty where nothing.

    `Refusal.field` is the name of the field in `Facts`. Who signed for an organisation `elsewhere`
    may not be known.
    """
    needed = _NEEDED[capacity]
    if collected and capacity is Capacity.ORGANISATION:
        needed = needed - {"name"}
    found: list[Refusal] = []
    # The note is the app's own words.
    for field in (name for name in WRITTEN if name != "note"):
        value: str = getattr(facts, field)
        most = _MOST.get(field, NAME_MOST)
        refusal = refuse_part(field, value, most=most, needed=field in needed)
        if refusal is not None:
            found.append(refusal)
    return tuple(found)


def refuse_part(
    field: str, value: str, *, most: int = NAME_MOST, needed: bool = True
) -> Refusal | None:
    """None where a clean text may stand in an entry, else what is wrong with it.

    Args:
        field: The form field's name, for the refusal.
        value: What was typed, after `clean`.
        most: The most characters (code points).
        needed: Whether it must be there.
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
    return None


def refuse_entry(value: str, field: str = "entry") -> Refusal | None:
    """None where a clean text may be a whole entry, else what is wrong with it."""
    return refuse_part(field, value, most=ENTRY_MOST)


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
    """Return the signature that these words make, or all that is wrong with them, by field of `Facts`.

    Args:
        person: Who signs; None for a signature that was gathered elsewhere.
        capacity: In which capacity.
        facts: As typed; they are cleaned here. Those that the capacity does not use are dropped.
        sort_name: What to sort it under ("Cerf, Vint"); empty for the suggestion.
        language: The letter's, whose order the list follows.
        text_sha256: The text on the screen.
        consent: The words of consent on the screen.
        locale: The signer's, for the suggestion; empty where it is unknown.
    """
    kept = clean_facts(facts)
    used = Facts(**{name: getattr(kept, name) for name in USED[capacity]})
    return _composed(person, capacity, used, sort_name, language, text_sha256, consent, locale)


# The form composes what it shows, and a moment later the same is signed.
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
    sorted_under = clean(sort_name) or suggested_sort_name(capacity, facts, locale)
    wrong = refuse_entry(reads, "name") or refuse_part("sort", sorted_under, most=ENTRY_MOST)
    if wrong is not None:
        return (wrong,)
    if capacity.kind is Kind.ORGANISATION:
        key = filing.organisation_key(facts.organisation)
        country = filing.organisation_country(facts.organisation, facts.country)
    else:
        # A person without an account here is known by the whole entry.
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


def suggested_sort_name(capacity: Capacity, facts: Facts, locale: str = "") -> str:
    """Return the name that a signature is sorted under unless its signer says otherwise.

    `locale` is the signer's; empty where it is unknown.
    """
    if capacity.kind is Kind.PERSON:
        return filing.person_sort_name(facts.name, locale)
    return filing.organisation_sort_name(facts.organisation)
