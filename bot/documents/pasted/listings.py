"""Several entries on one line: "A, B, C and D"."""

import re
from collections.abc import Sequence

from bot.documents.pasted.capacities import SIGNED_BY, is_personal
from bot.documents.pasted.facts import peeled
from bot.documents.pasted.given_names import is_given_name
from bot.documents.pasted.kinds import (
    NAME_LONGEST,
    NAMELIKE,
    is_city,
    is_han,
    is_title,
    names_body,
    organisedness,
    personality,
    tokens,
)
from bot.documents.pasted.organisation_words import STRONG, weight
from bot.documents.pasted.separators import Part
from bot.documents.pasted.title_words import is_credential
from bot.names.countries import country_code
from bot.names.legal_forms import is_form

CERTAIN = 2.6
"""A person's name that scores this much more than an organisation's has more than the shape of one."""
_BODY = 3
_COMMAS_LEAST, _MANY = 3, 5
_ACRONYM = re.compile("[A-Z]{3,12}")
_BRACKETED = re.compile(r"\(([A-Z]{3,12})\)")
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
    couple = _couple(text)
    if couple:
        return couple
    texts, conjoined = _without_conjunction([text])
    people = all(map(is_certain_person, texts))
    return texts if conjoined and len(texts) == 2 and (people or alone) else []


def _couple(text: str) -> list[str]:
    """Return both names of "Ada and Ivo Quill"."""
    words = text.split()
    if not 3 < len(words) < _FEW + 2 or f" {words[1]} " not in _CONJUNCTIONS:
        return []
    if not (is_given_name(words[0]) and is_given_name(words[2])):
        return []
    family = words[3:]
    if any(weight(word) for word in family) or not all(word[:1].isupper() for word in family):
        return []
    return [" ".join((words[place], *family)) for place in (0, 2)]


def listing(text: str, parts: Sequence[Part], *, alone: bool, people_only: bool) -> list[str]:
    """Return the texts of several entries on one line; nothing where it is one entry.

    Args:
        text: The line.
        parts: Its pieces.
        alone: The line is a whole list.
        people_only: Its heading announces people.
    """
    marks = {one.mark for one in parts[1:]}
    if ";" in marks:
        pieces = _between(text, parts, ";")
        if not any(_belongs_to_another(piece) for piece in pieces[1:]):
            return pieces
    pieces = _pieces(text, parts) if alone else [one.text for one in parts]
    if not alone and not marks <= {",", "|", ";"}:
        return []
    texts, conjoined = _without_conjunction(pieces)
    if any(_belongs_to_another(one) for one in texts[1:]):
        return []
    people = [is_certain_person(one) for one in texts]
    if all(people) or (people_only and alone and all(map(_is_shaped, texts))):
        return texts
    is_person = personality(texts[0]) > max(1.0, organisedness(texts[0]))
    bodies = [names_body(one) for one in texts]
    if not alone and bodies[0] and not any(bodies[1:]) and not any(people):
        # "Committee for Justice, Peace and Reconciliation"
        return []
    told = is_person and not any(people[1:])
    # "Ada Quill, Kelp & Cloud Society"
    is_one = (not alone and told) or (
        not conjoined
        and ((told and len(texts) < _FEW) or _is_part_of(texts) or (len(texts) == 2 and not alone))
    )
    return [] if is_one or not _each_stands(texts, people) else texts


def _pieces(text: str, parts: Sequence[Part]) -> list[str]:
    """Return the pieces of a line that is a whole list; the dashes of many stand inside names."""
    dashed = any(one.mark == "-" for one in parts[1:])
    if dashed and sum(one.mark == "," for one in parts) < _COMMAS_LEAST:
        return [text]
    pieces = _between(text, parts, ",") if dashed else [one.text for one in parts]
    return _whole(pieces) if len(pieces) > _MANY else pieces


def _between(text: str, parts: Sequence[Part], mark: str) -> list[str]:
    """Return the pieces of a line between marks of a kind, with the other marks inside them."""
    found: list[str] = []
    begun = 0
    for one, other in zip(parts, [*parts[1:], None], strict=True):
        if other is None or other.mark == mark:
            found.append(text[begun : one.end].strip())
            begun = one.end + 1
    return [one for one in found if one]


def _whole(texts: Sequence[str]) -> list[str]:
    """Return the texts of a list with those joined that a comma inside a name has parted."""
    found: list[str] = []
    if sum(map(_belongs_to_another, texts)) * 3 > len(texts):
        # One entry with what is said of it.
        return list(texts)
    for one in texts:
        if found and (not _fits_acronym(one) or _is_topic(one) or _belongs_to_another(one)):
            found[-1] += f", {one}"
        else:
            found.append(one)
    return found


def _fits_acronym(text: str) -> bool:
    """Return whether the letters behind a name, in brackets, may be made of its words."""
    found = _BRACKETED.search(text[:NAME_LONGEST])
    if found is None:
        return True
    first = found[1][0].casefold()
    return any(word[0].casefold() == first for word in tokens(text[: found.start()]))


def _is_topic(text: str) -> bool:
    """Return whether a text is one word that names no body by itself, such as "Technology"."""
    words = tokens(text)
    return len(words) == 1 and not text.isupper() and 0 < weight(words[0]) < STRONG


def _each_stands(texts: Sequence[str], people: Sequence[bool]) -> bool:
    standing = sum(person or _stands_alone(one) for one, person in zip(texts, people, strict=True))
    # Among many there are names of which no word is known.
    return standing == len(texts) or (len(texts) > _MANY and standing * 4 >= len(texts) * 3)


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
        end = last.rfind(word)
        while end > 0:
            before, after = last[:end], last[end + len(word) :]
            if (
                _fits_acronym(after)
                and not _is_of_one(before, after, texts[:-1])
                and not _ends_acronym(before, after)
                and _both_stand(before, after, listed=len(texts) > 1)
            ):
                return [*texts[:-1], before.strip(), after.strip()], True
            end = last.rfind(word, 0, end) if len(texts) > 1 else 0
    return texts, False


def _ends_acronym(before: str, after: str) -> bool:
    """Return whether the letters that a name begins with need what stands behind "and"."""
    letters, *words = tokens(before) or [""]
    if not words or not _ACRONYM.fullmatch(letters):
        return False
    whole = words + tokens(after)
    return _are_initials(letters, whole) and not _are_initials(letters, words)


def _are_initials(letters: str, words: Sequence[str]) -> bool:
    initials = iter(word[0].casefold() for word in words)
    return all(letter in initials for letter in letters.casefold())


def _is_of_one(before: str, after: str, others: Sequence[str]) -> bool:
    """Return whether "and" stands inside a name, where nearly all others of the list name bodies."""
    if len(others) < _FEW or not names_body(before) or names_body(after):
        return False
    return sum(map(names_body, others)) * 4 >= len(others) * 3


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
