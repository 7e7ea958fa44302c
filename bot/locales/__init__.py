"""The app's texts, in the reader's language.

Catalogues are gettext's: `bot/locales/<language>/LC_MESSAGES/undersigned.po`, compiled next to it
(`pybabel compile -D undersigned -d bot/locales`). The source is in English, which is also shown for
a language without a catalogue and for a sentence without a translation.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path
from typing import Any, cast

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

DOMAIN = "undersigned"
BRITISH = Locale("en", "GB")
"""The language of the source, for dates and numbers in sentences without a translation."""
FOLDER = Path(__file__).parent

_SLACKS_OWN = {"es_LA": "es_419"}
"""Slack's own language tags, with the standard tags for them."""


def _locale(tag: str) -> Locale:
    tag = tag.replace("-", "_")
    try:
        return Locale.parse(_SLACKS_OWN.get(tag, tag))
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def language_tag(typed: str, reader: Locale) -> str:
    """Return the IETF tag of a language by its tag, or by its name in the reader's or English."""
    named = typed.strip().casefold()
    for locale in (reader, Locale("en")):
        for tag, name in cast("Mapping[str, str]", locale.languages).items():
            named = tag if name.casefold() == named else named
    try:
        return str(Locale.parse(named.replace("-", "_"))).replace("_", "-")
    except (ValueError, UnknownLocaleError):
        return ""


def language_name(tag: str) -> str:
    """Return a language's own name for itself."""
    return Locale.parse(tag, sep="-").get_display_name() or tag


def catalogues(locale: Locale) -> list[str]:
    """Return catalogue folders, best match first: `zh_Hant_TW`, `zh_TW`, `zh_Hant`, `zh`."""
    language, script, territory = locale.language, locale.script, locale.territory
    parts = ((script, territory), (territory,), (script,), ())
    names = ("_".join(filter(None, (language, *more))) for more in parts)
    return list(dict.fromkeys(names))


class Words:
    """Translates texts into one language. Call it with the English sentence."""

    def __init__(self, locale: str) -> None:
        """Choose the language by Slack's tag, such as `en-US` or `es-LA`; by default English."""
        self.locale = _locale(locale)
        self._catalogue: NullTranslations = translation(
            DOMAIN, FOLDER, languages=catalogues(self.locale), fallback=True
        )
        translated = isinstance(self._catalogue, GNUTranslations)
        self._written = self.locale if translated or self.locale.language == "en" else BRITISH

    def __call__(self, message: str, **facts: Any) -> str:
        """Translate a sentence and fill in its placeholders: `t("Hello {name}", name=…)`."""
        said = self._catalogue.gettext(message)
        return said.format(**facts) if facts else said

    def p(self, context: str, message: str, **facts: Any) -> str:
        """Translate a sentence whose English is ambiguous, by context: `t.p("of a letter", …)`."""
        said = self._catalogue.pgettext(context, message)
        return said.format(**facts) if facts else said

    def n(self, one: str, many: str, count: int, *, more: bool = False, **facts: Any) -> str:
        """Translate a sentence with a count, filled in as `{count}`; `more` writes "900+"."""
        said = self._catalogue.ngettext(one, many, count)
        return said.format(count=self.number(count) + "+" * more, **facts)

    def number(self, number: int) -> str:
        """Return a whole number with the language's separators."""
        return format_decimal(number, locale=self._written)

    def listed(self, numbers: Iterable[int]) -> str:
        """Return numbers as a list in words: "7, 3 and 1"."""
        return format_list([self.number(one) for one in numbers], locale=self._written)

    def day(self, day: date) -> str:
        """Return a day without its year, in the reader's order: "3 Mar", "Mar 3"."""
        return self._skeleton("MMMd", day)

    def full_day(self, day: date) -> str:
        """Return a day with its year: "3 Mar 2026"."""
        return self._skeleton("yMMMd", day)

    def weekday(self, day: date) -> str:
        """Return a day with its weekday: "Fri, 27 Nov 2026"."""
        return self._skeleton("yMMMEd", day)

    def moment(self, moment: datetime, tz: str = "UTC") -> str:
        """Return a time with its weekday and zone: "Tue, 3 Mar 2026, 10:00 UTC".

        For texts that cannot contain Slack's date tokens.
        """
        from babel.dates import get_timezone, get_timezone_name  # noqa: PLC0415 - reads zone data

        zone = get_timezone(tz)
        local = moment.astimezone(zone)
        time = format_time(local, "short", tzinfo=zone, locale=self._written)
        name = get_timezone_name(local, "short", locale=self._written)
        return f"{self.weekday(local)}, {time} {name}"

    def _skeleton(self, skeleton: str, day: date) -> str:
        # A bare date, because a time with a zone would be converted to UTC.
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        return format_skeleton(skeleton, noon, locale=self._written)


@lru_cache(maxsize=64)
def words(locale: str) -> Words:
    """Return the translations of a language, loaded once."""
    return Words(locale or "en")
