"""One line of a list becomes one entry, or several."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.documents.pasted.capacities import BEHALF, is_personal, is_pronouns
from bot.documents.pasted.entries import Entry, Remark, tidy
from bot.documents.pasted.facts import peeled
from bot.documents.pasted.given_names import is_given_name
from bot.documents.pasted.kinds import (
    SURE,
    is_han,
    is_title,
    names_body,
    organisedness,
    personality,
    titled_name,
)
from bot.documents.pasted.listings import CERTAIN, is_certain_person, listing, pair
from bot.documents.pasted.organisation_words import STRONG
from bot.documents.pasted.organisations import organisation_of, with_signer
from bot.documents.pasted.people import Order, Role, person_of
from bot.documents.pasted.separators import Part, part
from bot.documents.pasted.title_words import is_credential
from bot.documents.pasted.titles import part_title
from bot.letters.endorsement import Kind

_AGAINST = 3.0
"""A text must score this much against its heading to be taken for the other kind."""
_AGAINST_OTHERS = 1.5
"""The same against nearly all other entries of its list."""
_TITLE_WORDS = 5
_BY = (": ", " by ", " – ", " — ", " - ", " par ", " por ")
"""Between an organisation and the person who signs for it."""
_FOR = re.compile(
    r"(?:for|pour|por|pelo|pela|от|за)\s(?:(?:the|le|la|les|el|los|las|o|a)\s|l[’'])?([^:]{2,120}):\s(.+)",
    re.IGNORECASE,
)
"""A line "For X: A. Smith, Director"."""
_SIGNED_BY = ("signed by ", "firmado por ", "signé par ", "assinado por ")


@dataclass(frozen=True, slots=True)
class Expected:
    """The kind that a line should have, and who says so."""

    kind: Kind | None = None
    by_heading: bool = False
    """A heading, which only a strong sign overrules; else the other entries of the list."""
    alone: bool = False
    """The line is a whole list."""
    inverted: bool = False
    """The list writes "Family, Given"."""
    order: Order = field(default_factory=dict[tuple[int, int], Role])
    """The roles of the places behind the names of the list."""


NOTHING = Expected()


def read_line(text: str, row: int, expected: Expected = NOTHING) -> list[Entry]:
    """Return the entries of a line without its bullet; none where nothing is left of it.

    Args:
        text: The line.
        row: Where it stands in the source.
        expected: The kind that its heading or its neighbours let expect.
    """
    signed = _on_behalf(text, row)
    if signed is not None:
        return [signed]
    parts = part(text)
    if expected.inverted and len(parts) > 1:
        text = _straight(text, parts)
        parts = part(text)
    several = (
        listing(text, parts, alone=expected.alone, people_only=expected.kind is Kind.PERSON)
        if len(parts) > 1
        else pair(text, alone=expected.alone)
    )
    several = several or _sharing(parts)
    if several:
        each = replace(expected, alone=False)
        return [entry for one in several for entry in read_line(one, row, each)]
    entry = _entry(text, parts, row, expected)
    return [entry] if entry is not None else []


def _sharing(parts: Sequence[Part]) -> list[str]:
    """Return the texts of two people who share what is behind them: "A and B, lawyers"."""
    behind = [one.text for one in parts[1:]]
    if not behind or not all(_is_shared(one) for one in behind):
        return []
    return [", ".join((name, *behind)) for name in pair(parts[0].text, alone=False)]


def _is_shared(text: str) -> bool:
    """Return whether a piece is the title of several people, in small letters: "lawyers"."""
    return text[:1].islower() and not names_body(text) and len(text.split()) < _TITLE_WORDS


def _on_behalf(text: str, row: int) -> Entry | None:
    """Return the organisation that a line signs for, where it names a signer before it."""
    lower = text.casefold()
    for phrase in BEHALF:
        place = f" {lower}".replace("(", " ").find(phrase)
        if place >= 0:
            before, after = text[:place], text[place + len(phrase) - 1 :]
            if before.endswith("("):
                after = after.replace(")", "", 1)
            return _signed_for(*_parted_by(before.rstrip(" ("), after), row)
    announced = _FOR.match(text)
    if announced and personality(_first(announced[2])) > max(1.0, organisedness(announced[2])):
        return _signed_for(announced[2], announced[1], row)
    start = next((len(one) for one in _SIGNED_BY if lower.startswith(one)), 0)
    before, found, after = text[start:].partition(" for ")
    is_signer = (
        personality(before) >= CERTAIN and organisedness(before) < 1 and len(part(before)) == 1
    )
    return _signed_for(before, after, row) if found and is_signer and names_body(after) else None


def _parted_by(before: str, after: str) -> tuple[str, str]:
    """Return the signer, and the organisation that they sign for: "for and on behalf of X by A. Smith"."""
    for between in _BY:
        body, found, signer = after.partition(between)
        if found and personality(_first(signer)) > max(1.0, organisedness(_first(signer))):
            return signer.strip(), body.strip()
    return before, after


def _first(text: str) -> str:
    return next((one.text for one in part(text)), "")


def _signed_for(signer: str, organisation: str, row: int) -> Entry | None:
    body = organisation.removeprefix("the ")
    entry = _entry(body, part(body), row, Expected(Kind.ORGANISATION, by_heading=True))
    if entry is None or entry.kind is not Kind.ORGANISATION:
        return entry
    name, *rest = [tidy(one.text) for one in part(signer)] or [""]
    return with_signer(entry, name, ", ".join(rest) or entry.role)


def _straight(text: str, parts: Sequence[Part]) -> str:
    """Return a line that begins with "Family, Given" as one that begins with "Given Family"."""
    family, given = parts[0].text, parts[1].text.partition("(")[0].strip()
    if len(family.split()) > 2 or not given or not is_given_name(given.split()[0]):
        return text
    behind = text[text.index(given, parts[0].end) + len(given) :]
    return f"{given} {family}{behind}"


def _entry(text: str, parts: list[Part], row: int, expected: Expected) -> Entry | None:
    if not parts or not any(sign.isalpha() for sign in text):
        return None
    pieces = [peeled(one.text) for one in parts]
    (first, insides), rest = pieces[0], pieces[1:]
    if rest and _is_office(first) and _holds_office(rest[0][0], first):
        # "President of X, Ada Quill"
        (first, insides), rest = rest[0], [pieces[0], *rest[1:]]
    title, first = titled_name(first)
    if title:
        rest = [(title, list[str]()), *rest]
    kind, margin = _kind(first, [head for head, _ in rest], insides, expected)
    entry = (
        person_of(first, insides, rest, row, expected.order)
        if kind is Kind.PERSON
        else organisation_of(text, parts, pieces, row)
    )
    if not entry.name:
        return None
    if margin < SURE and not (expected.by_heading and expected.kind is kind):
        entry = replace(entry, remarks=((Remark.UNSURE, ""), *entry.remarks))
    return entry


def _holds_office(name: str, office: str) -> bool:
    """Return whether a piece is the name of who has the office before it."""
    person = personality(name) > 1 and organisedness(name) < 1
    return is_certain_person(name) or (person and part_title(office)[1] != "")


def _is_office(text: str) -> bool:
    return is_title(text) and (personality(text) <= 1 or part_title(text)[1] != "")


def _kind(
    first: str, rest: Sequence[str], insides: Sequence[str], expected: Expected
) -> tuple[Kind, float]:
    """Return the kind of an entry and how sure that is, from 0."""
    if is_han(first) and " " in first and personality(first.split(maxsplit=1)[0]) > 0:
        return Kind.PERSON, SURE
    margin = _margin(first, rest, [*rest, *insides])
    kind = Kind.PERSON if margin > 0 else Kind.ORGANISATION
    sure = abs(margin)
    if expected.kind is None:
        return kind, sure
    if expected.kind is kind:
        # One more of the same.
        return kind, sure if expected.by_heading else sure + 0.5
    if sure < (_AGAINST if expected.by_heading else _AGAINST_OTHERS):
        return expected.kind, SURE if expected.by_heading else 0.0
    return kind, 0.0 if expected.by_heading else sure


def _margin(first: str, rest: Sequence[str], said: Sequence[str]) -> float:
    """Return how much speaks for a person, less what speaks for an organisation."""
    person, body = personality(first), organisedness(first)
    titled = any(is_title(one) and not names_body(one) for one in said)
    if titled and person > body:
        person += 2.0
    elif titled and body < STRONG and not any(personality(one) >= CERTAIN for one in rest):
        person += 1.5
    if any(is_personal(one) or is_credential(one) or is_pronouns(one) for one in said):
        person += 3.0
    if person > 0 and body < 1 and any(organisedness(one) >= 2.5 for one in said):
        person += 1.0
    return person - body
