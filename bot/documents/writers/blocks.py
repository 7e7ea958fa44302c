"""A letter's passages as blocks: items become nested lists, quoted runs become quotations.

A document's title is its first heading, so headings in the text begin at level 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bot.documents.passages import Kind, Passage

LAST = 6


@dataclass(slots=True)
class List:
    """A list of one kind, with its items."""

    ordered: bool
    start: int
    items: "list[Item]" = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """An item with the lists inside it; its passage is None if a list begins one level deeper."""

    passage: Passage | None
    lists: list[List] = field(default_factory=list)


@dataclass(slots=True)
class Single:
    """A heading, paragraph, block of code, or rule."""

    passage: Passage
    level: int
    """The level of a heading, from 2."""


@dataclass(slots=True)
class Quote:
    """A quotation."""

    blocks: "list[Block]"


Block = Single | List | Quote


def blocks(passages: Sequence[Passage]) -> list[Block]:
    """Return the blocks of a text in their order."""
    made: list[Block] = []
    paired = zip(passages, heading_levels(passages), strict=True)
    for quoted, run in groupby(paired, key=lambda pair: pair[0].quoted):
        inside = _unquoted(list(run))
        made += [Quote(inside)] if quoted else inside
    return made


def _unquoted(paired: list[tuple[Passage, int]]) -> list[Block]:
    made: list[Block] = []
    for is_item, run in groupby(paired, key=lambda pair: pair[0].kind is Kind.ITEM):
        if is_item:
            made += _lists([passage for passage, _ in run])
        else:
            made += [Single(passage, level) for passage, level in run]
    return made


def _lists(items: Sequence[Passage]) -> list[List]:
    roots: list[List] = []
    path: list[List] = []
    for item in items:
        ordered = item.number is not None
        del path[item.level + 1 :]
        if len(path) == item.level + 1 and path[-1].ordered is not ordered:
            path.pop()
        while len(path) <= item.level:
            deepest = len(path) == item.level
            new = List(ordered if deepest else False, item.number or 1)
            if not path:
                roots.append(new)
            else:
                if not path[-1].items:
                    path[-1].items.append(Item(None))
                path[-1].items[-1].lists.append(new)
            path.append(new)
        path[-1].items.append(Item(item))
    return roots


def heading_levels(passages: Sequence[Passage]) -> list[int]:
    """Return the level of each passage: from 2 for headings, skipping none; 0 for the others.

    Screen readers and PDF/UA-1 need headings that descend one level at a time, whatever the text
    began with.
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
