"""Reading of a pasted list into entries, in three steps: its shape, its cells, its entries.

The whole text is read as a table, as blocks of lines, or line by line; a line can hold several
entries. Text around the list is skipped and reported.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from bot.documents.pasted.entries import (
    ENTRIES_MOST,
    Entry,
    Reading,
    Remark,
    Skip,
    Skipped,
    Takes,
    TooManyEntries,
)
from bot.documents.pasted.fields import Hint, Pieces, given_first, read_line, take_apart
from bot.documents.pasted.kinds import (
    CERTAIN,
    WEIGHTS,
    is_title,
    lean,
    name_and_title,
    near,
)
from bot.documents.pasted.lines import Line, lines_of, with_tabs, without_tags
from bot.documents.pasted.page import Heading, Seen, list_of, skip
from bot.documents.pasted.segments import country_in, first_of, is_fact, part
from bot.documents.pasted.table import find_table, read_rows
from bot.documents.pasted.words import phrases, spelt, tables
from bot.letters.endorsement import Kind

TEXT_MOST = 2_000_000
"""The most characters read of a text."""
_LINES_MOST = 5 * ENTRIES_MOST
"""The most lines that are not blank; an entry may take several lines."""
_NEAR = 8
"""The number of entries before and after an entry that count as its neighbours."""
_BLOCK_MOST, _MANY = 6, 20
_FEW_LINES, _PIECES_LEAST, _PIECES_MANY = 3, 3, 6
_LEANS = {Kind.PERSON: 1.0, Kind.ORGANISATION: -1.0, None: 0.0}


def read_list(text: str, takes: Takes = Takes.BOTH) -> Reading:
    """Read a pasted list or table into entries, and report the lines and columns it skips.

    The kinds of signatories that the letter takes are evidence for an entry's kind.

    Raises:
        TooManyEntries: the text has too many lines or entries.
    """
    raw = text[:TEXT_MOST].replace("\x00", "").splitlines()
    if sum(map(bool, map(str.strip, raw))) > _LINES_MOST:
        raise TooManyEntries
    if raw and raw[0].strip().strip('"').casefold().startswith("sep=") and len(raw[0]) < 9:
        raw[0] = ""
    plain, source = without_tags("\n".join(raw))
    plain = with_tabs(plain)
    own = {Takes.PEOPLE: 1.0, Takes.ORGANISATIONS: -1.0, Takes.BOTH: 0.0}[takes] * WEIGHTS["takes"]
    table = find_table(plain)
    entries, skipped = read_rows(table, own) if table else _read_lines(lines_of(plain), own)
    if source is not None:
        entries = [replace(one, row=source[one.row - 1]) for one in entries]
        skipped = [replace(one, row=source[one.row - 1]) for one in skipped]
    return _once(entries, skipped)


def _once(entries: list[Entry], skipped: list[Skipped]) -> Reading:
    """Skip repeated entries, except anonymous ones; raise TooManyEntries if too many are left."""
    kept: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        body = entry.kind is Kind.ORGANISATION
        fields = (entry.name, entry.title, entry.affiliation, entry.via, entry.country * body)
        key = (entry.kind, *map(str.casefold, fields))
        if spelt(entry.name) in tables()["titles: without a name"]:
            key = (*key, str(entry.row))
        if key in kept:
            skipped.append(Skipped(why=Skip.TWICE, row=entry.row, text=entry.reads))
        else:
            kept[key] = entry
    if len(kept) > ENTRIES_MOST:
        raise TooManyEntries
    return Reading(
        entries=tuple(kept.values()), skipped=tuple(sorted(skipped, key=lambda one: one.row))
    )


class _Candidate(NamedTuple):
    """The text of one possible entry, its first line and its heading."""

    line: Line
    text: str
    heading: Heading


def _read_lines(lines: list[Line], own: float) -> tuple[list[Entry], list[Skipped]]:
    skipped: list[Skipped] = []
    candidates = list(_candidates(list_of(lines, skipped), skipped))
    turned = [given_first(one.text) for one in candidates]
    if sum(map(bool, turned)) * 4 >= len(turned) * 3:
        pairs = zip(candidates, turned, strict=True)
        candidates = [one._replace(text=text or one.text) for one, text in pairs]
    texts = [one.text for one in candidates]
    split = [name_and_title(first_of(text)) for text in texts]
    counts = Counter(len(name.split()) for name, title in split if title)
    glued = max(counts, key=lambda one: counts[one]) if counts.total() * 5 > len(texts) * 2 else 0
    apart = [take_apart(text, glued) for text in texts]
    entries: list[Entry] = []
    for one, beside in zip(candidates, _neighbours(candidates, apart), strict=True):
        kind, country = one.heading.kind, one.heading.country
        score = own + beside + _LEANS[kind] * WEIGHTS["heading"]
        found = read_line(one.text, one.line.row, Hint(kind, score, glued))
        if not found:
            skipped.append(skip(Skip.NO_NAME, one.line, one.text))
        for entry in found:
            if country and not entry.country and entry.kind is Kind.ORGANISATION:
                remarks = (*entry.remarks, (Remark.COUNTRY_OF_HEADING, ""))
                entry = replace(entry, country=country, remarks=remarks)  # noqa: PLW2901 - the same one
            entries.append(replace(entry, contact=next(iter(one.line.addresses), "")))
    return entries, skipped


def _neighbours(
    candidates: Sequence[_Candidate], apart: Sequence[Pieces | None]
) -> Iterator[float]:
    """Score each entry's neighbours: positive for people, negative for organisations."""
    scores = [pieces.score if pieces is not None else 0.0 for pieces in apart]
    for place, own in enumerate(candidates):
        around = range(max(0, place - _NEAR), min(len(scores), place + _NEAR + 1))
        alike = (n for n in around if candidates[n].heading.kind is own.heading.kind)
        yield near([scores[n] for n in alike if n != place])


def _candidates(seen: Sequence[Seen], skipped: list[Skipped]) -> Iterator[_Candidate]:
    """Yield the text of each entry, from blocks of lines or line by line."""
    lines: list[Line] = []
    for one in seen:
        if one.why is None or one.why is Skip.HEADING or not one.line.text or one.line.addresses:
            lines.append(one.line)
        else:
            skipped.append(skip(one.why, one.line))
    heads = {one.line.row: one.heading for one in seen if one.heading is not None}
    few = sum(bool(line.text) for line in lines) <= _FEW_LINES
    heading = Heading()
    for block in _shaped(lines, heads):
        group: list[Line] = []
        for line in block:
            if line.row not in heads or (group and heads[line.row].country):
                group.append(line)
            elif (heading := heads[line.row]).rest:
                for text in _several(heading.rest, few=True):
                    yield _Candidate(line, text, heading)
            else:
                skipped.append(skip(Skip.HEADING, line))
        if group:
            text = ", ".join(line.text for line in group if line.text)
            addresses = tuple(address for line in group for address in line.addresses)
            first = replace(group[0], addresses=addresses)
            for one in _several(text, few=few) if len(group) == 1 else [text]:
                yield _Candidate(first, one, heading)


def _shaped(lines: Sequence[Line], heads: Mapping[int, Heading]) -> list[list[Line]]:
    """Group the lines into entries: by blank lines, from name to name, or one line each."""
    filled = [line for line in lines if line.text]
    kinds = {line.row: _kind_of(line) for line in filled if line.row not in heads}
    blocks = [list(some) for full, some in groupby(lines, lambda line: bool(line.text)) if full]
    longer = [[kinds[line.row] for line in block if line.row in kinds] for block in blocks]
    many = [block for block in longer if len(block) > 1]
    read = sum(map(_is_block, many))
    if len(many) > 1 and len(many) * 2 >= sum(map(bool, longer)) and read * 10 >= len(many) * 8:
        return blocks
    shapes = (_from_names(lead, filled, kinds) for lead in ("person", "body"))
    return next(filter(None, shapes), [[line] for line in filled])


def _kind_of(line: Line) -> str:
    """Classify a line as "person", "body", "title" or "country"; else "words"."""
    text, first = line.text, first_of(line.text)
    if country_in(text)[0] == text:
        return "country"
    if is_fact(text) or is_title(first):
        return "title"
    score = lean(first)
    if text[:1].islower() or -CERTAIN < score < 1.0:
        return "words"
    return "person" if score > 0 else "body"


def _is_block(kinds: Sequence[str]) -> bool:
    first, *others = kinds
    if len(kinds) > _BLOCK_MOST or first in {"country", "title"}:
        return False
    if first == "person":
        return "person" not in others
    return others.count("person") < 2 and not {"body", "words"}.intersection(others)


def _from_names(lead: str, lines: Sequence[Line], kinds: Mapping[int, str]) -> list[list[Line]]:
    """Group the lines into blocks that begin with a name; none if the pattern is not regular.

    A line that may be a name or not belongs to the block if the block has only a name yet.
    """
    found: list[list[Line]] = []
    for line in lines:
        kind = kinds.get(line.row, "heading")
        begun = bool(found) and kinds.get(found[-1][0].row) == lead
        sure = begun and (len(found[-1]) > 1 or abs(lean(first_of(line.text))) >= CERTAIN)
        if kind == "heading" or not begun or (kind == lead and sure):
            found.append([])
        found[-1].append(line)
    led = [block for block in found if kinds.get(block[0].row) == lead]
    regular = [
        block
        for block in led
        if len(block) > 1
        and len(part(block[0].text)) == 1
        and (lead == "person" or _is_block([kinds[line.row] for line in block]))
    ]
    facts = sum(kind in {"title", "country"} for kind in kinds.values()) * 3 > len(led)
    even = len({len(block) for block in regular}) == 1 or len(regular) > _MANY
    fits = len(regular) > 2 and len(regular) * 5 >= len(led) * 4 and (facts or even)
    return found if fits else []


def _several(text: str, *, few: bool) -> list[str]:
    """Split a line into the texts of its entries; a line with one entry stays whole."""
    pieces = _between(text, ";")
    if len(pieces) > 1 and sum(map(_belongs, pieces)) * 4 <= len(pieces):
        return pieces
    pieces = _between(text, ",")
    if len(pieces) > 1:
        pieces[-1:] = _conjoined(pieces[-1])
    stand = sum(not _belongs(piece) for piece in pieces)
    if len(pieces) >= _PIECES_MANY and stand * 5 >= len(pieces) * 4:
        return pieces
    one_person = lean(pieces[0]) > 0 and not any(lean(one) >= CERTAIN for one in pieces[1:])
    enough = len(pieces) >= (_PIECES_LEAST if few else _PIECES_MANY)
    return pieces if enough and stand == len(pieces) and not one_person else [text]


def _conjoined(text: str) -> list[str]:
    """Split the last piece of a line at its "and"."""
    for word in phrases("and"):
        before, found, after = text.rpartition(word)
        if found and " " in after and lean(before) * lean(after) > 0:
            return [before.strip(), after.strip()]
    return [text]


def _between(text: str, mark: str) -> list[str]:
    found, begun = list[str](), 0
    parts = part(text)
    for one, other in zip(parts, [*parts[1:], None], strict=True):
        if other is None or other.mark == mark:
            found.append(text[begun : one.end].strip())
            begun = one.end + 1
    return list(filter(None, found)) or [text]


def _belongs(text: str) -> bool:
    """Return whether a piece describes the one before it: a country, a title, lower-case words."""
    text = first_of(text)
    title = is_title(text) and -CERTAIN < lean(text) < CERTAIN
    return country_in(text)[0] == text or title or text[:1].islower()
