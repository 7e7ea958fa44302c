"""The words of a paper in the languages most letters are in.

Their readers never see the bot, so they have a catalogue of their own,
`bot/locales/<language>/LC_MESSAGES/documents.po` (and `web.po`, for signing), complete in each language. A word inserted into a
sentence has a context, because Russian and Arabic inflect it.
"""

import io
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import cast

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.documents.figures import figure
from bot.letters.deadlines import zone_of

_FOLDER = Path(__file__).parents[1] / "locales"
_FILE = Path("LC_MESSAGES", "documents.po")

LANGUAGES = ("en", *sorted(one.name for one in _FOLDER.iterdir() if (one / _FILE).exists()))
"""The languages in which a paper's headings and counts exist."""


class PaperWords:
    """The translations of a paper's words in one language."""

    def __init__(self, language: str) -> None:
        """Choose the language by an IETF tag; English if there is no catalogue for it."""
        locale = _locale(language)
        self.locale = locale if locale.language in LANGUAGES else Locale("en")
        self.language = str(self.locale).replace("_", "-")
        """The tag of the language used."""
        # British dates, as the rest of the English.
        self._dates = Locale("en", "GB") if self.language == "en" else self.locale
        self._catalogue = _catalogue(self.locale.language)

    def say(self, context: str, message: str, **facts: str) -> str:
        """Return a phrase with its facts filled in."""
        said = self._catalogue.pgettext(context, message)
        return said.format(**facts) if facts else said

    def number(self, context: str, one: str, many: str, count: int) -> str:
        """Return the phrase for a count, which may contain it as `{count}`."""
        said = self._catalogue.npgettext(context, one, many, count)
        return said.format(count=figure(count, self.language))

    def day(self, day: date) -> str:
        """Return a day with its year, written out: "3 March 2026"."""
        said = format_date(day, "long", locale=self._dates)
        # CLDR has no ordinal for the first of a month.
        first = self.locale.language == "fr" and day.day == 1
        return said.replace("1 ", "1er ", 1) if first else said

    def local_day(self, at: datetime, tz: str) -> str:
        """Return the day of a time in a time zone, like `day`."""
        return self.day(at.astimezone(zone_of(tz)).date())

    def short_day(self, day: date) -> str:
        """Return a day without its year: "3 Mar"."""
        return format_skeleton("MMMd", day, locale=self._dates)

    def country(self, code: str) -> str:
        """Return a country's name by its ISO code, or the code if CLDR has no name."""
        names = cast("Mapping[str, str]", self.locale.territories)
        return names.get(code.upper(), code.upper())


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_") or "en")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


@cache
def _catalogue(language: str) -> NullTranslations:
    found: NullTranslations = NullTranslations()
    for name in (_FILE.name, "web.po"):
        file = _FOLDER / language / _FILE.with_name(name)
        if not file.exists():
            break
        with file.open("rb") as po:
            catalogue = read_po(po, locale=language)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        more = GNUTranslations(compiled)
        more.add_fallback(found)
        found = more
    return found
