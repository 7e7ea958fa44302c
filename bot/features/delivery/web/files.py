"""The files of a letter's public page, each made from the same content in one language.

The page and its files link to each other by relative addresses, so that they are the same on any
host.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO

import segno

from bot.documents import phrases
from bot.documents.direction import direction_of_language
from bot.documents.making import Job, Picture, available, make
from bot.documents.paper import Paper
from bot.documents.paper_words import LANGUAGES, PaperWords
from bot.documents.writers.html import page
from bot.features.delivery.list_files import Format, Stretch, public_cells, write
from bot.features.delivery.paper import paper_of_list
from bot.features.delivery.use_cases.public_page import Content
from bot.letters.endorsement import marked_before
from bot.letters.letter import Sight
from bot.letters.phases import Phase
from bot.letters.rules import PublicPage
from bot.locales import language_name
from bot.pages.rendering import render

CARD, LIST = "card.png", "list.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The place of a letter's page, and the words at its end."""

    address: str
    """The short address of the page, complete."""
    contact: str
    as_files: bool = False
    """Whether the pages are files, one for each language."""

    def link(self, page: str, language: str) -> str:
        """Return the relative address of a page in a language."""
        if self.as_files:
            return f"{page.removesuffix('.html') or 'index'}.{language}.html"
        return f"{page}?lang={language}"


def paper_of(content: Content, language: str) -> Paper:
    """Return the letter and its list as everyone may see them, with the day of the letter."""
    letter = content.letter
    words = PaperWords(language)
    paper = paper_of_list(
        letter,
        content.body,
        content.entries,
        content.translations,
        now=content.now,
        language=language,
        tables=False,
        dated=letter.delivered_at or letter.opened_at or letter.created_at,
    )
    return replace(
        paper,
        draft="",
        count=paper.count if content.entries else count_of(content, words),
    )


def count_of(content: Content, words: PaperWords) -> str:
    """Return the number of signatures as a phrase; "" if it is hidden."""
    if content.sight is Sight.NOTHING:
        return ""
    organisations, people, withheld = content.counts
    return phrases.count_phrase(
        words, organisations=organisations, people=people, countries=0, withheld=withheld
    )


def html(content: Content, language: str, site: Site) -> bytes:
    """Return the page, with the list unless that has a page of its own."""
    return _html(content, language, site, "")


def list_html(content: Content, language: str, site: Site) -> bytes:
    """Return the page of the list, which search engines are asked to leave out."""
    return _html(content, language, site, LIST)


def _html(content: Content, language: str, site: Site, name: str) -> bytes:
    letter, words = content.letter, PaperWords(language)
    apart = letter.rules.unindexed and not name
    paper = paper_of(replace(content, entries=()) if apart else content, language)
    hidden = "" if content.sight is Sight.ALL else phrases.not_public_words(words)
    listed = (site.link(LIST, language), phrases.who_signed_words(words))
    return page(
        paper,
        {
            "letter": name and site.link("" if site.as_files else "./", language),
            "list": listed if apart and not hidden else None,
            "address": site.address,
            "image": f"{site.address}/{CARD}" if available(Picture.PREVIEW_PNG) else "",
            "description": " ".join(filter(None, (letter.summary, paper.count))),
            "hidden": phrases.cancelled_words(words) if letter.phase is Phase.CANCELLED else hidden,
            "sign": _sign_link(content, words, site),
            "foot": phrases.foot_words(words, responsible=letter.responsible, contact=site.contact),
            "languages": [(one, language_name(one), site.link(name, one)) for one in LANGUAGES],
        },
    )


def _sign_link(content: Content, words: PaperWords, site: Site) -> list[tuple[str, str]]:
    """Return the labels and addresses of the pages for signing."""
    letter = content.letter
    if letter.rules.page is not PublicPage.SIGNING:
        return []
    own = PaperWords(letter.language).language == words.language
    query = "" if own else f"?lang={words.language}"
    said = {"sign": "Sign this letter", "mine": "My signature"}
    if not letter.phase.is_signable:
        del said["sign"]
    return [
        (words.say("web", label), f"{site.address}/{name}/{query}") for name, label in said.items()
    ]


def list_csv(content: Content, language: str, site: Site) -> bytes:
    """Return the list as the export writes it."""
    del language, site
    stretch = Stretch(
        letter=content.letter,
        body=content.body,
        entries=tuple(content.entries),
        proofs=None,
        embargoed=content.sight is not Sight.ALL,
        now=content.now,
        before=None,
        more=False,
    )
    written = write(Format.CSV, stretch)
    return f"{written.head}{''.join(written.entries)}{written.foot}".encode()


def list_json(content: Content, language: str, site: Site) -> bytes:
    """Return the list with the letter's title, and the counts that are public."""
    del language
    letter, counts = content.letter, content.sight is not Sight.NOTHING
    before = marked_before(letter, content.now)
    organisations, people, _ = content.counts if counts else (None, None, None)
    found = {
        "title": letter.title,
        "address": site.address,
        "language": letter.language,
        "text_sha256": letter.text_sha256,
        "organisations": organisations,
        "people": people,
        "list": [public_cells(one, earlier=one.meaning < before) for one in content.entries]
        if content.sight is Sight.ALL
        else None,
    }
    return f"{json.dumps(found, ensure_ascii=False, indent=1)}\n".encode()


def feed(content: Content, language: str, site: Site) -> bytes:
    """Return the versions of the text and the letter's milestones; no names."""
    letter, said = content.letter, phrases.event_words(PaperWords(language))
    events = [
        (letter.opened_at, "opened", letter.summary),
        *((one.made_at, "amended", one.note) for one in content.amendments),
        (None if letter.phase.is_unclosed else letter.closed_at, "closed", ""),
        (letter.delivered_at, "delivered", ""),
    ]
    shown = [
        {"at": at.isoformat(timespec="seconds"), "title": said[what], "note": note}
        for at, what, note in events
        if at is not None and (letter.opened_at is None or at >= letter.opened_at)
    ]
    return render(
        "feed.xml",
        language=language,
        address=site.address,
        title=letter.title,
        author=letter.sender or letter.responsible,
        updated=max(one["at"] for one in shown),
        events=sorted(shown, key=lambda one: one["at"], reverse=True),
    )


def badge(content: Content, language: str, site: Site) -> bytes:
    """Return a small picture with the number of signatures."""
    del site
    words = PaperWords(language)
    said = count_of(content, words) or phrases.read_words(words)
    return render(
        "badge.svg",
        said=said,
        language=language,
        direction=direction_of_language(language),
        # About as wide as the words; wide characters take two places.
        width=20 + sum(12 if ord(one) > 0x1100 else 7 for one in said),
    )


def embed(content: Content, language: str, site: Site) -> bytes:
    """Return a small page for a frame on another site."""
    del site
    letter, words = content.letter, PaperWords(language)
    return render(
        "embed.html",
        title=letter.title,
        text_language=letter.language,
        text_direction=direction_of_language(letter.language),
        count=count_of(content, words),
        language=language,
        direction=direction_of_language(language),
        read=phrases.read_words(words),
    )


def qr(content: Content, language: str, site: Site) -> bytes:
    """Return the page's short address as a QR code."""
    del content, language
    picture = BytesIO()
    segno.make(site.address, error="m").save(picture, kind="png", scale=8)
    return picture.getvalue()


async def card(content: Content, language: str) -> bytes:
    """Return the picture that other sites show beside a link to the page.

    Raises:
        DocumentFailed: it could not be made.
    """
    made = await make(paper_of(content, language), [Job(what=Picture.PREVIEW_PNG, name=CARD)])
    return made.files[CARD]


Writer = Callable[[Content, str, Site], bytes]
FILES: Mapping[str, tuple[Writer, str]] = {
    "": (html, "text/html; charset=utf-8"),
    LIST: (list_html, "text/html; charset=utf-8"),
    "list.json": (list_json, "application/json"),
    "list.csv": (list_csv, "text/csv; charset=utf-8"),
    "feed.xml": (feed, "application/atom+xml; charset=utf-8"),
    "badge.svg": (badge, "image/svg+xml; charset=utf-8"),
    "embed": (embed, "text/html; charset=utf-8"),
    "qr.png": (qr, "image/png"),
}
"""The files by name, with their types; the page has no name. `CARD` is made elsewhere."""
LISTING = frozenset({LIST, "list.json", "list.csv"})
"""The files with the list, which search engines may be asked to leave out."""
