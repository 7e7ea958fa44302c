"""Text around a list on a web page or in a mail: headings, sentences, menus, contacts."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from bot.documents.pasted.entries import Skip, Skipped, tidy
from bot.documents.pasted.fields import take_apart
from bot.documents.pasted.kinds import CERTAIN, lean, names_body
from bot.documents.pasted.lines import Line
from bot.documents.pasted.segments import closing_bracket, first_of, is_fact, is_personal, part
from bot.documents.pasted.words import (
    BODY,
    CACHED,
    ends,
    has_sign_of,
    is_han,
    phrase_key,
    spelt,
    tables,
    tokens,
    worth,
)
from bot.letters.endorsement import Kind
from bot.names.countries import country_code
from bot.names.folding import unaccented

_SHOWN_MOST = 200
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?!\d)|(?<!\d)(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s(?:de\s)?[^\W\d]{3,12}\.?,?\s(?:de\s|del\s)?(?:19|20)\d\d(?!\d)"
    r"|(?<![^\W_])[^\W\d]{3,12}\s(?:\d{1,2}|de),?\s(?:19|20)\d\d(?!\d)|\d{1,2}月\d{1,2}日",
    re.IGNORECASE,
)
_WEB_NAME = re.compile(r"[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}/?")
_ENDED = (".", "!", "?", ":", "：", "。", "！", "？", "؟", "…")
_ARROWS = " ↑↓→←»«›‹>^.…[]()!:#"
_ORDINAL = re.compile(r"^(?:[IVX]{1,4}|[A-H])[.)]\s+")
_HEADING_MOST, _SENTENCE_LEAST, _PARAGRAPH_LEAST = 12, 5, 25
_WEB_NAMES_LEAST, _FEW, _SENTENCE_IN_HAN, _RUN_LEAST = 3, 20, 12, 4


class Around(StrEnum):
    """The role of a line in a pasted text: an entry, or the kind of text around entries."""

    ENTRY = "entry"
    HEADING = "heading"
    PROSE = "prose"
    PARAGRAPH = "paragraph"
    PAGE = "page"
    CONTACT = "contact"
    MAIL = "mail"


_WORTH = {
    Around.PROSE: -4.0,
    Around.PARAGRAPH: -9.0,
    Around.PAGE: -1.5,
    Around.MAIL: -2.0,
    Around.CONTACT: 0.0,
    Around.HEADING: 0.5,
}
"""The score of a line for being part of the list; of an entry see `_worth`."""
_COMMENT = -0.5
"""The score of a sentence below an entry, which may be the signer's comment."""
_ANNOUNCED = 8.0
"""The score of a heading that announces signatures."""
_OTHER = 0.4
"""The score of another list on the page that is read too, as a share of the longest one's."""
_WHY = {Around.HEADING: Skip.HEADING, Around.CONTACT: Skip.CONTACT, Around.MAIL: Skip.SIGN_OFF}


@dataclass(frozen=True, slots=True)
class Heading:
    """The information in a heading about the entries below it."""

    kind: Kind | None = None
    country: str = ""
    rest: str = ""
    """Entries on the heading's own line, after its colon."""
    announces: bool = False
    """The heading mentions signing, people or organisations, or has a heading's markup."""
    signing: bool = False


@lru_cache(maxsize=CACHED)
def heading_of(line: Line) -> Heading | None:
    """Read a line as a heading; return None if it is not one."""
    bracket = closing_bracket(line.text)
    text = bracket[0] if bracket is not None else line.text
    for sign in ":：":
        before, found, rest = text.partition(sign)
        if found and rest.strip() and len(before.split()) <= _HEADING_MOST:
            told = _announced_by(before)
            marks = [one.mark for one in part(rest)[1:]]
            if told or (len(marks) > 2 and len(part(before)) == 1 and not is_fact(text)):
                rest = line.text.partition(sign)[2].strip()
                return Heading(told.kind if told else None, rest=rest, announces=True)
    told = _announced_by(text)
    if told is not None:
        return told
    colon = line.raw.rstrip().endswith((":", "：")) and len(text.split()) <= _HEADING_MOST
    if colon and not tables()["around: signing"].isdisjoint(phrase_key(text)[:3]):
        return Heading(announces=True, signing=True)
    bare = text.strip(" :")
    if country_code(bare) is not None:
        return Heading(country=bare)
    if _is_region(bare) or (bare.islower() and " " not in bare and worth(bare) == BODY):
        return Heading()
    if line.heading or colon:
        return Heading(_one_kind(*_kinds_in(phrase_key(text))), announces=line.heading)
    return None


@lru_cache(maxsize=CACHED)
def _announced_by(text: str) -> Heading | None:
    """Return the heading if a text announces entries, else None."""
    known = tables()
    bare = text.strip(" :：.。-")
    if not bare.isascii() and any(sign > "\u0600" for sign in bare):
        found = _announced_in_script(bare)
        if found is not None or is_han(bare):
            return found
    text = _DATE.sub("", text)
    words = phrase_key(_ORDINAL.sub("", text).replace("-", ""))
    words = [word for word in words if not word.isdigit()]
    if not words or len(words) > _HEADING_MOST or lean(text) >= CERTAIN:
        return None
    signing = known["around: signing"].intersection(words)
    people, bodies = _kinds_in(words)
    kinds = people | bodies
    if not (signing or kinds):
        return None
    about = signing | kinds
    strange = {
        word for word in words if word not in about and spelt(word) not in known["around: places"]
    }
    kind = _one_kind(people, bodies)
    if strange:
        named = [word for word in tokens(text.partition("(")[0]) if word[:1].isupper()][1:]
        named = [] if text.isupper() else named
        small = set(phrase_key(" ".join(word for word in text.split() if word.islower())))
        small |= kinds if text.isupper() else set()
        described = signing or words[0] in kinds or words[-1] in kinds & small
        own = any(spelt(word) in strange for word in named)
        body = kind is None and not signing and names_body(text) and not text[0].isdigit()
        if own or not described or len(words) > 8 or body:
            return None
    return Heading(kind, announces=True, signing=bool(signing))


def _kinds_in(words: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the heading's words for people, and its words for organisations."""
    known = tables()
    return (
        known["around: people"].intersection(words),
        known["around: organisations"].intersection(words),
    )


def _one_kind(people: Collection[str], bodies: Collection[str]) -> Kind | None:
    if bool(people) == bool(bodies):
        return None
    return Kind.PERSON if people else Kind.ORGANISATION


def _announced_in_script(text: str) -> Heading | None:
    """Do the work of `_announced_by` for text in Arabic, Chinese, Japanese or Korean."""
    left = unaccented(text).strip(" :：.。()（）0123456789#")
    kinds: set[Kind | None] = set()
    for table, kind in (
        ("organisations", Kind.ORGANISATION),
        ("people", Kind.PERSON),
        ("signing", None),
        ("fillers", None),
    ):
        for word in ends(f"around: {table} in scripts"):
            if word in left:
                kinds |= {kind} if len(word) > 1 and table != "fillers" else set()
                left = left.replace(word, "")
    if not kinds or sum(map(str.isalpha, left)) > 2:
        return None
    said = kinds - {None}
    return Heading(said.pop() if len(said) == 1 else None, announces=True, signing=None in kinds)


def _is_region(text: str) -> bool:
    said = [spelt(word) for word in tokens(text.replace("/", " ").replace("-", " "))]
    words, places = [word for word in said if word], tables()["around: places"]
    known = all(word in places or word in {"and", "the", "of"} for word in words)
    return bool(words) and (known or "".join(words) in places)


@lru_cache(maxsize=CACHED)
def what_is(line: Line) -> Around:
    """Classify a line by its own words alone."""
    text = line.text
    if not text:
        return Around.CONTACT if line.addresses else Around.PAGE
    key, heading = phrase_key(text), heading_of(line)
    said, (before, colon, _) = " ".join(key), text.replace("：", ":").partition(":")
    label = (spelt(before) or before) if colon else ""
    if heading is not None and (heading.announces or heading.rest):
        return Around.HEADING
    if _is_of_mail(line, key):
        return Around.MAIL
    if _is_of_page(text, line.raw, said):
        return Around.PAGE
    if heading is not None:
        return Around.HEADING
    if label in tables()["around: contacts"]:
        return Around.CONTACT
    counted = any(map(str.isdigit, text)) and len(key) < _HEADING_MOST
    others = not tables()["around: others"].isdisjoint(key[:6])
    if counted and others:
        return Around.PAGE
    return _prose(line, key)


def _is_of_mail(line: Line, key: Sequence[str]) -> bool:
    text, known, said = line.text, tables(), " ".join(key)
    if closes(line):
        return True
    ended = line.raw.rstrip().endswith((",", ":", "!", "."))
    greets = not known["around: greetings"].isdisjoint(key[:1]) and (len(key) < 6 or ended)
    in_script = unaccented(text).startswith(ends("around: greetings in scripts"))
    greets = (greets and worth(tokens(text)[-1]) < BODY) or in_script
    return (greets and len(key) < 15) or said.startswith("sent from my")


def closes(line: Line) -> bool:
    """Return whether a line is a mail's closing, such as "Kind regards"."""
    return " ".join(phrase_key(line.text)) in tables()["around: closings"] or has_sign_of(
        "around: closings in scripts", line.text
    )


def _is_of_page(text: str, raw: str, said: str) -> bool:
    known = tables()["around: page"]
    pieces = [" ".join(phrase_key(one.text.strip(_ARROWS))) for one in part(text)] or [said]
    if any(pieces) and all(piece in known or piece == "" for piece in pieces):
        return True
    framed = raw.startswith("[") and raw.endswith("]")
    bare = unaccented(text).casefold().strip(_ARROWS)
    return bare in known or "©" in raw or framed or said.startswith(ends("around: page beginnings"))


def without_date(text: str) -> str:
    """Remove a date that follows a separator at the end of a line."""
    found = _DATE.search(text)
    if found is None or text[found.end() :].strip(" )]."):
        return text
    before = text[: found.start()].rstrip()
    marks = (",", ";", "(", "–", "—", "-", "|")
    return before.rstrip(" ,;(–—-|[") if before.endswith(marks) else text


def _prose(line: Line, key: list[str]) -> Around:
    """Return whether a line is an entry, a sentence or a paragraph."""
    text, words = line.text, line.text.split()
    ended = line.raw.rstrip().endswith(_ENDED)
    pieces = [one.text for one in part(text)]
    small = sum(piece[0].islower() or len(piece.split()) > 9 for piece in pieces)
    if len(pieces) > _RUN_LEAST and small * 5 <= len(pieces) and "。" not in text[:-1]:
        # Many names on one line
        return Around.ENTRY
    if is_han(text):
        sentence = len(text) > _SENTENCE_IN_HAN and (ended or "。" in text)
        return Around.PARAGRAPH if sentence and len(text) > 60 else Around.PROSE if sentence else Around.ENTRY  # fmt: skip
    talk = sum(word in tables()["around: talk"] for word in key)
    first = first_of(text)
    named = lean(first) >= 1.2 and len(first.split()) < 8
    body = bool(tokens(first)) and worth(tokens(first)[0]) == BODY
    spoken = [word for word in words if word[0].isalpha()]
    small = sum(word[0].islower() for word in spoken) * 2 > len(spoken)
    if len(words) >= _PARAGRAPH_LEAST and small and not (named and talk < 3):
        return Around.PARAGRAPH if len(words) > 2 * _PARAGRAPH_LEAST else Around.PROSE
    if is_personal(first) and lean(first) < CERTAIN:
        return Around.PROSE
    if named:
        return Around.ENTRY
    if len(words) < 3:
        return Around.PROSE if talk and ended and not body else Around.ENTRY
    sentence = small and len(words) >= _SENTENCE_LEAST and (talk or ended)
    if sentence and not (body and talk < 2 and not ended):
        return Around.PROSE
    many = talk > 1 and (ended or not body or talk > 3)
    return Around.PROSE if many or (talk and ended and not body) else Around.ENTRY


@dataclass(frozen=True, slots=True)
class Seen:
    """A line with its role."""

    line: Line
    what: Around
    worth: float
    """The score for being part of the list; negative for text around the list."""


def skip(why: Skip, line: Line, text: str = "") -> Skipped:
    """Return the record of a skipped line, with shortened text."""
    shown = tidy((text or line.raw)[: _SHOWN_MOST * 2])[:_SHOWN_MOST]
    return Skipped(why=why, row=line.row, text=shown)


def leave(one: Seen, skipped: list[Skipped]) -> None:
    """Add a line to the skipped ones, unless it is blank."""
    if one.line.text:
        skipped.append(skip(_WHY.get(one.what, Skip.PROSE), one.line))


def list_of(lines: Sequence[Line], skipped: list[Skipped]) -> list[Seen]:
    """Find the list in a text such as a letter; return its lines with the blank ones."""
    seen: list[Seen] = []
    webbed = sum(map(_is_web_name, lines)) >= _WEB_NAMES_LEAST
    listed, ended = 0, False
    for line in lines:
        what = Around.CONTACT if webbed and _is_web_name(line) else what_is(line)
        listed += what is Around.ENTRY and _worth(line, what) > 1
        ended = ended or (what is Around.MAIL and closes(line) and listed > 1)
        if what is Around.MAIL and not listed:
            what = Around.PROSE
        seen.append(Seen(line, Around.MAIL if ended and line.text else what, _worth(line, what)))
    kept: list[Seen] = []
    last = 0
    for start, end in sorted(_stretches(seen)):
        for one in seen[last:start]:
            leave(one, skipped)
        kept += _trimmed(seen[start:end], skipped)
        last = end
    for one in seen[last:]:
        leave(one, skipped)
    return kept


def _is_web_name(line: Line) -> bool:
    """Return whether a line is a bare domain name, such as "tide.example"."""
    return " " not in line.text and _WEB_NAME.fullmatch(line.text.casefold()) is not None


def _worth(line: Line, what: Around) -> float:
    if not line.text:
        return 0.0
    heading = heading_of(line) if what is Around.HEADING else None
    several = 0.4 * max(0, len(part(heading.rest if heading else line.text)) - _RUN_LEAST)
    if heading is not None:
        return _ANNOUNCED if heading.signing else _WORTH[what] + several
    if what is not Around.ENTRY:
        return _WORTH[what]
    pieces = take_apart(line.text)
    if pieces is None:
        return -0.5
    certain = 1.2 if abs(pieces.score) >= CERTAIN else 0.4
    return certain + several + (0.8 if line.marked else 0.0)


def _stretches(seen: Sequence[Seen]) -> list[tuple[int, int]]:
    """Return the range of lines with the highest total score, and others that are not much less."""
    worths = [one.worth for one in seen]
    for place, (before, one) in enumerate(pairwise(seen), start=1):
        if _is_entry(before) and one.what is Around.PROSE:
            worths[place] = _COMMENT
    todo, found = [(0, len(seen))], list[tuple[int, int]]()
    least = 0.0
    while todo:
        begun, ended = todo.pop(0)
        best, start, end = best_range(worths, begun, ended)
        first = next((one for one in seen[start:end] if one.line.text), None)
        announced = first is not None and first.worth == _ANNOUNCED
        if best <= (min(3.0, least) if announced else least):
            continue
        least = least or best * _OTHER
        found.append((start, end))
        todo += [one for one in ((begun, start), (end, ended)) if one[0] < one[1]]
    return found


def best_range(worths: Sequence[float], start: int, end: int) -> tuple[float, int, int]:
    """Return the highest sum of neighbouring values between two places, and its range."""
    best, first, last = 0.0, start, start
    here, begun = 0.0, start
    for place in range(start, end):
        if here <= 0:
            here, begun = 0.0, place
        here += worths[place]
        if here > best:
            best, first, last = here, begun, place + 1
    return best, first, last


def _trimmed(seen: Sequence[Seen], skipped: list[Skipped]) -> Sequence[Seen]:
    """Drop lines above the heading that starts the list, and unmarked ones around a marked list."""
    start, end = 0, len(seen)
    for place, one in enumerate(seen):
        heading = heading_of(one.line) if one.what is Around.HEADING else None
        if heading is not None and heading.announces:
            before = [other.worth for other in seen[:place] if other.line.text]
            certain = sum(worth >= 1.2 for worth in before) * 2 > len(before)
            after = sum(other.worth for other in seen[place + 1 :]) if heading.signing else 0.0
            if not certain and (sum(before) * 3 < after or len(before) < 3):
                start = place
            break
    entries = [place for place in range(start, end) if _is_entry(seen[place])]
    marked = [place for place in entries if seen[place].line.marked]
    if len(marked) > 1 and len(marked) >= min(len(entries) * 9 // 10, len(entries) - 1):
        first, last = marked[0], marked[-1]
        if len(entries) < _FEW:
            last = max(place for place in entries if place <= last or _names_somebody(seen[place]))
        # An entry next to the list, without a blank line between, belongs to it.
        while first > start and _is_entry(seen[first - 1]):
            first -= 1
        while last + 1 < end and _is_entry(seen[last + 1]):
            last += 1
        while first > start and not _is_entry(seen[first - 1]):
            first -= 1
        start, end = first, last + 1
    for one in (*seen[:start], *seen[end:]):
        leave(one, skipped)
    return seen[start:end]


def _is_entry(one: Seen) -> bool:
    return bool(one.line.text) and one.what is Around.ENTRY


def _names_somebody(one: Seen) -> bool:
    first = first_of(one.line.text)
    return one.worth > 1 and (lean(first) >= 1.0 or names_body(first))
