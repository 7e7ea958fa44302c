"""The addresses of the pages on which people sign."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.documents.direction import direction_of_language
from bot.documents.paper_words import LANGUAGES, PaperWords
from bot.features.signing.use_cases import codes
from bot.features.signing.web import requests
from bot.features.signing.web.mine import mine
from bot.features.signing.web.never import never
from bot.features.signing.web.requests import BadRequestError
from bot.features.signing.web.sign import sign
from bot.features.signing.web.visits import Visit, answer
from bot.features.signing.web.words import refusal_words
from bot.letters.refusals import Reason, Refused
from bot.slack.bot import Bot
from bot.use_cases import InDoubt

Page = Callable[[Visit], Awaitable[Response]]


class Signing:
    """The pages for signing of one process."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._key: bytes | None = None

    def routes(self) -> list[Route]:
        """Return the routes; their paths have one part more than those of public pages."""
        own: dict[str, Page] = {"sign": sign, "mine": mine}
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
            visit = await self._visit(request)
        except BadRequestError as error:
            return _bare(request, error.args[0])
        try:
            return await page(visit)
        except Refused as refused:
            return visit.refused(refused.refusal)
        except InDoubt:
            # The same form again has its effect once.
            return visit.refused(Reason.CHANGED_MEANWHILE)

    async def _visit(self, request: Request) -> Visit:
        bot, posted = self._bot, request.method == "POST"
        if posted:
            requests.refuse_other_sites(request, bot.public_url)
        form = await requests.read_form(request) if posted else {}
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
    said = refusal_words(
        words, Reason.NO_SUCH_LETTER if status == 404 else Reason.CHANGED_MEANWHILE
    )
    language = words.language
    facts = {"language": language, "direction": direction_of_language(language), "root": "../"}
    return answer("message.html", status, title=said, **facts)
