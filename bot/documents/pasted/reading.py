"""Reading of a pasted list into entries: the entry point for modals and the command line.

The whole text is read as a table, as blocks of lines, or line by line; a line can hold several
entries. Text around the list is skipped and reported.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
from bot.documents.pasted.kinds import CERTAIN, WEIGHTS, is_person, is_title, lean
from bot.documents.pasted.lines import (
    Line,
    blocks_of,
    is_html,
    lines_of,
    with_tabs,
    without_tags,
)
from bot.documents.pasted.page import (
    Around,
    Heading,
    Seen,
    heading_of,
    leave,
    list_of,
    skip,
    what_is,
    without_date,
)
from bot.documents.pasted.segments import (
    Hint,
    Pieces,
    country_in,
    is_fact,
    is_inverted,
    is_title_place,
    part,
    read_line,
    take_apart,
)
from bot.documents.pasted.table import find_table, read_rows
from bot.documents.pasted.words import spelt, tables
from bot.letters.endorsement import Kind

TEXT_MOST = 2_000_000
"""The most characters read of a text."""
_LINES_MOST = 5 * ENTRIES_MOST
"""The most lines that are not blank; an entry may take several lines."""
_NEAR = 8
"""The number of entries before and after an entry that count as its neighbours."""
_CLIPPED = 3.0
_CONJUNCTIONS = ("and ", "et ", "y ", "e ", "und ", "и ")
_MANY = 20
_BLOCK_MOST = 6
_FEW_LINES, _PIECES_LEAST, _PIECES_MANY = 3, 3, 6


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
    plain, source = "\n".join(raw), None
    if is_html(plain):
        plain, source = without_tags(plain)
    plain = with_tabs(plain)
    lean_of_letter = {Takes.PEOPLE: 1.0, Takes.ORGANISATIONS: -1.0}.get(takes, 0.0)
    hint = Hint(score=lean_of_letter * WEIGHTS["takes"])
    table = find_table(plain)
    entries, skipped = read_rows(table, hint) if table else _read_lines(lines_of(plain), hint)
    if source is not None:
        entries = [replace(one, row=source[one.row - 1]) for one in entries]
        skipped = [replace(one, row=source[one.row - 1]) for one in skipped]
    return _once(entries, skipped)


def _once(entries: list[Entry], skipped: list[Skipped]) -> Reading:
    """Skip repeated entries, except anonymous ones; raise TooManyEntries if too many are left."""
    kept: list[Entry] = []
    seen: set[tuple[str, ...]] = set()
    for entry in entries:
        body = entry.kind is Kind.ORGANISATION
        fields = (entry.name, entry.title, entry.affiliation, entry.via, entry.country * body)
        key = (entry.kind, *map(str.casefold, fields))
        if key in seen and spelt(entry.name) not in tables()["titles: without a name"]:
            skipped.append(Skipped(why=Skip.TWICE, row=entry.row, text=entry.reads))
        else:
            seen.add(key)
            kept.append(entry)
    if len(kept) > ENTRIES_MOST:
        raise TooManyEntries
    return Reading(entries=tuple(kept), skipped=tuple(sorted(skipped, key=lambda one: one.row)))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """The text of one possible entry, with the kind and the country from its heading."""

    line: Line
    text: str
    kind: Kind | None = None
    country: str = ""
    block: int = 0


def _read_lines(lines: list[Line], hint: Hint) -> tuple[list[Entry], list[Skipped]]:
    skipped: list[Skipped] = []
    kept = list_of(lines, skipped)
    candidates = list(_candidates(kept, skipped))
    apart = [take_apart(one.text) for one in candidates]
    # If nearly all lines begin with "Family, Given", read all that way.
    count = sum(is_inverted(part(one.text)) for one in candidates)
    inverted = len(candidates) > 2 and count * 4 > len(candidates) * 3
    if inverted:
        apart = [take_apart(one.text, inverted=True) for one in candidates]
    titles = _title_places(apart)
    leans = _neighbours(candidates, apart)
    entries: list[Entry] = []
    for one, near in zip(candidates, leans, strict=True):
        by_heading = {Kind.PERSON: 1.0, Kind.ORGANISATION: -1.0, None: 0.0}[one.kind]
        score = hint.score + near + by_heading * WEIGHTS["heading"]
        own = Hint(heading=one.kind, score=score, inverted=inverted, titles=titles)
        found = read_line(one.text, one.line.row, own)
        if not found:
            skipped.append(skip(Skip.NO_NAME, one.line, one.text))
        contact = next(iter(one.line.addresses), "")
        for entry in found:
            told = replace(entry, contact=contact)
            if one.country and not entry.country and entry.kind is Kind.ORGANISATION:
                remarks = (*entry.remarks, (Remark.COUNTRY_OF_HEADING, ""))
                told = replace(told, country=one.country, remarks=remarks)
            entries.append(told)
    return entries, skipped


def _title_places(apart: Sequence[Pieces | None]) -> frozenset[tuple[int, int]]:
    """Return the positions after names at which most people of a list have a title."""
    told: dict[tuple[int, int], list[bool]] = {}
    for pieces in apart:
        if pieces is None or pieces.score <= 0:
            continue
        heads = [head for head, _ in pieces.rest if not country_in(head)[0]]
        for place, head in enumerate(heads[:3]):
            told.setdefault((len(heads), place), []).append(is_title_place(head))
    return frozenset(
        place for place, found in told.items() if len(found) > 2 and sum(found) * 3 > len(found) * 2
    )


def _neighbours(candidates: Sequence[_Candidate], apart: Sequence[Pieces | None]) -> list[float]:
    """Score each entry's neighbours: positive for people, negative for organisations."""
    scores = [
        max(-_CLIPPED, min(_CLIPPED, pieces.score)) if pieces is not None else 0.0
        for pieces in apart
    ]
    found: list[float] = []
    told = [score for score in scores if abs(score) >= 1.0]
    people = sum(score > 0 for score in told)
    usual = 0.0
    if len(told) >= _MANY:
        # Nearly all entries of the list are of one kind.
        usual = 1.0 if people * 20 >= len(told) * 19 else -1.0 if people * 20 <= len(told) else 0.0
    for place, own in enumerate(candidates):
        around = range(max(0, place - _NEAR), min(len(candidates), place + _NEAR + 1))
        near = [
            scores[other] * (1.0 if candidates[other].block == own.block else 0.5)
            for other in around
            if other != place and candidates[other].kind is own.kind
        ]
        mean = sum(near) / (len(near) + 1) / _CLIPPED if near else 0.0
        near_by = max(-1.0, min(1.0, mean * 1.5)) * WEIGHTS["neighbours"]
        found.append(near_by + usual * WEIGHTS["one kind"])
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
    grouped = _grouped(lines, heads)
    if grouped is not None:
        yield from _of_groups(grouped, heads, skipped)
        return
    filled = [line for line in lines if line.text]
    kind: Kind | None = None
    country, block = "", 0
    for line in lines:
        if not line.text:
            block += 1
            continue
        text = line.text
        if line.row in heads:
            heading = heads[line.row]
            kind, country = heading.kind, heading.country
            block += 1
            text = heading.rest
            if not text:
                skipped.append(skip(Skip.HEADING, line))
                continue
        several = _several(without_date(text), few=len(filled) <= _FEW_LINES or line.row in heads)
        for one in several:
            yield _Candidate(line, one, kind, country, block)
        if line.row in heads and several:
            kind, country = None, ""


def _several(text: str, *, few: bool) -> list[str]:
    """Split a line into the texts of its entries; a line with one entry stays whole."""
    parts = part(text)
    marks = [one.mark for one in parts[1:]]
    if ";" in marks:
        pieces = _between(text, ";")
        if not any(_belongs(piece) for piece in pieces[1:]):
            return pieces
    pieces = _people_with_titles(_conjoined(_between(text, ","))) if "," in marks else [text]
    if len(pieces) > 1 and all(", " in piece for piece in pieces):
        return pieces
    if len(pieces) < (_PIECES_LEAST if few else _PIECES_MANY):
        return [text]
    stand = sum(not _belongs(piece) for piece in pieces)
    first, *others = pieces
    people = sum(lean(piece) >= CERTAIN for piece in others)
    one_person = lean(first) > 0 and not people and len(pieces) < _PIECES_MANY
    most = stand == len(pieces) or (len(pieces) >= _PIECES_MANY and stand * 5 >= len(pieces) * 4)
    return pieces if most and not one_person else [text]


def _people_with_titles(pieces: list[str]) -> list[str]:
    """Join each person's name with the titles after it, as in "A, mayor, B, writer"."""
    found: list[str] = []
    for piece in pieces:
        bare = next((piece[len(word) :] for word in _CONJUNCTIONS if piece.startswith(word)), piece)
        if found and not is_person(bare):
            found[-1] += f", {piece}"
        elif is_person(bare) or not found:
            found.append(bare)
    titled = all(is_title(one.partition(", ")[2]) for one in found)
    return found if len(found) > 1 and titled else pieces


def _between(text: str, mark: str) -> list[str]:
    found: list[str] = []
    begun = 0
    parts = part(text)
    for one, other in zip(parts, [*parts[1:], None], strict=True):
        if other is None or other.mark == mark:
            found.append(text[begun : one.end].strip())
            begun = one.end + 1
    return [one for one in found if one]


def _conjoined(pieces: list[str]) -> list[str]:
    """Split the last piece at its "and"."""
    for word in (" and ", " & ", " et ", " und ", " y ", " e ", " и ", "和", "及"):
        before, found, after = pieces[-1].rpartition(word)
        if found and before and " " in after and lean(before) * lean(after) > 0:
            return [*pieces[:-1], before.strip(), after.strip()]
        if word.strip() and pieces[-1].startswith(word.lstrip()):
            return [*pieces[:-1], pieces[-1][len(word.lstrip()) :]]
    return pieces


def _belongs(text: str) -> bool:
    """Return whether a piece describes the one before it: a country, a title, lower-case words."""
    text = part(text)[0].text if part(text) else text
    return (
        bool(country_in(text)[0] == text)
        or (is_title(text) and lean(text) > -CERTAIN)
        or text[:1].islower()
    )


def _grouped(lines: Sequence[Line], heads: Mapping[int, Heading]) -> list[list[Line]] | None:
    """Group the lines into blocks of one entry each; None if each line is an entry of its own."""
    blocks = [[line for line in block if line.row not in heads] for block in blocks_of(lines)]
    blocks = [block for block in blocks if block]
    longer = [block for block in blocks if len(block) > 1]
    fit = [block for block in longer if _is_block([_kind_of(line) for line in block])]
    headed = sum(block[0].row in heads and len(block) > 2 for block in blocks_of(lines))
    many = len(longer) > 1 and len(longer) * 2 >= len(blocks) and headed * 2 < len(longer)
    if many and len(fit) * 10 >= len(longer) * 8:
        return [list(block) for block in blocks_of(lines)]
    return _by_period([line for line in lines if line.text], heads)


def _kind_of(line: Line) -> str:
    """Classify a line as "person", "body", "title" or "country"; else "words"."""
    text = line.text
    if country_in(text)[0] == text:
        return "country"
    if is_fact(text):
        return "title"
    first = part(text)[0].text if part(text) else text
    if is_title(text) or is_title(first):
        return "title"
    score = lean(first)
    if text[:1].islower():
        return "words"
    return "person" if score >= 1.0 else "body" if score <= -CERTAIN else "words"


def _is_block(kinds: Sequence[str]) -> bool:
    first, *others = kinds
    if len(kinds) > _BLOCK_MOST or first in {"country", "title"}:
        return False
    if first == "person":
        return "person" not in others
    persons = others.count("person")
    return persons < 2 and all(kind in {"person", "title", "country"} for kind in others)


def _by_period(lines: Sequence[Line], heads: Mapping[int, Heading]) -> list[list[Line]] | None:
    """Group the lines into blocks that begin with a person; None if the pattern is not regular."""
    kinds = ["heading" if line.row in heads else _kind_of(line) for line in lines]
    people = [place for place, kind in enumerate(kinds) if kind == "person"]
    plain = [place for place in people if len(part(lines[place].text)) == 1]
    if len(people) < 3 or len(people) * 4 > len(lines) * 3 or len(plain) * 4 < len(people) * 3:
        return None
    followed = sum(
        place + 1 < len(kinds) and kinds[place + 1] in {"title", "body", "words", "country"}
        for place in people
    )
    facts = sum(kind in {"title", "country"} for kind in kinds)
    bodies = sum(kind in {"body", "words"} for kind in kinds)
    regular = followed * 20 >= len(people) * 19 and (facts * 3 > len(people) or abs(bodies - len(people)) * 6 < len(people))  # fmt: skip
    if not regular:
        return None
    found: list[list[Line]] = [[]]
    for line, kind in zip(lines, kinds, strict=True):
        if kind in {"person", "heading"} and found[-1]:
            found.append([])
        found[-1].append(line)
        if kind == "heading":
            found.append([])
    return [block for block in found if block]


def _of_groups(
    blocks: Sequence[Sequence[Line]], heads: Mapping[int, Heading], skipped: list[Skipped]
) -> Iterator[_Candidate]:
    kind: Kind | None = None
    country = ""
    for number, block in enumerate(blocks):
        lines: list[Line] = []
        for line in block:
            if line.row in heads and heads[line.row].country and lines:
                lines.append(line)
            elif line.row in heads:
                heading = heads[line.row]
                kind, country = heading.kind, heading.country
                skipped.append(skip(Skip.HEADING, line))
            else:
                lines.append(line)
        if not lines:
            continue
        first, *others = lines
        texts = [first.text]
        for line in others:
            if len(line.text.split()) > 14 and what_is(line) is Around.PROSE:
                skipped.append(skip(Skip.PROSE, line))
            elif line.text:
                texts.append(line.text)
        addresses = tuple(address for line in lines for address in line.addresses)
        yield _Candidate(
            replace(first, addresses=addresses), ", ".join(texts), kind, country, number
        )
