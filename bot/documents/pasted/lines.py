"""Lines and rows of a pasted text, stripped of HTML, Markdown, bullets, numbers and addresses."""

import csv
import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

LINE_MOST = 20_000

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b[^<>]{0,500}>|<!--[^<>]{0,500}-->")
_BREAKS = frozenset(
    ["br", "p", "div", "li", "ul", "ol", "tr", "table", "section", "article", "hr", "dd", "dt"]
)
_HTML = ("<li", "<br", "<p>", "<p ", "<td", "<div", "</h", "<tr")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\](?:\([^()\s]{0,500}\)|\{[^{}\s]{0,200}\})")
_SLACK_LINK = re.compile(r"<(?:https?://|mailto:)[^<>|\s]{0,500}\|([^<>|\n]{1,300})>")
_UNREAD = re.compile(
    r"(?:^|(?<=\s)):[a-z][a-z0-9_+-]{1,40}:(?=\s|$)"  # :tada:
    r"|\[[^\[\]\n]{1,60}\]:\s.*|\[\^?\d{1,3}\]|\[\^[^\[\]\s]{1,20}\]"  # references and footnotes
    r"|[¹²³⁰⁴⁵⁶⁷⁸⁹†‡\\\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0f\ufeff]"
    "|[\U0001f1e6-\U0001f1ff]{2}|[\U0001f30d-\U0001f310]"  # flags and globes
)
_BOLD_FIRST = re.compile(r"(^\W{0,6})(?:\*\*|__)([^*_\n]{2,200})(?:\*\*|__)[.:]?\s{0,3}(?=[^\W_])")
_BOLD_TWICE = re.compile(r"(?<=\w)\*\*\s\*\*(?=\w)")
_EMPHASIS = re.compile(r"(?<![^\W_])([*_~])(?=\S)([^*_~\n]{1,300})\1(?![^\W_])")
_QUOTED = re.compile(r'^"([^"]*)"$')
_MARK = re.compile(
    r"[•·‣⁃∙‧・¶›»\u2190-\u21ff\u2460-\u24ff\u25a0-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\u200d\u20e3]+\s*"
    r"|[-*+–—−‐‑>o§]\s+|[–—*@-](?=[^\W\d_a-z])"
    r"|\[[ xX]?\]\s+|(?i:no\.?|nr\.?|n[º°]|№|#)\s?\d{1,4}[.):]?\s+|\(?[A-Za-z]\)\s+"
    r"|[(（]?[一二三四五六七八九十百]{1,4}(?:[、）)]|[.．]\s)\s*"
    # A number is no part of a name, except in "350.org" and "7-11 Watch".
    r"|[(\[（]?\d{1,4}(?:\.\)|[.)]\s?[-–—]|[.)\]）:：、ºª°]|\s?[-–](?=\s))"
    r"(?:\s+|(?<=[)、）\]：ºª°–—-])(?=\D)|(?![a-z\d]))"
)
"""A bullet, a box to tick or a number before an entry."""
_BARE_NUMBER = re.compile(r"^\d{1,4}(?:\s+|(?=[^\W\d_]))")
_MAIL = re.compile(r"[\w.+%-]{1,100}@[\w-]{1,100}(?:\.[\w-]{1,60}){1,5}")
_ADDRESS = re.compile(
    rf"(?:\(\s*|<|\[)?(?:(?:mailto:)?{_MAIL.pattern}|(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\],;]/?)(?:\s*\)|>|\])?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?<![\s,;،؛，、；|*_:–—=~。…-])"  # Where a run of marks begins, for the sake of time.
    r"(?:[\s,;،؛，、；|*_:–—=~。…@-]++|等等|\(\)|\[\]|<>|（）|(?<=\w{5})\.|(?<=[\s,])(?:and|et|und|&|etc\.?)){1,9}$"
)
_GAP = re.compile(r"(?<=[\w.)\]’”\"]) {2,}(?=\S)|\t")
_SLASH = re.compile(r" / |／|\t")
_BETWEEN = re.compile(r"(?<=\S) [•·∙|] (?=\S)")
_SITE = re.compile(r"[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}(?:/\S{0,200})?")
_SITES_LEAST = 3
_LABEL = re.compile(r"[^\W\d][\w .-]{0,20}[:：]\s*")
_CONTACT = re.compile(
    rf"(?:{_LABEL.pattern})?(?!\d{{1,4}}[./-]\d{{1,2}}[./-]\d)[+(]?\d[\d\s()/.–-]{{5,20}}|{_LABEL.pattern}{_SITE.pattern}"
)
"""A telephone number, or an address behind a label such as "Tel."."""
_COUNTS_LEAST, _WRAPPED_LEAST, _CELLS_MOST, _ITEMS_LEAST = 3, 45, 100, 6
_BULLETS = frozenset("•·‣▪◦●○■□-–—*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a pasted text."""

    row: int
    text: str
    """The text without bullet, number, addresses and trailing marks; empty for a blank line."""
    raw: str = ""
    """The text with its bullet, addresses and trailing marks, but without Markdown."""
    marked: bool = False
    heading: bool = False
    """Markdown or HTML marks the line as a heading."""
    addresses: tuple[str, ...] = ()


def with_tabs(text: str) -> str:
    """Put tabs between columns that most lines separate by several spaces or by slashes."""
    lines = [line.strip() for line in text.split("\n")]
    filled = list(filter(None, lines))
    for gap in (_GAP, _SLASH):
        if (
            len(filled) >= _COUNTS_LEAST
            and sum(map(bool, map(gap.search, filled))) * 4 >= len(filled) * 3
        ):
            return text if "\t" in text else "\n".join(gap.sub("\t", line) for line in lines)
    return text


def without_tags(text: str) -> tuple[str, list[int] | None]:
    """Convert HTML to text: a tab after each cell, and a new line for each block element.

    Also return the line number in the source for each line of the text; None if it is no HTML.
    """
    lower = text[:200_000].lower()
    if sum(map(lower.count, _HTML)) < 2:
        return text, None
    found = [
        (line, row)
        for row, raw in enumerate(text.split("\n"), 1)
        for line in html.unescape(_TAG.sub(_instead, raw)).replace("\u00a0", " ").split("\n")
    ]
    return "\n".join(line for line, _ in found), [row for _, row in found]


def _instead(tag: re.Match[str]) -> str:
    name = (tag[2] or "").lower()
    if name in {"h1", "h2", "h3", "h4", "h5", "h6", "caption"}:
        return "\n" if tag[1] else "\n# "
    if name in {"td", "th"}:
        return "\t" if tag[1] else ""
    return "\n" if name in _BREAKS else ""


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text, stripped of markup, bullets, numbers and addresses."""
    found = [
        _line(item, row)
        for row, raw in enumerate(text.split("\n"), 1)
        for item in _items(raw[:LINE_MOST])
    ]
    numbered = sum(_BARE_NUMBER.match(line.text) is not None for line in found)
    if numbered > _COUNTS_LEAST and numbered * 4 > sum(bool(line.text) for line in found) * 3:
        found = [replace(line, text=_BARE_NUMBER.sub("", line.text)) for line in found]
    sites = {
        line.row
        for before, line in pairwise(found)
        if _SITE.fullmatch(line.text) and before.raw and not _SITE.fullmatch(before.text)
    }
    if len(sites) >= _SITES_LEAST and len(sites) * 10 > sum(bool(line.text) for line in found):
        found = [replace(line, text="") if line.row in sites else line for line in found]
    return _unwrapped(found)


def _items(raw: str) -> list[str]:
    items = _BETWEEN.split(raw)
    return items if len(items) >= _ITEMS_LEAST else [raw]


def _line(raw: str, row: int) -> Line:
    text = _UNREAD.sub("", _LINK.sub(r"\1", _SLACK_LINK.sub(r"\1", raw))).strip()
    text = text.lstrip("> ") if text.startswith(">") else text
    text = _QUOTED.sub(r"\1", text)
    bare = text.lstrip("#")
    heading = bare != text and (bare.startswith(" ") or len(text) - len(bare) > 1)
    text = bare.strip() if heading else text
    text = _BOLD_FIRST.sub(r"\1\2 – ", _BOLD_TWICE.sub(" ", text), count=1)
    for mark in ("**", "__", "`", "~~"):
        text = text.replace(mark, "")
    rest = plain = _EMPHASIS.sub(r"\2", text)
    for _ in range(3):
        found = _MARK.match(rest)
        rest = rest[found.end() :] if found and found.end() < len(rest) else rest
    bare, addresses = without_addresses(rest)
    labelled = bare != rest and _LABEL.fullmatch(bare)
    told = "" if labelled or _CONTACT.fullmatch(bare) else _TAIL.sub("", bare).strip()
    return Line(
        row=row, text=told, raw=plain, marked=rest != plain,
        heading=heading, addresses=addresses,
    )  # fmt: skip


def _unwrapped(lines: Sequence[Line]) -> list[Line]:
    ends_of = [line.raw.rstrip()[-1:] for line in lines if line.text]
    few_commas = ends_of.count(",") * 5 <= len(ends_of)
    runs = [len(one.raw) for one, line in pairwise(lines) if line.text[:1].islower()]
    # Many short lines above small letters: these are names, not the rest of a long line.
    wrapped = sum(length > _WRAPPED_LEAST for length in runs) * 10 >= len(runs)
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        if before is not None and before.text and line.text and not line.marked:
            end = before.raw.rstrip()[-1:]
            runs_on = line.text[0].islower() and not any(map(str.isdigit, line.text[:12]))
            comma = end == "," and few_commas
            if comma or (
                wrapped and runs_on and len(before.raw) > _WRAPPED_LEAST and end not in ".:!?;"
            ):
                text = f"{before.text}{', ' if comma else ' '}{line.text}"
                kept[-1] = replace(before, text=text, raw=f"{before.raw.rstrip()} {line.raw}")
                continue
        kept.append(line)
    return kept


def without_addresses(text: str) -> tuple[str, tuple[str, ...]]:
    """Remove web and e-mail addresses from the text; return it with the e-mail addresses."""
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return text, ()
    return _ADDRESS.sub("", text).strip(), tuple(_MAIL.findall(text))


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line of the source on which the row begins."""

    line: int
    cells: tuple[str, ...]


def rows_of(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a table as CSV or Markdown write it; rows without words are left out."""
    quoting = csv.QUOTE_NONE if delimiter == "|" or text.count('"') % 2 else csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        if delimiter == "|" and cells and not cells[0].strip():
            # A Markdown row begins and ends with a bar.
            cells = cells[1:-1] if not cells[-1].strip() else cells[1:]
        while len(cells) > 1 and not cells[-1].strip() and delimiter in ";؛；":
            cells.pop()
        if len(cells) > 1 and cells[0].strip() in _BULLETS:
            cells = cells[1:]
        if any(cell.strip(" -:|\u00a0") for cell in cells):
            kept = (_LINK.sub(r"\1", cell).strip(" \u00a0*") for cell in cells[:_CELLS_MOST])
            yield Row(line, tuple(kept))
