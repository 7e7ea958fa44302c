"""The pages on which somebody asks for no more mails, or for no more about one letter."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from bot.documents.direction import direction_of_language
from bot.documents.paper_words import LANGUAGES, PaperWords
from bot.features.signing.web import requests
from bot.features.signing.web.visits import answer
from bot.features.signing.web.words import refusal_words, sentence
from bot.letters.refusals import Refused
from bot.slack.bot import Bot
from bot.use_cases import mail


async def never(bot: Bot, request: Request) -> Response:
    """Answer at the address in a mail: it takes typing the address that the mail went to.

    A program that opens each link and sends each form changes nothing. A letter in the path ends
    the mails about it only.
    """
    asked = request.query_params.get("lang", "").partition("-")[0].lower()
    words, user = PaperWords(asked if asked in LANGUAGES else "en"), request.path_params["user"]
    problem, typed, done = "", "", False
    share_id = request.path_params.get("id", "")
    title = words.say("web", "Never write to this address again")
    if request.method == "POST" and bot.keys is not None:
        try:
            requests.refuse_other_sites(request, bot.public_url)
            typed = (await requests.read_form(request)).get("address", "")
            done = await mail.never(
                bot.database, keys=bot.keys, workspace=bot.workspace, user=user, typed=typed,
                share_id=share_id,
            )  # fmt: skip
            problem = "" if done else words.say("web", "The email went to another address.")
        except requests.BadRequestError as error:
            return Response(status_code=error.args[0])
        except Refused as refused:
            problem = refusal_words(words, refused.refusal)
    return answer(
        "never.html",
        422 if problem else 200,
        say=partial(words.say, "web"),
        title=sentence(words, "end") if share_id else title,
        stops=bool(share_id),
        language=words.language,
        direction=direction_of_language(words.language),
        root="../../../" if share_id else "../../",
        problem=problem,
        typed=typed,
        done=done,
        contact=bot.contact,
    )
