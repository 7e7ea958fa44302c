"""Facts that stand beside a name: in brackets at its end, or as a country."""

from bot.documents.pasted.capacities import SIGNED_BY, is_personal, is_pronouns
from bot.documents.pasted.kinds import is_title, names_body, organisedness, personality
from bot.documents.pasted.separators import closing_bracket, part
from bot.documents.pasted.title_words import is_credential
from bot.names.countries import country_code

_BRACKETS_MOST = 4


def peeled(text: str) -> tuple[str, list[str]]:
    """Return a text without the brackets at its end that can be told apart, and their contents."""
    insides: list[str] = []
    found = closing_bracket(text)
    while found is not None and len(insides) < _BRACKETS_MOST:
        head, inside = found
        if not (is_fact(inside) or _may_hold_anything(head, inside)):
            break
        insides.append(inside)
        text = head
        found = closing_bracket(text)
    return text, insides


def is_fact(inside: str) -> bool:
    """Return whether a bracket says something that is no part of a name."""
    return (
        country_in(inside)[0] != ""
        or is_personal(inside)
        or is_pronouns(inside)
        or is_credential(inside)
        or inside.casefold().startswith(SIGNED_BY)
        or not any(sign.isalnum() for sign in inside)
    )


def _may_hold_anything(head: str, inside: str) -> bool:
    """Return whether a bracket says something of a person: of an organisation it is part of the name."""
    first = part(head)[0].text if part(head) else head
    if inside.isdigit():
        return False
    titled = is_title(head) and not names_body(head)
    return titled or is_credential(first) or personality(first) > organisedness(first)


def country_in(text: str) -> tuple[str, str]:
    """Return the country that a text names or ends with, and what stands before it."""
    if country_code(text) is not None:
        return text.strip(), ""
    pieces = part(text)
    if 1 < len(pieces) < 4 and country_code(pieces[-1].text) is not None:
        return pieces[-1].text, ", ".join(one.text for one in pieces[:-1])
    return "", ""
