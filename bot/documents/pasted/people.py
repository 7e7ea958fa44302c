"""A person's entry, put together of the pieces of its line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.documents.pasted.capacities import is_personal, is_pronouns
from bot.documents.pasted.entries import Entry, Remark, tidy
from bot.documents.pasted.facts import country_in, is_fact
from bot.documents.pasted.kinds import (
    is_city,
    is_han,
    is_title,
    names_body,
    organisedness,
    personality,
    without_han_title,
)
from bot.documents.pasted.organisation_words import STRONG
from bot.documents.pasted.separators import part
from bot.documents.pasted.title_words import is_credential
from bot.documents.pasted.titles import part_title
from bot.letters.endorsement import Kind

_BODY_LEAST = 2.5


@dataclass(slots=True)
class _Draft:
    """An entry that is being put together."""

    name: str
    titles: list[str] = field(default_factory=list[str])
    affiliations: list[str] = field(default_factory=list[str])
    country: str = ""
    remarks: list[tuple[Remark, str]] = field(default_factory=list[tuple[Remark, str]])


class Role(Enum):
    """The meaning of a piece behind a name."""

    TITLE = auto()
    AFFILIATION = auto()


Order = Mapping[tuple[int, int], Role]
"""Roles of places behind the names of a list, by how many pieces stand there and the place."""


def role_of(said: str) -> Role | None:
    """Return what a piece surely says, None where one cannot tell."""
    if is_title(said) or _is_described(said) or part_title(said)[1]:
        return Role.TITLE
    return Role.AFFILIATION if organisedness(said) >= _BODY_LEAST else None


def told_of(heads: Iterable[str]) -> list[str]:
    """Return the pieces behind a name that are a title or an affiliation."""
    return [
        said
        for said in map(tidy, heads)
        if said
        and not (is_credential(said) or is_personal(said) or is_pronouns(said))
        and not country_in(said)[0]
    ]


def person_of(
    first: str,
    insides: Sequence[str],
    rest: Sequence[tuple[str, Sequence[str]]],
    row: int,
    order: Order,
) -> Entry:
    """Return the entry of a person.

    Args:
        first: The piece that holds the name.
        insides: The brackets behind it.
        rest: The other pieces, each with its brackets.
        row: Where the line stands.
        order: What stands where behind the other names of the list.
    """
    told = told_of(head for head, _ in rest)
    titles = {
        said
        for place, said in enumerate(told)
        if role_of(said) is None and order.get((len(told), place)) is Role.TITLE
    }
    name, behind = _han_name(first)
    draft = _Draft(name)
    for said in (*_told_apart(insides), *behind):
        _add(draft, tidy(said))
    for head, more in map(_with_brackets, rest):
        for said in (head, *_told_apart(more)):
            if tidy(said) in titles:
                draft.titles.append(tidy(said))
            else:
                _add(draft, tidy(said))
    return Entry(
        kind=Kind.PERSON,
        name=tidy(draft.name),
        title=", ".join(draft.titles),
        affiliation=", ".join(draft.affiliations),
        country=draft.country,
        remarks=tuple(draft.remarks),
        row=row,
    )


def _with_brackets(piece: tuple[str, Sequence[str]]) -> tuple[str, Sequence[str]]:
    """Return a piece that names a body with the brackets that are part of its name."""
    head, insides = piece
    own = [inside for inside in insides if not is_fact(inside)]
    if not own or not (names_body(head) or part_title(head)[1]):
        return piece
    return f"{head} ({', '.join(own)})", [inside for inside in insides if inside not in own]


def _told_apart(insides: Iterable[str]) -> list[str]:
    """Return what brackets say, one that begins with a title in its pieces: "(Lecturer, X University)"."""
    found: list[str] = []
    for inside in insides:
        pieces = [one.text for one in part(inside)]
        titled = is_title(pieces[0]) if pieces else False
        parted = titled and all(map(_is_elsewhere, pieces[1:]))
        found += pieces if parted or (titled and any(map(names_body, pieces[1:]))) else [inside]
    return found


def _is_elsewhere(said: str) -> bool:
    """Return whether a piece behind a title says where somebody has it."""
    return said[0].isupper() and not is_title(said) and not is_city(said)


def _han_name(first: str) -> tuple[str, list[str]]:
    """Return a Chinese name and what stands behind its space; others stay whole."""
    head, _, behind = first.partition(" ")
    if not is_han(first):
        return first, []
    if behind and personality(head) > 0:
        return head, behind.split()
    name = without_han_title(first)
    return (name, [first[len(name) :]]) if first.startswith(name) and name != first else (first, [])


def _add(draft: _Draft, said: str) -> None:
    """File a piece under what it says of the person."""
    country, place = country_in(said)
    if not said:
        return
    if is_credential(said):
        draft.name = f"{draft.name}, {said}"
    elif is_personal(said):
        draft.remarks.append((Remark.PERSONAL, said))
    elif is_pronouns(said):
        draft.remarks.append((Remark.LEFT_OUT, said))
    elif country and not draft.country:
        draft.country = country
        _add_beside(draft, place)
    elif role_of(said) is Role.TITLE:
        title, affiliation = part_title(said)
        draft.titles.append(title)
        if affiliation:
            draft.affiliations.append(affiliation)
    elif is_city(said) and draft.titles and not draft.affiliations:
        draft.titles.append(said)
    else:
        draft.affiliations.append(said)


def _add_beside(draft: _Draft, place: str) -> None:
    """File what stands beside a country, where it is no place."""
    if place and (is_title(place) or _is_described(place) or names_body(place)):
        _add(draft, place)
    elif place:
        draft.remarks.append((Remark.LEFT_OUT, place))


def _is_described(said: str) -> bool:
    """Return whether a piece in small letters describes somebody ("street medic")."""
    return said[0].islower() and not names_body(said) and organisedness(said) < STRONG
