"""Lines of a pasted text, stripped of HTML, Markdown, bullets, numbers and addresses."""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.documents.pasted.words import ends, phrases, tables

LINE_MOST = 20_000
"""The most characters read of one line; the rest is cut off."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b[^<>]{0,500}>|<!--[^<>]{0,500}-->")
_BREAKS = frozenset(
    ["br", "p", "div", "li", "ul", "ol", "tr", "table", "section", "article", "hr", "dd", "dt"]
)
_HTML = ("<li", "<br", "<p>", "<p ", "<td", "<div", "</h", "<tr")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\](?:\([^()\s]{0,500}\)|\{[^{}\s]{0,200}\})")
_SLACK_LINK = re.compile(r"<(?:https?://|mailto:)[^<>|\s]{0,500}\|([^<>|\n]{1,300})>")
_SHORTCODE = re.compile(r"(?:^|(?<=\s)):[a-z][a-z0-9_+-]{1,40}:(?=\s|$)")
_BOLD_FIRST = re.compile(r"(^\W{0,6})(?:\*\*|__)([^*_\n]{2,200})(?:\*\*|__)[.:]?\s{0,3}(?=[^\W_])")
_BOLD_TWICE = re.compile(r"(?<=\w)\*\*\s\*\*(?=\w)")
_REFERENCE = re.compile(r"\[[^\[\]\n]{1,60}\]:\s.*")
_FOOTNOTE = re.compile(r"\[\^?\d{1,3}\]|\[\^[^\[\]\s]{1,20}\]|[¹²³⁰⁴⁵⁶⁷⁸⁹†‡]")
_NUMBER = re.compile(
    r"[(\[（]?(\d{1,4})(?:[.)]\s?[-–—]|[.)\]）:：、]|[ºª°]|[-–]\s|\.\)|\s?[-–]\s)\s*"
)
_MARKS = (
    re.compile(r"\[[ xX✓✔]?\]\s+"),
    re.compile(r"(?:no\.?|nr\.?|n[º°]|№|#)\s?\d{1,4}[.):]?\s+", re.IGNORECASE),
    re.compile(r"\(?[A-Za-z]\)\s+"),
    re.compile("[(（]?[一二三四五六七八九十百]{1,4}(?:[、）)]|[.．]\\s)\\s*"),
)
"""A box to tick, "No. 1", "a)" and Chinese numbers before an entry."""
_BARE_NUMBER = re.compile(r"(\d{1,4})(?:\s+(?=\S)|(?=[^\W\d_]))")
_DASHES = frozenset("-*+–—−‐‑>o§")
_BULLETS = frozenset("•·‣▪▫◦●○■□◆◇★☆♦⁃∙‧・►▶▷➤➢➔→⇒✓✔✗✘✦❖☐☑☒¶✅")
_UNSEEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\ufe0f\u00ad\u2066\u2067\u2068\u2069")  # fmt: skip
_SPACES = frozenset("\u00a0\u2007\u202f\u3000")
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2}|[\U0001f30d-\U0001f310]")
_SKIN = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff\u200d\ufe0f\u20e3")
_GAP = re.compile(r"(?<=[\w.)\]’”\"]) {2,}(?=\S)")
_COUNTS_LEAST, _WRAPPED_LEAST = 3, 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a pasted text."""

    row: int
    """Line number in the source, from 1."""
    text: str
    """The text without bullet, number, addresses and trailing marks; empty for a blank line."""
    raw: str = ""
    """The text with its bullet, addresses and trailing marks, but without Markdown."""
    marked: bool = False
    """The line begins with a bullet or a number."""
    heading: bool = False
    """Markdown or HTML marks the line as a heading."""
    addresses: tuple[str, ...] = ()
    """E-mail addresses removed from the text."""


def blocks_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines into blocks, separated by blank lines."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def without_links(text: str) -> str:
    """Replace each Markdown link by its text."""
    return _LINK.sub(r"\1", text) if "](" in text else text


def with_tabs(text: str) -> str:
    """Put tabs between columns that most lines separate by several spaces or by slashes."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    quoted = sum(line[0] == line[-1] == '"' and line.count('"') == 2 for line in lines)
    if quoted * 4 >= len(lines) * 3 and len(lines) > 1:
        # One column of a table
        return "\n".join(line.strip().strip('"') for line in text.split("\n"))
    if len(lines) < _COUNTS_LEAST or "\t" in text:
        return text
    if sum(_GAP.search(line) is not None for line in lines) * 4 >= len(lines) * 3:
        return "\n".join(_GAP.sub("\t", line.strip()) for line in text.split("\n"))
    slashed = sum(" / " in line or "／" in line for line in lines)
    if slashed * 4 >= len(lines) * 3:
        return text.replace(" / ", "\t").replace("／", "\t")
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
    found = [_line(raw[:LINE_MOST], row) for row, raw in enumerate(text.split("\n"), 1)]
    return _unwrapped(_without_sequence(found))


def _line(raw: str, row: int) -> Line:
    seen = "".join(" " if sign in _SPACES else sign for sign in raw if sign not in _UNSEEN)
    text = _FLAGS.sub("", _SLACK_LINK.sub(r"\1", seen)).strip()
    while text.startswith(">"):
        text = text[1:].lstrip()
    bare = text.lstrip("#")
    heading = bare != text and (bare.startswith(" ") or len(text) - len(bare) > 1)
    text = bare.strip() if heading else text
    plain = rest = _unmarked(text)
    marked = False
    for _ in range(3):
        shorter = _without_bullet(rest)
        if shorter == rest:
            break
        rest, marked = shorter, True
    rest, addresses = without_addresses(rest)
    return Line(
        row=row,
        text=_without_tail(rest),
        raw=plain,
        marked=marked,
        heading=heading,
        addresses=addresses,
    )


def _unmarked(text: str) -> str:
    """Remove Markdown's links, emphasis, code and footnotes; put a dash after a bold name."""
    text = _SHORTCODE.sub("", _LINK.sub(r"\1", _REFERENCE.sub("", text))).strip()
    text = _BOLD_FIRST.sub(r"\1\2 – ", _BOLD_TWICE.sub(" ", text), count=1)
    for mark in ("**", "__", "`", "~~"):
        text = text.replace(mark, "")
    text = _FOOTNOTE.sub("", text).replace("\\", "")
    for mark in "*_~":
        # Emphasis marks come in pairs around words; a bullet is followed by a space.
        pieces = text.split(mark)
        if len(pieces) > 2 and not text.startswith(f"{mark} "):
            text = "".join(pieces)
        elif len(pieces) > 3:
            text = f"{mark} " + "".join(pieces[1:]).strip()
    return text.strip()


def _without_bullet(text: str) -> str:
    first = text[:1]
    if not first:
        return text
    symbol = first in _BULLETS or first in _SKIN
    if symbol or (unicodedata.category(first) in {"So", "No"} and len(text) > 1):
        return text[1:].strip()
    spaced, before_capital = text[1:2].isspace(), text[1:2].isalpha() and text[1:2].isupper()
    if (first in _DASHES and spaced) or (first in "–—•-*@" and before_capital):
        return text[1:].strip()
    for pattern in _MARKS:
        found = pattern.match(text)
        if found:
            return text[found.end() :].strip()
    found = _NUMBER.match(text)
    return text[found.end() :].strip() if found and _is_counting(text, found) else text


def _is_counting(text: str, found: re.Match[str]) -> bool:
    """Return whether a leading number is a list number; in "350.org" and "7-11 Watch" it is not."""
    behind = text[found.end() :]
    if not behind or not (behind[0].isalpha() or behind[0] in "«“\"'(*_[@"):
        return bool(behind) and behind[0].isdigit() and found[0].endswith(" ")
    spaced = found[0][-1:].isspace() or found[0][-1] in ")、）]：-–—ºª°"
    return spaced or behind[0].isupper() or not behind[0].islower()


def _without_sequence(lines: list[Line]) -> list[Line]:
    """Strip sequential line numbers that have no "." or ")" after them."""
    numbered = {
        place: found
        for place, line in enumerate(lines)
        if line.text and (found := _BARE_NUMBER.match(line.text))
    }
    counts = [int(found[1]) for found in numbered.values()]
    steps = sum(other == one + 1 for one, other in pairwise(counts))
    if len(counts) < _COUNTS_LEAST or steps < len(counts) * 3 // 4:
        return lines
    return [
        replace(line, text=line.text[numbered[place].end() :], marked=True)
        if place in numbered
        else line
        for place, line in enumerate(lines)
    ]


def _unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Join lines that were broken in two by a line wrap."""
    filled = [line for line in lines if line.text]
    commas = sum(line.raw.rstrip().endswith(",") for line in filled)
    small = tables()["bodies: small words"] | tables()["titles: particles"]
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        if before is not None and before.text and line.text and not line.marked:
            last = before.raw.rstrip().rsplit(maxsplit=1)[-1:]
            broken = bool(last) and last[0].islower() and last[0] in small
            opened = before.text.count("(") > before.text.count(")") and ")" in line.text
            ended = before.raw.rstrip().endswith((".", ":", "!", "?", ";"))
            goes_on = line.text[0].islower() and len(before.raw) > _WRAPPED_LEAST and not ended
            goes_on = goes_on and not any(map(str.isdigit, line.text[:12]))
            comma = before.raw.rstrip().endswith(",") and commas * 5 <= len(filled)
            if broken or opened or goes_on or comma:
                between = ", " if comma else " "
                raw = f"{before.raw.rstrip()} {line.raw}"
                text = f"{before.text.rstrip(', ')}{between}{line.text}"
                kept[-1] = replace(before, text=text, raw=raw)
                continue
        kept.append(line)
    return kept


def without_addresses(text: str) -> tuple[str, tuple[str, ...]]:
    """Remove web and e-mail addresses from the text; return it with the e-mail addresses."""
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return text, ()
    kept: list[str] = []
    mails: list[str] = []
    opened = ""
    for word in text.split():
        token, opened = opened + word, ""
        bare = token.strip("()<>[]{},;:\"'").removeprefix("mailto:")
        if "@" in bare[1:-1] and "." in bare.rpartition("@")[2]:
            mails.append(bare)
        elif not (
            "://" in bare or bare.lower().startswith("www.") or (bare[:1] == "@" and len(bare) > 1)
        ):
            kept.append(token)
            continue
        if token.startswith("(") and ")" not in token:
            opened = "("
        elif token.endswith((",", ";", ")")) and kept and not token.startswith("("):
            kept[-1] += token[-1]
    return " ".join(kept), tuple(mails)


def _without_tail(text: str) -> str:
    """Remove separators, "etc." and "and" from the end of a line."""
    before = ""
    while text != before:
        before = text
        text = text.rstrip(" \t,;،؛，、；|*_:–—-=~").strip()
        last = text.rsplit(maxsplit=1)[-1] if text else ""
        abbreviated = "." in last[:-1] or len(last) < 6
        if text.endswith((".", "。")) and not abbreviated:
            text = text[:-1]
        for word in ends("phrases: more"):
            text = text.removesuffix(word) if word[0] in "等…." else text.removesuffix(f" {word}")
        for word in phrases("and"):
            text = text.removesuffix(word.rstrip()) if before != text else text
        for pair in ("()", "[]", "<>", "（）"):
            text = text.removesuffix(pair)
    return text
