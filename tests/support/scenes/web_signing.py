"""People who sign on a letter's page with a code by mail: their browser, and their mails."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, cast
from urllib.parse import urlencode

from cryptography.fernet import Fernet
from sqlalchemy import select, update
from starlette.applications import Starlette

from bot.app import registered
from bot.features.delivery.web.answers import Pages
from bot.features.signing.web.answers import Signing
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.mail import Mail
from bot.letters.notices import MAILS, LetterTopic, MailTopic, NoticeKind, SignatureTopic
from bot.letters.people import Person
from bot.letters.rules import PublicPage
from bot.slack.bot import Bot
from bot.slack.features import Envelope, Features
from bot.storage.database import Database
from bot.storage.privacy import addresses
from bot.storage.states import NoticeState
from bot.storage.tables import outbox
from bot.use_cases.mail import Keyring
from tests.support.amending import amends
from tests.support.clock import START
from tests.support.documents.web_pages import CONTACT, PUBLIC_URL, turns
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    WORKSPACE,
    an_open_letter,
    for_organisation,
    signs,
    the_letter,
)

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
        elif tag == "input" and (given["type"] not in {"radio", "checkbox"} or "checked" in given):
            self.forms[-1][given["name"]] = given.get("value", "")
        elif tag == "button":
            self.buttons[-1].append(given.get("value", ""))


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
    workspace: str = WORKSPACE
    bot: Bot = field(init=False)
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Serve the pages by a new process."""
        self.bot = Bot(
            workspace=self.workspace,
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
        self,
        path: str,
        form: dict[str, str] | bytes | None = None,
        *,
        method: str = "",
        **headers: str,
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
            "type": "http", "method": method or ("GET" if form is None else "POST"), "path": path,
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

    async def posts(self) -> None:
        """All mails are sent."""
        sent = update(outbox).where(outbox.c.kind.in_([one.value for one in MAILS]))
        values = {"state": NoticeState.SENT.value, "settled_at": START}
        await self.database.write(lambda tx: tx.execute(sent.values(values)))

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


async def every_page(browser: Browser, query: str = "") -> dict[str, Shown]:
    """The pages for signing in each state, in the language of the query."""
    database = browser.database
    letter, own = await a_letter_to_sign(database), {"name": "Ada Moreau"}
    path, mine = (f"{letter.page_path}/{name}/{query}" for name in ("sign", "mine"))
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Library"))
    found = {"form": await browser.ask(path)}
    body = {"capacity": "organisation", "address": "bo@example.org", "name": "Bo Lind"}
    wrong = {**body, "organisation": "https://example.org", "address": "nowhere"}
    found["wrong"] = await browser.fills(letter, query, **wrong)
    found["code"] = await browser.fills(letter, query, title="Dr", **own)
    found["no code"] = await browser.types(letter, found["code"], "", query)
    found["wrong code"] = await browser.types(letter, found["code"], "0" * 6, query)
    code = (await browser.mail()).code
    found["done"] = await browser.types(letter, found["code"], code, query)
    shown = await browser.fills(letter, query, organisation="Harbour Library", **body)
    code = (await browser.mail("bo@example.org")).code
    found["signed before"] = await browser.types(letter, shown, code, query)
    found["too late"] = await browser.ask(path, {"token": "none"})
    found["address"] = await browser.ask(mine)
    (form,) = found["address"].forms
    found["open"] = await browser.ask(mine, form | {"address": ADA})
    code = (await browser.mail()).code
    await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body="The web belongs to nobody.",
        kind=AmendmentKind.MATERIAL,
        note="A new sentence.",
    )
    found["mine"] = await browser.ask(mine, found["open"].forms[0] | {"code": code})
    for act in ("change", "withdraw", "object", "kept", "delete"):
        number = next(at for at, one in enumerate(found["mine"].buttons) if act in one)
        pressed = found["mine"].forms[number] | {"act": act}
        found[act] = await browser.ask(mine, pressed)
    changed = found["change"].forms[0] | {"act": "check", "title": "Professor"}
    found["check"] = await browser.ask(mine, changed)
    found["letter"] = await browser.ask(f"{letter.page_path}/an-open-web{query}")
    return found | await _approvals(browser, letter, query)


async def _approvals(browser: Browser, letter: Letter, query: str) -> dict[str, Shown]:
    """The pages on which somebody asks for an approval, and somebody else gives one."""
    letter = await the_letter(browser.database, letter.id)
    path, board = f"{letter.page_path}/sign/{query}", "board@example.org"
    own = {"name": "Cy Roe", "address": "cy@example.org"}
    shown = await browser.fills(letter, query, **own)
    code = (await browser.mail("cy@example.org")).code
    form = shown.forms[0] | {"code": code, "act": "approval"}
    found = {"whom": await browser.ask(path, form | {"address": "nowhere"})}
    found["asked"] = await browser.ask(path, form | {"address": board})
    found["waiting"] = await browser.opens(letter, "cy@example.org")
    mail = await browser.mail(board)
    assert mail.link is not None
    path = "/" + mail.link[1].split("/", 3)[3] + query.replace("?", "&")
    found["approval"] = await browser.ask(path)
    form, again = found["approval"].forms
    found["approval no code"] = await browser.ask(path, form | {"act": "yes"})
    found["approval again"] = await browser.ask(path, again | {"act": "again", "address": board})
    found["approval nowhere"] = await browser.ask(path, again | {"act": "again", "address": "no"})
    code = (await browser.mail(board)).code
    found["approved"] = await browser.ask(path, form | {"act": "yes", "code": code})
    found["no approval"] = await browser.ask(path.replace("of=", "of=x"))
    return found
