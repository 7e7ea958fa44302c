"""An organiser invites people without an account by mail."""

import asyncio
from dataclasses import replace

from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.features.letter_rules import use_cases as letter_rules
from bot.letters.rules import PublicPage
from bot.use_cases import letter_lookup
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_inviting import opens_list
from tests.support.documents.web_pages import PUBLIC_URL
from tests.support.machine.post_office import PostOffice, texts
from tests.support.scenes.drafts import ORGANISER
from tests.support.scenes.invitations import an_organisation, invites
from tests.support.scenes.passing import until_quiet
from tests.support.stories import a_posted_letter


async def _until(office: PostOffice, mails: int, tries: int = 0) -> None:
    async with asyncio.timeout(60):
        while len(office.mails) < mails or office.tries < tries:  # noqa: ASYNC110 - another thread
            await asyncio.sleep(0.1)


async def test_sent_and_refused(stopped_bot: RunningBot) -> None:
    """One row gets a mail, then the rest; a refused address is shown with what to do."""
    bot, office, organiser = stopped_bot, PostOffice("", "rcpt 550"), stopped_bot.organiser
    async with office.listening() as port:
        bot.settings = bot.settings.model_copy(
            update={
                "public_url": PUBLIC_URL,
                "smtp_url": SecretStr(f"smtp://127.0.0.1:{port}"),
                "mail_from": "letters@undersigned.example",
                "secret_keys": SecretStr(Fernet.generate_key().decode()),
            }
        )
        async with bot.working() as process:
            number = await a_posted_letter(bot)
            letter = (
                await letter_lookup.whole(process.database, letter=number, actor=ORGANISER)
            ).letter
            await letter_rules.set_rules(
                process.database,
                letter=number,
                actor=ORGANISER,
                rules=replace(letter.rules, page=PublicPage.SIGNING),
                responsible="The Coalition",
            )
            await invites(
                process.database, letter, an_organisation("Harbour Library", contact="ada@example.org"),
                an_organisation("Web Group", contact="nobody@example.org"),
                an_organisation("Rural Post", contact="by telephone"), actor=ORGANISER,
            )  # fmt: skip
            await opens_list(bot)
            await organiser.sees("We can send them an email")
            await organiser.choose("invitations.change", "Send by email…")
            await organiser.sees_modal("Send by email")
            await organiser.fill({"Your own words": "Would you join us?", "when": "now"})
            assert await organiser.submit() is None
            await organiser.sees("1 person gets an email.")
            await _until(office, 1)
            said, page = texts(office.mails[0])
            assert "Would you join us?" in said
            assert "sign it for \u2068Harbour Library\u2069" in said
            assert "No more emails" not in page
            assert office.mails[0]["List-Unsubscribe"].startswith(f"<{PUBLIC_URL}/l/never/")
            assert "ada@example.org" not in said + page
            await organiser.click("Send by email")
            await organiser.sees_modal("Send by email")
            await organiser.fill({"when": "now"})
            assert await organiser.submit() is None
            await _until(office, 1, tries=2)
            await until_quiet(bot)
            await organiser.close(everything=True)
            await opens_list(bot)
            await organiser.sees("Sent by email: ")
            await organiser.sees("The email to them came back")
            await organiser.sees("Write to them yourself.")
            assert "Send by email" not in await organiser.text()
            await organiser.sees("contact: \u2068nobody@example.org")
    assert len(office.mails) == 1
