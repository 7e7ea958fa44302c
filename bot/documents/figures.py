"""Formatting of counts in a language's digits and grouping."""

from babel import Locale
from babel.numbers import format_decimal

_FOUR_TOGETHER = {"es"}
"""Languages without a separator in numbers of four digits, which Babel does not know."""


def figure(count: int, language: str) -> str:
    """Return a count as formatted in a language ("1,234"), given its IETF tag."""
    locale = Locale.parse(language, sep="-")
    if locale.language in _FOUR_TOGETHER and count < 10_000:
        return str(count)
    return format_decimal(count, locale=locale)
