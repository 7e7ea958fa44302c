"""The addresses of the pages on which people sign."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.documents.direction import direction_of_language
from bot.documents.paper_words import LANGUAGES, PaperWords
from bot.features.signing.use_cases import codes
from bot.features.signing.web import requests
from bot.features.signing.web.approvals import approval
from bot.features.signing.web.mine import mine
from bot.features.signing.web.never import never
from bot.features.signing.web.requests import BadRequestError
from bot.features.signing.web.sign import sign
from bot.features.signing.web.visits import Visit, answer
from bot.features.signing.web.words import refusal_words
from bot.letters.refusals import Reason, Refused
from bot.slack.bot import Bot
from bot.use_cases import InDoubt

AT_ONCE, MOST_WAITING = 2, 60
"""Visits that are answered at once, and that wait for it: Slack's clicks are never behind more."""
Page = Callable[[Visit], Awaitable[Response]]


class Signing:
    """The pages for signing of one process."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._key: bytes | None = None
        self._turns, self._waiting = asyncio.Semaphore(AT_ONCE), 0

    def routes(self) -> list[Route]:
        """Return the routes; their paths have one part more than those of public pages."""
        own: dict[str, Page] = {"sign": sign, "mine": mine, "approval": approval}
        return [
            *(
                Route(path, partial(never, self._bot), methods=["GET", "POST"])
                for path in ("/l/never/{user}/", "/l/{id}/stop/{user}/")
            ),
            *(
                Route(f"/l/{{id}}/{name}/", partial(self._answer, page), methods=["GET", "POST"])
                for name, page in own.items()
            ),
        ]

    async def _answer(self, page: Page, request: Request) -> Response:
        try:
            form = await self._form(request)
            if self._waiting >= MOST_WAITING:
                return _bare(request, 429)
            self._waiting += 1
            try:
                async with self._turns:
                    return await self._shown(page, await self._visit(request, form))
            finally:
                self._waiting -= 1
        except BadRequestError as error:
            return _bare(request, error.args[0])

    async def _shown(self, page: Page, visit: Visit) -> Response:
        try:
            with suppress(InDoubt):
                return await page(visit)
            # The same form again has its effect once, and then says so.
            return await page(visit)
        except Refused as refused:
            return visit.refused(refused.refusal)
        except InDoubt:
            sorry = "Sorry, something went wrong on our side. Please send the form again."
            return visit.page("said.html", visit.say(sorry), 503)

    async def _form(self, request: Request) -> Mapping[str, str]:
        if request.method != "POST":
            return {}
        requests.refuse_other_sites(request, self._bot.public_url)
        return await requests.read_form(request)

    async def _visit(self, request: Request, form: Mapping[str, str]) -> Visit:
        bot = self._bot
        found = await codes.page_of(bot.database, share_id=request.path_params["id"])
        if found is None or bot.keys is None:
            raise BadRequestError(404)
        if self._key is None:
            keys, workspace = bot.keys, bot.workspace
            self._key = await codes.secret(bot.database, keys=keys, workspace=workspace)
        letter, refusal, now = found
        return Visit(
            bot=bot,
            request=request,
            key=self._key,
            letter=letter,
            refusal=refusal,
            now=now,
            words=PaperWords(_language(request) or letter.language),
            form=form,
        )


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", "").partition("-")[0].lower()
    return asked if asked in LANGUAGES else ""


def _bare(request: Request, status: int) -> Response:
    words = PaperWords(_language(request))
    reasons = {404: Reason.NO_SUCH_LETTER, 429: Reason.MANY_UNCONFIRMED}
    said = refusal_words(words, reasons.get(status, Reason.CHANGED_MEANWHILE))
    language = words.language
    facts = {"language": language, "direction": direction_of_language(language), "root": "../"}
    return answer("message.html", status, title=said, **facts)
