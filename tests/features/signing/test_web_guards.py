"""Guards of the pages for signing: codes that nobody guesses, callers, and silent logs."""

import hmac
from collections import Counter
from ipaddress import ip_address, ip_network

import pytest
from starlette.requests import Request
from structlog.testing import capture_logs

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.signing import rules
from bot.features.signing.web.requests import caller_of
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.databases import another
from tests.support.letters import WORKSPACE, rows
from tests.support.scenes.web_signing import ADA, a_browser, a_letter_to_sign, every_page

KEY, PROXIES = b"0" * 32, [ip_network("10.0.0.2"), ip_network("172.18.0.0/16")]


def test_a_million_codes() -> None:
    """Codes are six digits, any of a million alike, and each request has another."""
    found = [rules.code_of(KEY, str(number)) for number in range(20_000)]
    assert {(len(one), one.isdecimal()) for one in found} == {(6, True)}
    # By chance alone about 200 of so many are somebody else's too.
    assert len({*found}) > 19_600
    for place in range(6):
        often = Counter(one[place] for one in found)
        assert len(often) == 10
        assert max(often.values()) < 1.15 * min(often.values())
    assert rules.code_of(b"1" * 32, "0") != found[0]


def test_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A typed code is compared as secrets are: not digit by digit until one is wrong."""
    compared: list[tuple[str, str]] = []
    real = hmac.compare_digest

    def noted(one: str, other: str) -> bool:
        compared.append((one, other))
        return real(one, other)

    code = rules.code_of(KEY, "7")
    monkeypatch.setattr(hmac, "compare_digest", noted)
    assert rules.is_code(KEY, "7", code)
    assert not rules.is_code(KEY, "7", f"{(int(code) + 1) % 10**6:06}")
    assert [one for one, _ in compared] == [code] * 2


@pytest.mark.parametrize(
    ("client", "forwarded", "found"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9", "192.0.2.7"),
        ("10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1, 203.0.113.9, 172.18.3.4", "203.0.113.9"),
        ("10.0.0.2", "203.0.113.9, nonsense", "10.0.0.2"),
        ("10.0.0.2", "2001:db8::1", "2001:db8::1"),
        ("10.0.0.2", "", "10.0.0.2"),
    ],
)
def test_callers(client: str, forwarded: str, found: str) -> None:
    """A forwarded address is believed only as far as it comes from a trusted proxy."""
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "headers": headers, "client": (client, 1)})
    assert caller_of(request, PROXIES) == ip_address(found)


def test_networks() -> None:
    """Callers of one /24 or /56 are one network, also if an IPv4 address is written as IPv6."""
    of = {one: rules.network_of(KEY, ip_address(one)) for one in (
        "192.0.2.7", "192.0.2.250", "::ffff:192.0.2.9", "192.0.3.7",
        "2001:db8:0:100::1", "2001:db8:0:1ff::2", "2001:db8:0:200::1",
    )}  # fmt: skip
    assert of["192.0.2.7"] == of["192.0.2.250"] == of["::ffff:192.0.2.9"]
    assert of["2001:db8:0:100::1"] == of["2001:db8:0:1ff::2"]
    assert len({*of.values()}) == 4


async def test_no_address_in_logs(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """No address is in a log, whatever is typed on the pages."""
    caplog.set_level("DEBUG")
    with capture_logs() as logged:
        await every_page(await a_browser(database))
    assert "@example.org" not in repr(logged) + caplog.text


async def test_each_first_mail_can_be_the_last(database: Database) -> None:
    """The code, the receipt and the mail to an unknown address end with the way to end mails."""
    browser = await a_browser(database)
    letter = await a_letter_to_sign(database)
    await browser.signs(letter)
    await browser.opens(letter)
    assert [one.never for one in await browser.mails(ADA)] == [
        "Never write to this address again"
    ] * 3


async def test_looked_up(database: Database) -> None:
    """A program that looks up whether the pages exist (HEAD) finds them."""
    browser, letter = await a_browser(database), await a_letter_to_sign(database)
    for name in ("sign", "mine"):
        shown = await browser.ask(f"{letter.page_path}/{name}/", method="HEAD")
        assert shown.status == 200


CUT_OFF = """
    CREATE SEQUENCE cuts;
    CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('cuts') <= {times} THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
    RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER cut_off AFTER INSERT ON endorsements
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut_off()
"""
"""Ends the connection that commits a signature, for the first `times`."""


@pytest.mark.parametrize(
    ("times", "said"), [(1, "You’ve signed"), (2, "Please send the form again")]
)
async def test_in_doubt(postgres_url: str, clock: Clock, times: int, said: str) -> None:
    """A doubt whether a signature was saved is resolved, or the page claims neither."""
    async with (
        another(postgres_url) as execute,
        Database(postgres_url, clock=clock.now) as database,
    ):
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        browser, letter = await a_browser(database), await a_letter_to_sign(database)
        shown = await browser.fills(letter, name="Ada Moreau")
        code = (await browser.mail()).code
        await execute(CUT_OFF.format(times=times))
        answer = await browser.types(letter, shown, code)
        assert said in answer.text
        assert "nothing was saved" not in answer.text
        assert "You’ve signed" in (await browser.types(letter, shown, code)).text
        assert len(await rows(database, "endorsements")) == 1
