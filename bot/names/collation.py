"""The order of a letter's own language, as texts that any database compares by their bytes.

Keys of two releases of ICU need not agree: when it is upgraded, lists are filed again.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from bot.names.filing import filed_parts

KEY_MOST = 1000
"""Characters of a key: what an index takes. Names that agree so far are left to the next column."""

# Sorts below everything on every level: a shorter family name stands first.
_MERGE = "\ufffe"
_THOUSANDS = re.compile(r"(?<=\d)[,.'’\s](?=\d{3}(?!\d))")
# Spaces, marks and symbols decide last of all; numbers count by their value.
_RULES = {
    "colAlternate": "shifted",
    "kv": "symbol",
    "colNumeric": "yes",
    "colStrength": "quaternary",
}


def collation_key(sort_name: str, language: str) -> str:
    """The key that a name is filed by in a language: lower-case hex, compared byte by byte.

    Letter by letter, as `names.sort_fold`: a leading "The", spaces and marks do not count, numbers
    come first and by their value, the first comma ends the family's name. Accents, then case, then
    marks decide between names that agree so far. Never empty, at most `KEY_MOST` long.

    Args:
        sort_name: What a signatory is sorted under.
        language: The letter's, as a BCP 47 tag ("sv", "de-AT", "zh-Hant"). One that is unknown or
            malformed has the order that ICU gives to all languages.
    """
    parts = (part.replace(_MERGE, "") for part in filed_parts(sort_name))
    text = _MERGE.join(_THOUSANDS.sub("", part) for part in parts if part.strip())
    return _sort_key(language)(text).hex()[:KEY_MOST]


@lru_cache(maxsize=64)
def _sort_key(language: str) -> Callable[[str], bytes]:
    import icu  # noqa: PLC0415 - takes 12 MB, which a process that sorts nothing does not owe

    try:
        locale = icu.Locale.forLanguageTag(language.replace("_", "-"))
    except icu.ICUError:
        locale = icu.Locale.getRoot()
    for keyword, value in _RULES.items():
        locale.setKeywordValue(keyword, value)
    return icu.Collator.createInstance(locale).getSortKey
