"""A letter pasted from a mail: what belongs to the mail, apart from the letter.

Text is Markdown in which typed marks may be escaped, so that patterns look at lines without it.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path

from bot.documents.letter_lines import joined, names_at_end
from bot.letters.text import canonical, front_matter


class Part(StrEnum):
    """A part of a mail that is not the letter."""

    HEADER = "header"
    """Sender, recipients and date, with what was written above them."""
    GREETING = "greeting"
    INTRODUCTION = "introduction"
    """A file's facts, and a note or a summary above the letter's salutation."""
    QUOTES = "quotes"
    """The marks before each line of a quoted text."""
    SIGNATURE = "signature"
    EARLIER = "earlier"
    """The mails that were answered."""
    NAMES = "names"
    """The names of signatories at the end."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part that was left out, with its text."""

    part: Part
    text: str = ""
    count: int = 0

    def put_back(self, body: str) -> str:
        """Return a letter's text with the part in its place again."""
        match self.part:
            case Part.HEADER | Part.GREETING | Part.INTRODUCTION:
                return canonical(f"{self.text}\n\n{body}")
            case Part.SIGNATURE | Part.EARLIER | Part.NAMES:
                return canonical(f"{body}\n\n{self.text}")
            case Part.QUOTES:
                return "".join(f"{self.text}{line}\n" for line in body.splitlines())


@dataclass(frozen=True, slots=True)
class Read:
    """A pasted text without the parts of a mail."""

    body: str
    subject: str
    """The mail's subject; empty if the text has none."""
    left_out: tuple[LeftOut, ...]


_FILE = Path(__file__).with_name("mail.txt")
_SAID = dict(
    line.split(": ", 1)
    for line in _FILE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


_NAME = re.compile(r"<(\w{1,20})>")


def _filled(text: str) -> str:
    """Return a pattern in which each `<name>` is the group of a name's words in the file."""
    return "(?i)" + _NAME.sub(lambda name: f"(?P<{name[1]}>{_SAID[name[1]]})", text)


_FIELD = re.compile(
    _filled(r"\W{0,3}(?:<sender>|<subject>|<other>)\W{0,3}[:\uff1a][\s*_]{0,3}(.{0,300})")
)
_RULER = re.compile(_filled(r"\A(?:-{2,20}[\w’' ]{0,20}<forwarded>[\w’' ]{0,12}-{2,20}|<begins>:)"))
_WROTE = re.compile(_filled(r"\A<when>\b.{5,250}<wrote>\s?:"))
_QUOTED = re.compile(r">\s?")
_QUOTE_MARK = re.compile(r"^\s{0,3}\\?>\s?(?:\\$)?")
_REPLIES = re.compile(_filled(r"(?:<replies>\s?:\s{0,3})+"))
_GREETING = re.compile(
    _filled(r"<greets>\b[^.!?:]{0,60}[,!.:]?|<dear>\b.{0,40}\b<several>\b.{0,40}")
)
_INTRODUCES = re.compile(_filled(r"\b<introduces>\b"))
_GREETS = re.compile(_filled(r"<greets>\b"))
_CLOSING = re.compile(_filled(r"<closes>[,.!]?"))
_DEVICE = re.compile(_filled(r"<device>\b.{0,80}"))
_REACHED = re.compile(r"\S@\S|\+?\d[\d ()/-]{6,}\d")
_OPENS = re.compile(_filled(r"\W{0,3}<opens>\b"))
_NOTE_BEGINS = re.compile(r"(?m)^(?=\\?\[\^\w{1,20}\\?\]:)")
_NOTE = re.compile(r"\\?\[\^(\w{1,20})\\?\]:?")
_BREAK = re.compile(r"(?<!\\)\\$")
_PARTING = re.compile(_filled(r"\b<parts>\b.{0,30}"))
_SALUTATION = re.compile(_filled(r"<salutes>\b[^?]{0,100}(?<!\.)"))
_ADDRESS = re.compile(r"\S@\S|\bat\s\S{1,60}\sdot\s")
_CONTACT = re.compile(_filled(r"<reached>\s?:\s.{1,80}"))
_BELOW = re.compile(r"_{5,80}|<[^<>]{1,80}\.(?:docx?|odt|pdf)>")
_TOLD_LEAST, _TOLD_ENDS = 60, (".", "!", "?", "»", "”", '."')
"""The fewest characters of a sentence, and how it ends."""
_ABOVE_MOST, _HEADER_ROOM = 40, 72
"""The most lines above a salutation, and the most characters of a line in a header."""
SIGNED_WITHIN = 14
"""Lines of a signature at the end."""


def read_mail(text: str) -> Read:
    """Return the letter in a pasted text, and what was left out, as it came."""
    facts, rest = front_matter(canonical(text))
    above = canonical(text).removesuffix(rest)
    lines, left, subject = rest.split("\n"), list[LeftOut](), facts.get("title", "")
    for _ in range(4):
        before = lines
        if (found := _header(lines)) is not None:
            start, end, named = found
            if _letters(lines[:start]) > 2 * _letters(lines[end:]):
                left.append(_cut(Part.EARLIER, lines[start:]))
                lines = lines[:start]
            else:
                left.append(_cut(Part.HEADER, lines[:end]))
                lines, subject = lines[end:], named or subject
        marked = [_QUOTED.match(_bare(line)) for line in lines if line.strip()]
        if marked and sum(map(bool, marked)) >= 0.9 * len(marked):
            marks = left.pop().text if left and left[-1].part is Part.QUOTES else ""
            left.append(LeftOut(Part.QUOTES, f"> {marks}"))
            lines = [_QUOTE_MARK.sub("", line) for line in lines]
        if lines is before:
            break
    if (end := _greeting(lines, is_mail=bool(left))) is not None:
        left.append(_cut(Part.GREETING, lines[:end]))
        lines = lines[end:]
    if (start := _signature(lines, is_mail=bool(left))) is not None:
        left.append(_cut(Part.SIGNATURE, lines[start:]))
        lines = lines[:start]
    end = _introduction(lines, is_mail=bool(left))
    if above or end:
        left.append(_cut(Part.INTRODUCTION, [above, *lines[:end]]))
        lines = lines[end:]
    if (found_names := names_at_end(lines, _PARTING)) is not None:
        start, end, count = found_names
        left.append(replace(_cut(Part.NAMES, lines[start:end]), count=count))
        lines = [*lines[:start], "", *lines[end:]]
    # No reader of CommonMark has footnotes; each is a paragraph.
    noted = _NOTE.sub(r"\\[\1\\]", _NOTE_BEGINS.sub("\n", "\n".join(joined(lines))))
    return Read(whole(noted.split("\n")), _REPLIES.sub("", subject).strip(), tuple(left))


def _cut(part: Part, lines: list[str]) -> LeftOut:
    return LeftOut(part, whole(lines).rstrip("\n"))


def whole(lines: list[str]) -> str:
    """Join lines into a text in which no line break hangs at the end of a paragraph."""
    pairs = zip_longest(lines, lines[1:], fillvalue="")
    return canonical(
        "\n".join(one if after.strip() else _BREAK.sub("", one) for one, after in pairs)
    )


def _bare(line: str) -> str:
    return line.replace("\\", "").strip()


def _letters(lines: list[str]) -> int:
    return sum(map(len, lines))


def _header(lines: list[str]) -> tuple[int, int, str] | None:
    """Return the first and the last line of a mail's header, and its subject."""
    for start, line in enumerate(lines):
        bare = _QUOTED.sub("", _bare(line), count=1)
        following = _bare(lines[start + 1]) if start + 1 < len(lines) else ""
        for count, words in ((1, bare), (2, f"{bare} {following}")):
            if _WROTE.fullmatch(words):
                return start, start + count, ""
        begins = start + 1 if _RULER.fullmatch(bare) else start
        end, names, subject, fields, about = begins, set[str](), "", 0, ""
        for place in range(begins, min(begins + 12, len(lines))):
            words = _QUOTED.sub("", _bare(lines[place]), count=1)
            found = _FIELD.fullmatch(words)
            if found is not None:
                end, fields, about = place + 1, fields + 1, found["subject"]
                names |= {name for name, words in found.groupdict().items() if words}
                subject = found[4] if about else subject
            elif words and place == end > begins and _is_folded(lines[place - 1], lines[place]):
                end, subject = place + 1, f"{subject} {words}" if about else subject
            elif words:
                break
        addressed = fields > 2 and _ADDRESS.search("\n".join(lines[begins:end])) is not None
        if len(names) > 1 and ("sender" in names or addressed):
            return start, end, subject.strip()
    return None


def _is_folded(line: str, after: str) -> bool:
    no_room = len(f"{_bare(line)} {_bare(after).split()[0]}") > _HEADER_ROOM
    return after.startswith((" ", "\t")) or (no_room and not is_salutation(after))


def _paragraph(lines: list[str], start: int) -> tuple[int, int]:
    while start < len(lines) and not lines[start].strip():
        start += 1
    end = start
    while end < len(lines) and lines[end].strip():
        end += 1
    return start, end


def _greeting(lines: list[str], *, is_mail: bool) -> int | None:
    start, end = _paragraph(lines, 0)
    if start == len(lines) or not _GREETING.fullmatch(_bare(lines[start])):
        return None
    # The sentence that introduces the letter may share a paragraph with the greeting.
    first = min(end, start + 1)
    start, end = _paragraph(lines, first)
    introduced = " ".join(map(_bare, lines[start:end]))
    if len(introduced) <= 300 and end < len(lines) - 1 and _INTRODUCES.search(introduced):
        return end
    return first if is_mail else None


def _introduction(lines: list[str], *, is_mail: bool) -> int:
    """Return the end of what is told above the salutation, such as a note or a summary."""
    places = range(min(len(lines), _ABOVE_MOST))
    # In the middle of a paragraph, a line may begin with "Madame" too.
    begins = [one for one in places if one == 0 or not lines[one - 1].strip()]
    salutes = [one for one in begins if is_salutation(lines[one])]
    opens = [one for one in begins if is_mail and _OPENS.match(_bare(lines[one]))]
    at = (salutes or opens or [0])[0]
    if _letters(lines[:at]) > _letters(lines[at:]):
        return 0
    end, told = 0, 0
    while end < at:
        start, end = _paragraph(lines[:at], end)
        words = " ".join(map(_bare, lines[start:end]))
        is_told = len(words) >= _TOLD_LEAST and words.endswith(_TOLD_ENDS)
        tells = (salutes and is_told) or _ADDRESS.search("\n".join(lines[start:end]))
        if tells or (is_mail and (_GREETS.match(words) or _INTRODUCES.search(words))):
            told = end
    return told


def is_salutation(line: str) -> bool:
    """Return whether a line addresses those to whom a letter is written."""
    return _SALUTATION.fullmatch(_bare(line)) is not None


def _signature(lines: list[str], *, is_mail: bool) -> int | None:
    first = max(1, len(lines) - SIGNED_WITHIN)
    for start in range(first, len(lines)):
        bare, rest = _bare(lines[start]), "\n".join(lines[start + 1 :])
        closes = _CLOSING.fullmatch(bare) is not None and (is_mail or _REACHED.search(rest))
        ruled = bare in {"--", "—"} or (is_mail and _BELOW.fullmatch(bare))
        below = [_bare(one) for one in lines[start:] if one.strip()]
        ruled = ruled or (is_mail and bare and all(map(_CONTACT.fullmatch, below)))
        if ruled or closes or _DEVICE.fullmatch(bare):
            return start
    return None
