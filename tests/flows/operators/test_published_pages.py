"""Public pages as processes serve them, and as files."""

import asyncio
import hashlib
import json
from pathlib import Path

import aiohttp

from bot.doctor.files import settings_checks
from bot.doctor.running import page_checks
from bot.documents.paper_words import LANGUAGES
from bot.settings import Settings
from bot.storage import letters
from tests.flows.conftest import RunningBot
from tests.flows.operators.test_processes import settings_for
from tests.support.commands import free_port, undersigned, undersigned_started
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself

APART = "Ask them to leave out the list"


async def _turned_on(bot: RunningBot, *search: str) -> str:
    """An organiser turns the page on in Settings, for a letter that nobody has signed."""
    bot.settings = bot.settings.model_copy(update={"public_url": "https://letters.example.org"})
    async with bot.working():
        return await _turn_on(bot, *search)


async def _turn_on(bot: RunningBot, *search: str) -> str:
    number = await a_posted_letter(bot)
    organiser = bot.organiser
    await organiser.command(CHANNEL, f"/letter rules #{number}")
    await organiser.sees_modal("Rules")
    await organiser.fill(
        {
            "Public page": "The letter and its list are on the web.",
            "Search engines": search,
            "Who is responsible for the names on this letter": "A Trust",
        }
    )
    assert await organiser.submit() is None
    await sign_as_oneself(bot.member, name="Zorba Wunderlich")
    await organiser.command(CHANNEL, f"/letter share #{number}")
    await organiser.sees_modal("Share link")
    found = await bot.process.database.read(lambda tx: letters.find(tx, number))
    assert found is not None
    await organiser.sees(f"https://letters.example.org{found.page_path}")
    return found.share_id or ""


async def test_served_and_published(stopped_bot: RunningBot, tmp_path: Path) -> None:
    """`run` and `serve` show the page; its files are the same bytes twice, and read the same."""
    share_id = await _turned_on(stopped_bot)
    port = free_port()
    settings = settings_for(stopped_bot.simulator, stopped_bot.settings.database_url, port)
    settings |= {"PUBLIC_URL": f"http://127.0.0.1:{port}", "CONTACT": "A Host"}
    address = f"{settings['PUBLIC_URL']}/l/{share_id}"
    await stopped_bot.simulator.clock(advance=0)
    async with aiohttp.ClientSession() as session:
        for command in (("run",), ("serve", "--with-worker")):
            async with undersigned_started(*command, ready=f"{command[0]}.ready", **settings):
                async with session.get(address) as answer:
                    page = await answer.text()
                    assert (answer.status, "A Host" in page) == (200, True)
                    assert str(answer.url).startswith(f"{address}/one-internet")
                assert await _checked(settings["PUBLIC_URL"]) == ["fine"]
                async with session.get(f"{address[:-1]}") as answer:
                    assert answer.status == 404
                async with session.get(f"http://127.0.0.1:{port}/") as answer:
                    assert answer.status == 404
    assert await _checked(settings["PUBLIC_URL"]) == ["wrong"]
    listed = await undersigned("letters", "list", "--json", **settings)
    assert [one["page"] for one in json.loads(listed.out)] == [address]

    sums: list[dict[str, str]] = []
    for name in ("once", "again"):
        done = await undersigned(
            "letters", "publish", "1", "--out", str(tmp_path / name), **settings
        )
        assert done.code == 0, done.err
        assert "only when you make it again" in done.out
        sums.append(await asyncio.to_thread(_sums, tmp_path / name))
    assert sums[0] == sums[1]
    assert {"index.html", "index.fr.html", "page.css", "list.csv", "press.zip"} <= set(sums[0])
    file = (tmp_path / "once" / "index.html").read_text()
    for language in ("ar", "en", "es", "fr", "pt", "ru", "zh"):
        page = page.replace(f'"?lang={language}"', f'"index.{language}.html"')
    assert file == page
    full = await undersigned("letters", "publish", "1", "--out", str(tmp_path / "once"), **settings)
    assert (full.code, "isn't empty" in full.err) == (1, True)


async def test_files_kept_from_search_engines(stopped_bot: RunningBot, tmp_path: Path) -> None:
    """The list is a file of its own; a copy made again has no list that is hidden by then."""
    await _turned_on(stopped_bot, APART)
    out = tmp_path / "out"
    database_url = stopped_bot.settings.database_url
    settings = settings_for(stopped_bot.simulator, database_url, free_port())
    settings |= {"PUBLIC_URL": "https://letters.example.org"}
    words = ("letters", "publish", "1", "--out", str(out), "--force")
    done = await undersigned(*words, **settings)
    assert (done.code, "X-Robots-Tag" in done.out) == (0, True)
    assert _named(out) == {"list.html", "list.csv", "list.json"} | {
        f"list.{language}.html" for language in LANGUAGES
    }
    for language in ("fr", "ru"):
        page, listed = (out / f"{one}.{language}.html" for one in ("index", "list"))
        assert f'href="{listed.name}"' in page.read_text()
        assert f'<a href="{page.name}">' in listed.read_text()
        assert 'content="noindex"' in listed.read_text()
    async with stopped_bot.working():
        await stopped_bot.organiser.command(CHANNEL, "/letter rules #1")
        await stopped_bot.organiser.sees_modal("Rules")
        hidden = {"Embargo": "The names are hidden.", "Or until this many people have signed": "50"}
        await stopped_bot.organiser.fill({**hidden, "Search engines": []})
        assert await stopped_bot.organiser.submit() is None
    done = await undersigned(*words, **settings)
    assert (done.code, "X-Robots-Tag" in done.out) == (0, False)
    assert _named(out) == set()
    assert not {"list.html", "list.fr.html", "press.zip"} & set(_sums(out))


def _named(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir() if b"Zorba Wunderlich" in one.read_bytes()}


async def _checked(public_url: str) -> list[str]:
    """Ask doctor about an address of pages."""
    settings = Settings(public_url=public_url)
    return [one.state.value async for one in page_checks(settings)]


def _sums(folder: Path) -> dict[str, str]:
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in sorted(folder.iterdir())
    }


async def test_refused_while_off(stopped_bot: RunningBot, tmp_path: Path) -> None:
    """Nothing is written of a letter whose page is off, nor without an address for pages."""
    async with stopped_bot.working():
        await a_posted_letter(stopped_bot)
    settings = settings_for(stopped_bot.simulator, stopped_bot.settings.database_url, free_port())
    for more, said in (
        ({}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://l.example.org"}, "no public page"),
    ):
        done = await undersigned(
            "letters", "publish", "1", "--out", str(tmp_path / "out"), **settings, **more
        )
        assert (done.code, said in done.err) == (1, True)
    assert not (tmp_path / "out").exists()


def test_who_runs_it() -> None:
    """Doctor asks for a contact where pages are served, as several countries do."""
    for contact, asked in (("", True), ("A Host, web@example.org", False)):
        settings = Settings(public_url="https://letters.example.org", contact=contact)
        assert ("contact" in {one.check for one in settings_checks(settings)}) is asked
