"""Pages of a list to copy: one is cut of a stretch of the list, and says where the next begins."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from bot.features.delivery.list_files import Format, Stretch, write
from bot.letters.standing import ON_LIST
from bot.slack.text.escaping import fit, width

PAGE_MOST = 2900
"""UTF-16 units of a page: what fits into one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Position at which a page begins."""

    after: str = ""
    """The id of the signatory before it; empty at the beginning."""
    off_list: bool = False
    """Whether that one is among those that are not on the list."""
    skip: int = 0
    """Characters behind that one that the pages before have had."""
    marked: bool = False
    """Whether the pages before have an entry that asks for the words at the end."""

    def __str__(self) -> str:
        return f"{self.after}.{self.off_list:d}.{self.skip}.{self.marked:d}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` wrote.

        Raises:
            ValueError: It is no place.
        """
        after, off_list, skip, marked = text.split(".")
        return cls(
            after=after, off_list=off_list == "1", skip=max(int(skip), 0), marked=marked == "1"
        )


def cut(form: Format, stretch: Stretch, place: Place) -> tuple[str, Place | None]:
    """Return the text of the page that begins in a place, and where the next one begins.

    A page ends with a line, unless a line is longer than a page. All pages together are the whole
    list as a file has it.
    """
    written = write(form, stretch, marked=place.marked)
    pieces = ["" if place.after else written.head, *written.entries]
    if not stretch.more:
        pieces.append(written.foot)
    text = "".join(pieces)
    end = place.skip + _page(text[place.skip :])
    page = text[place.skip : end]
    if end >= len(text) and not stretch.more:
        return page, None
    ends = [at for at in accumulate(map(len, pieces[: len(stretch.entries) + 1])) if at <= end]
    had = len(ends) - 1
    if had < 1:
        return page, Place(
            after=place.after, off_list=place.off_list, skip=end, marked=place.marked
        )
    party = stretch.entries[had - 1]
    return page, Place(
        after=party.id,
        off_list=party.standing not in ON_LIST,
        skip=end - ends[-1],
        marked=bool(written.foot),
    )


def _page(text: str) -> int:
    """Count the characters of a text that go on one page."""
    end = used = 0
    for line in text.splitlines(keepends=True):
        used += width(line)
        if used > PAGE_MOST:
            return end or fit(line, PAGE_MOST) or 1
        end += len(line)
    return end
