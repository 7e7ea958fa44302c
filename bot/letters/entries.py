"""Entries: how a signatory reads on the letter, and what may be written there."""

from dataclasses import replace

from bot.letters.endorsement import WRITTEN, Capacity, Facts
from bot.letters.refusals import Reason, Refusal
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
