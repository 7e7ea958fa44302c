"""Reading of a pasted list into entries, in three steps: its shape, its cells, its entries.

The whole text is read as a table, as blocks of lines, or line by line; a line can hold several
entries. Text around the list is skipped and reported.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

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
from bot.documents.pasted.fields import Hint, Pieces, is_inverted, read_line, take_apart
from bot.documents.pasted.kinds import (
    CERTAIN,
    WEIGHTS,
    is_person,
    is_title,
    lean,
    name_and_title,
    near,
    of_one_kind,
)
from bot.documents.pasted.lines import Line, blocks_of, lines_of, with_tabs, without_tags
from bot.documents.pasted.page import (
    Around,
    Heading,
    Seen,
    heading_of,
    leave,
    list_of,
    skip,
    without_date,
)
from bot.documents.pasted.segments import country_in, first_of, is_fact, is_title_place, part
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

    Headings, greetings, addresses and unknown columns are skipped. A text without names has no
    entries.

    Args:
        text: The whole text.
        takes: The kinds of signatories that the letter accepts; evidence for an entry's kind.

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


@dataclass(frozen=True, slots=True)
class _Candidate:
    """The text of one possible entry, with the kind and the country from its heading."""

    line: Line
    text: str
    kind: Kind | None = None
    country: str = ""
    block: int = 0


def _read_lines(lines: list[Line], own: float) -> tuple[list[Entry], list[Skipped]]:
    skipped: list[Skipped] = []
    candidates = list(_candidates(list_of(lines, skipped), skipped))
    texts = [one.text for one in candidates]
    # If nearly all lines begin with "Family, Given", read all that way.
    inverted = _most([is_inverted(part(text)) for text in texts], 0.75)
    split = [name_and_title(first_of(text)) for text in texts]
    counts = Counter(len(name.split()) for name, title in split if title)
    glued = max(counts, key=lambda one: counts[one]) if counts.total() * 5 > len(texts) * 2 else 0
    apart = [take_apart(text, inverted=inverted, glued=glued) for text in texts]
    hint = Hint(inverted=inverted, glued=glued, titles=_title_places(apart))
    entries: list[Entry] = []
    for one, beside in zip(candidates, _neighbours(candidates, apart), strict=True):
        score = own + beside + _LEANS[one.kind] * WEIGHTS["heading"]
        found = read_line(one.text, one.line.row, replace(hint, heading=one.kind, score=score))
        if not found:
            skipped.append(skip(Skip.NO_NAME, one.line, one.text))
        for entry in found:
            told = replace(entry, contact=next(iter(one.line.addresses), ""))
            if one.country and not entry.country and entry.kind is Kind.ORGANISATION:
                remarks = (*entry.remarks, (Remark.COUNTRY_OF_HEADING, ""))
                told = replace(told, country=one.country, remarks=remarks)
            entries.append(told)
    return entries, skipped


def _most(said: Sequence[bool], share: float) -> bool:
    return len(said) > 2 and sum(said) > len(said) * share


def _title_places(apart: Sequence[Pieces | None]) -> frozenset[tuple[int, int]]:
    """Return the positions after names at which most people of a list have a title."""
    told: dict[tuple[int, int], list[bool]] = {}
    for pieces in apart:
        if pieces is not None and pieces.score > 0:
            heads = [head for head, _ in pieces.rest if not country_in(head)[0]]
            for place, head in enumerate(heads[:3]):
                told.setdefault((len(heads), place), []).append(is_title_place(head))
    return frozenset(place for place, found in told.items() if _most(found, 2 / 3))


def _neighbours(candidates: Sequence[_Candidate], apart: Sequence[Pieces | None]) -> list[float]:
    """Score each entry's neighbours: positive for people, negative for organisations."""
    scores = [pieces.score if pieces is not None else 0.0 for pieces in apart]
    usual = of_one_kind(scores)
    found: list[float] = []
    for place, own in enumerate(candidates):
        beside = [
            max(-3.0, min(3.0, scores[other]))
            * (1.0 if candidates[other].block == own.block else 0.5)
            for other in range(max(0, place - _NEAR), min(len(scores), place + _NEAR + 1))
            if other != place and candidates[other].kind is own.kind
        ]
        found.append(near(beside) + usual)
    return found


def _candidates(seen: Sequence[Seen], skipped: list[Skipped]) -> Iterator[_Candidate]:
    """Yield the text of each entry, from blocks of lines or line by line."""
    lines: list[Line] = []
    for one in seen:
        keep = not one.line.text or one.what in {Around.ENTRY, Around.HEADING}
        if keep or (one.what is Around.CONTACT and one.line.addresses):
            lines.append(one.line)
        else:
            leave(one, skipped)
    heads = {
        one.line.row: heading_of(one.line) or Heading()
        for one in seen
        if one.what is Around.HEADING
    }
    few = sum(bool(line.text) for line in lines) <= _FEW_LINES
    heading = Heading()
    for number, block in enumerate(_shaped(lines, heads)):
        group: list[Line] = []
        for line in block:
            of_group = group and line.row in heads and heads[line.row].country
            if line.row not in heads or of_group:
                group.append(line)
                continue
            heading = heads[line.row]
            if not heading.rest:
                skipped.append(skip(Skip.HEADING, line))
            for text in _several(without_date(heading.rest), few=True) if heading.rest else ():
                yield _Candidate(line, text, heading.kind, heading.country, number)
        if not group:
            continue
        text = ", ".join(line.text for line in group if line.text)
        addresses = tuple(address for line in group for address in line.addresses)
        first = replace(group[0], addresses=addresses)
        several = _several(without_date(text), few=few) if len(group) == 1 else [text]
        for one in several:
            yield _Candidate(first, one, heading.kind, heading.country, number)


def _shaped(lines: Sequence[Line], heads: dict[int, Heading]) -> list[list[Line]]:
    """Group the lines into entries: by blank lines, from person to person, or one line each.

    Each shape is scored by the groups that read like one entry; ties go to one line each.
    """
    filled = [line for line in lines if line.text]
    kinds = {line.row: _kind_of(line) for line in filled if line.row not in heads}
    single = [[line] for line in filled]
    blocks = blocks_of(lines)
    if sum(line.marked for line in filled) * 10 >= len(kinds) * 9:
        # A bullet begins an entry.
        return single
    longer = [[kinds[line.row] for line in block if line.row in kinds] for block in blocks]
    longer = [block for block in longer if block]
    many = [block for block in longer if len(block) > 1]
    if len(many) > 1 and len(many) * 2 >= len(longer):
        fit = sum(map(_is_block, many))
        if fit * 10 >= len(many) * 8:
            return blocks
    period = _by_period(filled, kinds)
    return period if period is not None else single


def _kind_of(line: Line) -> str:
    """Classify a line as "person", "body", "title" or "country"; else "words"."""
    text, first = line.text, first_of(line.text)
    if country_in(text)[0] == text:
        return "country"
    if is_fact(text) or is_title(first):
        return "title"
    if text[:1].islower():
        return "words"
    score = lean(first)
    return "person" if score >= 1.0 else "body" if score <= -CERTAIN else "words"


def _is_block(kinds: Sequence[str]) -> bool:
    first, *others = kinds
    if len(kinds) > _BLOCK_MOST or first in {"country", "title"}:
        return False
    if first == "person":
        return "person" not in others
    return others.count("person") < 2 and not {"body", "words"}.intersection(others)


def _by_period(lines: Sequence[Line], kinds: dict[int, str]) -> list[list[Line]] | None:
    """Group the lines into blocks that begin with a person; None if the pattern is not regular.

    A line that may be a name or not belongs to the block if the block has only a name yet.
    """
    found: list[list[Line]] = []
    for line in lines:
        kind = kinds.get(line.row, "heading")
        begun = bool(found) and kinds.get(found[-1][0].row) == "person"
        sure = begun and (len(found[-1]) > 1 or lean(first_of(line.text)) >= CERTAIN)
        if kind == "heading" or not begun or (kind == "person" and sure):
            found.append([])
        found[-1].append(line)
    people = [block for block in found if kinds.get(block[0].row) == "person"]
    regular = [
        block for block in people if 1 < len(block) <= _BLOCK_MOST and len(part(block[0].text)) == 1
    ]
    facts = sum(kind in {"title", "country"} for kind in kinds.values()) * 3 > len(people)
    even = len({len(block) for block in regular}) == 1 or len(regular) > _MANY
    doubtful = sum(kinds.get(block[1].row) == "person" for block in regular) * 3 > len(regular)
    fits = len(regular) > 2 and len(regular) * 5 >= len(people) * 4 and not doubtful
    return found if fits and (facts or even) else None


def _several(text: str, *, few: bool) -> list[str]:
    """Split a line into the texts of its entries; a line with one entry stays whole."""
    pieces = _between(text, ";")
    if len(pieces) > 1 and sum(map(_belongs, pieces)) * 4 <= len(pieces):
        return pieces
    pieces = _between(text, ",")
    for place, (piece, after) in enumerate(pairwise(pieces[1:]), start=1):
        # "Ada Quill, professor of law Ivo Renn, lawyer": two lines in one
        said = piece.split()
        for count in (3, 2):
            before, name = said[:-count], " ".join(said[-count:])
            titled = bool(before) and before[-1].islower() and is_title(" ".join(before))
            if titled and is_person(name) and is_title(after):
                first = ", ".join([*pieces[:place], " ".join(before)])
                return [first, *_several(", ".join([name, *pieces[place + 1 :]]), few=few)]
    if len(pieces) > 1:
        pieces[-1:] = _conjoined(pieces[-1])
    people: list[str] = []
    for piece in pieces:
        bare, *other = _conjoined(piece)
        bare = piece if other else bare
        if is_person(bare) or not people:
            people.append(bare)
        else:
            people[-1] += f", {piece}"
    if len(people) > 1 and all(is_title(one.partition(", ")[2]) for one in people):
        return people
    stand = sum(not _belongs(piece) for piece in pieces)
    many = len(pieces) >= _PIECES_MANY
    one_person = lean(pieces[0]) > 0 and not any(lean(one) >= CERTAIN for one in pieces[1:])
    if many and stand * 5 >= len(pieces) * 4:
        return pieces
    enough = len(pieces) >= (_PIECES_LEAST if few else _PIECES_MANY)
    return pieces if enough and stand == len(pieces) and not one_person else [text]


def _conjoined(text: str) -> list[str]:
    """Split the last piece of a line at its "and"."""
    for word in phrases("and"):
        before, found, after = text.rpartition(word)
        if found and " " in after and lean(before) * lean(after) > 0:
            return [before.strip(), after.strip()]
        if text.startswith(word.lstrip()):
            return [text.removeprefix(word.lstrip())]
    return [text]


def _between(text: str, mark: str) -> list[str]:
    found: list[str] = []
    begun = 0
    parts = part(text)
    for one, other in zip(parts, [*parts[1:], None], strict=True):
        if other is None or other.mark == mark:
            found.append(text[begun : one.end].strip())
            begun = one.end + 1
    return [one for one in found if one] or [text]


def _belongs(text: str) -> bool:
    """Return whether a piece describes the one before it: a country, a title, lower-case words."""
    text = first_of(text)
    title = is_title(text) and -CERTAIN < lean(text) < CERTAIN
    return country_in(text)[0] == text or title or text[:1].islower()
