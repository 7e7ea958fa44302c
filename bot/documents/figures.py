"""Counts in figures, as a language writes them."""

from babel import Locale
from babel.numbers import format_decimal

_FOUR_TOGETHER = {"es"}
"""Languages that part no number of four figures. CLDR says so too; Babel does not read that."""


def figure(count: int, language: str) -> str:
    """Return a count in figures: "1,234". The language is an IETF tag."""
    locale = Locale.parse(language, sep="-")
    if locale.language in _FOUR_TOGETHER and count < 10_000:
        return str(count)
    return format_decimal(count, locale=locale)
