"""Lines around a list: of the page or the mail that it was copied from, and counts of those not named."""

import re
from collections.abc import Sequence
from itertools import takewhile

from bot.documents.pasted.headings import heading_kind, is_country, is_region, is_sentence
from bot.documents.pasted.kinds import ARABIC_LITTLE, names_body, organisedness, personality, tokens
from bot.documents.pasted.markup import Line, between_blank_lines
from bot.documents.pasted.organisation_words import STRONG, weight
from bot.documents.pasted.separators import part
from bot.documents.pasted.spelling import spelt, word_set
from bot.names.folding import unaccented

_FORWARDED = (
    "forwarded message", "original message", "message transféré", "message d'origine", "message d’origine",
    "mensaje reenviado", "mensaje original", "mensagem encaminhada", "mensagem original", "пересылаемое сообщение",
    "исходное сообщение", "رسالة معاد توجيهها", "الرسالة الأصلية", "转发的邮件", "原始邮件", "轉寄郵件",
)  # fmt: skip
_MORE = re.compile(
    r"(?:^|(?<![\s,])[\s,]++)(?:\b(?:and|plus|with|et|y|e|и|а также)\s|[&+]\s?)?\s*+"
    r"(?:(?:over|about|nearly|almost|around|at least|more than|plus de|environ|más de|mais de|cerca de|более|около)\s)?(?:"
    r"(?:\d{1,6}|many|several|numerous|plusieurs|much[oa]s|vari[oa]s|muit[oa]s|vári[oa]s)\s(?:[^\W\d]+\s)?"
    r"(?:others?|more|autres|otr[oa]s|más|outr[oa]s|mais|других|другие)\b"
    r"|(?:ещё|еще)\s\d{1,6}\b|و\s?\d{1,6}\s(?:آخرين|آخرون|غيرهم)|等\s?\d{1,6})",
    re.IGNORECASE,
)
_OF_PAGES = frozenset((
    "skip to content", "skip to main content", "home", "about", "about us", "donate", "contact", "contact us", "menu",
    "search", "log in", "login", "sign in", "share", "share this", "share this page", "print", "back to top", "read more",
    "next", "previous", "subscribe", "privacy policy", "tweet", "copy link", "aller au contenu", "accueil", "a propos",
    "faire un don", "partager", "imprimer", "inicio", "saltar al contenido", "ir al contenido", "compartir", "imprimir",
    "acerca de", "donar", "pular para o conteudo", "ir para o conteudo", "compartilhar", "partilhar", "sobre", "doar",
    "главная", "поделиться", "о нас", "поиск", "меню", "печать", "首页", "關於我們", "关于我们", "分享", "打印", "返回顶部",
    "الرييسيه", "مشاركه", "طباعه", "من نحن", "بحث",
))  # fmt: skip
"""Words of menus, folded."""
_TITLES_OF_LETTERS = frozenset((
    "open letter", "joint letter", "sign-on letter", "joint statement", "public statement", "petition", "lettre ouverte",
    "declaration commune", "carta abierta", "carta aberta", "declaracion conjunta", "declaracao conjunta",
    "открытое письмо", "совместное заявление", "公开信", "公開信", "联合声明", "聯合聲明", "رساله مفتوحه", "بيان مشترك",
))  # fmt: skip
_PUBLISHED = re.compile(
    r"(?:©|\(c\)\s|copyright\b|(?:published|updated|last updated|posted|publié|publie|mis à jour|publicado|actualizado|"
    r"atualizado|опубликовано|обновлено)\b\D{0,60}\d)",
    re.IGNORECASE,
)
_ARROWS = " ↑↓→←»«›‹>^.…[]()"
_GOES_ON = ("…", "...")
_PAGE = re.compile(r"[^\W\d]{0,12}\s?\d{1,4}\s?(?:[^\W\d]{1,4}|/|\|)\s?\d{1,4}")
_MAIL = re.compile(
    "(?:from|to|cc|bcc|sent|date|subject|re|fwd|reply-to|de|para|enviado|asunto|assunto|objet|envoyé|à|от|кому|тема|дата|发件人|收件人|主题)"
    r"\s?[:：]\s",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?!\d)|(?<!\d)(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
    r"|(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s(?:de\s)?[^\W\d]{3,12}\.?,?\s(?:de\s|del\s)?(?:19|20)\d\d(?!\d)"
    r"|(?<![^\W_])[^\W\d]{3,12}\s\d{1,2},?\s(?:19|20)\d\d(?!\d)|\d{1,2}月\d{1,2}日",
    re.IGNORECASE,
)
_NOTE_MARKS = re.compile(r"(?:\*{1,3}|[†‡§¹²³⁴⁵]|\[\d{1,2}\])$")
_BEFORE_DATES = (",", ";", "(", "–", "—", "-", "|", "[")
_DATED_MOST, _DATED_WORDS = 100, 10
_EDGE_LINES, _LISTED_LEAST = 2, 3
"""So many lines stand together around a list of at least so many marked ones."""
_CERTAIN = 2.6
_LITTLE = 3
_CONTACTS = word_set(
    "contact contacts email e-mail mail tel telephone phone mobile fax website web url address twitter x facebook instagram "
    "mastodon linkedin logo correo telefono courriel site telefone endereco direccion adresse media-contact note notes nb ps "
    "date location"
)


def is_mail_head(line: str) -> bool:
    """Return whether a line is of a mail's head ("From: …", "On Tuesday … wrote:")."""
    lower = line.casefold()
    if lower.strip(" -:_").removeprefix("begin ") in _FORWARDED:
        return True
    wrote = lower.endswith(
        ("wrote:", "wrote", "a écrit :", "a écrit", "escribió:", "escreveu:", "пишет:", "написал:")
    )
    return bool(_MAIL.match(line[:40])) or (wrote and any(sign.isdigit() for sign in line))


def is_more(line: str) -> bool:
    """Return whether a line only counts those whom it does not name ("and 3 others")."""
    return _MORE.match(line) is not None


def without_more(line: str) -> str:
    """Return a line without such a count at its end."""
    found = _MORE.search(line)
    return line[: found.start()] if found is not None and found.start() else line


def is_of_page(line: str) -> bool:
    """Return whether a line is of the page that a list was copied from: its menu, its title, its foot."""
    pieces = [unaccented(one.text).casefold().strip(_ARROWS) for one in part(line)]
    label = unaccented(line.partition(":")[0].partition("：")[0]).casefold().strip()
    return (
        (bool(pieces) and all(piece in _OF_PAGES for piece in pieces))
        or (label in _TITLES_OF_LETTERS)
        or _PUBLISHED.match(line) is not None
        or _PAGE.fullmatch(line.strip(" -–—|")) is not None
    )


def is_contact(line: str) -> bool:
    """Return whether a line tells how somebody is reached ("Contact: …")."""
    label, found, _ = line.partition(":")
    return bool(found) and spelt(label) in _CONTACTS


def is_dated(line: str) -> bool:
    """Return whether a line tells a day, as those around a list do, and names nobody."""
    if _DATE.search(line[:_DATED_MOST]) is None or len(line.split()) > _DATED_WORDS:
        return False
    first = next((one.text for one in part(line)), "")
    return not _is_certain(first)


def without_date(line: str) -> str:
    """Return a line without the day that stands behind what it names."""
    found = _DATE.search(line)
    if found is None or line[found.end() :].strip(" )]."):
        return line
    before = line[: found.start()].rstrip()
    return before.rstrip(" ,;(–—-|[") if before.endswith(_BEFORE_DATES) else line


def _is_certain(text: str) -> bool:
    """Return whether a text surely names somebody or some body."""
    return personality(text) - organisedness(text) >= _CERTAIN or names_body(text)


def outside(lines: Sequence[Line]) -> frozenset[int]:
    """Return the rows of lines around a list: notes to its marks, and what is not written as it is.

    Those stand before its first entries or behind its last ones, by themselves between blank lines,
    and name nobody for certain: "Open letter on X", "Sign here".
    """
    blocks = between_blank_lines(lines)
    marked = sum(line.bulleted for block in blocks for line in block) >= _LISTED_LEAST
    several = len(blocks) > 1
    edges = [
        *(_edge(blocks, marked=marked) if several else ()),
        *(_edge(blocks[::-1], marked=marked) if several else ()),
        *_notes(lines),
    ]
    return frozenset(line.row for line in edges)


def _edge(blocks: Sequence[Sequence[Line]], *, marked: bool) -> list[Line]:
    """Return the lines of the blocks that stand before a list."""
    beside = takewhile(lambda block: _is_beside(block, marked=marked), blocks[:-1])
    return [line for block in beside for line in block if not _is_heading(line)]


def _is_beside(block: Sequence[Line], *, marked: bool) -> bool:
    if len(block) > _EDGE_LINES or any(line.bulleted for line in block):
        return False
    return all(
        not _names_somebody(line.text)
        and (marked or _is_spoken(line.text) or is_dated(line.raw) or line.raw.endswith(_GOES_ON))
        for line in block
    )


def _names_somebody(text: str) -> bool:
    first, *rest = [one.text for one in part(text)] or [""]
    with_facts = bool(rest) and personality(first) > max(1.0, organisedness(first))
    certain = _is_certain(first) or any(weight(word) >= STRONG for word in tokens(first))
    return not is_sentence(text) and (with_facts or certain)


def _is_heading(line: Line) -> bool:
    return (
        line.heading or heading_kind(line.text)[0] or is_region(line.text) or is_country(line.text)
    )


def _is_spoken(text: str) -> bool:
    """Return whether words in small letters stand in a line that are no little ones."""
    words = tokens(text)
    return any(
        (word[0].islower() and len(word) > _LITTLE) or word in ARABIC_LITTLE for word in words
    )


def _notes(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that explain a mark at the ends of lines before them: "* late"."""
    found: list[Line] = []
    marks: set[str] = set()
    for line in lines:
        source = line.source.strip()
        begun = next((mark for mark in marks if source.startswith(mark)), "")
        if begun and source[len(begun) :].strip():
            found.append(line)
        ended = _NOTE_MARKS.search(source)
        if ended and source != ended[0]:
            marks.add(ended[0])
    starred = sum(line.source.lstrip().startswith("*") for line in lines)
    return found if starred * 2 < len(lines) else []
