"""Composing the signature that people are asked to approve."""

from functools import lru_cache

from bot.letters.endorsement import USED, Capacity, Facts, Kind, Signature
from bot.letters.entries import (
    ENTRY_MOST,
    clean_facts,
    entry,
    refuse_entry,
    refuse_facts,
    refuse_part,
)
from bot.letters.people import Person
from bot.letters.refusals import Refusal
from bot.names import filing
from bot.names.cleaning import clean
from bot.names.collation import collation_key


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
    used = _used(capacity, clean_facts(facts))
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
    is_person = capacity.kind is Kind.PERSON
    return Signature(
        capacity=capacity,
        facts=facts,
        entry=reads,
        sort_name=sorted_under,
        sort_fold=filing.sort_fold(sorted_under),
        sort_key=collation_key(sorted_under, language),
        key=_person_key(person, reads)
        if is_person
        else filing.organisation_key(facts.organisation),
        country=(
            "" if is_person else filing.organisation_country(facts.organisation, facts.country)
        ),
        text_sha256=text_sha256,
        consent=consent,
    )


def _person_key(person: Person | None, reads: str) -> str:
    """Return a person's key; without an account here, the whole entry."""
    return f"collected:{filing.sort_fold(reads)}" if person is None else str(person)


def suggested_sort_name(capacity: Capacity, facts: Facts, locale: str = "") -> str:
    """Return the name that a signature is sorted under unless its signer says otherwise.

    `locale` is the signer's; empty where it is unknown.
    """
    if capacity.kind is Kind.PERSON:
        return filing.person_sort_name(facts.name, locale)
    return filing.organisation_sort_name(facts.organisation)


def _used(capacity: Capacity, facts: Facts) -> Facts:
    return Facts(**{name: getattr(facts, name) for name in USED[capacity]})
