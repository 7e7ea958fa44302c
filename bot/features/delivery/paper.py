"""Conversion of a letter into a `Paper`: worded in one language, for any file format."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.documents import phrases
from bot.documents.direction import direction_of_language
from bot.documents.markdown_escaping import escaped, in_lines
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
COUNTRIES_MOST = 15
"""Most countries with a bar of their own in the chart."""


class Late(StrEnum):
    """The place of late signatures."""

    APART = "apart"
    """Under headings of their own, after the others."""
    DATED = "dated"
    """Among the others, each with the day on which it was signed."""


class _Row(NamedTuple):
    """One entry before it is worded, from a copy or from today's list."""

    cells: Mapping[str, str]
    marks: tuple[Mark, ...]
    signed: date | None = None
    """The day of a late signature."""
    listed: bool = True
    withheld: bool = False

    @property
    def counts(self) -> bool:
        return self.listed and Mark.WITHDRAWN not in self.marks

    @property
    def is_organisation(self) -> bool:
        return self.cells["kind"] == _ORGANISATION

    @property
    def is_convener(self) -> bool:
        return bool(self.cells["convener"])

    @property
    def country(self) -> str:
        """The ISO code of the entry's country, or the typed text if no country is recognised."""
        typed = self.cells["country"]
        if self.is_organisation:
            return organisation_country(self.cells["organisation"], typed) or typed
        return country_of_field(typed) or typed if typed else ""


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
    rows: list[_Row] = []
    for entry in copy.entries_read():
        earlier = entry["text_sha256"] not in same
        cells = {
            **dict.fromkeys(PUBLIC_COLUMNS, ""),
            **{
                name: str(entry[name])
                for name in (*PUBLIC_COLUMNS, "web", "heading")
                if name in entry
            },
            "convener": "yes" if entry["convener"] else "",
            "earlier_version": "yes" if earlier else "",
        }
        late = entry.get("signed_on")
        signed = date.fromisoformat(late) if late else None
        marks, withheld = (Mark.EARLIER,) if earlier else (), entry.get("withheld", False)
        rows.append(_Row(cells=cells, marks=marks, signed=signed, withheld=withheld))
    day = letter.delivered_at and letter.delivered_at.astimezone(ZoneInfo(letter.tz)).date()
    words = PaperWords(language or letter.language)
    making = _Making(letter, words, rows, translations, delivered_on=day)
    return making.paper(
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
    rows: list[_Row] = []
    for one in entries:
        earlier = one.meaning < before
        cells = public_cells(one, earlier=earlier)
        if proofs is not None:
            cells |= record_cells(t, zone, one, proofs.get(one.id))
        marks = (
            *([Mark.EARLIER] if earlier else ()),
            *([Mark.WITHDRAWN] if one.standing == Standing.MARKED else ()),
        )
        signed = one.came_at and one.came_at.astimezone(zone).date()
        listed = one.standing in ON_LIST
        rows.append(
            _Row(cells=cells, marks=marks, signed=signed, listed=listed, withheld=one.withheld)
        )
    delivered_on = letter.delivered_at and letter.delivered_at.astimezone(zone).date()
    apart = delivered_on if late is Late.APART else None
    making = _Making(letter, words, rows, translations, delivered_on=apart)
    columns = PUBLIC_COLUMNS if proofs is None else (*PUBLIC_COLUMNS, *RECORD_COLUMNS)
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)
    paper = making.paper(
        text=LetterText(letter.title, letter.sender, body, letter.addressee, letter.subject),
        printing=letter.rules.printing,
        cut_at=midnight,
        dated=dated,
        columns=columns if tables else (),
        days=days or {},
        logo=logo,
    )
    draft = phrases.draft_words(words, delivered=letter.delivered_at is not None)
    return replace(paper, draft=draft)


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes a paper of a letter's rows in one language."""

    letter: Letter
    words: PaperWords
    rows: Sequence[_Row]
    translations: Sequence[Translation]
    delivered_on: date | None
    """The day of delivery if late signatures have headings of their own, else None."""

    def paper(
        self,
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
        counted = [row for row in self.rows if row.counts]
        organisations = sum(row.is_organisation for row in counted)
        countries = Counter(row.country for row in counted)
        found = {mark for row in self.rows for mark in row.marks}
        sections, first = self._sections(columns, numbered=printing.numbered), printing.shown_first
        others = sum(row.counts for row in self.rows[first:]) if first else 0
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
            text=f"{in_lines(chr(10).join(remarks))}\n\n### {escaped(one.title)}\n\n{one.body}",
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

    def _sections(self, columns: tuple[str, ...], *, numbered: bool) -> tuple[Section, ...]:
        numbers = count(1)
        grouped = [
            (
                heading,
                tuple(
                    self._entry(row, columns, next(numbers) if numbered and row.counts else 0)
                    for row in group
                ),
            )
            for heading, group in groupby(self.rows, self._heading)
        ]
        if len(grouped) == 1 and self.rows[0].listed and not self.rows[0].is_convener:
            # The list's own heading suffices.
            grouped = [("", grouped[0][1])]
        return tuple(Section(heading=heading, entries=entries) for heading, entries in grouped)

    def _heading(self, row: _Row) -> str:
        words = self.words
        if not row.listed:
            return phrases.unlisted_heading(words)
        if row.is_convener:
            return phrases.conveners_heading(words)
        late = row.signed is not None
        if own := own_heading(row.cells.get("heading", ""), self.letter.rules, late=late):
            return own
        after = self.delivered_on if row.signed is not None else None
        if self.letter.rules.grouped:
            return phrases.group_heading(words, organisations=row.is_organisation, after=after)
        return phrases.list_heading(words) if after is None else phrases.late_heading(words, after)

    def _entry(self, row: _Row, columns: tuple[str, ...], number: int) -> Entry:
        dated = row.signed is not None and self.delivered_on is None
        return Entry(
            reads=row.cells["entry"],
            number=number,
            web=row.cells.get("web", ""),
            marks=row.marks,
            signed=phrases.signed_words(self.words, row.signed) if dated and row.signed else "",
            country=self._country(row.country) if columns else "",
            cells=tuple(row.cells[column] for column in columns),
        )

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


def _first(sections: Sequence[Section], most: int) -> tuple[Section, ...]:
    """Return the sections up to so many entries, without what only tables show."""
    kept: list[Section] = []
    for one in sections:
        entries = tuple(replace(entry, cells=(), country="") for entry in one.entries[:most])
        kept += [replace(one, entries=entries)] if entries else []
        most = max(0, most - len(entries))
    return tuple(kept)
