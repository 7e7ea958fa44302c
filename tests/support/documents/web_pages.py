"""A stranger on the web, who reads a letter's public page."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, unquote

from starlette.applications import Starlette

from bot.features.delivery.web.answers import Pages
from bot.features.letter_rules import use_cases as letter_rules
from bot.letters.letter import Letter
from bot.letters.rules import PublicPage
from bot.storage.database import Database
from tests.support.letters import ORGANISER, the_letter

PUBLIC_URL = "https://letters.example.org"
RESPONSIBLE, CONTACT = "A Trust, names@example.org", "A Host, web@example.org"
FILES = ("list.json", "list.csv", "feed.xml", "badge.svg", "embed", "qr.png")
"""The files beside a page, but for the picture, which takes a process of its own, and the list's own
page, which few have."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def entries(self) -> list[str]:
        """The entries of a page, in order."""
        return [html.unescape(one) for one in re.findall(r"<bdi>(.*?)</bdi>", self.body.decode())]


@dataclass(slots=True)
class Web:
    """The pages of one process, and its clock."""

    database: Database
    seconds: float = 0.0
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget all that was kept in memory."""
        pages = Pages(
            self.database, public_url=PUBLIC_URL, contact=CONTACT, clock=lambda: self.seconds
        )
        self.app = Starlette(routes=pages.routes())

    async def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for an address; `if_none_match` and the like are headers."""
        path, _, query = path.partition("?")
        path = unquote(path)
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        scope = {
            "type": "http", "method": method, "path": path, "raw_path": quote(path).encode(),
            "query_string": query.encode(), "root_path": "", "scheme": "https",
            "headers": [
                (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
            ],
        }  # fmt: skip
        await self.app(scope, receive, send)
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], found, b"".join(one.get("body", b"") for one in sent[1:]))

    async def page(self, letter: Letter, query: str = "", **headers: str) -> Answer:
        """Open a letter's page, as its short address leads there."""
        answer = await self.get(f"{letter.page_path}{query}")
        if answer.status != 302:
            return answer
        return await self.get(answer.headers["location"], **headers)

    async def everything(self, letter: Letter) -> dict[str, Answer]:
        """Every address of a letter, in its own language and in another."""
        found: dict[str, Answer] = {}
        files = ("list.html", *FILES) if letter.rules.unindexed else FILES
        for query in ("", "?lang=fr"):
            found[query] = await self.page(letter, query)
            for name in files:
                found[name + query] = await self.get(f"{letter.page_path}/{name}{query}")
        return found

    def later(self, seconds: float = 35.0) -> None:
        """Let time pass for what is kept in memory."""
        self.seconds += seconds


async def with_a_page(database: Database, letter: Letter, *, unindexed: bool = False) -> Letter:
    """A letter whose page its organiser turned on."""
    await turns(database, letter, PublicPage.LIST, unindexed=unindexed)
    return await the_letter(database, letter.id)


async def turns(
    database: Database, letter: Letter, page: PublicPage, *, unindexed: bool = False
) -> None:
    """The organiser turns the page on or off, and chooses whether its list is kept apart."""
    found = await the_letter(database, letter.id)
    await letter_rules.set_rules(
        database,
        letter=letter.id,
        actor=ORGANISER,
        rules=replace(found.rules, page=page, unindexed=unindexed),
        responsible=RESPONSIBLE,
    )
