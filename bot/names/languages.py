"""Countries that an organisation may be of, by the language that its name is in."""

import unicodedata
from collections.abc import Iterable

from bot.names.vocabulary import families

_OF_SCRIPTS = {
    "ARABIC": "ae af bh dz eg iq ir jo kw lb ly ma mr om pk ps qa sa sd sy tn ye",
    "ARMENIAN": "am",
    "BENGALI": "bd in",
    "CYRILLIC": "ba bg by kg kz md me mk mn rs ru tj ua uz",
    "CJK": "cn hk jp mo sg tw my",
    "DEVANAGARI": "in np",
    "ETHIOPIC": "er et",
    "GEORGIAN": "ge",
    "GREEK": "cy gr",
    "HANGUL": "kr",
    "HEBREW": "il",
    "HIRAGANA": "jp",
    "KATAKANA": "jp",
    "TAMIL": "in lk my sg",
    "THAI": "th",
}
_OF_FAMILIES = {
    "romance": "ad ao ar be bf bi bj bo br ca cd cf cg ch ci cl cm co cr cu cv do dz ec es fr ga gn gq gt gw "
    "hn ht it lb lu ma mc md mg ml mr mx mz ne ni pa pe pt py rw ro sn st sv td tg tn uy ve",
    "germanic": "at be ch de dk fi is li lu nl no se",
    "slavic": "ba bg by cz hr lt lv me mk pl rs ru si sk ua xk",
    "others": "az cy ee fi gr hu id ke my ph sg tr tz ug vn",
}
_COUNTRIES = {
    name: frozenset(codes.split()) for name, codes in {**_OF_SCRIPTS, **_OF_FAMILIES}.items()
}


def plausible_countries(name: str, spelt: Iterable[str]) -> frozenset[str]:
    """Return the codes of countries whose languages a name may be in; empty where nobody knows.

    Args:
        name: As it was typed.
        spelt: Its words, folded.
    """
    script = next((_script(sign) for sign in name if not sign.isascii() and sign.isalpha()), "")
    if script in _COUNTRIES:
        return _COUNTRIES[script]
    found = [families(word) for word in spelt]
    told = frozenset[str]().union(*(some for some in found if len(some) == 1))
    return frozenset[str]().union(*(_COUNTRIES[one] for one in told))


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]
