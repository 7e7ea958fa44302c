"""A letter's text: the one form that is hashed and kept, its heading and its paragraphs."""

import hashlib
import re
import unicodedata

_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_UNKEPT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_HALF_SIGN = re.compile("[\ud800-\udfff]")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?=[ \t]|$)")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"^[ \t]{0,20}(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
# A heading's marks are undone for a title: no longer stretch than one need be looked at, with few marks in it.
_MARKED = re.compile(r"(\*\*?|`)(?=\S)(.{1,140}?)(?<=\S)\1")
_UNDERSCORED = re.compile(
    r"(?<!\w)(?:__(?=\S)((?:[^_]++|_(?!_)){1,30}?)(?<=\S)__"
    r"|_(?=\S)((?:[^_]++|_(?=\w)){1,30}?)(?<=\S)_)(?!\w)"
)
_LINKED = re.compile(r"\[([^\[\]]+)\]\((?:[^()]++|\([^()]*+\))*+\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def canonical(body: str) -> str:
    """The form in which a text is kept and hashed.

    NFC, lines that end with LF and without trailing spaces, no empty lines at either end, one LF
    at the end; empty for a text without words. Control characters go, and halves of signs that
    no file can hold become U+FFFD. Nothing that a reader sees is changed.
    """
    whole = _HALF_SIGN.sub("\ufffd", _UNKEPT.sub("", body))
    composed = unicodedata.normalize("NFC", whole)
    lines = [line.rstrip() for line in _LINE_END.split(composed)]
    joined = "\n".join(lines).strip("\n")
    return f"{joined}\n" if joined else ""


def text_sha256(body: str) -> str:
    """The SHA-256 of the canonical form in UTF-8, as 64 hexadecimal digits: what is signed."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def first_heading(markdown: str) -> str | None:
    """The words of the first heading, without its marks; None where there is none."""
    for block in paragraphs(markdown):
        title = _split_heading(block)[0]
        if title:
            return title
    return None


def split_title(markdown: str) -> tuple[str | None, str]:
    """The title that a text starts with, and the canonical text behind it.

    A heading further down is a part of the text: then the title is None.
    """
    whole = canonical(markdown)
    first, _, rest = whole.partition("\n\n")
    title, under = _split_heading(first.rstrip("\n"))
    if not title:
        return None, whole
    return title, canonical("\n\n".join(part for part in (under, rest) if part))


def paragraphs(body: str) -> list[str]:
    """The blocks that empty lines part, in their order; fenced code stays whole."""
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in canonical(body).splitlines():
        mark = _FENCE.match(line)
        if fence:
            fence = "" if line.strip().startswith(fence) else fence
        elif mark is not None:
            fence = mark[1]
        if line or fence:
            blocks[-1].append(line)
        else:
            blocks.append([])
    return ["\n".join(lines) for lines in blocks if lines]


def is_item(part: str) -> bool:
    """Return whether a part of a text is an item of a list."""
    return _ITEM.match(part) is not None


def parts(body: str) -> list[tuple[str, int]]:
    """The paragraphs and the single items of lists, each with the number of line ends behind it.

    A list with empty lines between its items and one without have the same parts.
    """
    text, found, at = canonical(body), list[tuple[str, int]](), 0
    for block in paragraphs(text):
        at += len(block)
        start = at
        while at < len(text) and text[at] == "\n":
            at += 1
        *items, last = _items(block)
        found += [(item, 1) for item in items]
        found.append((last, at - start))
    return found


def _items(block: str) -> list[str]:
    lines = block.split("\n")
    if not is_item(block) or any(map(_FENCE.match, lines)):
        return [block]
    starts = [place for place, line in enumerate(lines) if is_item(line)]
    ends = [*starts[1:], len(lines)]
    return ["\n".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _split_heading(block: str) -> tuple[str, str]:
    first, _, rest = block.partition("\n")
    marked = _HEADING.match(first)
    if marked is not None:
        return _plain(_unclosed(first[marked.end() :])), rest
    second, _, after = rest.partition("\n")
    if first and second and _UNDERLINE.match(second):
        return _plain(first.strip()), after
    return "", block


def _unclosed(heading: str) -> str:
    """The words of a heading without the `#` that may stand behind them, too."""
    words = heading.strip(" \t")
    shorter = words.rstrip("#")
    closed = shorter != words and (not shorter or shorter[-1] in " \t")
    return shorter.rstrip(" \t") if closed else words


def _plain(heading: str) -> str:
    unmarked = _LINKED.sub(r"\1", heading)
    for _ in range(3):
        unmarked = _UNDERSCORED.sub(r"\1\2", _MARKED.sub(r"\2", unmarked))
    return _ESCAPED.sub(r"\1", unmarked).strip()
