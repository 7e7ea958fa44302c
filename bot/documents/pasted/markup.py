"""Lines of a pasted text without what hangs on them: HTML, Markdown, bullets, numbers, addresses."""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.documents.pasted.spelling import word_set
from bot.names.legal_forms import is_form

LINE_MOST = 20_000
"""Characters of one line; a longer one is skipped."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b[^<>]{0,500}>|<!--[^<>]{0,500}-->")
_BREAKS = word_set("br p div li ul ol tr table tbody thead section article hr blockquote dd dt dl")
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6 th caption")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\](?:\([^()\s]{0,500}\)|\{[^{}\s]{0,200}\})")
_SLACK_LINK = re.compile(r"<(?:https?://|mailto:)[^<>|\s]{0,500}\|([^<>|\n]{1,300})>")
_SHORTCODE = re.compile(r"(?:^|(?<=\s)):[a-z][a-z0-9_+-]{1,40}:(?=\s|$)")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_COLUMNS_LEAST = 3
_FOOTNOTE = re.compile(r"\[\^?\d{1,3}\]|\[\^[^\[\]\s]{1,20}\]|[¹²³⁰⁴⁵⁶⁷⁸⁹†‡]")
_NUMBER = re.compile(
    r"[(\[（]?(\d{1,4})(?:[.)]\s?[-–—]|[.)\]）:：、]|[ºª°]|[-–]\s|\.\)|\s?[-–]\s)\s*"
)
_HAN_NUMBER = re.compile("[(（]?[一二三四五六七八九十百]{1,4}(?:[、）)]|[.．]\\s)\\s*")
_LETTER = re.compile(r"\(?[A-Za-zא-ת]\)\s+")
_COUNTED = re.compile(r"(?:no\.?|nr\.?|n[º°]|№|#)\s?\d{1,4}[.):]?\s+", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(\d{1,4})\s+(?=\S)")
_BOX = re.compile(r"\[[ xX✓✔]?\]\s+")
_RULED = re.compile(r"^[-=_*~]{3,}+\s*+(?=\S)|(?<![\s=_*~-])\s*+[-=_*~]{3,}+$")
_DASH_BULLETS = frozenset("-*+–—−‐‑>o§")
_BULLETS = frozenset("•·‣▪▫◦●○■□◆◇★☆♦⁃∙‧・►▶▷➤➢➔→⇒✓✔✗✘✦❖☐☑☒¶")
_QUOTES = (("‘", "’"), ("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("'", "'"))
_BEFORE_QUOTES = (":", ",", "–", "—", "-", ".")
_SAID_LEAST = 4
_TRAILING_MORE = ("等等", "…等", "...", "…", " etc", " etc.", " et al", " et al.", "وغيرهم", " и др.", " и другие",
    " entre otros", " entre outros", " among others", " u.a.")  # fmt: skip
_TRAILING_AND = (" and", " et", " y", " e", " и", " &", " und", " و")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a pasted text."""

    row: int
    """Line number in the source, from 1."""
    text: str
    """Without its bullet and what else hangs on it; empty for a blank line."""
    bulleted: bool = False
    heading: bool = False
    """Markdown or HTML says that it is one."""
    indent: int = 0
    """Spaces before it."""
    raw: str = ""
    """As it stands in the source, without markup."""
    source: str = ""
    """As it stands in the source."""
    addresses: tuple[str, ...] = ()
    """E-mail addresses that stood in it."""


def between_blank_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in their blocks, which blank ones part."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def without_links(text: str) -> str:
    """Return a text with the words of its Markdown links alone."""
    return _LINK.sub(r"\1", text) if "](" in text else text


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text, each clean of markup, bullets, numbers and addresses."""
    found = [line for row, raw in enumerate(text.split("\n"), 1) for line in _lines(raw, row)]
    return _without_sequence(found)


def with_bars(text: str) -> str:
    """Return a text with tabs or bars where nearly all of its lines part columns by spaces or slashes."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < _COLUMNS_LEAST:
        return text
    if sum(map(_is_quoted, lines)) * 4 >= len(lines) * 3:
        # One column of a table
        return "\n".join(
            line.strip()[1:-1] if _is_quoted(line.strip()) else line for line in text.split("\n")
        )
    if "\t" not in text:
        spaced = sum(_GAP.search(line) is not None for line in lines)
        if spaced * 4 >= len(lines) * 3:
            return "\n".join(_GAP.sub("\t", line.strip()) for line in text.split("\n"))
    slashed = sum(line.count(" / ") > 1 for line in lines)
    return text.replace(" / ", " | ") if slashed * 4 >= len(lines) * 3 else text


def _is_quoted(line: str) -> bool:
    return len(line) > 2 and line[0] == line[-1] == '"' and line.count('"') == 2


def is_html(text: str) -> bool:
    """Return whether a text holds the tags of a list, a paragraph or a table."""
    lower = text[:200_000].lower()
    return (
        sum(lower.count(tag) for tag in ("<li", "<br", "<p>", "<p ", "<td", "<div", "</h", "<tr"))
        > 1
    )


def without_tags(text: str) -> tuple[str, list[int]]:
    """Return the text of HTML with cells between tabs and a line for each block.

    With it comes the line of the source on which each of its lines stands.
    """
    found = [
        (line, row)
        for row, raw in enumerate(text.split("\n"), 1)
        for line in _untagged(raw).split("\n")
    ]
    return "\n".join(line for line, _ in found), [row for _, row in found]


def _untagged(raw: str) -> str:
    def instead(found: re.Match[str]) -> str:
        name = (found[2] or "").lower()
        if name in _HEADINGS and name != "th":
            return "\n" if found[1] else "\n# "
        if name in {"td", "th"}:
            return "\t" if found[1] else ""
        return "\n" if name in _BREAKS else ""

    return html.unescape(_TAG.sub(instead, raw)).replace("\u00a0", " ")


def _lines(raw: str, row: int) -> Iterator[Line]:
    raw = _SLACK_LINK.sub(r"\1", raw) if "|" in raw else raw
    text = _untagged(raw) if "<" in raw or "&" in raw else raw
    for one in text.split("\n"):
        yield _line(one, row)


def _line(raw: str, row: int) -> Line:
    text = "".join(
        " " if sign in "\u00a0\u2007\u202f\u3000" else sign for sign in raw if not _is_unseen(sign)
    ).strip()
    heading = False
    bulleted = False
    while text.startswith(">"):
        text = text[1:].lstrip()
    if text.startswith("#"):
        bare = text.lstrip("#")
        heading = bare.startswith(" ") or len(text) - len(bare) > 1
        text = bare.strip() if heading else text
    plain = _without_quotation(_unmarked(_RULED.sub("", text)))
    rest = plain
    for _ in range(3):
        shorter = _without_bullet(rest)
        if shorter == rest:
            break
        rest, bulleted = shorter, True
    rest, addresses = _without_addresses(rest)
    return Line(
        row=row,
        text=_without_tail(rest),
        bulleted=bulleted,
        heading=heading,
        indent=len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip()),
        raw=plain,
        source=raw,
        addresses=addresses,
    )


def _is_unseen(sign: str) -> bool:
    return (
        sign
        in "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\ufe0f\u00ad\u2066\u2067\u2068\u2069"
    )


def _unmarked(text: str) -> str:
    """Return the text without Markdown's signs for links, strong and code."""
    text = _SHORTCODE.sub("", _LINK.sub(r"\1", text)).strip()
    for mark in ("**", "__", "`", "~~"):
        text = text.replace(mark, "")
    text = _FOOTNOTE.sub("", text).replace("\\", "")
    for mark in "*_~":
        # Emphasis stands around words; a bullet has a space behind it.
        pieces = text.split(mark)
        if len(pieces) > 2 and not text.startswith(f"{mark} "):
            text = "".join(pieces)
        elif len(pieces) > 3:
            text = f"{mark} " + "".join(pieces[1:]).strip()
    return text.strip()


def _without_quotation(text: str) -> str:
    """Return a line without what its signer says behind the name, in quotation marks."""
    for opening, closing in _QUOTES:
        place = text.find(opening)
        if place <= 0 or not text.endswith(closing):
            continue
        said, before = text[place + 1 : -1].split(), text[:place].rstrip()
        small = sum(word[:1].islower() for word in said)
        if len(said) >= _SAID_LEAST and small * 2 > len(said) and before.endswith(_BEFORE_QUOTES):
            return before.rstrip(":,–—- ")
    return text


def _without_bullet(text: str) -> str:
    first = text[:1]
    if not first:
        return text
    if first in _BULLETS or (unicodedata.category(first) in {"So", "No"} and len(text) > 1):
        return text[1:].strip()
    if first in "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff\u200d\ufe0f\u20e3":
        return text[1:].strip()
    if first in _DASH_BULLETS and text[1:2].isspace():
        return text[1:].strip()
    if first in "–—•-*" and text[1:2].isalpha() and text[1:2].isupper():
        return text[1:].strip()
    for pattern in (_BOX, _COUNTED, _LETTER, _HAN_NUMBER):
        found = pattern.match(text)
        if found:
            return text[found.end() :].strip()
    found = _NUMBER.match(text)
    if found and _is_counting(text, found):
        return text[found.end() :].strip()
    return text


def _is_counting(text: str, found: re.Match[str]) -> bool:
    """Return whether a number at a line's start counts lines: "350.org" and "7-11 Watch" do not."""
    behind = text[found.end() :]
    if not behind or not (behind[0].isalpha() or behind[0] in "«“\"'(*_["):
        return bool(behind) and behind[0].isdigit() and found[0].endswith(" ")
    spaced = found[0][-1:].isspace() or found[0][-1] in ")、）]：-–—ºª°"
    return spaced or behind[0].isupper() or not behind[0].islower()


def _without_sequence(lines: list[Line]) -> list[Line]:
    """Return the lines without numbers that count them though no mark is behind the numbers."""
    numbered = [
        (place, _BARE_NUMBER.match(line.text)) for place, line in enumerate(lines) if line.text
    ]
    counts = [int(found[1]) for _, found in numbered if found]
    steps = sum(1 for one, other in pairwise(counts) if other == one + 1)
    if len(counts) < 3 or steps < len(counts) * 3 // 4 or len(counts) * 2 < len(numbered):
        return lines
    found_at = {place: found for place, found in numbered if found}
    return [
        replace(line, text=line.text[found_at[place].end() :], bulleted=True)
        if place in found_at
        else line
        for place, line in enumerate(lines)
    ]


def _without_addresses(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without web and mail addresses, and the mail addresses."""
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return text, ()
    kept: list[str] = []
    mails: list[str] = []
    for token in text.split():
        bare = token.strip("()<>[]{},;:\"'").removeprefix("mailto:")
        if "@" in bare[1:-1] and "." in bare.rpartition("@")[2]:
            mails.append(bare)
        elif not (
            "://" in bare or bare.lower().startswith("www.") or (bare[:1] == "@" and len(bare) > 1)
        ):
            kept.append(token)
            continue
        if token.endswith((",", ";")) and kept:
            kept[-1] += token[-1]
    return " ".join(kept), tuple(mails)


def _without_tail(text: str) -> str:
    before = ""
    while text != before:
        before = text
        text = text.rstrip(" \t,;،؛，、；|*_:–—-=~").strip()
        if text.endswith((".", "。")) and not _is_abbreviated(text):
            text = text[:-1]
        for word in _TRAILING_MORE:
            text = text.removesuffix(word)
        for word in _TRAILING_AND:
            if text.endswith(word) and before != text:
                text = text[: -len(word)]
        for pair in ("()", "[]", "<>", "（）"):
            text = text.removesuffix(pair)
    return text


def _is_abbreviated(text: str) -> bool:
    last = text.rsplit(maxsplit=1)[-1]
    return "." in last[:-1] or len(last) < 4 or is_form(last)
