"""Names of very many organisations, each another one, that share their words as real ones do."""

_PLACES = ("Kenya", "Ghana", "Uganda", "India", "Peru", "Canada", "Chile", "Spain", "Brazil", "Europe",
           "Africa", "Nepal")  # fmt: skip
_WORDS = (
    ("Digital", "Civil", "Open", "Free", "Human", "Women's", "Youth", "Media", "Press", "Consumer",
     "Worker", "Climate", "Global", "Internet", "Public", "Rural"),
    ("Rights", "Policy", "Justice", "Access", "Health", "Water", "Farm", "Housing", "Science", "Data",
     "Peace", "Energy", "Freedom", "Privacy", "Culture", "Land"),
    ("Network", "Forum", "Alliance", "Coalition", "Watch", "Foundation", "Institute", "Centre",
     "Association", "Union", "Society", "Council", "Trust", "Initiative", "Lab"),
    ("", *(f" of {place}" for place in _PLACES), " International", " for All"),
    ("", " South", " North", " East", " West", " Online"),
)  # fmt: skip
MOST = 16 * 16 * 15 * 15 * 6
_STRIDE = 200_003
"""A prime that shares no factor with `MOST`, so that neighbours differ in every word."""


def organisation(number: int) -> str:
    """Return the name of one of `MOST` organisations, by its number."""
    rest, parts = number * _STRIDE % MOST, list[str]()
    for words in _WORDS:
        rest, which = divmod(rest, len(words))
        parts.append(words[which])
    first, second, body, of, where = parts
    return f"{first} {second} {body}{of}{where}"
