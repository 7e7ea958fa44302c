"""Titles that hold an affiliation: "Director of the X Institute", "滨海大学教授"."""

from bot.documents.pasted.kinds import (
    head_length,
    is_city,
    is_han,
    is_title,
    names_body,
    organisedness,
    tokens,
)
from bot.documents.pasted.organisation_words import (
    STRONG,
    chinese_body,
    is_arabic_body,
    weight,
)
from bot.documents.pasted.spelling import spelt, word_set
from bot.documents.pasted.title_words import chinese_title
from bot.names.countries import country_code

# Behind these an organisation stands, whatever its name.
_AT = (" at ", " @ ", " bei ", " chez ", " @")
# Behind these one may: where a word for a kind of body stands there.
_OF = (
    " of the ", " of ", " for the ", " for ", " with the ", " with ", " from the ", " from ", " in the ",
    " de la ", " de l’", " de l'", " de las ", " de los ", " del ", " des ", " du ", " de ", " d’", " d'", " do ", " da ",
    " dos ", " das ", " au ", " aux ", " à la ", " à l’", " à l'", " à ", " en la ", " en el ", " en ", " na ", " no ", " em ",
    " в ", " der ", " des ", " im ", " am ", " an der ",
)  # fmt: skip


def part_title(text: str) -> tuple[str, str]:
    """Return a title and the affiliation inside it, "" where it holds none.

    A title that only looks as if it held one stays whole: "Professor of Network Science".
    """
    if is_han(text):
        return _chinese(text)
    for between in _AT:
        before, found, after = text.partition(between)
        if found and after.strip() and is_title(before):
            return before.strip(), _without_article(after.strip())
    cuts = [(text.find(between), between) for between in _OF]
    for place, between in sorted(
        (cut for cut in cuts if cut[0] > 0), key=lambda cut: (cut[0], -len(cut[1]))
    ):
        before, after = text[:place], text[place + len(between) :].strip()
        english = between.strip() in _ENGLISH
        if is_title(before) and (_is_body(after, english=english) or _leads_body(before, after)):
            return before.strip(), after
        if not english and _is_small_title(before) and _is_named(after):
            return before.strip(), after
    return _russian(text) or _arabic(text)


_ENGLISH = word_set("of for with from in") | {"of the", "for the", "with the", "from the"}
# Whose title these are leads a body, whatever its name.
_OF_FIELDS = (
    "profes", "docent", "catedr", "maitre", "lectur", "enseignant", "etudiant", "estudiant", "doctor", "chercheu", "investigador",
    "pesquisador", "minist", "maire", "alcald", "prefeit", "juge", "juez", "juiz", "deput", "diputad", "senat", "senad",
    "eveque", "obispo", "bispo", "archev", "ambassad", "embajad", "embaixad", "avocat", "abogad", "advogad", "consul", "habitant",
    "citoyen", "ciudadan", "cidada", "conseill", "concej", "veread", "mestr", "licenci",
)  # fmt: skip
"""With these begin words for people of a subject or a place: what follows is no body's name."""
_LEADERS = word_set(
    "founder cofounder ceo cto cfo president vicepresident owner trustee treasurer spokesperson chairman chairwoman "
    "chairperson executivedirector managingdirector secretarygeneral generalsecretary fondateur fondatrice cofondateur "
    "cofondatrice presidente presidenta fundador fundadora cofundador cofundadora vocero vocera porteparole "
    "directeurexecutif directriceexecutive directoraejecutiva directorejecutivo diretoraexecutiva diretorexecutivo "
    "osnovatel osnovatelnitsa prezident predsedatel soosnovatel"
)


def _is_small_title(title: str) -> bool:
    """Return whether a title is written in small letters, and holds no word for a subject's or a place's people."""
    return (
        title[:1].islower()
        and not names_body(title)
        and not any(spelt(word).startswith(_OF_FIELDS) for word in title.split())
    )


def _is_named(text: str) -> bool:
    """Return whether a name stands here, which among small letters is a body's: "porte-parole d'Aube"."""
    named = text[:1].isupper() and country_code(text) is None and not is_city(text)
    return named and not is_title(text)


def _leads_body(title: str, name: str) -> bool:
    letters = spelt(title.rsplit("&", maxsplit=1)[-1].rsplit(" and ", maxsplit=1)[-1])
    named = name[:1].isupper() and country_code(name) is None and not is_title(name)
    return named and letters.removesuffix("s") in _LEADERS


def _is_body(text: str, *, english: bool) -> bool:
    """Return whether an organisation's name starts here: its head is a body, or it is marked as a name."""
    if text[:1].islower() and not english:
        # "l'école Thot"
        begun, _, named = text.partition(" ")
        if weight(begun) >= STRONG and any(sign.isupper() for sign in named):
            return True
    if not text or not (text[0].isupper() or not text[0].islower() or text[0] in '«“"'):
        return text.casefold().startswith(("фонд", "центр", "институт")) and names_body(text)
    first = text.split(maxsplit=1)[0]
    marked = first.isupper() and len(first) > 2
    if english:
        # "University of X" and "Bar Association", not "Network Science".
        words = tokens(text)
        return marked or weight(words[head_length(words) - 1]) >= STRONG
    return names_body(text) or marked or organisedness(text) >= 4.5


def _without_article(text: str) -> str:
    return text.removeprefix("the ") or text


def _chinese(text: str) -> tuple[str, str]:
    bare = text.strip()
    title = chinese_title(bare)
    before = bare[: len(bare) - len(title)].strip()
    if title and chinese_body(before) and chinese_body(before) != before:
        return title, before
    return bare, ""


def _russian(text: str) -> tuple[str, str] | None:
    """Return a title and the body whose it is, in Russian without a word between: "директор Фонда …"."""
    words = text.split()
    for count in range(1, min(4, len(words))):
        body = " ".join(words[count:])
        cyrillic = "\u0400" <= body[0] <= "\u04ff" and body[0].isupper()
        begun = cyrillic or (weight(words[count]) >= STRONG and "«" in body)
        if begun and names_body(body) and is_title(" ".join(words[:count])):
            return " ".join(words[:count]), body
    return None


def _arabic(text: str) -> tuple[str, str]:
    words = text.split()
    for count in range(1, min(4, len(words))):
        if is_arabic_body(words[count]) and is_title(" ".join(words[:count])):
            return " ".join(words[:count]), " ".join(words[count:])
    return text.strip(), ""
