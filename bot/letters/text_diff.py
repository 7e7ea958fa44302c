"""The diff of two texts, by paragraphs and then by words, and whether it changes the meaning."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from bot.letters.alignment import Pair, aligned
from bot.letters.text import LetterText, parts
from bot.names.tables import WORDS, read_table

_LIKE = 0.4
"""Share of common words, by length, from which two paragraphs count as one changed paragraph."""

_STOPS = (
    r"!-/:-@\[-`{-~\u00a1\u00ab\u00bb\u00bf\u060c\u061b\u061f\u0964\u0965"
    r"\u2010-\u205e\u3001-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_IDEOGRAPHS = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_VARIANTS = r"\u0300-\u036f\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_LETTERS = rf"[^\s{_STOPS}{_IDEOGRAPHS}]+"
PART = re.compile(
    rf"\s+|\\[!-/:-@\[-`{{-~]|[{_STOPS}{_IDEOGRAPHS}][{_VARIANTS}]*"
    rf"|{_LETTERS}(?:['\u2019-]{_LETTERS})*"
)
"""A word, a punctuation mark with its modifiers, a Markdown escape, or white space. An ideograph is
a word by itself; a run of letters without spaces, as in Thai, is one word."""


class Kind(StrEnum):
    """State of a piece of text in a change."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that was kept, removed or added. It is not empty."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One paragraph or list item of the old text, the new text or both.

    Removed text comes before added text. The SAME and REMOVED pieces with their line ends make up
    the old text, the SAME and ADDED ones the new text.
    """

    pieces: tuple[Piece, ...]
    line_ends: tuple[Piece, ...]
    """The line ends after the paragraph, whose number readers do not see."""

    @property
    def changed(self) -> bool:
        """Return whether anything in the paragraph itself was removed or added."""
        return any(piece.kind is not Kind.SAME for piece in self.pieces)

    def side(self, kind: Kind) -> tuple[Piece, ...]:
        """Return the pieces of the old (REMOVED) or new (ADDED) paragraph, if there is one."""
        return tuple(piece for piece in self.pieces if piece.kind in {Kind.SAME, kind})


def difference(old: str, new: str) -> tuple[Passage, ...]:
    """Return the passages of two texts, in order; their pieces make up the canonical texts.

    Two paragraphs are one passage if they are equal or have similar words; otherwise the old one is
    removed and the new one added. The work is bounded, see `alignment`: two texts of 100,000
    characters take about a second of a free processor at worst. Text too repetitive to be matched
    in that time is shown as removed and added as a whole.
    """
    before, after = _split(old), _split(new)
    same = aligned([one.text for one in before], [one.text for one in after])
    passages: list[Passage] = []
    for (start, other_start), (end, other_end) in pairwise(
        [(-1, -1), *same, (len(before), len(after))]
    ):
        passages += _stretch(before[start + 1 : end], after[other_start + 1 : other_end])
        if end < len(before):
            passages.append(_pair(before[end], after[other_end]))
    return tuple(passages)


@dataclass(frozen=True)
class _Paragraph:
    text: str
    line_ends: int

    @cached_property
    def parts(self) -> list[str]:
        return PART.findall(self.text)

    @cached_property
    def words(self) -> list[str]:
        return [part for part in self.parts if is_word(part)]

    @cached_property
    def weight(self) -> int:
        return sum(map(len, self.words))


def _split(body: str) -> list[_Paragraph]:
    return [_Paragraph(text, line_ends) for text, line_ends in parts(body)]


def _stretch(old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> Iterator[Passage]:
    for (start, other_start), (end, other_end) in pairwise(
        [(-1, -1), *_partners(old, new), (len(old), len(new))]
    ):
        for paragraph in old[start + 1 : end]:
            yield _alone(paragraph, Kind.REMOVED)
        for paragraph in new[other_start + 1 : other_end]:
            yield _alone(paragraph, Kind.ADDED)
        if end < len(old):
            yield _pair(old[end], new[other_end])


def _partners(old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> list[Pair]:
    words = [(place, word) for place, one in enumerate(old) for word in one.words]
    other_words = [(place, word) for place, one in enumerate(new) for word in one.words]
    shared: Counter[Pair] = Counter()
    for one, other in aligned([word for _, word in words], [word for _, word in other_words]):
        shared[words[one][0], other_words[other][0]] += len(words[one][1])
    # The words' pairs increase on both sides, so any one-to-one choice of paragraphs does too.
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for (one, other), weight in shared.most_common():
        alike = 2 * weight >= _LIKE * (old[one].weight + new[other].weight)
        if alike and one not in chosen and other not in taken:
            chosen[one] = other
            taken.add(other)
    return sorted(chosen.items())


def _alone(paragraph: _Paragraph, kind: Kind) -> Passage:
    line_ends = Piece(kind, "\n" * paragraph.line_ends)
    return Passage(pieces=(Piece(kind, paragraph.text),), line_ends=(line_ends,))


def _pair(old: _Paragraph, new: _Paragraph) -> Passage:
    both = min(old.line_ends, new.line_ends)
    ends = ["\n" * (one.line_ends - both) for one in (old, new)]
    line_ends = _pieces([("", "", "\n" * both), (ends[0], ends[1], "")])
    if old.text == new.text:
        return Passage(pieces=(Piece(Kind.SAME, old.text),), line_ends=line_ends)
    return Passage(pieces=_pieces(_calmed(_runs(old.parts, new.parts))), line_ends=line_ends)


_Run = tuple[str, str, str]
"""Removed text, added text, and the common text after them."""


def _runs(old: list[str], new: list[str]) -> list[_Run]:
    runs: list[_Run] = []
    start = other_start = 0
    for end, other_end in [*aligned(old, new, _weight), (len(old), len(new))]:
        went, came = "".join(old[start:end]), "".join(new[other_start:other_end])
        stayed = "".join(old[end : end + 1])
        if runs and not went and not came:
            runs[-1] = (*runs[-1][:2], runs[-1][2] + stayed)
        else:
            runs.append((went, came, stayed))
        start, other_start = end + 1, other_end + 1
    return runs


def _calmed(runs: Iterable[_Run]) -> list[_Run]:
    """Join changes without a word between them, then changes longer than the text between them."""

    def has_no_word(run: _Run, _: _Run) -> bool:
        return not any(map(is_word, PART.findall(run[2])))

    def is_smaller(run: _Run, following: _Run) -> bool:
        return len(run[2]) <= min(max(map(len, one[:2])) for one in (run, following))

    for is_chance in (has_no_word, is_smaller):
        groups: list[list[_Run]] = []
        for run in runs:
            before = groups[-1][-1] if groups else ("", "", "")
            if any(before[:2]) and is_chance(before, run):
                groups[-1].append(run)
            else:
                groups.append([run])
        runs = [_as_one(group) for group in groups]
    return list(runs)


def _as_one(runs: Sequence[_Run]) -> _Run:
    stayed = [*(run[2] for run in runs[:-1]), ""]
    went, came = (
        "".join(run[side] + between for run, between in zip(runs, stayed, strict=True))
        for side in (0, 1)
    )
    return went, came, runs[-1][2]


def _pieces(runs: Iterable[_Run]) -> tuple[Piece, ...]:
    kinds = (Kind.REMOVED, Kind.ADDED, Kind.SAME)
    return tuple(
        Piece(kind, text) for run in runs for kind, text in zip(kinds, run, strict=True) if text
    )


def is_word(part: str) -> bool:
    """Return whether a part matched by `PART` is a word."""
    return part.isalnum() or any(sign.isalnum() for sign in part)


def _weight(part: str) -> int:
    """Weigh long words more than short ones, and any word more than punctuation and spaces."""
    if is_word(part):
        return 4 + len(part)
    return 1 if part.isspace() else 2


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
