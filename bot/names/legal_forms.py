"""Legal forms in names of organisations: "Inc.", "e.V.", "Sp. z o.o.".

Words like "Foundation", "Association" or "Fundación" count as parts of the name.
"""

import re

from bot.names.tables import WORDS, read_table

WORD = re.compile(r"[A-Za-z0-9\u0080-\U0010ffff]+")

_TABLE = read_table(WORDS / "legal_forms.txt")
_BEHIND = {tuple(form.split()) for form in _TABLE["behind a name"]}
_BEFORE = {tuple(form.split()) for form in _TABLE["before a name"]}
_JOINED = tuple(_TABLE["joined to a name"])
_LONGEST = max(map(len, _BEHIND))


def is_form(text: str) -> bool:
    """Return whether a text is a legal form and nothing else."""
    found = tuple(word.lower() for word in WORD.findall(text))
    return found in _BEHIND or "".join(found) in _JOINED or found in {("株",), ("有",)}


def without_form(text: str) -> str:
    """Remove one legal form from the end of a name, or else from its start.

    Expects the output of `folding.unaccented`, with initials joined ("eV"). Never returns "" for a
    name.
    """
    found = list(WORD.finditer(text))
    lower = tuple(match[0].lower() for match in found)
    counts = range(min(_LONGEST, len(found) - 1), 0, -1)
    for count in counts:
        if lower[-count:] in _BEHIND:
            return text[: found[-count].start()]
    for count in counts:
        if lower[:count] in _BEFORE:
            return text[found[count - 1].end() :]
    text = text.strip()
    small = text.lower()
    is_joined = small.startswith(_JOINED) or small.endswith(_JOINED)
    for form in _JOINED if is_joined else ():
        if small.startswith(form) and small != form:
            return text[len(form) :]
        if small.endswith(form) and small != form:
            return text[: -len(form)]
    return text
