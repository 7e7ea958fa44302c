"""Several entries on one line: "A, B, C and D"."""

from collections.abc import Sequence

from bot.documents.pasted.capacities import SIGNED_BY, is_personal
from bot.documents.pasted.facts import peeled
from bot.documents.pasted.kinds import (
    NAMELIKE,
    is_city,
    is_han,
    is_title,
    names_body,
    organisedness,
    personality,
    tokens,
)
from bot.documents.pasted.organisation_words import weight
from bot.documents.pasted.separators import Part
from bot.documents.pasted.title_words import is_credential
from bot.names.countries import country_code
from bot.names.legal_forms import is_form

CERTAIN = 2.6
"""A person's name that scores this much more than an organisation's has more than the shape of one."""
_BODY = 3
_FEW = 4
"""So many texts, the first a person's name, are one person and their affiliations."""
_CONJUNCTIONS = (
    " and ",
    " & ",
    " et ",
    " und ",
    " y ",
    " e ",
    " и ",
    " و",
    " 和",
    "和",
    "及",
    "与",
    "與",
)
_WHOLES = (
    "universit", "univ.", "ministry", "ministère", "ministerio", "ministério", "facult", "school", "college",
)  # fmt: skip


def is_certain_person(text: str) -> bool:
    """Return whether a text is a person's name and hardly anything else."""
    return personality(text) - organisedness(text) >= CERTAIN


def pair(text: str, *, alone: bool) -> list[str]:
    """Return both names of "A and B"; nothing where it is one."""
    texts, conjoined = _without_conjunction([text])
    people = all(map(is_certain_person, texts))
    return texts if conjoined and len(texts) == 2 and (people or alone) else []


def listing(parts: Sequence[Part], *, alone: bool, people_only: bool) -> list[str]:
    """Return the texts of several entries on one line; nothing where it is one entry.

    Args:
        parts: The pieces of the line.
        alone: The line is a whole list.
        people_only: Its heading announces people.
    """
    marks = {one.mark for one in parts[1:]}
    if ";" in marks:
        pieces = _joined_at(parts, ";")
        if not any(_belongs_to_another(piece) for piece in pieces[1:]):
            return pieces
    if not marks <= {",", "|", ";"}:
        return []
    texts, conjoined = _without_conjunction([one.text for one in parts])
    if any(_belongs_to_another(one) for one in texts[1:]):
        return []
    people = [is_certain_person(one) for one in texts]
    if all(people) or (people_only and alone and all(map(_is_shaped, texts))):
        return texts
    is_person = personality(texts[0]) > max(1.0, organisedness(texts[0]))
    with_affiliations = is_person and not any(people[1:]) and len(texts) < _FEW
    bodies = [names_body(one) for one in texts]
    if not alone and bodies[0] and not any(bodies[1:]) and not any(people):
        # "Committee for Justice, Peace and Reconciliation"
        return []
    if conjoined:
        return texts if _each_stands(texts, people) else []
    if with_affiliations or _is_part_of(texts) or (len(texts) == 2 and not alone):
        return []
    return texts if _each_stands(texts, people) else []


def _each_stands(texts: Sequence[str], people: Sequence[bool]) -> bool:
    return all(person or _stands_alone(one) for one, person in zip(texts, people, strict=True))


def _joined_at(parts: Sequence[Part], mark: str) -> list[str]:
    pieces: list[str] = []
    for one in parts:
        if one.mark == mark or not pieces:
            pieces.append(one.text)
        else:
            pieces[-1] += (", " if one.mark == "," else f" {one.mark} ") + one.text
    return pieces


def _belongs_to_another(text: str) -> bool:
    """Return whether a piece of a line is a fact about the one before it."""
    head = peeled(text)[0]
    return (
        country_code(head) is not None
        or is_credential(head)
        or is_personal(head)
        or is_form(head)
        or (is_title(head) and not names_body(head))
        or head[:1].islower()
        or head.casefold().startswith(SIGNED_BY)
    )


def _without_conjunction(texts: list[str]) -> tuple[list[str], bool]:
    """Return the texts with the last one parted at its "and", and whether there was one."""
    last = texts[-1]
    for word in _CONJUNCTIONS:
        if last.casefold().startswith(word.lstrip()) and word.endswith(" "):
            return [*texts[:-1], last[len(word.lstrip()) :].strip()], True
        before, found, after = last.rpartition(word)
        if found and _both_stand(before, after, listed=len(texts) > 1):
            return [*texts[:-1], before.strip(), after.strip()], True
    return texts, False


def _both_stand(before: str, after: str, *, listed: bool) -> bool:
    if is_han(before + after):
        return all(_stands_alone(one) or personality(one) >= CERTAIN for one in (before, after))
    people = [is_certain_person(one) for one in (before, after)]
    if all(people):
        return True
    bodies = [names_body(one) or organisedness(one) >= _BODY for one in (before, after)]
    # "Technology" is no name of its own, "Tidewater" is.
    proper = all(
        len(tokens(one)) > 1 or weight((tokens(one) or [""])[0]) == 0 for one in (before, after)
    )
    stand = all(_stands_alone(one) for one in (before, after))
    return proper and stand and (any(bodies) or listed)


def _stands_alone(text: str) -> bool:
    return (
        bool(tokens(text))
        and not is_city(text)
        and (organisedness(text) >= NAMELIKE or _is_shaped(text))
    )


def _is_shaped(text: str) -> bool:
    return personality(text) > 1 or (is_han(text) and len(text) < 5)


def _is_part_of(texts: Sequence[str]) -> bool:
    """Return whether a line names a body inside another: "Centre for Law, University of X"."""
    return any(one.casefold().split()[0].startswith(_WHOLES) for one in texts[1:] if one.split())
