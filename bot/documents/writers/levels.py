"""The levels of headings in a document whose title is the first."""

from collections.abc import Sequence

from bot.documents.passages import Kind, Passage

LAST = 6


def heading_levels(passages: Sequence[Passage]) -> list[int]:
    """Return a level for each passage: of a heading from 2, and none is skipped on the way down.

    Readers' tools and PDF/UA-1 want headings that go down one level at a time, whatever the text
    began with. What is no heading has level 0.
    """
    levels: list[int] = []
    path: list[int] = []
    for passage in passages:
        if passage.kind is not Kind.HEADING:
            levels.append(0)
            continue
        while path and path[-1] >= passage.level:
            path.pop()
        path.append(passage.level)
        levels.append(min(LAST, len(path) + 1))
    return levels
