"""Signing on the web while others do the same thing at the same moment, on both databases."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from bot.features.signing import rules
from bot.features.signing.web import answers, requests
from bot.storage.database import Database
from bot.storage.tables import codes, endorsements
from tests.support.letters import rows, the_letter
from tests.support.scenes.web_signing import ADA, Browser, Shown, a_browser, a_letter_to_sign

pytestmark = pytest.mark.on_both
AT_ONCE = 12


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


def _statuses(answers: list[Shown]) -> Counter[int]:
    return Counter(one.status for one in answers)


async def test_one_code_typed_at_once(database: Database, browser: Browser) -> None:
    """A form with the right code that is sent many times at once signs once."""
    letter = await a_letter_to_sign(database)
    shown = await browser.fills(letter, name="Ada Moreau")
    code = (await browser.mail()).code
    found = await asyncio.gather(*(browser.types(letter, shown, code) for _ in range(AT_ONCE)))
    assert _statuses(found) == {200: AT_ONCE}
    assert (await the_letter(database, letter.id)).tally.people == 1
    assert len(await rows(database, "endorsements")) == 1


async def test_wrong_codes_at_once(database: Database, browser: Browser) -> None:
    """Of many wrong codes typed at once five are tries, and then the right one is refused too."""
    letter = await a_letter_to_sign(database)
    shown = await browser.fills(letter, name="Ada Moreau")
    code = (await browser.mail()).code
    wrong = f"{(int(code) + 1) % 10**6:06}"
    found = await asyncio.gather(*(browser.types(letter, shown, wrong) for _ in range(AT_ONCE)))
    assert _statuses(found) == {422: rules.TRIES - 1, 409: AT_ONCE - rules.TRIES + 1}
    tries = await database.read(lambda tx: tx.execute(select(codes.c.tries)).scalar_one())
    assert tries == rules.TRIES
    assert (await browser.types(letter, shown, code)).status == 409


async def test_bounds_at_once(
    database: Database, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those who ask at the same moment are counted: by address, by network and by letter."""
    monkeypatch.setattr(rules, "LETTER_MOST", rules.NETWORK_HOURLY + rules.ADDRESS_HOURLY + 4)
    letter, many = await a_letter_to_sign(database), 2 * rules.NETWORK_HOURLY

    async def ask(address: str, client: str = "") -> Shown:
        path = f"{letter.page_path}/sign/"
        (form,) = (await browser.ask(path)).forms
        browser.client = client or browser.client
        return await browser.ask(path, form | {"name": "Ada Moreau", "address": address})

    found = await asyncio.gather(*(ask(ADA) for _ in range(AT_ONCE)))
    assert _statuses(found) == {200: rules.ADDRESS_HOURLY, 429: AT_ONCE - rules.ADDRESS_HOURLY}
    left = rules.NETWORK_HOURLY - rules.ADDRESS_HOURLY
    found = await asyncio.gather(*(ask(f"a{one}@example.org") for one in range(many)))
    assert _statuses(found) == {200: left, 429: many - left}
    others = [ask(f"b{one}@example.org", f"198.51.{one}.7") for one in range(many)]
    room = rules.LETTER_MOST - rules.NETWORK_HOURLY
    assert _statuses(await asyncio.gather(*others)) == {200: room, 429: many - room}


async def test_two_people_of_one_organisation_at_once(database: Database, browser: Browser) -> None:
    """Two who sign for one organisation at once are one entry; the second is asked."""
    letter = await a_letter_to_sign(database)
    body = {"capacity": "organisation", "organisation": "Harbour Library", "role": "Chair"}
    people = [(f"Person {one}", f"p{one}@example.org") for one in range(4)]
    shown: list[tuple[Shown, str]] = []
    for name, address in people:
        page = await browser.fills(letter, name=name, address=address, **body)
        shown.append((page, (await browser.mail(address)).code))
    found = await asyncio.gather(*(browser.types(letter, one, code) for one, code in shown))
    asked = [one for one in found if "already signed" in one.text]
    done = await asyncio.gather(
        *(browser.ask(f"{letter.page_path}/sign/", one.forms[0]) for one in asked)
    )
    assert {one.status for one in [*found, *done]} == {200}
    assert len(await rows(database, "signatories")) == 1
    held = select(endorsements.c.user).where(endorsements.c.withdrawn_at.is_(None))
    signed = await database.read(lambda tx: [*tx.execute(held).scalars()])
    assert len(signed) == len({*signed}) == len(people)


async def test_visits_wait_for_their_turn(
    database: Database, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of very many visits at once a few are answered, the next wait, and the others read that."""
    monkeypatch.setattr(answers, "MOST_WAITING", 8)
    letter = await a_letter_to_sign(database)
    path = f"{letter.page_path}/sign/"
    shown = await asyncio.gather(*(browser.ask(path) for _ in range(50)))
    assert _statuses(shown) == {200: 8, 429: 42}
    assert {one.text for one in shown if one.status == 429} == {
        "Too many people are trying to sign this letter. Please try again later."
    }
    assert (await browser.ask(path)).status == 200


async def test_bodies_without_end_hold_nobody_up(
    database: Database, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that is sent drop by drop takes no turn of others, and ends with an answer."""
    monkeypatch.setattr(requests, "BODY_S", 300.0)
    letter = await a_letter_to_sign(database)
    path = f"{letter.page_path}/sign/"
    endless = [asyncio.create_task(_endless(browser, path)) for _ in range(50)]
    await asyncio.sleep(0)
    async with asyncio.timeout(60):
        assert (await browser.ask(path)).status == 200
    assert not any(one.done() for one in endless)
    for one in endless:
        one.cancel()
    monkeypatch.setattr(requests, "BODY_S", 0.1)
    assert await _endless(browser, path) == 408
    assert await _endless(browser, path, {"type": "http.disconnect"}) == 400


async def _endless(browser: Browser, path: str, *parts: dict[str, str]) -> int:
    sent: list[dict[str, int]] = []
    coming = iter(parts)

    async def receive() -> dict[str, object]:
        for part in coming:
            return dict(part)
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(),
        "query_string": b"", "root_path": "", "scheme": "https", "client": ("192.0.2.7", 1),
        "headers": [],
    }  # fmt: skip
    await browser.app(scope, receive, send)
    return sent[0]["status"]
