"""Countries' names as Unicode's CLDR has them, in the languages of letters and in their own.

`make countries` writes them into the file of words that `bot.names.countries` reads. Which
countries there are is for that file to say: a new one is a line of its code.
"""

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from bot.names.countries import name_key
from bot.names.tables import WORDS, read_table

FILE = WORDS / "countries.txt"
_HEAD = """\
# Countries' names in the languages of letters and their own, each spelling once, from Unicode's
# CLDR. `make countries` writes them; what people call a country besides is in country_aliases.txt.

"""
_OF_LETTERS = ("en", "es", "fr", "pt", "de", "ru", "ar", "zh", "zh_Hant")


def main() -> None:
    """Write the file."""
    FILE.write_text(text(), encoding="utf-8")


def text() -> str:
    """Return what the file should say."""
    lines = (f"{code}: {', '.join(_names(code.upper()))}" for code in read_table(FILE))
    return _HEAD + "\n".join(lines) + "\n"


def _names(territory: str) -> list[str]:
    spoken = get_global("territory_languages").get(territory, {})
    own = [
        language
        for language, facts in spoken.items()
        if facts["official_status"] in {"official", "de_facto_official"}
    ]
    names: dict[str, str] = {}
    for language in (*_OF_LETTERS, *own):
        try:
            name = Locale.parse(language).territories.get(territory)
        except UnknownLocaleError:
            continue
        if name:
            names.setdefault(name_key(name), name.replace(",", ""))
    return list(names.values())


if __name__ == "__main__":
    main()
