"""Text around a list on a web page or in a mail: headings, sentences, menus, contacts."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from bot.documents.pasted.entries import Skip, Skipped, tidy
from bot.documents.pasted.kinds import CERTAIN, is_person, lean, names_body
from bot.documents.pasted.lines import Line
from bot.documents.pasted.segments import (
    closing_bracket,
    is_fact,
    is_personal,
    part,
    peeled,
    take_apart,
)
from bot.documents.pasted.words import (
    BODY,
    CACHED,
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

_SEGMENTS_MOST, _EDGE_MOST, _SHOWN_MOST = 12, 15, 200
_MAIL_HEAD = re.compile(
    "(?:from|to|cc|bcc|sent|date|subject|re|fwd|reply-to|de|para|enviado|asunto|assunto|objet|envoyé"
    r"|à|von|an|betreff|gesendet|от|кому|тема|дата|发件人|收件人|主题)\s?[:：]\s",
    re.IGNORECASE,
)
_WROTE = ("wrote:", "wrote", "a écrit :", "a écrit", "escribió:", "escreveu:", "schrieb:", "пишет:", "написал:")  # fmt: skip
_MORE = re.compile(
    r"(?:\b(?:and|plus|with|et|y|e|и|а также|und)\s|[&+…]\s?|\.\.\.\s?)?"
    r"(?:(?:over|about|nearly|almost|more than|plus de|environ|más de|mais de|cerca de|более|около)\s)?"
    r"(?:\d{1,6}|many|several|numerous|plusieurs)\s(?:[^\W\d]+\s)?"
    r"(?:others?|more|autres|otr[oa]s|más|outr[oa]s|mais|других|другие|weitere|signatures?|firmas|человек)\b"
    r"|(?:и\s)?(?:ещё|еще)\s\d{1,6}\b|siguen\s\d{1,6}|و\s?\d{1,6}\s(?:آخرين|آخرون)|等\s?\d{1,6}",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?!\d)|(?<!\d)(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s(?:de\s)?[^\W\d]{3,12}\.?,?\s(?:de\s|del\s)?(?:19|20)\d\d(?!\d)"
    r"|(?<![^\W_])[^\W\d]{3,12}\s\d{1,2},?\s(?:19|20)\d\d(?!\d)|\d{1,2}月\d{1,2}日",
    re.IGNORECASE,
)
_WEB_NAME = re.compile(r"[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}/?")
_WEB_NAMES_LEAST = 3
_COMMENT = -0.5
_LONG_LIST = 20
_ENDED = (".", "!", "?", ":", "：", "。", "！", "？", "؟", "…")
_ARROWS = " ↑↓→←»«›‹>^.…[]()!:#"
_ORDINAL = re.compile(r"^(?:[IVX]{1,4}|[A-H])[.)]\s+")
_HEADING_MOST, _SENTENCE_LEAST, _PARAGRAPH_LEAST = 12, 5, 25
_DATED_MOST = 10
_LONG_LINE = 350


class Around(Enum):
    """The role of a line in a pasted text: an entry, or the kind of text around entries."""

    ENTRY = auto()
    HEADING = auto()
    PROSE = auto()
    PARAGRAPH = auto()
    PAGE = auto()
    CONTACT = auto()
    GREETING = auto()
    """A line of a mail above its list, such as its greeting or header."""
    MAIL = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """The information in a heading about the entries below it."""

    kind: Kind | None = None
    country: str = ""
    rest: str = ""
    """Entries on the heading's own line, after its colon."""
    announces: bool = False
    """The heading mentions signing, people or organisations, or has a heading's markup."""


@lru_cache(maxsize=CACHED)
def heading_of(line: Line) -> Heading | None:
    """Read a line as a heading; return None if it is not one."""
    bracket = closing_bracket(line.text)
    text = bracket[0] if bracket is not None else line.text
    if not text or len(text) > _LONG_LINE * 40:
        return None
    for sign in ":：":
        before, found, rest = text.partition(sign)
        if found and rest.strip() and len(before.split()) <= _HEADING_MOST:
            told = _announced_by(before)
            marks = [one.mark for one in part(rest)[1:]]
            if told is not None or (
                len(marks) > 2 and len(part(before)) == 1 and not is_fact(text)
            ):
                kind = told[0] if told else None
                return Heading(kind, rest=line.text.partition(sign)[2].strip(), announces=True)
    told = _announced_by(text)
    if told is not None:
        return Heading(told[0], announces=True)
    bare = text.strip(" :")
    if country_code(bare) is not None:
        return Heading(country=bare)
    if _is_region(bare) or (bare.islower() and " " not in bare and worth(bare) == BODY):
        return Heading()
    if line.heading or (
        line.raw.rstrip().endswith((":", "：")) and len(text.split()) <= _HEADING_MOST
    ):
        return Heading(_one_kind(*_kinds_in(phrase_key(text))), announces=line.heading)
    return None


def _announced_by(text: str) -> tuple[Kind | None] | None:
    """Return a tuple of the kind that a heading announces, or None if it announces no entries."""
    known = tables()
    bare = text.strip(" :：.。")
    if not bare.isascii() and any(sign > "\u0600" for sign in bare):
        found = _announced_in_script(bare)
        if found is not None or is_han(bare):
            return found
    words = phrase_key(_ORDINAL.sub("", text).replace("-", ""))
    words = [word for word in words if not word.isdigit()]
    if not words or len(words) > _HEADING_MOST or lean(text) >= CERTAIN:
        return None
    signing = known["around: signing"].intersection(words)
    people, bodies = _kinds_in(words)
    beside = known["around: beside"]
    if not (signing or people or bodies):
        return None
    named = [word for word in tokens(text.partition("(")[0]) if word[:1].isupper()][1:]
    strange = [
        word
        for word in words
        if word not in signing | people | bodies | beside
        and spelt(word) not in known["around: places"]
    ]
    own = [word for word in named if spelt(word) in strange]
    small = set(phrase_key(" ".join(word for word in text.split() if word.islower())))
    kinds = people | bodies
    described = len(words) < 9 and not own and (signing or words[0] in kinds or words[-1] in kinds & small)  # fmt: skip
    if strange and not described:
        return None
    kind = _one_kind(people, bodies)
    if strange and not signing and names_body(text) and kind is None:
        return None
    return (kind,)


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


def _announced_in_script(text: str) -> tuple[Kind | None] | None:
    """Do the work of `_announced_by` for text in Arabic, Chinese, Japanese or Korean."""
    bare = unaccented(text).strip(" :：.。()（）0123456789#")
    left = bare
    kinds: set[Kind | None] = set()
    for table, kind in (
        ("organisations", Kind.ORGANISATION),
        ("people", Kind.PERSON),
        ("signing", None),
    ):
        for word in sorted(tables()[f"around: {table} in scripts"], key=len, reverse=True):
            if word in left:
                kinds |= {kind} if len(word) > 1 else set()
                left = left.replace(word, "")
    for word in sorted(tables()["around: fillers in scripts"], key=len, reverse=True):
        left = left.replace(word, "")
    if not kinds or sum(map(str.isalpha, left)) > 2:
        return None
    said = kinds - {None}
    return (said.pop() if len(said) == 1 else None,)


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
        beside = Around.PAGE if line.raw.strip() else Around.ENTRY
        return Around.CONTACT if line.addresses else beside
    if len(text) > _LONG_LINE and _is_small(text):
        return Around.PARAGRAPH
    key = phrase_key(text)
    said, heading, label = " ".join(key), heading_of(line), spelt(text.partition(":")[0])
    if heading is not None and (heading.announces or heading.rest):
        return Around.HEADING
    for what, is_it in (
        (Around.MAIL, _is_of_mail(line, said)),
        (Around.PAGE, _is_of_page(text, line.raw, said)),
        (Around.HEADING, heading is not None),
        (Around.CONTACT, ":" in text and label in tables()["around: contacts"]),
        (Around.PAGE, _MORE.match(text) is not None or _is_dated(text)),
    ):
        if is_it:
            return what
    return _prose(line, key)


def _is_of_mail(line: Line, said: str) -> bool:
    text, known = line.text, tables()
    lower = text.casefold()
    first = said.split()[:1]
    if _closes(text, said):
        return True
    greets = bool(first) and first[0] in known["around: greetings"] and (
        len(said.split()) < 6 or line.raw.rstrip().endswith((",", ":", "!", "."))
    )  # fmt: skip
    if (greets and worth(tokens(text)[-1]) < BODY) or unaccented(text).startswith(
        tuple(known["around: greetings in scripts"])
    ):
        return len(said.split()) < 15
    wrote = lower.endswith(_WROTE) and any(sign.isdigit() for sign in text)
    return _MAIL_HEAD.match(line.raw[:40]) is not None or wrote or lower.startswith("sent from my")


def _is_of_page(text: str, raw: str, said: str) -> bool:
    known = tables()["around: page"]
    pieces = [" ".join(phrase_key(one.text.strip(_ARROWS))) for one in part(text)] or [said]
    if all(piece in known or piece == "" for piece in pieces) and any(pieces):
        return True
    bare = unaccented(text).casefold().strip(_ARROWS)
    beginnings = tuple(tables()["around: page beginnings"])
    framed = raw.startswith("[") and raw.endswith("]")
    return bare in known or "©" in raw or framed or said.startswith(beginnings)


def _is_dated(text: str) -> bool:
    """Return whether a short line has a date and no name, such as the date of an article."""
    if _DATE.search(text[:100]) is None or len(text.split()) > _DATED_MOST:
        return False
    first = part(text)[0].text if part(text) else text
    return not is_person(first) and not names_body(first)


def without_date(text: str) -> str:
    """Remove a date that follows a separator at the end of a line."""
    found = _DATE.search(text)
    if found is None or text[found.end() :].strip(" )]."):
        return text
    before = text[: found.start()].rstrip()
    return (
        before.rstrip(" ,;(–—-|[") if before.endswith((",", ";", "(", "–", "—", "-", "|")) else text
    )


def _is_small(text: str) -> bool:
    """Return whether most words are in lower case, as in sentences, or the text is Chinese."""
    spoken = [word for word in text[:2000].split() if word[:1].isalpha()]
    small = sum(word[0].islower() for word in spoken)
    return small * 2 > len(spoken) or is_han(text)


def _prose(line: Line, key: list[str]) -> Around:
    text = line.text
    words = text.split()
    talk = sum(word in tables()["around: talk"] for word in key)
    ended = line.raw.rstrip().endswith(_ENDED)
    first = peeled(part(text)[0].text)[0] if part(text) else text
    named = lean(first) >= 1.2 and len(first.split()) < 8
    body = worth(tokens(first)[0]) == BODY if tokens(first) else False
    if len(words) >= _PARAGRAPH_LEAST and _is_small(text) and not (named and talk < 3):
        return Around.PARAGRAPH if len(words) > 2 * _PARAGRAPH_LEAST else Around.PROSE
    if len(words) < _SENTENCE_LEAST - 2:
        return Around.PROSE if talk and ended and not named and not body else Around.ENTRY
    if is_personal(first) and lean(first) < CERTAIN:
        return Around.PROSE
    small = sum(word[:1].islower() for word in words)
    sentence = small * 2 > len(words) and len(words) >= _SENTENCE_LEAST
    if sentence and not named and (talk or ended) and not (body and talk < 2 and not ended):
        return Around.PROSE
    if talk > 1 and not named and (ended or not body or talk > 3):
        return Around.PROSE
    if talk and ended and not named and not body:
        return Around.PROSE
    return Around.ENTRY


@dataclass(frozen=True, slots=True)
class Seen:
    """A line with its role."""

    line: Line
    what: Around
    worth: float
    """The score for being part of the list; negative for text around the list."""


_WORTH = {
    Around.PROSE: -4.0,
    Around.PARAGRAPH: -9.0,
    Around.PAGE: -1.5,
    Around.MAIL: -2.0,
    Around.CONTACT: 0.0,
    Around.HEADING: 0.5,
}


def skip(why: Skip, line: Line, text: str = "") -> Skipped:
    """Return the record of a skipped line, with shortened text."""
    shown = tidy((text or line.raw)[: _SHOWN_MOST * 2])[:_SHOWN_MOST]
    return Skipped(why=why, row=line.row, text=shown)


def list_of(lines: Sequence[Line], skipped: list[Skipped]) -> list[Seen]:
    """Find the list in a text such as a letter; return its lines with the blank ones."""
    joined = _unwrapped(_of_markdown(lines, skipped))
    seen: list[Seen] = []
    listed, ended = 0, False
    webbed = sum(_is_web_name(line.text) for line in joined) >= _WEB_NAMES_LEAST
    for line in joined:
        what = Around.CONTACT if webbed and _is_web_name(line.text) else what_is(line)
        listed += what is Around.ENTRY and (line.marked or _worth(line, what) > 1)
        closes = what is Around.MAIL and _closes(line.text, " ".join(phrase_key(line.text)))
        ended = ended or (closes and listed > 1)
        if what is Around.MAIL and not listed:
            what = Around.GREETING
        seen.append(Seen(line, Around.MAIL if ended and line.text else what, _worth(line, what)))
    stretches = sorted(_stretches(_worths(seen)))
    kept: list[Seen] = []
    last = 0
    for start, end in stretches:
        between = seen[last:start]
        certain = any(one.what is Around.ENTRY and one.worth > 1 for one in between)
        if last and certain and all(one.what is not Around.PARAGRAPH for one in between):
            kept += between
        else:
            for one in between:
                leave(one, skipped)
        kept += _trimmed(seen[start:end], skipped)
        last = end
    for one in seen[last:]:
        leave(one, skipped)
    return kept


def _of_markdown(lines: Sequence[Line], skipped: list[Skipped]) -> Sequence[Line]:
    """Return a Markdown letter's list items and headings from its signatories' heading on."""
    titled = False
    for place, line in enumerate(lines):
        below_a_title, titled = titled, titled or line.heading
        if not (below_a_title and line.heading and _announced_by(line.text) == (None,)):
            continue
        below = lines[place:]
        listed = [one for one in below if one.marked or one.heading or not one.text]
        beside = len(below) - len(listed)
        if sum(one.marked for one in listed) < beside:
            return lines
        rows = {line.row for line in listed}
        skipped += [skip(Skip.PROSE, line) for line in lines if line.text and line.row not in rows]
        return listed
    return lines


def _worths(seen: Sequence[Seen]) -> list[float]:
    """Score each line for being part of the list; a sentence after an entry loses less."""
    found: list[float] = []
    before = False
    for one in seen:
        worth = _WORTH.get(one.what, one.worth) if one.line.text else 0.0
        # A sentence below an entry may be the signer's comment.
        found.append(_COMMENT if before and one.what is Around.PROSE else worth)
        before = one.what is Around.ENTRY and bool(one.line.text)
    return found


def _is_web_name(text: str) -> bool:
    """Return whether a line is a bare domain name, such as "tide.example"."""
    return " " not in text and _WEB_NAME.fullmatch(text.casefold()) is not None


def _closes(text: str, said: str) -> bool:
    """Return whether a line is a mail's closing, such as "Kind regards"."""
    return said in tables()["around: closings"] or has_sign_of("around: closings in scripts", text)


def leave(one: Seen, skipped: list[Skipped]) -> None:
    """Add a line to the skipped ones, unless it is blank."""
    if one.line.text:
        skipped.append(skip(_WHY.get(one.what, Skip.PROSE), one.line))


_WHY = {Around.HEADING: Skip.HEADING, Around.CONTACT: Skip.CONTACT, Around.MAIL: Skip.SIGN_OFF}


def _worth(line: Line, what: Around) -> float:
    if what is not Around.ENTRY:
        return _WORTH.get(what, -2.0)
    pieces = take_apart(line.text)
    if pieces is None:
        return -0.5
    certain = abs(pieces.score) >= CERTAIN
    return (1.2 if certain else 0.4) + (0.8 if line.marked else 0.0)


def _stretches(worths: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of lines with the highest total scores, the best first."""
    todo = [(0, len(worths))]
    best_of_all = 0.0
    for _ in range(_SEGMENTS_MOST):
        if not todo:
            return
        found = [(*_best(worths, start, end), start, end) for start, end in todo]
        worth, first, last, start, end = max(found)
        best_of_all = max(best_of_all, worth)
        if worth <= 0 or worth < min(3.0, best_of_all):
            return
        yield first, last
        todo.remove((start, end))
        todo += [one for one in ((start, first), (last, end)) if one[0] < one[1]]


def _best(worths: Sequence[float], start: int, end: int) -> tuple[float, int, int]:
    best, first, last = 0.0, start, start
    here, begun = 0.0, start
    for place in range(start, end):
        if here <= 0:
            here, begun = 0.0, place
        here += worths[place]
        if here > best:
            best, first, last = here, begun, place + 1
    return best, first, last


def _unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Join lines that were broken in two by a line wrap."""
    commas = sum(line.raw.rstrip().endswith(",") for line in lines if line.text)
    filled = sum(bool(line.text) for line in lines)
    small = tables()["bodies: small words"] | tables()["titles: particles"]
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        if before is not None and before.text and line.text and not line.marked:
            last = before.raw.rstrip().rsplit(maxsplit=1)[-1:]
            broken = bool(last) and last[0].islower() and last[0] in small
            open_bracket = before.text.count("(") > before.text.count(")") and ")" in line.text
            comma = before.raw.rstrip().endswith(",") and commas * 5 <= filled
            if broken or open_bracket or comma:
                between = " " if broken or open_bracket else ", "
                raw = f"{before.raw.rstrip()} {line.raw}"
                text = f"{before.text.rstrip(', ')}{between}{line.text}"
                kept[-1] = replace(before, text=text, raw=raw)
                continue
        kept.append(line)
    return kept


def _features(line: Line) -> set[str]:
    """Return a line's formatting features: its separators, a bullet, the character at its end."""
    found = {one.mark for one in part(line.text)[1:]}
    if line.marked:
        found.add("marked")
    if line.raw.rstrip().endswith(";"):
        found.add("ends")
    if line.text.endswith((")", "）")):
        found.add("bracket")
    return found


def _trimmed(seen: Sequence[Seen], skipped: list[Skipped]) -> list[Seen]:
    """Drop lines at the edges of a range that lack the formatting of nearly all its entries."""
    entries = [place for place, one in enumerate(seen) if _is_entry(one)]
    counts = Counter(feature for place in entries for feature in _features(seen[place].line))
    least = max(3, min(len(entries) * 9 // 10, len(entries) - 1))
    usual = {name for name, count in counts.items() if count >= least and name != ";"}
    few = len(entries) < _LONG_LIST
    fit = [
        place
        for place in entries
        if usual & _features(seen[place].line) or (few and _names_somebody(seen[place]))
    ]
    start, end = 0, len(seen)
    if usual and fit:
        start, end = fit[0], fit[-1] + 1
        while start and (not seen[start - 1].line.text or seen[start - 1].what is Around.HEADING):
            start -= 1
    elif not usual:
        start = _announced(seen)
    # An entry next to the list, without a blank line between, belongs to it.
    while start > 0 and _is_entry(seen[start - 1]):
        start -= 1
    while end < len(seen) and _is_entry(seen[end]):
        end += 1
    for one in (*seen[:start], *seen[end:]):
        leave(one, skipped)
    return list(seen[start:end])


def _is_entry(one: Seen) -> bool:
    return bool(one.line.text) and one.what is Around.ENTRY


def _names_somebody(one: Seen) -> bool:
    """Return whether a line clearly begins with the name of a person or an organisation."""
    first = part(one.line.text)[0].text if part(one.line.text) else ""
    return one.worth > 1 and (lean(first) >= 1.0 or names_body(first))


def _announced(seen: Sequence[Seen]) -> int:
    """Return the index of the heading that starts the list; 0 if there is none."""
    for place, one in enumerate(seen):
        heading = heading_of(one.line) if one.what is Around.HEADING else None
        if heading is not None and heading.announces:
            before = [other for other in seen[:place] if other.line.text]
            certain = sum(other.worth >= 1.2 for other in before)
            few = len(before) < 3 and not any(other.line.marked for other in before)
            apart = place > 0 and not seen[place - 1].line.text
            if (few and apart) or (len(before) <= _EDGE_MOST and certain * 2 <= len(before)):
                return place
            return 0
    return 0
