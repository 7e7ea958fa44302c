"""Lines of a text become entries: headings set their kind, neighbours help where one is unsure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from bot.documents.pasted.blocks import joined, record_at
from bot.documents.pasted.entries import Entry, Remark, Skip, Skipped, tidy
from bot.documents.pasted.facts import peeled
from bot.documents.pasted.given_names import is_given_name
from bot.documents.pasted.headings import (
    before_verb,
    heading_kind,
    is_closing,
    is_country,
    is_greeting,
    is_kind_of_body,
    is_prose,
    is_region,
    kind_named,
)
from bot.documents.pasted.kinds import names_body, organisedness, tokens
from bot.documents.pasted.lines import Expected, read_line
from bot.documents.pasted.markup import LINE_MOST, Line
from bot.documents.pasted.people import Order, Role, role_of, told_of
from bot.documents.pasted.separators import part
from bot.documents.pasted.surroundings import (
    is_contact,
    is_dated,
    is_mail_head,
    is_more,
    is_of_page,
    outside,
    without_date,
    without_more,
)
from bot.documents.pasted.tables import entry_of_cells
from bot.letters.endorsement import Kind

_SIGNATURE_LINES = 4
"""So few lines after "Best wishes," are a mail's end; more are a list."""
_ENOUGH = 4
"""So many entries of one kind tell what an unsure one is."""
_SHOWN_MOST = 200
_HEADING_WORDS, _LISTED = 8, 4
"""A heading has at most so many words, and more names than that may follow on its line."""
_DATED_LEAST = 3
_COLONS = (":", "：")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may hold entries, with what its heading says."""

    row: int
    text: str
    kind: Kind | None = None
    country: str = ""
    contact: str = ""
    inline: bool = False
    """It stands behind a heading on the same line."""
    entry: Entry | None = None
    """The entry that it is, where fields with labels said so."""


def read_lines(lines: Sequence[Line]) -> tuple[list[Entry], list[Skipped]]:
    """Return the entries of a text's lines, and the lines that became none."""
    walk = _Walk(joined(lines))
    candidates = list(walk.candidates())
    skipped = walk.skipped
    alone = len(candidates) == 1
    inverted = _writes_family_first(candidates)
    first = [(one, _read(one, None, alone=alone, inverted=inverted)) for one in candidates]
    order = _order(one.text for one, found in first if _is_person(found))
    usual = _usual_kind(entry for one, found in first if one.kind is None for entry in found)
    entries: list[Entry] = []
    for one, found in first:
        odd = one.kind is None and any(entry.unsure or entry.kind is not usual for entry in found)
        again = (odd and usual) or (order and _is_person(found))
        entries += (
            _read(one, usual if odd else None, alone=alone, inverted=inverted, order=order)
            if again
            else found
        )
        if not found:
            skipped.append(_skip(Skip.NO_NAME, one.row, one.text))
    return entries, skipped


def _skip(why: Skip, row: int, text: str) -> Skipped:
    return Skipped(why=why, row=row, text=tidy(text[: _SHOWN_MOST * 2])[:_SHOWN_MOST])


def _is_person(found: Sequence[Entry]) -> bool:
    return len(found) == 1 and found[0].kind is Kind.PERSON


def _order(texts: Iterable[str]) -> Order:
    """Return what stands where behind the names of most people of a list."""
    counts: dict[tuple[int, int], Counter[Role]] = defaultdict(Counter)
    for text in texts:
        told = told_of(peeled(one.text)[0] for one in part(text)[1:])
        for place, said in enumerate(told):
            role = role_of(said)
            if role is not None:
                counts[len(told), place][role] += 1
    order: dict[tuple[int, int], Role] = {}
    for place, found in counts.items():
        role, count = found.most_common(1)[0]
        if count >= _ENOUGH - 1 and count * 5 >= found.total() * 4:
            order[place] = role
    return order


def _read(
    one: _Candidate,
    usual: Kind | None,
    *,
    alone: bool,
    inverted: bool,
    order: Order | None = None,
) -> list[Entry]:
    if one.entry is not None:
        return [one.entry]
    expected = Expected(
        kind=one.kind or usual,
        by_heading=one.kind is not None,
        alone=alone or one.inline,
        inverted=inverted,
        order=order or {},
    )
    found = read_line(one.text, one.row, expected)
    if one.contact and len(found) == 1:
        found = [replace(found[0], contact=one.contact)]
    if not one.country:
        return found
    remark = ((Remark.COUNTRY_OF_HEADING, one.country),)
    return [
        entry
        if entry.country
        else replace(entry, country=one.country, remarks=entry.remarks + remark)
        for entry in found
    ]


def _usual_kind(entries: Iterable[Entry]) -> Kind | None:
    """Return the kind of nearly all entries that are sure; None where there are few, or of both."""
    sure = [entry.kind for entry in entries if not entry.unsure]
    for kind in Kind:
        if len(sure) >= _ENOUGH and sure.count(kind) * 5 >= len(sure) * 4:
            return kind
    return None


def _alike(lines: Sequence[Line]) -> dict[int, Kind | None]:
    """Return the rows of lines that look like the headings of their list, and the kind of these.

    Such stand behind a blank line and right above others, and no entry is written as they are.
    """
    above = [
        line
        for before, line, behind in zip([None, *lines], lines, lines[1:], strict=False)
        if line.text and behind.text and (before is None or not before.text)
    ]
    known = [line for line in above if _is_known(line)]
    looks = {_look(line) for line in known}
    if len(known) < 2 or len(looks) != 1:
        return {}
    look = looks.pop()
    alike = [line for line in above if _look(line) == look]
    # A title and a foot may look the same.
    if sum(_look(line) == look for line in lines if line.text) > len(alike) + 2:
        return {}
    kinds = {heading_kind(line.text)[1] for line in known}
    kind = kinds.pop() if len(kinds) == 1 else None
    return {
        line.row: kind
        for line in alike
        if line not in known and len(tokens(line.text)) <= _HEADING_WORDS // 2
    }


def _is_known(line: Line) -> bool:
    return heading_kind(line.text)[0] or is_country(line.text) or is_region(line.text)


def _look(line: Line) -> tuple[bool, ...]:
    letters = [sign for sign in line.text if sign.isalpha()]
    return (
        line.bulleted,
        line.heading,
        line.raw.rstrip().endswith(_COLONS),
        line.text.isupper(),
        bool(letters) and letters[0].islower(),
    )


class _Walk:
    """Goes through the lines and keeps what the last heading said."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._countries = sum(is_country(line.text) for line in lines if line.text) > 1
        """Countries are headings here."""
        self._alike = _alike(lines)
        self._replied = False
        self._dates = sum(is_dated(line.raw) for line in lines) < _DATED_LEAST
        """A day stands around the list, not behind each of its entries."""
        self._outside = outside(lines)
        self._place = 0
        self._kind: Kind | None = None
        self._country = ""
        self._seen = 0
        self.skipped: list[Skipped] = []

    def candidates(self) -> Iterator[_Candidate]:
        """Give the lines that may hold entries; the others are in `skipped`."""
        while self._place < len(self._lines):
            line = self._lines[self._place]
            self._place += 1
            if not line.text:
                continue
            found = self._candidate(line)
            if found is not None:
                self._seen += 1
                yield found

    def _leave(self, why: Skip, line: Line) -> None:
        self.skipped.append(_skip(why, line.row, line.raw))

    def _candidate(self, line: Line) -> _Candidate | None:
        if len(line.text) > LINE_MOST:
            return self._leave(Skip.TOO_LONG, line)
        if line.row in self._outside or (self._replied and line.source.lstrip().startswith(">")):
            return self._leave(Skip.PROSE, line)
        self._replied = self._replied or (self._seen > 0 and is_mail_head(line.raw))
        if is_closing(line.text) and not line.bulleted and not heading_kind(line.text)[0]:
            return self._close(line)
        return self._record(line) or self._sentence(line) or self._named(line)

    def _close(self, line: Line) -> None:
        """A mail ends here, unless a list begins."""
        self._leave(Skip.SIGN_OFF, line)
        rest = takewhile(lambda one: not is_mail_head(one.raw), self._lines[self._place :])
        further = list(rest)
        behind = [one for one in further if one.text]
        few = 0 < len(behind) <= _SIGNATURE_LINES and not any(one.bulleted for one in behind)
        if self._seen and few:
            for one in behind:
                self._leave(Skip.SIGN_OFF, one)
            self._place += len(further)

    def _record(self, line: Line) -> _Candidate | None:
        found = record_at(self._lines, self._place - 1)
        entry = entry_of_cells(found[0], line.row) if found else None
        if found is None or entry is None:
            return None
        self._place = found[1]
        return _Candidate(line.row, entry.reads, entry=entry)

    def _sentence(self, line: Line) -> _Candidate | None:
        """Return the names that a sentence says to sign ("X would like to join.")."""
        ended = not line.bulleted and line.raw.endswith((".", "!"))
        if _why_none(line) is not Skip.PROSE and not ended:
            return None
        named = before_verb(line.text)
        return (
            _Candidate(line.row, named, self._kind, self._country, inline=True) if named else None
        )

    def _named(self, line: Line) -> _Candidate | None:
        why = _why_none(line, dates=self._dates)
        if why is not None:
            return self._leave(why, line)
        is_heading, announced, rest = _heading(line, self._lines[self._place :])
        if line.row in self._alike and not is_heading:
            is_heading, announced = True, self._alike[line.row]
        if is_heading:
            self._turn(line, announced, rest)
            if not rest:
                return self._leave(Skip.HEADING, line)
        contact = line.addresses[0] if line.addresses else ""
        return _Candidate(
            line.row,
            without_date(without_more(rest or line.text)),
            self._kind,
            self._country,
            contact,
            bool(rest),
        )

    def _turn(self, line: Line, announced: Kind | None, rest: str) -> None:
        """A heading begins a section."""
        if is_country(line.text) and not rest:
            self._country = tidy(line.text) if self._countries else ""
        elif rest or not is_region(line.text):
            self._kind, self._country = announced, ""


def _why_none(line: Line, *, dates: bool = True) -> Skip | None:
    """Return why a line names nobody, None where it may."""
    if is_mail_head(line.raw) or is_contact(line.raw):
        return Skip.CONTACT
    if is_more(line.text) or (not line.bulleted and is_greeting(line.raw)):
        return Skip.PROSE
    intro, _, behind = line.raw.partition(":")
    if behind.strip() and heading_kind(intro)[0]:
        return None
    if not line.heading and not heading_kind(line.text)[0] and is_prose(line.raw):
        after = line.raw.rpartition(":")[2] or line.raw.rpartition("：")[2]
        if ":" in line.raw and len(part(after)) > 1 and not is_prose(after):
            return None
        return Skip.PROSE
    dated = dates and not line.bulleted and is_dated(line.raw) and not heading_kind(line.text)[0]
    if dated or ((not line.bulleted or line.raw.startswith("©")) and is_of_page(line.raw)):
        return Skip.PROSE
    if not any(sign.isalpha() for sign in line.text):
        return Skip.NO_NAME
    return None


def _heading(line: Line, behind: Sequence[Line]) -> tuple[bool, Kind | None, str]:
    """Return whether a line begins with a heading, the kind that it announces, and its rest."""
    found, kind = heading_kind(line.text)
    if found:
        return True, kind, ""
    if line.heading or is_region(line.text) or is_country(line.text):
        return True, None, ""
    for colon in _COLONS:
        intro, mark, rest = line.text.partition(colon)
        if not mark:
            continue
        found, kind = heading_kind(intro)
        if found or is_prose(f"{intro}:") or _introduces(intro, rest):
            return True, kind, rest.strip()
    followed = any(one.text for one in behind)
    if (
        line.raw.rstrip().endswith(_COLONS)
        and followed
        and len(tokens(line.text)) <= _HEADING_WORDS
    ):
        return True, kind_named(line.text), ""
    if not line.bulleted and behind and behind[0].text and is_kind_of_body(line.text):
        return True, Kind.ORGANISATION, ""
    return False, None, ""


def _introduces(intro: str, rest: str) -> bool:
    """Return whether a list of many follows on a line behind its heading."""
    pieces = [one for one in part(rest) if one.mark in {"", ",", ";"}]
    words = len(tokens(intro))
    named = words > 1 and names_body(intro)
    return words <= _HEADING_WORDS and len(pieces) > _LISTED and not named


def _writes_family_first(candidates: Sequence[_Candidate]) -> bool:
    """Return whether a list writes "Family, Given"."""
    inverted = 0
    for one in candidates:
        pieces = part(one.text)
        if len(pieces) > 1 and len(pieces[0].text.split()) == 1 and pieces[1].mark == ",":
            given = pieces[1].text.partition("(")[0]
            words = given.split()
            inverted += (
                bool(words)
                and is_given_name(words[0])
                and len(words) < 4
                and organisedness(given) < 1
            )
    return inverted > 1 and inverted * 2 >= len(candidates)
