"""Signs that a change of a text that is declared a small fix changes its meaning."""

from bot.letters.alignment import aligned
from bot.letters.text import LetterText
from bot.letters.text_diff import PART, is_word
from bot.names.tables import WORDS, read_table

_MOST = 10
"""A small fix changes at most one word in this many."""
_NEGATIONS = frozenset(read_table(WORDS / "negations.txt")["negations"])


def looks_material(old: LetterText, new: LetterText) -> bool:
    """Return whether a change touches many words, a number, a negation or a name."""
    parts = (old.title, new.title), (old.subject, new.subject), (old.body, new.body)
    moved = (old.sender, old.addressee) != (new.sender, new.addressee)
    return moved or any(_differs(*pair) for pair in parts)


def _differs(old: str, new: str) -> bool:
    before, after = _words(old), _words(new)
    same = aligned([word for word, _ in before], [word for word, _ in after])
    kept, stayed = {one for one, _ in same}, {other for _, other in same}
    gone = [word for place, word in enumerate(before) if place not in kept]
    come = [word for place, word in enumerate(after) if place not in stayed]
    many = _MOST * max(len(gone), len(come)) > max(len(before), len(after))
    return many or any(_matters(word, named=named) for word, named in gone + come)


def _matters(word: str, *, named: bool) -> bool:
    lower = word.lower().replace("\u2019", "'")
    negates = lower in _NEGATIONS or lower.endswith("n't")
    return named or negates or any(map(str.isnumeric, word))


def _words(text: str) -> list[tuple[str, bool]]:
    """Return the words, each with whether it reads as a name: a capital inside a sentence."""
    found: list[tuple[str, bool]] = []
    begins = True
    for part in PART.findall(text):
        if is_word(part):
            found.append((part, not begins and len(part) > 1 and part[0].isupper()))
            begins = False
        elif "\n" in part or part in ".!?:":
            begins = True
    return found
