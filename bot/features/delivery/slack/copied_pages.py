"""Pages of a list for copying: each is cut from a stretch, with the place of the next page."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from bot.features.delivery.list_files import Format, Stretch, write
from bot.letters.standing import ON_LIST
from bot.slack.text.escaping import fit, width

PAGE_MOST = 2900
"""UTF-16 units of a page, so that it fits into one text block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Position at which a page begins."""

    after: str = ""
    """The id of the signatory before the page; empty at the beginning."""
    off_list: bool = False
    """True if the signatory `after` is not on the list."""
    skip: int = 0
    """Characters after that signatory that earlier pages have shown."""
    marked: bool = False
    """True if an entry on an earlier page needs the note at the end."""

    def __str__(self) -> str:
        return f"{self.after}.{self.off_list:d}.{self.skip}.{self.marked:d}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the place that `str(place)` returned as text.

        Raises:
            ValueError: the text is no place.
        """
        after, off_list, skip, marked = text.split(".")
        return cls(
            after=after, off_list=off_list == "1", skip=max(int(skip), 0), marked=marked == "1"
        )


def cut(form: Format, stretch: Stretch, place: Place) -> tuple[str, Place | None]:
    """Return the text of the page at a place, and the place of the next page or None.

    A page ends at a line end, unless a line is longer than a page. All pages joined are the same
    text as a file.
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
    """Return how many characters of a text fit on one page."""
    end = used = 0
    for line in text.splitlines(keepends=True):
        used += width(line)
        if used > PAGE_MOST:
            return end or fit(line, PAGE_MOST) or 1
        end += len(line)
    return end
