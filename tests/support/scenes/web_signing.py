"""People who sign on a letter's page with a code by mail: their browser, and their mails."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, cast
from urllib.parse import urlencode

from cryptography.fernet import Fernet
from sqlalchemy import select
from starlette.applications import Starlette

from bot.app import registered
from bot.features.delivery.web.answers import Pages
from bot.features.signing.web.answers import Signing
from bot.letters.letter import Letter
from bot.letters.mail import Mail
from bot.letters.notices import MAILS, LetterTopic, MailTopic, NoticeKind, SignatureTopic
from bot.letters.people import Person
from bot.letters.rules import PublicPage
from bot.slack.bot import Bot
from bot.slack.features import Envelope, Features
from bot.storage.database import Database
from bot.storage.privacy import addresses
from bot.storage.tables import outbox
from bot.use_cases.mail import Keyring
from tests.support.documents.web_pages import CONTACT, PUBLIC_URL, turns
from tests.support.letters import WORKSPACE, an_open_letter, the_letter

FEATURES = registered()
ADA, CODE_RUN = "ada@example.org", re.compile(r"(?<!\d)\d{6}(?!\d)")


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.buttons: list[list[str]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
            self.buttons.append([])
        elif tag == "a":
            self.links.append(given["href"])
        elif tag == "input" and (given["type"] != "radio" or "checked" in given):
            self.forms[-1][given["name"]] = given.get("value", "")
        elif tag == "button":
            self.buttons[-1].append(given["value"])


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as a browser shows it."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def forms(self) -> list[dict[str, str]]:
        """The fields of each form, as they are filled in."""
        return self._parsed.forms

    @property
    def buttons(self) -> list[list[str]]:
        """The values of each form's buttons."""
        return self._parsed.buttons

    @property
    def links(self) -> list[str]:
        """The addresses of the links."""
        return self._parsed.links

    @property
    def text(self) -> str:
        """The words on the page."""
        body = self.body.partition("<body>")[2]
        return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))).strip()

    @property
    def _parsed(self) -> _Forms:
        parser = _Forms()
        parser.feed(self.body)
        return parser


@dataclass(slots=True)
class Browser:
    """A browser without script and cookies, at one address of the network."""

    database: Database
    keys: Keyring
    proxies: tuple[Any, ...] = ()
    client: str = "192.0.2.7"
    bot: Bot = field(init=False)
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Serve the pages by a new process."""
        self.bot = Bot(
            workspace=WORKSPACE,
            user="U0BOT",
            database=self.database,
            client=cast("Any", None),
            directory=cast("Any", None),
            documents=cast("Any", None),
            public_url=PUBLIC_URL,
            contact=CONTACT,
            keys=self.keys,
            trusted_proxies=self.proxies,
        )
        pages = Pages(self.database, public_url=PUBLIC_URL, contact=CONTACT)
        self.app = Starlette(routes=[*pages.routes(), *Signing(self.bot).routes()])

    async def ask(
        self, path: str, form: dict[str, str] | bytes | None = None, **headers: str
    ) -> Shown:
        """Open an address, or send a form to it as a browser does."""
        path, _, query = path.partition("?")
        body = form if isinstance(form, bytes) else urlencode(form or {}).encode()
        sent: list[dict[str, Any]] = []
        parts = [body[at : at + 4096] for at in range(0, len(body), 4096)] or [b""]

        async def receive() -> dict[str, Any]:
            part = parts.pop(0) if parts else b""
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        if form is not None:
            own = {"sec-fetch-site": "same-origin", "origin": PUBLIC_URL}
            headers = own | {name.replace("_", "-"): value for name, value in headers.items()}
        scope = {
            "type": "http", "method": "GET" if form is None else "POST", "path": path,
            "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "scheme": "https", "client": (self.client, 4321),
            "headers": [
                (name.replace("_", "-").encode(), value.encode())
                for name, value in headers.items()
                if value
            ],
        }  # fmt: skip
        await self.app(scope, receive, send)
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        text = b"".join(one.get("body", b"") for one in sent[1:]).decode()
        return Shown(sent[0]["status"], found, text)

    async def fills(self, letter: Letter, query: str = "", **fields: str) -> Shown:
        """Open the form for signing, fill it in and press Continue."""
        path = f"{letter.page_path}/sign/{query}"
        (form,) = (await self.ask(path)).forms
        return await self.ask(path, form | {"address": ADA, **fields})

    async def types(self, letter: Letter, shown: Shown, code: str, query: str = "") -> Shown:
        """Type a code and press Sign."""
        return await self.ask(f"{letter.page_path}/sign/{query}", shown.forms[0] | {"code": code})

    async def signs(self, letter: Letter, **fields: str) -> Shown:
        """Sign, with the code from the mail."""
        shown = await self.fills(letter, **({"name": "Ada Moreau"} | fields))
        assert shown.status == 200, shown.text
        mail = await self.mail(fields.get("address", ADA))
        return await self.types(letter, shown, mail.code)

    async def opens(self, letter: Letter, address: str = ADA) -> Shown:
        """Open “My signature” with the code from the mail."""
        path = f"{letter.page_path}/mine/"
        (form,) = (await self.ask(path)).forms
        shown = await self.ask(path, form | {"address": address})
        mail = await self.mail(address)
        return await self.ask(path, shown.forms[0] | {"code": mail.code})

    async def presses(
        self, letter: Letter, shown: Shown, act: str, number: int = 0, **fields: str
    ) -> Shown:
        """Press a button of a page opened by “My signature”."""
        with_it = [at for at, one in enumerate(shown.buttons) if act in one]
        form = shown.forms[with_it[number]] | {"act": act, **fields}
        return await self.ask(f"{letter.page_path}/mine/", form)

    async def person(self, address: str = ADA) -> Person:
        """The person with an address."""
        return await self.database.read(
            lambda tx: addresses.person_of(tx, self.keys, WORKSPACE, address)
        )

    async def mails(self, address: str = ADA) -> list[Mail]:
        """All mails owed to an address, oldest first, as they would be written now."""
        person = await self.person(address)
        statement = (
            select(outbox.c.subject)
            .where(outbox.c.target == person.user, outbox.c.kind.in_([one.value for one in MAILS]))
            .order_by(outbox.c.id)
        )
        subjects = await self.database.read(lambda tx: [*tx.execute(statement).scalars()])
        found = [await self._written(FEATURES, person, subject) for subject in subjects]
        return [one for one in found if one is not None]

    async def mail(self, address: str = ADA) -> Mail:
        """The newest mail to an address."""
        return (await self.mails(address))[-1]

    async def _written(self, features: Features, person: Person, subject: Any) -> Mail | None:
        kind = NoticeKind(subject["kind"])
        topics = {NoticeKind.MAIL: MailTopic, NoticeKind.SIGNER: SignatureTopic}
        about = topics.get(kind, LetterTopic)(subject["about"]) if "about" in subject else kind
        mailing = features.mails[about]
        envelope = Envelope(
            database=self.database,
            person=person,
            subject=subject,
            keys=self.keys,
            public_url=PUBLIC_URL,
            contact=CONTACT,
        )
        found = await mailing.read(envelope)
        return None if found is None else mailing.write("en", found)


async def a_browser(database: Database, **more: Any) -> Browser:
    """A browser, and a workspace that is ready for addresses."""
    keys = Keyring([Fernet.generate_key().decode()])
    await database.write(lambda tx: addresses.prepare(tx, keys, WORKSPACE))
    return Browser(database, keys, **more)


async def a_letter_to_sign(database: Database, **changed: Any) -> Letter:
    """An open letter that can be signed on its page."""
    letter = await an_open_letter(database, **changed)
    await turns(database, letter, PublicPage.SIGNING)
    return await the_letter(database, letter.id)
