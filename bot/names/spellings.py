"""Words that readers take for one word: British and American, "&" and "and", articles."""

from collections.abc import Sequence


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ARTICLES = _word_set("the la le les l el los las der die das het il")
# Places that start with what looks like an article.
_PLACES = _word_set("paz plata rioja habana haye salvador paso angeles vegas palmas")
_AND = _word_set("and et ed och oraz ve ja")
# With a capital each of these is a section's letter, an acronym or a name.
_AND_IN_SMALL = _word_set("e i y og und")
# "en" is "and" in Dutch only; in French and Spanish it is "in".
_DUTCH = _word_set("voor het van vereniging nederland nederlandse")
_PAIRS = """
centre center, centres centers, theatre theater, theatres theaters, organisation organization,
organisations organizations, labour labor, defence defense, offence offense, programme program,
programmes programs, licence license, licences licenses, behaviour behavior,
behavioural behavioral, colour color, colours colors, neighbour neighbor, neighbours neighbors,
neighbourhood neighborhood, neighbourhoods neighborhoods, harbour harbor, honour honor,
favour favor, catalogue catalog, dialogue dialog, dialogues dialogs, counselling counseling,
travellers travelers, paediatric pediatric, archaeology archeology,
archaeological archeological, grey gray, ageing aging, enquiry inquiry, fibre fiber, metre meter,
litre liter, intl international, natl national, st saint, assn association, assoc association
"""
_SPELLINGS = {pair.split()[0]: pair.split()[1] for pair in _PAIRS.split(",")}


def respelt(typed: Sequence[str]) -> list[str]:
    """Words of a name, as typed, as they are compared: small, no leading article, one spelling each."""
    words = [word.lower() for word in typed]
    without = 1 if _starts_with_article(words) else 0
    typed, spoken = typed[without:], words[without:]
    dutch = not _DUTCH.isdisjoint(spoken)
    last = len(spoken) - 1
    return [
        "and"
        if 0 < index < last
        and (word in _AND or typed[index] in _AND_IN_SMALL or (dutch and word == "en"))
        else _SPELLINGS.get(word, word.replace("isation", "ization"))
        for index, word in enumerate(spoken)
    ]


def _starts_with_article(words: Sequence[str]) -> bool:
    if len(words) > 2:
        return words[0] in _ARTICLES and words[1] not in _PLACES
    return len(words) == 2 and words[0] == "the"
