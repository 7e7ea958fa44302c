"""People who ask for an approval by mail, and people who give one."""

from bot.features.signing.use_cases import approvals
from bot.features.signing.use_cases.codes import Caller
from bot.letters.endorsement import Signature
from bot.letters.letter import Letter
from bot.letters.people import Actor
from tests.support.letters import a_trigger
from tests.support.scenes.web_signing import Browser, Shown

BOARD = "board@harbour.example"
LIBRARY = {"capacity": "organisation", "organisation": "Harbour Library", "role": "Chair"}


async def asks(
    browser: Browser, letter: Letter, whom: str = BOARD, query: str = "", **fields: str
) -> Shown:
    """Fill the form in on the web, type one's own code, and ask somebody to approve it."""
    shown = await browser.fills(letter, query, **{"name": "Ada Moreau", **LIBRARY, **fields})
    code = (await browser.mail(fields.get("address", "ada@example.org"))).code
    path = f"{letter.page_path}/sign/{query}"
    typed = {"code": code, "act": "approval", "address": whom}
    return await browser.ask(path, shown.forms[0] | typed)


async def asks_in_slack(
    browser: Browser, letter: Letter, actor: Actor, signature: Signature, whom: str = BOARD
) -> None:
    """Ask somebody to approve what was typed into the form in Slack."""
    await approvals.ask(
        browser.database,
        letter=letter.id,
        actor=actor,
        signature=signature,
        agreed={"knows_late": False, "knows_web": True, "source": ""},
        approver=Caller(address=whom, network=actor.person.user, language=letter.language),
        keys=browser.keys,
        trigger=a_trigger(),
    )


async def link_of(browser: Browser, whom: str = BOARD) -> str:
    """The path of the link in the newest mail with a question."""
    found = [one for one in await browser.mails(whom) if one.link and one.code]
    return "/" + found[-1].link[1].split("/", 3)[3] if found[-1].link else ""


async def answers(
    browser: Browser, act: str, code: str | None = None, whom: str = BOARD, **fields: str
) -> Shown:
    """Open the link, type the code and press Yes or No."""
    path = await link_of(browser, whom)
    if code is None:
        code = [one.code for one in await browser.mails(whom) if one.code][-1]
    shown = await browser.ask(path)
    return await browser.ask(path, shown.forms[0] | {"act": act, "code": code, **fields})
