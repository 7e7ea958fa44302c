"""Text around a list on a web page or in a mail: headings, sentences, menus, contacts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.documents.pasted.entries import Skip, Skipped, tidy
from bot.documents.pasted.fields import take_apart
from bot.documents.pasted.kinds import CERTAIN, closing_bracket, first_of, lean, part
from bot.documents.pasted.lines import Line
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

_ENDED = (".", "!", "?", ":", "：", "。", "！", "？", "؟", "…")
_ARROWS = " ↑↓→←»«›‹>^.…[]()!:#"
_HEADING_MOST, _SENTENCE_LEAST, _PARAGRAPH_LEAST, _SENTENCE_IN_HAN = 12, 5, 50, 12
_RUN_LEAST = 4
_PROSE, _PARAGRAPH, _PAGE, _MAIL, _HEADING, _ANNOUNCED = -4.0, -9.0, -1.5, -2.0, 0.5, 8.0
"""The worth of lines for being part of the list; of a heading that mentions signing the last one."""
_SCRIPTS = ("organisations", "people", "signing", "fillers")
_COMMENT = -0.5
"""The worth of a sentence below an entry, which may be the signer's comment."""
_OTHER = 0.4
"""The worth of another list on the page that is read too, as a share of the best one's."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The information in a heading about the entries below it."""

    kind: Kind | None = None
    country: str = ""
    rest: str = ""
    announces: bool = False
    """The heading mentions signing, people or organisations, or has a heading's markup."""
    signing: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A line, the reason to skip it (None for an entry), and its worth for being in the list."""

    line: Line
    why: Skip | None
    worth: float
    heading: Heading | None = None


@lru_cache(maxsize=CACHED)
def heading_of(line: Line) -> Heading | None:
    """Read a line as a heading; return None if it is not one."""
    bracket = closing_bracket(line.text)
    text = bracket[0] if bracket is not None else line.text
    before, _, rest = text.replace("：", ":").partition(":")
    told = _announced_by(before) if rest.strip() and len(before.split()) <= _HEADING_MOST else None
    if told is not None:
        return replace(told, rest=line.text[len(before) + 1 :].strip())
    told = _announced_by(text)
    bare = text.strip(" :")
    if told is not None:
        return told
    if country_code(bare) is not None:
        return Heading(country=bare)
    places = tables()["around: places"]
    if places.issuperset(map(spelt, tokens(bare.replace("/", " ")))) or spelt(bare) in places:
        return Heading()
    if line.heading or (
        line.raw.rstrip().endswith((":", "：")) and len(text.split()) <= _HEADING_MOST
    ):
        return Heading(_kind_in(phrase_key(text)), announces=line.heading)
    return None


@lru_cache(maxsize=CACHED)
def _announced_by(text: str) -> Heading | None:
    """Return the heading if a text announces entries, else None."""
    known, bare = tables(), text.strip(" :：.。-")
    if not bare.isascii() and any(sign > "\u0600" for sign in bare):
        found = _announced_in_script(bare)
        if found is not None or is_han(bare):
            return found
    words = [word for word in phrase_key(text.replace("-", "")) if not word.isdigit()]
    signing = bool(known["around: signing"].intersection(words))
    kinds = {word for word in words if _kind_in([word])}
    if len(words) > _HEADING_MOST or not (signing or kinds):
        return None
    strange = {*words} - known["around: signing"] - kinds - known["around: places"]
    if strange:
        named = [word for word in tokens(text.partition("(")[0]) if word[:1].isupper()][1:]
        small = set(phrase_key(" ".join(word for word in text.split() if word.islower())))
        if text.isupper():
            named, small = [], kinds
        described = signing or words[0] in kinds or words[-1] in kinds & small
        own = any(spelt(word) in strange for word in named) and not (
            signing and any(map(str.isdigit, text))
        )
        if not described or len(words) > 8 or own:
            return None
    return Heading(_kind_in(words), announces=True, signing=signing)


def _kind_in(words: Sequence[str]) -> Kind | None:
    people = not tables()["around: people"].isdisjoint(words)
    bodies = not tables()["around: organisations"].isdisjoint(words)
    if people == bodies:
        return None
    return Kind.PERSON if people else Kind.ORGANISATION


def _announced_in_script(text: str) -> Heading | None:
    """Do the work of `_announced_by` for text in Arabic, Chinese, Japanese or Korean."""
    bare, known = unaccented(text), {one: ends(f"around: {one} in scripts") for one in _SCRIPTS}
    words = sorted((word for some in known.values() for word in some), key=len, reverse=True)
    left = bare
    for word in words:
        left = left.replace(word, " ")
    bodies, people, signing, _ = (
        any(len(word) > 1 and word in bare for word in some) for some in known.values()
    )
    if not (bodies or people or signing) or sum(map(str.isalpha, left)) > 2:
        return None
    kind = Kind.PERSON if people else Kind.ORGANISATION if bodies else None
    return Heading(None if people and bodies else kind, announces=True, signing=signing)


@lru_cache(maxsize=CACHED)
def judge(line: Line) -> Seen:
    """Judge a line by its own words alone."""
    text, key, known = line.text, phrase_key(line.text), tables()
    said, label = " ".join(key), text.replace("：", ":").partition(":")
    if not text:
        return Seen(line, Skip.CONTACT, 0.0)
    greets = not known["around: greetings"].isdisjoint(key[:1]) and worth(tokens(text)[-1]) < BODY
    greets = greets and (
        len(key) < 6 or (len(key) < 15 and line.raw.rstrip().endswith((*_ENDED, ",")))
    )
    if closes(line) or greets or unaccented(text).startswith(ends("around: greetings in scripts")):
        return Seen(line, Skip.PROSE, _MAIL)
    if label[1] and (spelt(label[0]) or label[0]) in known["around: contacts"]:
        return Seen(line, Skip.CONTACT, 0.0)
    counted = any(map(str.isdigit, text)) and not known["around: others"].isdisjoint(key[:6])
    if (
        unaccented(text).casefold().strip(_ARROWS) in known["around: page"]
        or "©" in line.raw
        or said.startswith(ends("around: page beginnings"))
        or (counted and len(key) < _HEADING_MOST and heading_of(line) is None)
    ):
        return Seen(line, Skip.PROSE, _PAGE)
    heading = heading_of(line)
    if heading is not None:
        worth_of = _ANNOUNCED if heading.signing else _HEADING
        return Seen(line, Skip.HEADING, worth_of, heading)
    if _is_sentence(line, key):
        return Seen(
            line, Skip.PROSE, _PARAGRAPH if len(text.split()) > _PARAGRAPH_LEAST else _PROSE
        )
    pieces = take_apart(text)
    if pieces is None:
        return Seen(line, None, -0.5)
    return Seen(line, None, (1.2 if abs(pieces.score) >= CERTAIN else 0.4) + 0.8 * line.marked)


def closes(line: Line) -> bool:
    """Return whether a line is a mail's closing, such as "Kind regards"."""
    return " ".join(phrase_key(line.text)) in tables()["around: closings"] or has_sign_of(
        "around: closings in scripts", line.text
    )


def _is_sentence(line: Line, key: Sequence[str]) -> bool:
    text, words = line.text, line.text.split()
    pieces = [one.text for one in part(text)]
    long = sum(piece[0].islower() or len(piece.split()) > 9 for piece in pieces)
    if len(pieces) > _RUN_LEAST and long * 5 <= len(pieces) and "。" not in text[:-1]:
        # Many names on one line
        return False
    ended = line.raw.rstrip().endswith(_ENDED)
    if is_han(text):
        return len(text) > _SENTENCE_IN_HAN and (ended or "。" in text)
    if len(words) > _SENTENCE_LEAST and text[0] in '“„«"':
        return True
    first = first_of(text)
    if lean(first) >= 1.2:
        return False
    talk = sum(word in tables()["around: talk"] for word in key)
    spoken = [word for word in words if word[0].isalpha()]
    small = sum(word[0].islower() for word in spoken) * 2 > len(spoken)
    body = bool(tokens(first)) and worth(tokens(first)[0]) == BODY
    return talk + ended + (small and len(words) >= _SENTENCE_LEAST) >= (3 if body and talk else 2)


def skip(why: Skip, line: Line, text: str = "") -> Skipped:
    """Return the record of a skipped line, with shortened text."""
    return Skipped(why=why, row=line.row, text=tidy((text or line.raw)[:400])[:200])


def list_of(lines: Sequence[Line], skipped: list[Skipped]) -> list[Seen]:
    """Find the list in a text such as a letter; return its lines with the blank ones."""
    seen: list[Seen] = []
    for line in lines:
        one = judge(line)
        if one.why is Skip.PROSE and seen and seen[-1].why is None:
            one = replace(one, worth=max(one.worth, _COMMENT))
        seen.append(one)
    listed = [one.why is None and one.worth > 1 for one in seen]
    for place, one in enumerate(seen):
        if closes(one.line) and sum(listed[:place]) > max(1, sum(listed[place:])):
            seen[place:] = [replace(other, why=Skip.SIGN_OFF) for other in seen[place:]]
            break
    least, start, kept = 0.0, 0, list[Seen]()
    while True:
        best, first, last = best_range([one.worth for one in seen], start, len(seen))
        if best <= least:
            break
        kept += _trimmed(seen[first:last])
        least, start = least or best * _OTHER, last
    rows = {one.line.row for one in kept}
    skipped += [
        skip(one.why or Skip.PROSE, one.line)
        for one in seen
        if one.line.text and one.line.row not in rows
    ]
    return kept


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


def _trimmed(seen: Sequence[Seen]) -> Sequence[Seen]:
    """Drop lines above the heading that starts the list, and unmarked ones around a marked list."""
    place = next((n for n, one in enumerate(seen) if one.heading and one.heading.announces), 0)
    before = [one.worth for one in seen[:place] if one.line.text]
    certain = sum(worth >= 1.2 for worth in before) * 2 > len(before)
    after = (
        sum(one.worth for one in seen[place + 1 :])
        if before and seen[place].worth == _ANNOUNCED
        else 0.0
    )
    if not certain and (sum(before) * 3 < after or len(before) < 3):
        seen = seen[place:]
    entries = [place for place, one in enumerate(seen) if one.why is None]
    marked = [place for place in entries if seen[place].line.marked]
    if len(marked) > 1 and len(marked) >= min(len(entries) * 9 // 10, len(entries) - 1):
        # Entries next to the list and headings above them belong to it.
        first = max((n for n in range(marked[0]) if not seen[n].line.text), default=-1) + 1
        while first > 0 and seen[first - 1].why is not None:
            first -= 1
        last = next((n for n in range(marked[-1], len(seen)) if seen[n].why is not None), len(seen))
        seen = seen[first:last]
    return seen
