"""The signed parts of a letter in canonical form; the headings and paragraphs of a text."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, fields

_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_UNKEPT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_HALF_SIGN = re.compile("[\ud800-\udfff]")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?=[ \t]|$)")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"^[ \t]{0,20}(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
# A title is a heading without its markup: patterns match no more than a title can hold.
_MARKED = re.compile(r"(\*\*?|`)(?=\S)(.{1,140}?)(?<=\S)\1")
_UNDERSCORED = re.compile(
    r"(?<!\w)(?:__(?=\S)((?:[^_]++|_(?!_)){1,30}?)(?<=\S)__"
    r"|_(?=\S)((?:[^_]++|_(?=\w)){1,30}?)(?<=\S)_)(?!\w)"
)
_LINKED = re.compile(r"\[([^\[\]]+)\]\((?:[^()]++|\([^()]*+\))*+\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def canonical(body: str) -> str:
    """Return the canonical form of a text, in which it is stored and hashed.

    It is in NFC, its lines end with LF and have no trailing spaces, there are no empty lines at
    either end, and one LF at the end; a text without words is empty. Control characters are
    removed, and surrogates, which no file can hold, become U+FFFD. Readers see no difference.
    """
    whole = _HALF_SIGN.sub("\ufffd", _UNKEPT.sub("", body))
    composed = unicodedata.normalize("NFC", whole)
    lines = [line.rstrip() for line in _LINE_END.split(composed)]
    joined = "\n".join(lines).strip("\n")
    return f"{joined}\n" if joined else ""


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the facts before a text, between two lines `---`, by lower-case name, and the text."""
    begins, _, rest = canonical(text).partition("\n")
    head, ends, body = rest.partition("\n---\n")
    if begins != "---" or not ends or "\n\n" in head or ":" not in head.partition("\n")[0]:
        return {}, text
    lines = (line.partition(":") for line in head.splitlines() if ":" in line)
    return {name.strip().lower(): value.strip().strip("\"'") for name, _, value in lines}, body


@dataclass(frozen=True, slots=True)
class LetterText:
    """All that people sign of a letter; `of` makes it canonical."""

    title: str
    sender: str
    """The sender named on the letter; may be empty."""
    body: str
    addressee: str = ""
    """The addressee, in one line or several; may be empty."""
    subject: str = ""

    @classmethod
    def of(
        cls, title: str, sender: str, body: str, addressee: str = "", subject: str = ""
    ) -> "LetterText":
        """Return the canonical form. Title, sender and subject are one line each."""
        one, other, about = (
            canonical(line).replace("\n", " ").strip() for line in (title, sender, subject)
        )
        lines = (line.strip() for line in canonical(addressee).splitlines())
        return cls(one, other, canonical(body), "\n".join(filter(None, lines)), about)

    @property
    def canonical(self) -> str:
        """The bytes that are hashed: title, sender, addressee, subject, an empty line, the text.

        A line of the addressee begins with "To: ", the subject with "Subject: ".
        """
        head = [self.title, self.sender, *(f"To: {line}" for line in self.addressee.splitlines())]
        head += [f"Subject: {self.subject}"] if self.subject else []
        return "\n".join([*head, "", self.body])

    @property
    def sha256(self) -> str:
        """The SHA-256 of the canonical form in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A translation of a letter, which is read beside it and which nobody signs."""

    language: str
    """Its IETF tag."""
    title: str
    body: str
    translator: str
    """The name of the person or body that made it."""
    text_sha256: str
    """The hash of the text that it translates."""


SIGNED = tuple(one.name for one in fields(LetterText))
"""The names of the parts that people sign."""


def first_heading(markdown: str) -> str | None:
    """Return the text of the first heading without its markup; None if there is no heading."""
    for block in paragraphs(markdown):
        title = _split_heading(block)[0]
        if title:
            return title
    return None


def split_title(markdown: str) -> tuple[str | None, str]:
    """Return the title at the start of a text, and the canonical text after it.

    If the first heading is further down, it is part of the text and the title is None.
    """
    whole = canonical(markdown)
    first, _, rest = whole.partition("\n\n")
    title, under = _split_heading(first.rstrip("\n"))
    if not title:
        return None, whole
    return title, canonical("\n\n".join(part for part in (under, rest) if part))


def paragraphs(body: str) -> list[str]:
    """Return the blocks separated by empty lines, in order; fenced code stays whole."""
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
    """Return the paragraphs and single list items, each with the number of line ends after it.

    Empty lines between the items of a list do not change its parts.
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
        words = first[marked.end() :].strip(" \t")
        shorter = words.rstrip("#")
        closed = shorter != words and (not shorter or shorter[-1] in " \t")
        return _plain(shorter.rstrip(" \t") if closed else words), rest
    second, _, after = rest.partition("\n")
    if first and second and _UNDERLINE.match(second):
        return _plain(first.strip()), after
    return "", block


def _plain(heading: str) -> str:
    unmarked = _LINKED.sub(r"\1", heading)
    for _ in range(3):
        unmarked = _UNDERSCORED.sub(r"\1\2", _MARKED.sub(r"\2", unmarked))
    return _ESCAPED.sub(r"\1", unmarked).strip()
