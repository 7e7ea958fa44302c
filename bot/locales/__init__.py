"""The words that people read, in their own language.

Catalogues are gettext's: `bot/locales/<language>/LC_MESSAGES/undersigned.po`. English is the
language of the source; a language without a catalogue, and a sentence without a translation, is
read in English.
"""

from datetime import date, datetime
from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

DOMAIN = "undersigned"
FOLDER = Path(__file__).parent


class Words:
    """Says things in one language. Call it with the English sentence."""

    def __init__(self, locale: str) -> None:
        """Take an IETF tag such as `en-US`; an unknown one is English."""
        try:
            self.locale = Locale.parse(locale.replace("-", "_"))
        except (ValueError, UnknownLocaleError):
            self.locale = Locale("en")
        languages = [str(self.locale), self.locale.language]
        self._catalogue: NullTranslations = translation(
            DOMAIN, FOLDER, languages=languages, fallback=True
        )

    def __call__(self, message: str, **facts: Any) -> str:
        """The sentence with its facts filled in: `t("Hello {name}", name=…)`."""
        said = self._catalogue.gettext(message)
        return said.format(**facts) if facts else said

    def n(self, one: str, many: str, count: int, **facts: Any) -> str:
        """The sentence for a count, which it may name as `{count}`."""
        said = self._catalogue.ngettext(one, many, count)
        return said.format(count=self.number(count), **facts)

    def number(self, number: int) -> str:
        """A whole number with the language's separators."""
        return format_decimal(number, locale=self.locale)

    def day(self, day: date) -> str:
        """A day without its year: "3 Mar"."""
        return format_date(day, "d MMM", locale=self.locale)

    def full_day(self, day: date) -> str:
        """A day with its year: "3 Mar 2026"."""
        return format_date(day, "d MMM y", locale=self.locale)

    def moment(self, moment: datetime, tz: str = "UTC") -> str:
        """An instant in words with its zone, for where Slack's own date tokens cannot be."""
        from babel.dates import get_timezone  # noqa: PLC0415 - reads the zone data when first used

        return format_datetime(
            moment, "d MMM y, HH:mm z", tzinfo=get_timezone(tz), locale=self.locale
        )


@lru_cache(maxsize=64)
def words(locale: str) -> Words:
    """The words of a language, read once."""
    return Words(locale or "en")
