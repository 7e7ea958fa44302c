"""Countries as people write them after a name, in the languages of most letters."""

from functools import lru_cache

from bot.names.folding import fold, unaccented, words
from bot.names.tables import WORDS, read_table


@lru_cache(maxsize=8192)
def country_code(text: str) -> str | None:
    """Return the two-letter code, in lower case, of a text that is a country's name, else None."""
    spelt, codes = _latin_words(text), _codes()
    return (
        codes.get("".join(spelt))
        or codes.get("".join(spelt[1:] if spelt[:1] == ["the"] else ()))
        or codes.get(name_key(text))
    )


@lru_cache(maxsize=8192)
def country_of_field(text: str) -> str | None:
    """Return the code of the country typed in a form's field; only there "DE" means Germany."""
    code = text.strip().lower()
    return country_code(text) or (code if code in _codes().values() else None)


def name_key(name: str) -> str:
    """Return a country's name in the form used for lookups, in Latin letters where that is safe.

    Only scripts that are close to Latin are transliterated: in Latin letters, an Arabic or Chinese
    name is often a common word.
    """
    plain = unaccented(name)
    if plain.isascii():
        return "".join(_latin_words(name))
    return "".join(sign for sign in plain.casefold() if sign.isalnum())


def _latin_words(text: str) -> list[str]:
    return words(fold(text).replace("'", "").replace("&", " and "))


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    tables = [read_table(WORDS / f"{file}.txt") for file in ("countries", "country_aliases")]
    return {
        name_key(name): code for table in tables for code, names in table.items() for name in names
    }
