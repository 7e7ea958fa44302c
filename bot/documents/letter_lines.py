"""The lines of a pasted letter: broken ones are joined, and the names at its end are found."""

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.documents.pasted.entries import ENTRIES_MOST, Skip
from bot.documents.pasted.kinds import first_of, lean
from bot.documents.pasted.lines import lines_of
from bot.documents.pasted.page import Seen, judge
from bot.documents.pasted.reading import read_list

_BULLET = re.compile(r"\s{0,8}\\?[•▪·*-]\s{1,8}(?=\S)")
_LISTED = re.compile(r"- |\s{0,3}\d{1,3}[.)]\s")
_ITEM = re.compile(r"\s{0,8}(?:\\?[•▪·*–-]|\(?(?:\d{1,3}|\w)\\?[.)])\s")
_TABS = re.compile(r"[ ]{0,8}\t[ \t]{0,8}")
_REFERENCE = re.compile(r"(?:\\?[•*-]\s)?\\?\[\^?\d{1,3}\\?\]|\d{1,3}\\?[.)]\s.{0,20}http")
_LOCAL = re.compile(r"\[([^\[\]]{1,200})\]\((?![^()]{0,20}:)[^()\s]{1,200}\)")
_LOCAL_ONLY = re.compile(rf"#{{0,6}}\s?{_LOCAL.pattern}[.:]?")
_HEADING_ID = re.compile(r"^(#{1,6}\s.*?)\s{0,8}\{[#.][^{}]{1,300}\}$")
_NAMED = re.compile(r"(?i).{0,40}\b(?:names|namen|noms|nombres|nomes|nomi)\b.{0,40}[.:]\\?")
_SHORTEST, _LONGEST, _RAGGED, _NAME_MOST = 40, 90, 10, 30
"""The fewest characters of a line that a mail program may have broken, and the most; what lines
of one text differ by; the most of a name below the name of an organisation."""
_BROKEN_LEAST, _ANNOUNCED_LEAST, _NAMES_LEAST, _PEOPLE_LEAST, _REST_MOST = 3, 2, 4, 6, 400


def joined(lines: Sequence[str]) -> list[str]:
    """Join the lines that a mail program broke; make bullets a list, and cells one line.

    A program broke a line if the next word had no more room on it. One that a person broke, as in
    an address, stays. Lines are Markdown; a line break is a backslash at the end of a line. Links
    within a site become words.
    """
    lines = [
        _HEADING_ID.sub(r"\1", _LOCAL.sub(r"\1", _TABS.sub(" | ", one)))
        for one in lines
        if not _LOCAL_ONLY.fullmatch(one)
    ]
    plain = [one.removesuffix("\\").strip() for one in lines]
    sizes = sorted(len(one) for one in plain if _SHORTEST <= len(one) <= _LONGEST)
    # A table in the text has longer lines.
    room = sizes[len(sizes) * 9 // 10] if sizes else 0
    broken = [
        (plain[place], plain[place + 1])
        for place, one in enumerate(lines[:-1])
        if one.endswith("\\") and plain[place + 1] and not _ITEM.match(lines[place + 1])
    ]
    full = sum(_is_full(one, after, room) for one, after in broken)
    wrapped = full >= _BROKEN_LEAST and full * 2 >= len(broken)
    found: list[str] = []
    above = ""
    for line, words in zip(lines, plain, strict=True):
        goes_on = above and words and found[-1].endswith("\\") and not _ITEM.match(line)
        if goes_on and (
            _continues(above, words, 1 if wrapped else _SHORTEST)
            or (wrapped and _is_full(above, words, room - _RAGGED * (above[-1] != ".")))
        ):
            found[-1] = f"{found[-1].removesuffix(chr(92)).rstrip()} {line.lstrip()}"
        else:
            found.append(line)
        above = words
    return _listed(found)


def _is_full(line: str, after: str, room: int) -> bool:
    """Return whether the next word had no room on a line."""
    if line.endswith(":") or (line.endswith(".") and len(after) < _NAME_MOST):
        return False
    return _SHORTEST <= len(line) <= _LONGEST and len(f"{line} {after.split(maxsplit=1)[0]}") > room


def _continues(line: str, after: str, least: int) -> bool:
    """Return whether a sentence goes on in the next line."""
    word = after.split(maxsplit=1)[0]
    inside = word[0].islower() and not {"@", "/"}.intersection(word)
    return inside and len(line) >= least and not line.endswith((".", ":", ";", "!", "?"))


def _listed(lines: list[str]) -> list[str]:
    """Make lines with bullets a list, unless there is only one; no break hangs beside a list."""
    several = sum(_BULLET.match(line) is not None for line in lines) > 1
    found: list[str] = []
    for raw in lines:
        line = _BULLET.sub("- ", raw, count=1) if several and _BULLET.match(raw) else raw
        before = found[-1] if found else ""
        item, was = _LISTED.match(line), _LISTED.match(before)
        if (item or was) and before.endswith("\\"):
            found[-1:] = [before[:-1]] if item and was else [before[:-1], ""]
        found.append(line)
    return found


def names_at_end(lines: Sequence[str], parts: re.Pattern[str]) -> tuple[int, int, int] | None:
    """Find the names below a letter: their first line, the one after them, and their number.

    They stand below words that announce them or a closing (`parts`), or are many people. A few
    lines below them belong to them, such as a contact, but not footnotes.
    """
    seen = [judge(lines_of(line)[0]) for line in lines]
    may = [bool(line.strip()) and _may_belong(seen[place]) for place, line in enumerate(lines)]
    for place, one in reversed(list(enumerate(seen))):
        heads = one.heading is not None and one.heading.signing and not one.line.marked
        heads = heads or _NAMED.fullmatch(lines[place]) is not None
        if not heads and not parts.search(lines[place]):
            continue
        end = place + 1
        # Among names, one line may look like a sentence.
        while end < len(lines) and (may[end] or not lines[end] or all(may[end - 1 : end + 2 : 2])):
            end += 1
        names = len(read_list("\n".join(lines[place + 1 : end][:ENTRIES_MOST])).entries)
        if names < (_ANNOUNCED_LEAST if heads else _NAMES_LEAST):
            continue
        below = _footnotes(lines, end)
        rest = sum(map(len, lines[end:below]))
        if sum(map(len, lines[end:])) > sum(map(len, lines[:place])):
            return None
        return place + (not heads), below if rest <= _REST_MOST else end, names
    return _people_at_end(lines, seen)


def _people_at_end(lines: Sequence[str], seen: Sequence[Seen]) -> tuple[int, int, int] | None:
    filled = (place for place in range(len(lines) - 1, -1, -1) if lines[place].strip())
    run = list(takewhile(lambda place: _may_belong(seen[place]), filled))
    people = [place for place in run if lean(first_of(seen[place].line.text)) > 0]
    if len(people) < _PEOPLE_LEAST or 3 * len(people) <= 2 * run.index(people[-1]):
        return None
    names = read_list("\n".join(lines[people[-1] :][:ENTRIES_MOST])).entries
    return people[-1], len(lines), len(names)


def _footnotes(lines: Sequence[str], start: int) -> int:
    """Return the first line of the footnotes, with their heading."""
    places = range(start, len(lines))
    first = next((one for one in places if _REFERENCE.match(lines[one].strip())), len(lines))
    if first < len(lines):
        first = max((one for one in range(start, first) if lines[one].strip()), default=first)
    return first


def _may_belong(one: Seen) -> bool:
    if one.heading is not None and one.line.heading:
        return one.heading.signing or one.heading.kind is not None
    return one.why in {None, Skip.HEADING, Skip.CONTACT} or one.line.raw.rstrip("\\ ").endswith(":")
