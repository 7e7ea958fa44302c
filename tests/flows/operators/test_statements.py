"""The SQL statements of each click: every fact is loaded once, and a click that writes nothing waits for nobody."""

from collections import Counter
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from sqlalchemy import Engine, event

from bot.features.desk.use_cases import home
from bot.wiring import Process, connected
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_amending import ASKED, ORGANISER, amend
from tests.support.databases import locked
from tests.support.people import Person
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself

MOST = {
    "Sign": 6,
    # One more looks whether the name is that of an organisation in several countries.
    "the Sign form": 16,
    "Read letter": 7,
    "Who signed": 5,
    # Two for what needs the organiser: objections, and names that look alike.
    "/letter status #3": 17,
    # Two count the answers, and one says that readers see the entry without a mark.
    # The last of those asked: the organisers are told, too.
    "Keep my signature": 14,
    "opening the Home": 5,
    "the Home itself": 8,
}
"""Statements of each click. The form's are mostly writes: a signature is kept in seven tables."""

Statement = tuple[str, Any]


@contextmanager
def counted(into: dict[str, list[Statement]], click: str) -> Generator[None]:
    """Keep the statements of this process with their values, but not those that begin and end."""
    seen = into[click] = []

    def note(connection: Any, cursor: Any, statement: str, values: Any, *rest: Any) -> None:
        del connection, cursor, rest
        if not statement.startswith("BEGIN"):
            seen.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@asynccontextmanager
async def clicks_only(bot: RunningBot) -> AsyncGenerator[Process]:
    """The bot without its worker, so that each statement is a click's."""
    async with connected(bot.settings, clock=lambda: bot.now) as process:
        socket = process.socket()
        await socket.open()
        await bot.simulator.connected()
        try:
            yield process
        finally:
            await socket.close()


BUTTONS = {
    "Read letter": "The letter",
    "Who signed": "Who signed",
    "Sign": "Sign the letter",
}
"""The buttons of a card, and the window that each opens."""


async def are_known(bot: RunningBot, *people: Person) -> None:
    """Wait until the first click of each in a channel, and what it proves, is written down."""
    for person in people:
        await person.click("Read letter", channel=CHANNEL)
        await person.sees_modal("The letter")
        await person.close(everything=True)
    await bot.process.bot.under_way.drain(2)


async def _clicked(bot: RunningBot) -> dict[str, list[Statement]]:
    """The statements of each click on a letter that two signed and that was amended since."""
    member, organiser = bot.third, bot.organiser
    seen: dict[str, list[Statement]] = {}
    async with bot.working():
        for title in ("Keep the ferries", "Keep the trams"):
            await a_posted_letter(bot, title=title)
        letter = await a_posted_letter(bot)
        await sign_as_oneself(bot.member)
        await amend(bot, letter)
        await bot.member.sees(ASKED, channel="app")
        await are_known(bot, member, organiser)
    async with clicks_only(bot) as process:
        for button, modal in BUTTONS.items():
            with counted(seen, button):
                await member.click(button, channel=CHANNEL)
                await member.sees_modal(modal)
            if button != "Sign":
                await member.close(everything=True)
        with counted(seen, "the Sign form"):
            assert await member.submit() is None
            await member.sees_modal("Signed")
        with counted(seen, "/letter status #3"):
            await organiser.command(CHANNEL, "/letter status #3")
            await organiser.sees("Text change", channel=CHANNEL)
        with counted(seen, "Keep my signature"):
            await bot.member.click("Keep my signature", channel="app")
            await bot.member.sees("now covers the new text", channel="app")
        with counted(seen, "opening the Home"):
            await organiser.open_home()
            await process.bot.under_way.drain(2)
        with counted(seen, "the Home itself"):
            await home.page(process.database, actor=ORGANISER)
    return seen


async def test_statements(stopped_bot: RunningBot) -> None:
    """Each click runs as many statements as the table says, and none of them twice."""
    seen = await _clicked(stopped_bot)

    assert {click: len(statements) for click, statements in seen.items()} == MOST
    for click, statements in seen.items():
        again = [one for one, times in Counter(map(str, statements)).items() if times > 1]
        assert again == [], click
        whole = [values for words, values in statements if _loads_letters(words)]
        assert len(whole) <= (3 if "Home" in click else 1), click


def _loads_letters(statement: str) -> bool:
    return statement.startswith("SELECT letters.id, letters.workspace")


async def test_no_wait_for_writers(stopped_bot: RunningBot) -> None:
    """Sign, Read and Who signed are answered while somebody else's transaction holds the writer's place."""
    bot, member = stopped_bot, stopped_bot.member
    async with bot.working():
        await a_posted_letter(bot)
        await are_known(bot, member)
    async with clicks_only(bot), locked(bot.settings.database_url):
        for button, modal in BUTTONS.items():
            await member.click(button, channel=CHANNEL)
            await member.sees_modal(modal)
            await member.close(everything=True)
