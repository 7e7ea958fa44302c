"""Reading of a pasted list into entries, in three steps: its shape, its cells, its entries.

The whole text is read as a table, as blocks of lines, or line by line; a line can hold several
entries. Text around the list is skipped and reported.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import attrgetter
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
from bot.documents.pasted.fields import given_first, read_line, take_apart
from bot.documents.pasted.kinds import (
    CERTAIN,
    WEIGHTS,
    country_in,
    first_of,
    is_fact,
    is_title,
    lean,
    name_and_title,
    near,
    part,
)
from bot.documents.pasted.lines import Line, lines_of, with_tabs, without_tags
from bot.documents.pasted.page import Heading, Seen, list_of, skip
from bot.documents.pasted.table import find_table, read_rows
from bot.documents.pasted.words import is_given, phrases, spelt, tables
from bot.letters.endorsement import Kind

TEXT_MOST = 2_000_000
_LINES_MOST = 5 * ENTRIES_MOST
"""The most lines that are not blank; an entry may take several lines."""
_NEAR, _OFTEN = 8, 4
_RECORD_MOST, _MANY = 8, 20
_FEW_LINES, _PIECES_LEAST, _PIECES_MANY, _NEVER = 3, 3, 6, 1000
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
    """Skip repeated entries, but keep namesakes with other addresses, and anonymous entries.

    Raises TooManyEntries if too many are left.
    """
    kept: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        body = entry.kind is Kind.ORGANISATION
        fields = (entry.name, entry.title, entry.affiliation, entry.via, entry.country * body)
        address = (entry.contact, entry.details.get("web", ""))
        key = (entry.kind, *map(str.casefold, (*fields, *address)))
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
    line: Line
    text: str
    heading: Heading


def _read_lines(lines: list[Line], own: float) -> tuple[list[Entry], list[Skipped]]:
    skipped: list[Skipped] = []
    candidates = list(_candidates(list_of(lines, skipped), skipped))
    turned = [given_first(one.text) for one in candidates]
    given = [
        sum(is_given(text.split()[0]) for text in some if text)
        for some in (turned, map(attrgetter("text"), candidates))
    ]
    if sum(map(bool, turned)) * 4 >= len(turned) * 3 and given[0] > 2 * given[1]:
        pairs = zip(candidates, turned, strict=True)
        candidates = [one._replace(text=text or one.text) for one, text in pairs]
    texts = [one.text for one in candidates]
    split = [name_and_title(first_of(text)) for text in texts]
    counts = Counter(len(name.split()) for name, title in split if title)
    glued = max(counts, key=lambda one: counts[one]) if counts.total() * 5 > len(texts) * 2 else 0
    apart = [take_apart(text, glued) for text in texts]
    entries: list[Entry] = []
    marked = sum(one.line.marked for one in candidates) * 20 > len(candidates) * 19
    scores = [pieces.score if pieces else 0.0 for pieces in apart]
    telling = [n for n, one in enumerate(apart) if one and " " in one.first]
    if sum(scores[n] >= CERTAIN for n in telling) * 4 <= len(telling):
        telling = list(range(len(scores)))
    for place, one in enumerate(candidates):
        kind, country = one.heading.kind, one.heading.country
        # Among people, a word alone may be a nickname and says nothing about the others.
        middle = bisect(telling, place)
        around = telling[max(0, middle - _NEAR) : middle + _NEAR]
        alike = (n for n in around if n != place and candidates[n].heading.kind is kind)
        beside = near([scores[n] for n in alike])
        score = own + beside + _LEANS[kind] * WEIGHTS["heading"]
        found = read_line(one.text, one.line.row, score, kind, glued)
        if not found:
            skipped.append(skip(Skip.NO_NAME, one.line, one.text))
        for entry in found:
            if marked and not one.line.marked and not entry.unsure:
                # A line without the bullet of all others may belong to the line above.
                entry = replace(entry, remarks=((Remark.UNSURE, ""), *entry.remarks))  # noqa: PLW2901 - the same one
            if country and not entry.country and entry.kind is Kind.ORGANISATION:
                remarks = (*entry.remarks, (Remark.COUNTRY_OF_HEADING, ""))
                entry = replace(entry, country=country, remarks=remarks)  # noqa: PLW2901 - the same one
            entries.append(replace(entry, contact=next(iter(one.line.addresses), "")))
    return _without_groups(entries, skipped), skipped


def _without_groups(entries: list[Entry], skipped: list[Skipped]) -> list[Entry]:
    """Skip "Civil society" and "Association" below each name: no organisation signs so often."""
    said = Counter(one.name for one in entries if one.kind is Kind.ORGANISATION and not one.signer)
    nameless = tables()["titles: without a name"]
    for name in [one for one in said if said[one] > _OFTEN and spelt(one) not in nameless]:
        gone = [one for one in entries if one.name == name]
        skipped += [Skipped(why=Skip.HEADING, row=one.row, text=one.reads) for one in gone]
        entries = [one for one in entries if one.name != name]
    return entries


def _candidates(seen: Sequence[Seen], skipped: list[Skipped]) -> Iterator[_Candidate]:
    groups = _shaped(seen)
    single = [group[0].line.text for group in groups if len(group) == 1 and group[0].why is None]
    least = _PIECES_LEAST if len(single) <= _FEW_LINES else _PIECES_MANY
    pieces = [len(_several(text, least)) for text in single]
    if sum(count for count in pieces if count > 1) < pieces.count(1):
        # A line of many pieces among lines of one entry is one entry too.
        least = _NEVER
    heading = Heading()
    for group in groups:
        kept: list[Line] = []
        for one in group:
            if one.heading is not None and not (kept and one.heading.country):
                heading = one.heading
                for text in _several(heading.rest, _PIECES_LEAST) if heading.rest else ():
                    yield _Candidate(one.line, text, heading)
            if one.why is None or (one.heading is not None and kept):
                kept.append(one.line)
            elif one.line.text and not (one.heading is not None and one.heading.rest):
                skipped.append(skip(one.why, one.line))
        if kept:
            text = "\n".join(line.text for line in kept)
            addresses = tuple(address for one in group for address in one.line.addresses)
            first = replace(kept[0], addresses=addresses)
            for one in _several(text, least) if len(group) == 1 else [text]:
                yield _Candidate(first, one, heading)


_Group = list[Seen]
_LEADS = {"person": frozenset(("person", "entry")), "body": frozenset(("body",))}
"""The kinds of lines that begin a record; an entry has more than the person's name."""


def _shaped(seen: Sequence[Seen]) -> list[_Group]:
    """Group the lines into records, else one by one; lines that stand alone become headings."""
    split = groupby(seen, lambda one: bool(one.line.raw.strip()))
    blocks = [list(some) for full, some in split if full]
    kinds = {one.line.row: _kind_of(one) for block in blocks for one in block}
    # Blank lines between all lines separate nothing.
    spaced = len(blocks) > 2 and all(len(block) < 2 for block in blocks[1:-1])
    whole = [[one for block in blocks for one in block]] if spaced else blocks
    lead, groups, cut = "", blocks, "blank"
    for cut in ("blank", "contact", "number", *_LEADS):
        groups = blocks if cut == "blank" else _cut(whole, cut, kinds)
        lead = _lead_of([[kinds[one.line.row] for one in group] for group in groups], cut)
        if lead:
            break
    if lead:
        alone = groups if lead == "person" and cut not in _LEADS else groups[:1]
    else:
        alone = [
            block
            for block, below in pairwise(blocks)
            if len(below) > 2 or below[0].line.marked > block[0].line.marked
        ]
    for group in alone:
        if len(group) == 1 and lean(first_of(group[0].line.text)) < (1.0 if lead else CERTAIN):
            group[0] = replace(group[0], why=Skip.HEADING, heading=group[0].heading or Heading())
    return groups if lead else [[one] for block in blocks for one in block]


def _cut(blocks: Sequence[_Group], cut: str, kinds: Mapping[int, str]) -> list[_Group]:
    """Split blocks of lines before a name, or after lines of another kind."""
    groups, leads = list[_Group](), _LEADS.get(cut)
    for block in blocks:
        before = ""
        for one in block:
            kind = kinds[one.line.row]
            begins = before == cut != kind
            if leads and before:
                # A name that may be none belongs to the record that has only a name yet.
                sure = len(groups[-1]) > 1 or abs(lean(first_of(one.line.text))) >= CERTAIN
                begins = (kind in leads and sure) or kinds[groups[-1][0].line.row] not in leads
            if begins or not before or kind == "heading":
                groups.append([])
            groups[-1].append(one)
            before = kind
    return groups


def _kind_of(one: Seen) -> str:
    """Classify a line as "contact", "prose", "heading", "country", "title", "person" or "body"; else "number" or "words"."""
    text, first = one.line.text, first_of(one.line.text)
    if one.why is not None and not (one.heading and one.heading.country):
        return str(one.why)
    if country_in(text)[0] == text:
        return "country"
    if is_fact(text) or is_title(first):
        return "title"
    score = lean(first)
    if text[:1].islower() or -CERTAIN < score < 1.0:
        numbered = "numbered" if any(map(str.isdigit, text)) else "words"
        return numbered if text[:1].isalpha() else "number"
    return "body" if score < 0 else "person" if len(part(text)) == 1 else "entry"


def _lead_of(groups: Sequence[Sequence[str]], cut: str) -> str:
    """Return what stands first in groups of lines that are records, and seldom behind; else ""."""
    leads, sections = _LEADS.get(cut), sum(group.count("heading") * len(group) for group in groups)
    groups = [[kind for kind in group if kind != "heading"] for group in groups]
    groups = [group for group in groups if group and (not leads or group[0] in leads)]
    many = [group for group in groups if len(group) > 1 and (not leads or group[0] == cut)]
    if len(many) < 3 - (cut == "blank") or len(many) < (0.8 if leads else 0.5) * len(groups):
        return ""
    firsts = Counter("person" if group[0] == "entry" else group[0] for group in many)
    rests = Counter("person" if kind == "entry" else kind for group in many for kind in group[1:])
    alike = sum(min(firsts[kind] / len(many), rests[kind] / rests.total()) for kind in firsts)
    named = sum(firsts[kind] for kind in ("person", "body", "words", "title", "numbered"))
    even = max(Counter(map(len, many)).values()) * 10 >= len(many) * 8
    # Blocks of one size by the dozen are records, whatever their lines are.
    most = (0.6 if even and len(many) > _MANY else 0.5) if cut in {"blank", "contact"} else 0.25
    even = even or (cut == "person" and len(many) > _MANY)
    # Names of one kind below each line are the sections of a list.
    listed = max(rests["person"], rests["body"]) * 10 > rests.total() * 8 and not even
    long = sections + sum(len(group) for group in many if len(group) > _RECORD_MOST)
    fits = (
        alike <= most
        and (even or cut in {"blank", "contact"})
        and named * 10 >= len(many) * 8
        and long * 3 <= rests.total() + len(many)
    )
    return firsts.most_common(1)[0][0] if fits and not listed else ""


def _several(text: str, least: int) -> list[str]:
    """Split a line into the texts of its entries; a line with one entry stays whole."""
    pieces = _between(text, ";")
    sure = least < _NEVER or all(abs(lean(first_of(one))) >= CERTAIN for one in pieces)
    if len(pieces) > 1 and sure and sum(map(_belongs, pieces)) * 4 <= len(pieces):
        return pieces
    pieces = _between(text, ",")
    if len(pieces) > 1:
        pieces[-1:] = _conjoined(pieces[-1])
    stand = sum(not _belongs(piece) for piece in pieces)
    if len(pieces) >= max(least, _PIECES_MANY) and stand * 5 >= len(pieces) * 4:
        return pieces
    one_person = lean(pieces[0]) > 0 and not any(lean(one) >= CERTAIN for one in pieces[1:])
    return pieces if len(pieces) >= least and stand == len(pieces) and not one_person else [text]


def _conjoined(text: str) -> list[str]:
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
    text = first_of(text)
    title = is_title(text) and -CERTAIN < lean(text) < CERTAIN
    return country_in(text)[0] == text or title or text[:1].islower()
