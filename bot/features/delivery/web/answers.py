"""Answers at the addresses of public pages.

Everything is made once for each change of a letter, away from the event loop, and kept in memory.
"""

import asyncio
import gc
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.documents import phrases
from bot.documents.direction import direction_of_language
from bot.documents.making import DocumentFailed
from bot.documents.paper_words import LANGUAGES, PaperWords
from bot.features.delivery.use_cases import public_page
from bot.features.delivery.use_cases.public_page import Shown
from bot.features.delivery.web.files import CARD, FILES, LIST, LISTING, Site, card
from bot.letters.letter import Letter
from bot.letters.refusals import Refused
from bot.pages.rendering import render, stylesheet
from bot.use_cases import Database

STYLE = "page.css"
"""The name of the style, which is the same beside each page."""
LOOK_S = 1.0
"""Seconds for which a letter is not looked up again, however many read its page."""
REST_S = 4.0
"""Most seconds for which a page stays as it is while its list changes; less for a short list."""
MOST_BYTES = 64 << 20
"""Most bytes kept of all letters together, unless one has more."""
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors "
)
_ID = re.compile("[0-9a-hjkmnp-tv-z]{8}")
_WORD = re.compile(r"\w+")
_MISTAKEN = str.maketrans("ilo", "110")
"""Letters that Crockford's base32 reads as digits."""


@dataclass(slots=True)
class _Edition:
    """A letter's page as it is shown now, with the files made so far."""

    shown: Shown
    looked: float
    """When the letter was last looked up."""
    made: dict[tuple[str, str], Response] = field(default_factory=dict[tuple[str, str], Response])
    """Answers by file and language."""
    rests: float = 0.0
    """Time until which it stays as it is while only the list changes."""
    making: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def size(self) -> int:
        return sum(len(one.body) for one in self.made.values())


class Pages:
    """The public pages of one process."""

    def __init__(
        self,
        database: Database,
        *,
        public_url: str,
        contact: str = "",
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._database, self._clock = database, clock
        self._public_url, self._contact = public_url, contact
        self._editions: OrderedDict[str, _Edition] = OrderedDict()

    def routes(self) -> list[Route]:
        """Return the routes of all pages."""
        paths = ("/l/{id}", "/l/{id}/", "/l/{id}/{name}")
        return [Route(path, self.answer, methods=["GET"]) for path in paths]

    async def answer(self, request: Request) -> Response:
        """Answer a request for a letter's page, or for one of its files."""
        typed, name = request.path_params["id"], request.path_params.get("name", "")
        if STYLE in {typed, name}:
            return _with_headers(Response(stylesheet(), media_type="text/css"))
        share_id = typed.lower().translate(_MISTAKEN)
        edition = await self._edition(share_id) if _ID.fullmatch(share_id) else None
        asked = request.query_params.get("lang", "").partition("-")[0].lower()
        known = asked if asked in LANGUAGES else ""
        if edition is None:
            return _sentence(404, known)
        letter = edition.shown.letter
        language = PaperWords(known or letter.language).language
        if edition.shown.sight is None:
            return _sentence(410, language)
        words = slug(letter.title)
        is_file = (name in FILES and name != "") or name == CARD
        is_file = is_file and (name != LIST or letter.rules.unindexed)
        if typed != share_id or not (is_file or name == words):
            path = quote(f"/l/{share_id}/{name if is_file else words}")
            query = f"?{request.url.query}" if request.url.query else ""
            return _with_headers(RedirectResponse(path + query, 302))
        made = await self._made(edition, name if is_file else "", language)
        if made is None:
            return _sentence(404, language)
        etag = made.headers["etag"]
        if etag in request.headers.get("if-none-match", ""):
            kept = {one: value for one, value in made.headers.items() if one != "content-length"}
            return Response(status_code=304, headers=kept)
        return made

    async def _edition(self, share_id: str) -> _Edition | None:
        """Return the edition of a letter that may be shown now; None if there is no such letter."""
        edition, now = self._editions.get(share_id), self._clock()
        if edition is not None and now < edition.looked + LOOK_S:
            return edition
        if edition is not None:
            # The others are answered from memory until the query is done.
            edition.looked = now
        shown = await public_page.shown(self._database, share_id=share_id)
        if shown is None:
            self._editions.pop(share_id, None)
            return None
        if edition is not None:
            before, after = edition.shown.edition, shown.edition
            if before == after or (now < edition.rests and before[1:] == after[1:]):
                return edition
        edition = self._editions[share_id] = _Edition(shown, now)
        self._editions.move_to_end(share_id)
        return edition

    async def _made(self, edition: _Edition, name: str, language: str) -> Response | None:
        """Return a file of a letter's page; None if it can't be made here."""
        made = edition.made.get((name, language))
        if made is not None:
            return made
        async with edition.making:
            if (made := edition.made.get((name, language))) is not None:
                return made
            began = self._clock()
            # A collection would visit all names, and hold the loop for as long.
            gc.disable()
            try:
                made = await self._make(edition.shown.letter, name, language)
            except (Refused, DocumentFailed):
                # The page was turned off since, or no pictures can be made here.
                return None
            finally:
                gc.enable()
            ended = self._clock()
            edition.rests = ended + min(REST_S, 5 * (ended - began))
            edition.made[name, language] = made
        self._forget_oldest()
        return made

    async def _make(self, letter: Letter, name: str, language: str) -> Response:
        listed = name in LISTING or not (name or letter.rules.unindexed)
        content = await public_page.content(
            self._database, letter=letter.id, listed=listed, bare=name in {"", LIST}
        )
        if name == CARD:
            body, media = await card(content, language), "image/png"
        else:
            write, media = FILES[name]
            site = Site(address=f"{self._public_url}{letter.page_path}", contact=self._contact)
            body = await asyncio.to_thread(write, content, language, site)
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        made = _with_headers(
            Response(body, media_type=media, headers={"ETag": etag}), frames=name == "embed"
        )
        if content.letter.rules.unindexed and name in LISTING:
            made.headers["X-Robots-Tag"] = "noindex"
        return made

    def _forget_oldest(self) -> None:
        while (
            len(self._editions) > 1
            and sum(one.size for one in self._editions.values()) > MOST_BYTES
        ):
            self._editions.popitem(last=False)


def slug(title: str) -> str:
    """Return the words of a title for an address."""
    words = "-".join(_WORD.findall(title.lower()))[:60].strip("-")
    return "letter" if words in FILES else words


def _sentence(status: int, language: str) -> Response:
    words = PaperWords(language)
    said = phrases.gone_words(words) if status == 410 else phrases.unknown_words(words)
    body = render(
        "message.html",
        title=said,
        language=words.language,
        direction=direction_of_language(words.language),
    )
    return _with_headers(Response(body, status, media_type="text/html; charset=utf-8"))


def _with_headers(response: Response, *, frames: bool = False) -> Response:
    given: Mapping[str, str] = {
        "Cache-Control": "public, max-age=30",
        "Content-Security-Policy": _POLICY + ("*" if frames else "'none'"),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    response.headers.update(given)
    return response
