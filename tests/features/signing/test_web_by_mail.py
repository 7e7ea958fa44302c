"""Signing on the web through a real web server and a real mail server."""

import re
import socket
from datetime import timedelta

import aiohttp
import pytest

from bot.courier.mail_courier import MailCourier
from bot.courier.smtp import Postbox
from bot.mail_url import MailServer
from bot.outbox.dispatch import send_due
from bot.slack.bot import Calls
from bot.storage.database import Database
from bot.web.app import build_web
from bot.web.server import listening
from tests.support.clock import Clock
from tests.support.documents.web_pages import CONTACT, PUBLIC_URL
from tests.support.letters import the_letter
from tests.support.machine.post_office import PostOffice, texts
from tests.support.scenes.web_signing import (
    ADA,
    CODE_RUN,
    FEATURES,
    Browser,
    Shown,
    a_browser,
    a_letter_to_sign,
)


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


@pytest.mark.on_both
async def test_signed_by_mail(database: Database, browser: Browser, clock: Clock) -> None:
    """A doubtful mail comes again with the same code, and typing it signs; a receipt follows."""
    letter = await a_letter_to_sign(database)
    office, bound = PostOffice("cut"), socket.create_server(("127.0.0.1", 0))

    async def ready() -> tuple[bool, dict[str, object]]:
        return True, {}

    app = build_web(browser.app, browser.app, ready)
    address = f"http://127.0.0.1:{bound.getsockname()[1]}{letter.page_path}/sign/"
    async with office.listening() as port, listening(app, bound), aiohttp.ClientSession() as web:
        server = MailServer(
            host="localhost", port=port, tls=False, starttls=False, user="", password=""
        )
        courier = MailCourier(
            database,
            FEATURES,
            Calls(),
            keys=browser.keys,
            postbox=Postbox(server, "letters@undersigned.example"),
            public_url=PUBLIC_URL,
            contact=CONTACT,
        )

        async def posts() -> None:
            for _ in range(60):
                await send_due(database, courier, mail=True)
                clock.advance(timedelta(seconds=10))

        async def ask(form: dict[str, str] | None = None) -> Shown:
            own = {"Origin": PUBLIC_URL, "Sec-Fetch-Site": "same-origin"}
            call = web.get(address) if form is None else web.post(address, data=form, headers=own)
            async with call as answer:
                return Shown(answer.status, {}, await answer.text())

        (form,) = (await ask()).forms
        shown = await ask(form | {"name": "Ada Moreau", "address": ADA})
        await posts()
        first, again = office.mails
        assert (first["Message-ID"], texts(first)) == (again["Message-ID"], texts(again))
        said = texts(again)[0]
        (code,) = CODE_RUN.findall(said)
        assert not re.search(rf"https?://\S*{code}", said)
        done = await ask(shown.forms[0] | {"code": code})
        assert "You’re listed as Ada Moreau" in done.text
        await posts()
    assert (await the_letter(database, letter.id)).tally.people == 1
    receipt = texts(office.mails[-1])[0]
    assert f"{PUBLIC_URL}{letter.page_path}/mine/" in receipt
    assert CODE_RUN.findall(receipt) == []
