"""`undersigned doctor` names each of these faults of mail, and what to do."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography.fernet import Fernet

from bot.doctor.findings import Finding, State
from bot.doctor.mail import mail_checks
from bot.features.lifecycle import use_cases as lifecycle
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.privacy import addresses
from bot.storage.privacy.addresses import Keyring
from tests.support.commands import free_port, undersigned
from tests.support.letters import WORKSPACE
from tests.support.machine.post_office import PostOffice, certificate

ADA, KEY = "ada@example.org", Fernet.generate_key().decode()


@dataclass
class Installation:
    """The settings of an installation, and its mail servers."""

    folder: Path
    database_url: str
    offices: AsyncExitStack
    given: dict[str, Any] = field(
        default_factory=lambda: {
            "mail_from": "letters@undersigned.example",
            "secret_keys": KEY,
        }
    )
    to: str = ADA

    async def serve(self, office: PostOffice, **options: Any) -> int:
        """Start a mail server and name it in the settings; return its port."""
        port = await self.offices.enter_async_context(office.listening(**options))
        self.given["smtp_url"] = f"smtp://127.0.0.1:{port}"
        return port

    async def findings(self) -> list[Finding]:
        """Examine it."""
        settings = Settings(database_url=self.database_url, **self.given)
        return [one async for one in mail_checks(settings, datetime.now(UTC), self.to)]


@pytest.fixture(name="here")
async def _here(sqlite_url: str, tmp_path: Path) -> AsyncGenerator[Installation]:
    async with Database(sqlite_url) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        await database.write(lambda tx: addresses.prepare(tx, Keyring([KEY]), WORKSPACE))
    async with AsyncExitStack() as offices:
        yield Installation(tmp_path, sqlite_url, offices)


async def no_server(here: Installation) -> None:
    here.given.clear()


async def a_server_that_is_away(here: Installation) -> None:
    here.given["smtp_url"] = f"smtp://127.0.0.1:{free_port()}"


async def somebody_else(here: Installation) -> None:
    _, context = certificate(here.folder, "localhost")
    here.given["smtp_url"] = f"smtps://localhost:{await here.serve(PostOffice(), tls=context)}"


async def a_mistyped_password(here: Installation) -> None:
    def refuse(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False)

    port = await here.serve(PostOffice(), authenticator=refuse, auth_require_tls=False)
    here.given["smtp_url"] = f"smtp://letters:oops@127.0.0.1:{port}"


async def a_sender_of_somebody_else(here: Installation) -> None:
    await here.serve(PostOffice("mail 553"))


async def no_such_mailbox(here: Installation) -> None:
    await here.serve(PostOffice("", "rcpt 550"))


async def no_address(here: Installation) -> None:
    await here.serve(PostOffice())
    here.to = "Ada"


async def a_lost_key(here: Installation) -> None:
    await here.serve(PostOffice())
    here.given["secret_keys"] = Fernet.generate_key().decode()


@pytest.mark.parametrize(
    ("fault", "check", "words"),
    [
        (no_server, "mail", "No email can be sent: SMTP_URL isn't set."),
        (a_server_that_is_away, "mail_server", "127.0.0.1 can't be used at port"),
        (somebody_else, "mail_server", "localhost can't prove that it is localhost"),
        (a_mistyped_password, "mail_login", "the user and password of SMTP_URL (535)"),
        (a_sender_of_somebody_else, "mail_sender", "doesn't accept email from letters@"),
        (no_such_mailbox, "mail", f"The server didn't accept an email to {ADA} (550)."),
        (no_address, "mail", "Ada isn't an email address."),
        (a_lost_key, "mail_keys", "SECRET_KEYS has none of the keys"),
    ],
)
async def test_faults(
    here: Installation, fault: Callable[[Installation], Awaitable[None]], check: str, words: str
) -> None:
    """A fault is found by its check, and no other; it says what to do, and no secret."""
    await fault(here)
    found = [one for one in await here.findings() if one.state is State.WRONG]
    assert [one.check for one in found] == [check]
    assert words in found[0].said
    assert found[0].do
    assert "oops" not in str(found)


async def test_nothing_is_wrong(here: Installation) -> None:
    """The command sends a mail to the address, and finds nothing wrong with mail."""
    office = PostOffice()
    await here.serve(office)
    given = {name.upper(): value for name, value in here.given.items()}
    done = await undersigned("doctor", "--mail", ADA, DATABASE_URL=here.database_url, **given)
    assert office.one()["To"] == ADA
    for check in ("mail_server", "mail_keys", "mail"):
        assert f"ok  {check}: " in done.out
