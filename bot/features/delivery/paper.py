"""Conversion of a letter into a `Paper`: worded in one language, for any file format."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import count, groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.documents import phrases
from bot.documents.direction import direction_of_language
from bot.documents.lists import escaped, in_lines
from bot.documents.paper import Chart, Entry, Logo, Mark, Paper, Section, Translated
from bot.documents.paper_words import PaperWords
from bot.features.delivery.list_files import (
    PUBLIC_COLUMNS,
    RECORD_COLUMNS,
    public_cells,
    record_cells,
)
from bot.features.delivery.rules import DeliveredCopy, Listed, Proof
from bot.letters.endorsement import Kind, marked_before
from bot.letters.letter import Letter
from bot.letters.order import LATE, own_heading
from bot.letters.rules import Printing
from bot.letters.standing import ON_LIST, Standing
from bot.letters.text import LetterText, Translation
from bot.locales import language_name
from bot.locales import words as words_of
from bot.names.countries import country_of_field
from bot.names.organisation_keys import organisation_country

_ORGANISATION = Kind.ORGANISATION.value
_COPIED = Listed(
    0, 0, "", "", "", "", "", Standing.LISTED, late=False, came_at=None, organisation="", country="",
    web="", heading="", meaning=0,
)  # fmt: skip
"""An entry of a copy, before what the copy says of it."""
_CODE_OR_HEADING = re.compile(r"(?ms)^(?P<fence>```|~~~).*?(?:^(?P=fence)|\Z)|^#{1,6}(?=\s)")
COUNTRIES_MOST = 15
"""Most countries with a bar of their own in the chart."""


class Late(StrEnum):
    """The place of late signatures."""

    APART = "apart"
    """Under headings of their own, after the others."""
    DATED = "dated"
    """Among the others, each with the day on which it was signed."""


class _Row(NamedTuple):
    """An entry, and what decides about its place, after which its group is named."""

    listed: bool
    is_convener: bool
    is_organisation: bool
    heading: str
    """The heading that the organisers chose for it, or ""."""
    is_late: bool
    counts: bool
    withheld: bool
    country: str
    """The ISO code of the entry's country, or the typed text if no country is recognised."""
    entry: Entry


def paper_of_copy(
    letter: Letter,
    copy: DeliveredCopy,
    translations: Sequence[Translation] = (),
    *,
    language: str = "",
    same_meaning: Iterable[str] = (),
    days: Mapping[date, int] | None = None,
    logo: Logo | None = None,
) -> Paper:
    """Return the paper of a delivered copy.

    `language` is that of headings and counts, by default the letter's own. `same_meaning` are the
    SHA-256 of texts that mean the same as the delivered one, and `days` the entries added each day.
    """
    same = {copy.text.sha256, *same_meaning}
    day = letter.delivered_at and letter.delivered_at.astimezone(ZoneInfo(letter.tz)).date()
    words = PaperWords(language or letter.language)
    making = _Making(letter, words, translations, delivered_on=day)
    rows: list[_Row] = []
    for entry in copy.entries_read():
        one = _COPIED._replace(
            pinned=int(entry["convener"]),
            sort_name=entry.get("sort_under", ""),
            stands_for=entry["text_sha256"],
            **{name: entry[name] for name in Listed._fields if name in entry},
        )
        earlier, late = one.stands_for not in same, entry.get("signed_on")
        cells = public_cells(one, earlier=earlier)
        signed = date.fromisoformat(late) if late else None
        rows.append(making.row(one, cells, PUBLIC_COLUMNS, earlier=earlier, signed=signed))
    return making.paper(
        rows,
        text=copy.text,
        printing=copy.printing,
        cut_at=copy.cut_at,
        columns=PUBLIC_COLUMNS,
        days=days or {},
        logo=logo,
    )


def paper_of_list(
    letter: Letter,
    body: str,
    entries: Sequence[Listed],
    translations: Sequence[Translation] = (),
    *,
    now: datetime,
    language: str = "",
    late: Late = Late.APART,
    proofs: Mapping[str, Proof] | None = None,
    days: Mapping[date, int] | None = None,
    logo: Logo | None = None,
    tables: bool = True,
    dated: datetime | None = None,
) -> Paper:
    """Return the paper of today's list, marked as a draft.

    It is dated at midnight in the letter's time zone, so that the same list makes the same bytes
    all day. `proofs` are those of organisations' signatures, by signatory; None for a public paper.
    With `tables`, it is for tables too, whose cells take a third of the time. `dated` is the day on
    the letter, if it is another than that of the list. The rest is as for a copy.
    """
    words, zone = PaperWords(language or letter.language), ZoneInfo(letter.tz)
    if late is Late.DATED:
        entries = sorted(
            entries, key=lambda one: (one.standing not in ON_LIST, one.group_no % LATE, one[1:6])
        )
    t, before = words_of(words.language), marked_before(letter, now)
    columns = PUBLIC_COLUMNS if proofs is None else (*PUBLIC_COLUMNS, *RECORD_COLUMNS)
    columns = columns if tables else ()
    delivered_on = letter.delivered_at and letter.delivered_at.astimezone(zone).date()
    apart = delivered_on if late is Late.APART else None
    making = _Making(letter, words, translations, delivered_on=apart)
    rows: list[_Row] = []
    for one in entries:
        earlier = one.meaning < before
        cells: dict[str, str] = public_cells(one, earlier=earlier) if columns else {}
        if proofs is not None:
            cells |= record_cells(t, zone, one, proofs.get(one.id))
        signed = one.came_at and one.came_at.astimezone(zone).date()
        rows.append(making.row(one, cells, columns, earlier=earlier, signed=signed))
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)
    paper = making.paper(
        rows,
        text=LetterText(letter.title, letter.sender, body, letter.addressee, letter.subject),
        printing=letter.rules.printing,
        cut_at=midnight,
        dated=dated,
        columns=columns,
        days=days or {},
        logo=logo,
    )
    draft = phrases.draft_words(words, delivered=letter.delivered_at is not None)
    return replace(paper, draft=draft)


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes a letter's rows, and a paper of them, in one language."""

    letter: Letter
    words: PaperWords
    translations: Sequence[Translation]
    delivered_on: date | None
    """The day of delivery if late signatures have headings of their own, else None."""

    def row(
        self,
        one: Listed,
        cells: Mapping[str, str],
        columns: tuple[str, ...],
        *,
        earlier: bool,
        signed: date | None,
    ) -> _Row:
        """Return an entry with its words; `signed` is the day of a late signature."""
        listed, country = one.standing in ON_LIST, one.country
        marks = (Mark.EARLIER,) if earlier else ()
        if one.standing == Standing.MARKED:
            marks = (*marks, Mark.WITHDRAWN)
        organisation = one.kind == _ORGANISATION
        if organisation:
            country = organisation_country(one.organisation, country) or country
        elif country:
            country = country_of_field(country) or country
        entry = Entry(
            one.entry,
            web=one.web,
            marks=marks,
            signed=phrases.signed_words(self.words, signed)
            if signed and not self.delivered_on
            else "",
            country=self._country(country) if columns else "",
            cells=tuple(cells[column] for column in columns),
        )
        counts = listed and Mark.WITHDRAWN not in marks
        return _Row(
            listed, bool(one.pinned), organisation, one.heading, signed is not None,
            counts, one.withheld, country, entry,
        )  # fmt: skip

    def paper(
        self,
        rows: Sequence[_Row],
        *,
        text: LetterText,
        printing: Printing,
        cut_at: datetime,
        columns: tuple[str, ...],
        days: Mapping[date, int],
        logo: Logo | None,
        dated: datetime | None = None,
    ) -> Paper:
        words, zone, told = self.words, ZoneInfo(self.letter.tz), self.letter.news_at
        day = words.day((dated or cut_at).astimezone(zone).date())
        day = phrases.dated_words(words, printing.place, day)
        copies = phrases.copies_words(words, printing.copies) if printing.copies else ""
        after_text = (day if printing.day_last else "", copies)
        counted = [row for row in rows if row.counts]
        organisations = sum(row.is_organisation for row in counted)
        countries = Counter(row.country for row in counted)
        found = {mark for row in rows for mark in row.entry.marks}
        sections, first = self._sections(rows, numbered=printing.numbered), printing.shown_first
        others = sum(row.counts for row in rows[first:]) if first else 0
        return Paper(
            letter=self.letter.id,
            title=text.title,
            letterhead=text.sender,
            addressee=text.addressee,
            subject=text.subject,
            news=self.letter.news,
            news_heading=phrases.news_heading(words, told.astimezone(zone).date()) if told else "",
            logo=logo,
            day="" if printing.day_last else day,
            body=text.body,
            heading=phrases.list_heading(words),
            count=phrases.count_phrase(
                words,
                organisations=organisations,
                people=len(counted) - organisations,
                countries=self._countries(counted),
                withheld=sum(row.withheld for row in counted),
            ),
            after_text=tuple(filter(None, after_text)),
            remark=phrases.identification_words(words) if printing.identification else "",
            after_list=(phrases.press_words(words, printing.press),) if printing.press else (),
            translations=tuple(self._translated(one, text.sha256) for one in self.translations),
            sections=sections,
            short=_first(sections, first) if others else (),
            others=phrases.others_words(words, others) if others else "",
            annex=phrases.annex_heading(words) if others else "",
            notes=tuple((mark, phrases.note_words(words, mark)) for mark in Mark if mark in found),
            page_words=phrases.page_words(words),
            columns=columns,
            column_words=tuple(phrases.column_heading(words, column) for column in columns),
            cell_words=phrases.cell_words(words),
            language=words.language,
            text_language=self.letter.language,
            direction=direction_of_language(words.language),
            text_direction=direction_of_language(self.letter.language),
            cut_at=cut_at,
            charts=(self._by_day(days), self._by_country(countries)),
        )

    def _translated(self, one: Translation, sha256: str) -> Translated:
        words, language = PaperWords(one.language), language_name(one.language)
        heading, *remarks = phrases.translation_words(
            words, language, one.translator, earlier=one.text_sha256 != sha256
        )
        return Translated(
            heading=heading,
            text=f"{in_lines(chr(10).join(remarks))}\n\n### {escaped(one.title)}\n\n"
            + _CODE_OR_HEADING.sub(_below_title, one.body),
            language=one.language,
            direction=direction_of_language(one.language),
        )

    def _countries(self, counted: Sequence[_Row]) -> int:
        """Return how many countries to name; 0 if half the entries have none, or all the same.

        If there are organisations, only they count, since people have no country.
        """
        asked = [row for row in counted if row.is_organisation] or counted
        named = [*filter(None, (row.country for row in asked))]
        countries = len(set(named)) if 2 * len(named) > len(asked) else 0
        return countries if countries > 1 else 0

    def _sections(self, rows: Sequence[_Row], *, numbered: bool) -> tuple[Section, ...]:
        numbers, heading_of = count(1), cache(self._heading)
        grouped = [
            (
                heading,
                tuple(
                    row.entry._replace(number=next(numbers))
                    if numbered and row.counts
                    else row.entry
                    for row in group
                ),
            )
            for heading, group in groupby(rows, lambda row: heading_of(row[:5]))
        ]
        own = rows and own_heading(rows[0].heading, self.letter.rules, late=rows[0].is_late)
        if len(grouped) == 1 and rows[0].listed and not rows[0].is_convener and not own:
            # The list's own heading suffices.
            grouped = [("", grouped[0][1])]
        return tuple(Section(heading=heading, entries=entries) for heading, entries in grouped)

    def _heading(self, place: tuple[bool, bool, bool, str, bool]) -> str:
        words, (listed, convener, organisation, heading, late) = self.words, place
        if not listed:
            return phrases.unlisted_heading(words)
        if convener:
            return phrases.conveners_heading(words)
        if own := own_heading(heading, self.letter.rules, late=late):
            return own
        after = self.delivered_on if late else None
        if self.letter.rules.grouped:
            return phrases.group_heading(words, organisations=organisation, after=after)
        return phrases.list_heading(words) if after is None else phrases.late_heading(words, after)

    def _country(self, country: str) -> str:
        is_code = len(country) == 2 and country.isascii() and country.islower()
        return self.words.country(country) if is_code else country

    def _by_day(self, days: Mapping[date, int]) -> Chart:
        bars: list[tuple[str, int]] = []
        if days:
            day, last = min(days), max(days)
            while day <= last:
                bars.append((self.words.short_day(day), days.get(day, 0)))
                day += timedelta(days=1)
        return Chart(title=phrases.by_day_title(self.words), bars=tuple(bars))

    def _by_country(self, countries: Mapping[str, int]) -> Chart:
        named = sorted(
            ((self._country(one), count) for one, count in countries.items() if one),
            key=lambda bar: (-bar[1], bar[0]),
        )
        bars = named[:COUNTRIES_MOST]
        rest = sum(count for _, count in named[COUNTRIES_MOST:])
        if rest:
            bars.append((phrases.other_countries(self.words), rest))
        unnamed = countries.get("", 0)
        return Chart(
            title=phrases.by_country_title(self.words),
            bars=tuple(bars),
            beside=phrases.no_country(self.words, unnamed) if unnamed else "",
        )


def _below_title(found: re.Match[str]) -> str:
    return found[0] if found["fence"] else f"{found[0]}###"[:6]


def _first(sections: Sequence[Section], most: int) -> tuple[Section, ...]:
    """Return the sections up to so many entries, without what only tables show."""
    kept: list[Section] = []
    for one in sections:
        entries = tuple(entry._replace(cells=(), country="") for entry in one.entries[:most])
        kept += [replace(one, entries=entries)] if entries else []
        most = max(0, most - len(entries))
    return tuple(kept)
