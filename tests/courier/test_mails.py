"""Mails, given to a real mail server that goes wrong in every way."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.courier import smtp
from bot.courier.mail_courier import MailCourier
from bot.courier.smtp import Postbox
from bot.health import Health
from bot.letters import notices
from bot.letters.mail import Mail
from bot.letters.notices import MailTopic, NoticeKind, SignatureTopic
from bot.letters.people import MAIL, Person
from bot.locales import words
from bot.mail_url import MailServer
from bot.outbox.courier import Outcome
from bot.outbox.dispatch import send_due
from bot.slack.api_errors import personal_advice
from bot.slack.bot import Calls
from bot.slack.features import Envelope, Features
from bot.storage import leases, outbox
from bot.storage.database import Database
from bot.storage.outbox import Owed
from bot.storage.privacy import addresses
from bot.storage.privacy.addresses import Keyring
from bot.storage.tables import outbox as rows
from tests.outbox.mailbox import Killed
from tests.outbox.mailbox import Mailbox as Slack
from tests.support.clock import Clock
from tests.support.letters import WORKSPACE, an_open_letter
from tests.support.machine.post_office import PostOffice, certificate, texts

ADA, SENDER = "ada.moreau@example.org", "letters@undersigned.example"
CODE = Mail(
    subject="Your code for “One Internet”",
    paragraphs=("Type this code:", "It works for 30 minutes."),
    code="104729",
    foot=("This page is run by: Example Trust",),
    never="Never write to this address again",
)
NEWS = Mail(
    subject="The text changed",
    paragraphs=("<b>Tim & Co</b> changed the text.\nRead it.",),
    link=("Read the letter", "https://letters.example/l/abcdefgh/"),
    never="Never write to this address again",
    unsubscribe=True,
)
KEYS = Keyring([Fernet.generate_key().decode()])


@dataclass
class Scene:
    """A database with Ada's address, and a courier to a mail server."""

    database: Database
    clock: Clock
    office: PostOffice
    port: int
    ada: Person
    written: dict[str, Mail] = field(default_factory=lambda: {"code": CODE, "dropped": NEWS})
    site: str = "https://letters.example"
    calls: Calls = field(default_factory=Calls)

    def courier(
        self, server: MailServer | None = None, of: type[MailCourier] = MailCourier
    ) -> MailCourier:
        """Return a courier to this server, by default without TLS."""
        features = Features()

        async def read(envelope: Envelope) -> Mail | None:
            assert envelope.keys is KEYS
            assert (envelope.public_url, envelope.contact) == (self.site, "Example Trust")
            return self.written.get(envelope.subject["about"])

        def write(language: str, found: Mail) -> Mail:
            assert language == "fr"
            return found

        for topic in (MailTopic.CODE, SignatureTopic.DROPPED):
            features.on_mail(topic, read, write)
        return of(
            self.database,
            features,
            self.calls,
            keys=KEYS,
            postbox=Postbox(server or self.server(), SENDER),
            public_url=self.site,
            contact="Example Trust",
        )

    def server(self, *, tls: bool = False, starttls: bool = False, user: str = "") -> MailServer:
        """Return the mail server's address."""
        return MailServer(
            host="localhost", port=self.port, tls=tls, starttls=starttls, user=user, password="no"
        )

    async def owe(self, number: int = 1) -> None:
        """Owe codes to Ada."""
        codes = [
            notices.mail(MailTopic.CODE, f"{one}", None, self.ada, pending=one)
            for one in range(number)
        ]
        await self.database.write(lambda tx: outbox.owe(tx, WORKSPACE, codes))

    async def send(self, courier: MailCourier, within: timedelta = timedelta(0)) -> None:
        """Send what is due, from now on for some time."""
        end = self.clock.now() + within
        await send_due(self.database, courier, mail=True)
        while self.clock.now() < end:
            self.clock.advance(timedelta(seconds=max(1, within.total_seconds() // 200)))
            await send_due(self.database, courier, mail=True)

    async def states(self) -> list[tuple[str, str]]:
        """Return the state and error of each mail."""
        found = await self.database.read(
            lambda tx: list(tx.execute(select(rows.c.state, rows.c.error).order_by(rows.c.id)))
        )
        return [(state, error) for state, error in found]


@pytest.fixture(name="scene")
async def _scene(database: Database, clock: Clock) -> AsyncGenerator[Scene]:
    await database.write(lambda tx: addresses.prepare(tx, KEYS, WORKSPACE))
    ada = await database.write(lambda tx: addresses.keep(tx, KEYS, WORKSPACE, ADA, "fr"))
    office = PostOffice()
    async with office.listening() as port:
        yield Scene(database, clock, office, port, ada)


async def test_arrives(scene: Scene) -> None:
    """A code arrives once, as text and as a page, with nothing else that looks like a code."""
    await scene.owe()
    await scene.send(scene.courier(), timedelta(minutes=2))

    mail = scene.office.one()
    assert (mail["To"], mail["From"], mail["Subject"]) == (ADA, SENDER, CODE.subject)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None
    for said in texts(mail):
        assert "Example Trust" in said
        assert f"https://letters.example/l/never/{scene.ada.user}/?lang=fr" in said
        assert re.findall(r"\d{6}", said) == ["104729"]
    assert re.findall(r"\d{6}", str(mail.items())) == []
    assert 'lang="fr" dir="ltr"' in texts(mail)[1]
    assert await scene.states() == [("sent", "")]
    assert scene.calls.mails == Counter({"250": 1})
    figures = await Health("worker", database=scene.database, calls=scene.calls).figures()
    found = {one.name: (one.value, one.labels) for one in figures}
    assert found["mails_total"] == (1, {"status": "250"})
    assert found["mail_seconds_total"][0] > 0


async def test_unasked(scene: Scene) -> None:
    """A mail that answers no act can be unsubscribed from; people's words are text on its page."""
    notice = notices.signer(SignatureTopic.DROPPED, 1, "e1", scene.ada)
    assert notice.kind is NoticeKind.MAILING
    await scene.database.write(lambda tx: outbox.owe(tx, WORKSPACE, [_of_no_letter(notice)]))
    scene.site = f"https://{'letters.' * 20}example"
    await scene.send(scene.courier())

    mail = scene.office.one()
    whole = f"List-Unsubscribe: <{scene.site}/l/never/{scene.ada.user}/?lang=fr>\r\n"
    assert whole.encode() in scene.office.raw[0]
    text, page = texts(mail)
    assert "Read the letter:\nhttps://letters.example/l/abcdefgh/" in text
    assert "&lt;b&gt;Tim &amp; Co&lt;/b&gt;" in page


def _of_no_letter(notice: notices.Notice) -> notices.Notice:
    return replace(notice, letter=None)


def test_kinds() -> None:
    """A notice to somebody without an account is a mail; answers to an act go first."""
    ada, bo = Person(MAIL, "abc"), Person("T1", "U1")

    assert notices.receipt(1, ada).kind is NoticeKind.MAIL
    assert notices.receipt(1, ada).subject["kind"] == "receipt"
    assert notices.invitation(1, ada).kind is NoticeKind.MAILING
    assert notices.receipt(1, bo).kind is NoticeKind.RECEIPT
    assert "kind" not in notices.receipt(1, bo).subject


@pytest.mark.parametrize(
    ("fates", "end"),
    [
        (["rcpt 550"], ("given_up", "mail_refused")),
        (["data 554"], ("given_up", "mail_refused")),
        (["rcpt 451", "data 452"], ("sent", "")),
        (["mail 421"], ("sent", "")),
        (["mail 553"], ("sent", "")),
        (["rcpt 451"] * 100, ("given_up", "mail_later")),
        (["mail 550"] * 1000, ("given_up", "mail_server")),
    ],
)
async def test_refused(scene: Scene, fates: list[str], end: tuple[str, str]) -> None:
    """A mail that is refused for now is tried for a day; one refused for good, never again."""
    scene.office.fates.extend(fates)
    await scene.owe()
    await scene.send(scene.courier(), timedelta(minutes=10))
    if end[0] == "sent" or end[1] == "mail_refused":
        assert await scene.states() == [end]
    else:
        assert (await scene.states())[0][0] == "waiting"
        await scene.send(scene.courier(), timedelta(hours=25))
        assert await scene.states() == [end]
    assert len(scene.office.mails) == (end[0] == "sent")
    if end[1] == "mail_refused":
        assert scene.office.tries == 1


async def test_organisers_hear_of_it(scene: Scene) -> None:
    """A mail about a letter that was refused for good is counted in its organisers' digest."""
    letter = await an_open_letter(scene.database)
    scene.office.fates.append("rcpt 550")
    owed = notices.signer(SignatureTopic.DROPPED, letter.id, "e1", scene.ada)
    await scene.database.write(lambda tx: outbox.owe(tx, WORKSPACE, [owed]))
    await scene.send(scene.courier())
    missed = await scene.database.read(
        lambda tx: leases.missed(
            tx, [letter.id], tx.now - timedelta(hours=1), tx.now + timedelta(hours=1)
        )
    )

    assert missed == {letter.id: {"mail_refused": 1}}
    assert "the address may be wrong" in personal_advice(words("en"), "mail_refused")


async def test_cut(scene: Scene) -> None:
    """A mail whose answer was lost is sent again, byte for byte, with the same Message-ID."""
    scene.office.fates.extend(["cut", "cut"])
    await scene.owe()
    await scene.send(scene.courier(), timedelta(minutes=1))

    first, *others = scene.office.raw
    assert others == [first, first]
    # Not when it was sent, which differs.
    assert b"Date: Tue, 03 Mar 2026 10:00:00 +0000" in first
    assert await scene.states() == [("sent", "")]
    assert scene.calls.mails == Counter({"none": 2, "250": 1})


async def test_killed(scene: Scene) -> None:
    """A process that dies before it hears the answer leaves mails that the next one repeats."""

    class Fatal(MailCourier):
        async def send(self, notice: Owed) -> Outcome:
            await super().send(notice)
            raise Killed

    await scene.owe(3)
    with pytest.raises(Killed):
        await scene.send(scene.courier(of=Fatal))
    assert {state for state, _ in await scene.states()} == {"claimed"}
    await scene.send(scene.courier())
    came = len(scene.office.raw)
    await scene.send(scene.courier(), timedelta(minutes=2))

    assert 1 <= came <= 3
    assert await scene.states() == [("sent", "")] * 3
    found = _by_id(scene.office.raw)
    assert (len(found), {len({*group}) for group in found.values()}) == (3, {1})


async def test_slow(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow server delays no message to Slack, and a mail that it may have taken is repeated."""
    monkeypatch.setattr(smtp, "DATA_S", 0.3)
    scene.office.fates.extend(["slow"] * 20)
    await scene.owe(20)
    home = notices.home(Person(WORKSPACE, "U1"))
    await scene.database.write(lambda tx: outbox.owe(tx, WORKSPACE, [home]))
    sending = asyncio.create_task(scene.send(scene.courier()))
    await asyncio.sleep(0.05)
    slack = Slack(scene.database, scene.clock.now)
    await send_due(scene.database, slack)
    assert [one.kind for one in slack.arrived] == [NoticeKind.HOME]
    assert not sending.done()
    await sending
    scene.office.fates.clear()
    await scene.send(scene.courier(), timedelta(minutes=1))

    assert {state for state, _ in await scene.states()} == {"sent"}
    assert {len({*group}) for group in _by_id(scene.office.raw).values()} == {1}


def _by_id(raw: list[bytes]) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    for mail in raw:
        found.setdefault(re.findall(rb"Message-ID: (.*)", mail)[0], []).append(mail)
    return found


async def test_away(scene: Scene) -> None:
    """While no server listens, mails wait; they are not tried one after the other."""
    nobody = MailServer(host="localhost", port=1, tls=False, starttls=False)
    await scene.owe(50)
    await scene.send(scene.courier(nobody))
    assert scene.calls.mails["none"] <= 8
    await scene.send(scene.courier(nobody), timedelta(hours=1))
    assert {state for state, _ in await scene.states()} == {"waiting"}
    await scene.send(scene.courier(), timedelta(minutes=5))

    assert len(scene.office.mails) == 50


async def test_forgotten(scene: Scene) -> None:
    """Nothing goes to an address that was forgotten or wants no more mails, nor without words."""
    bo = await scene.database.write(
        lambda tx: addresses.keep(tx, KEYS, WORKSPACE, "bo@example.org", "fr")
    )
    owed = [notices.mail(MailTopic.CODE, one.user, None, one) for one in (scene.ada, bo)]
    zoe = await scene.database.write(
        lambda tx: addresses.keep(tx, KEYS, WORKSPACE, "zoe@example.org", "fr")
    )
    owed.append(_of_no_letter(notices.signer(SignatureTopic.CORRECTED, 1, "e1", zoe)))
    await scene.database.write(lambda tx: outbox.owe(tx, WORKSPACE, owed))
    await scene.database.write(lambda tx: addresses.bar(tx, WORKSPACE, scene.ada))
    await scene.database.write(lambda tx: addresses.forget(tx, WORKSPACE, bo))
    await scene.send(scene.courier())

    assert await scene.states() == [("dropped", "")] * 3
    assert scene.office.tries == 0


async def test_header(scene: Scene) -> None:
    """A line break in what would be a header is refused, and nothing is sent."""
    scene.written["code"] = Mail(subject="Hi\nBcc: bo@example.org", paragraphs=("No.",))
    await scene.owe()
    await scene.send(scene.courier())

    assert await scene.states() == [("given_up", "mail_malformed")]
    assert scene.office.tries == 0


@pytest.mark.parametrize("has_it", [True, False])
async def test_smtputf8(database: Database, clock: Clock, scene: Scene, *, has_it: bool) -> None:
    """An address that isn't ASCII is written to only through a server that can."""
    office = PostOffice()
    zoe = await database.write(
        lambda tx: addresses.keep(tx, KEYS, WORKSPACE, "zoé@example.org", "fr")
    )
    async with office.listening(enable_SMTPUTF8=has_it) as port:
        other = Scene(database, clock, office, port, zoe)
        await other.owe()
        await other.send(other.courier())

    assert await scene.states() == [("sent", "") if has_it else ("given_up", "mail_refused")]
    assert [mail["To"] for mail in office.mails] == ["zoé@example.org"] * has_it


@pytest.mark.parametrize("whole", [True, False], ids=["smtps", "starttls"])
@pytest.mark.parametrize("fault", ["", "stranger", "name", "plain"])
async def test_tls(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, whole: bool, fault: str
) -> None:
    """A mail goes only to a server that proves its name; otherwise nothing is said to it."""
    public, context = certificate(tmp_path, "elsewhere" if fault == "name" else "localhost")
    if fault != "stranger":
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
    options: dict[str, Any] = {"tls" if whole else "tls_context": context}
    async with scene.office.listening(**({} if fault == "plain" else options)) as scene.port:
        await scene.owe()
        server = scene.server(tls=whole, starttls=not whole)
        await scene.send(scene.courier(server))

    state = ("waiting", "mail_server") if fault else ("sent", "")
    assert await scene.states() == [state]
    assert len(scene.office.mails) == (not fault)
    assert len(scene.office.raw) == (not fault)


async def test_no_address_in_logs(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    """No address is in a log or in the outbox, whatever a server answers."""
    caplog.set_level("WARNING")
    scene.office.fates.extend(["rcpt 550", "rcpt 451", "data 554", "mail 550", "cut"])
    scene.written["dropped"] = Mail(subject=f"{ADA}\n{ADA}", paragraphs=(ADA,))
    notice = _of_no_letter(notices.signer(SignatureTopic.DROPPED, 1, "e1", scene.ada))
    await scene.database.write(lambda tx: outbox.owe(tx, WORKSPACE, [notice]))
    await scene.owe(5)
    with capture_logs() as logged:
        await scene.send(scene.courier(), timedelta(minutes=10))
    assert logged

    kept = await scene.database.read(lambda tx: repr(list(tx.execute(select(rows)))))
    for where in (repr(logged), caplog.text, kept):
        assert "ada.moreau" not in where
