"""The addresses of a letter's public page."""

import gc
import json
import re
import xml.etree.ElementTree as ET

import pytest

from bot.features.delivery.list_files import Format
from bot.features.delivery.web.answers import slug
from bot.letters.rules import PublicPage
from bot.storage.database import Database
from tests.support.documents.web_pages import (
    CONTACT,
    FILES,
    PUBLIC_URL,
    RESPONSIBLE,
    Web,
    turns,
    with_a_page,
)
from tests.support.exporting import stretches, whole
from tests.support.letters import MEMBER, OTHER_MEMBER, an_open_letter, for_organisation, signs

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(name="web")
def _web(database: Database) -> Web:
    return Web(database)


async def test_off_by_default(database: Database, web: Web) -> None:
    """A letter whose page was never turned on has no address; turned off, it is gone at once."""
    letter = await an_open_letter(database)
    for path in ("/l/00000000", "/l/None", f"/l/{letter.id}", "/l/", "/"):
        assert (await web.get(path)).status == 404
    letter = await with_a_page(database, letter)
    before = await web.everything(letter)
    assert {one.status for one in before.values()} == {200}
    await turns(database, letter, PublicPage.OFF)
    web.later(1)
    for name, answer in before.items():
        path = f"{letter.page_path}/{name or slug(letter.title)}"
        after = await web.get(path, if_none_match=answer.headers["etag"])
        assert (after.status, letter.title in after.body.decode()) == (410, False)


async def test_words_are_decoration(database: Database, web: Web) -> None:
    """Any words after the id lead to those of the title, with the language that was asked for."""
    letter = await with_a_page(
        database, await an_open_letter(database, title="Ein „offenes“ Netz für alle!")
    )
    share_id = letter.share_id or ""
    for path in (letter.page_path, f"{letter.page_path}/", f"{letter.page_path}/an-older-title"):
        answer = await web.get(f"{path}?lang=fr")
        assert answer.status == 302
        assert answer.headers["location"] == (
            f"/l/{share_id}/ein-offenes-netz-f%C3%BCr-alle?lang=fr"
        )
    assert (await web.get(f"/l/{share_id.upper()}/list.csv")).headers["location"] == (
        f"/l/{share_id}/list.csv"
    )
    page = await web.page(letter, "?lang=fr")
    assert b'<html lang="fr"' in page.body
    assert (await web.page(letter, "?lang=xx")).body == (await web.page(letter)).body


async def test_headers(database: Database, web: Web) -> None:
    """Nothing of another host, no script, no frame but the embed; kept half a minute, with an ETag."""
    letter = await with_a_page(database, await an_open_letter(database))
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors "
    )
    for name, answer in (await web.everything(letter)).items():
        frames = "*" if name.startswith("embed") else "'none'"
        assert answer.headers["content-security-policy"] == policy + frames
        assert answer.headers["cache-control"] == "public, max-age=30"
        assert answer.headers["referrer-policy"] == "no-referrer"
        file, _, query = name.partition("?")
        path = f"{letter.page_path}/{file or slug(letter.title)}?{query}"
        head = await web.get(path, "HEAD")
        assert (head.status, head.headers) == (200, answer.headers)
        same = await web.get(path, if_none_match=f'"other", W/{answer.headers["etag"]}')
        assert (same.status, same.body) == (304, b"")
        leads = re.findall(r'(?:href|src)="([^"]*)"', answer.body.decode(errors="replace"))
        elsewhere = [one for one in leads if "//" in one and not one.startswith(PUBLIC_URL)]
        assert (elsewhere, b"<script" in answer.body, b"style=" in answer.body) == (
            [],
            False,
            False,
        )
    for path in ("/l/page.css", f"{letter.page_path}/page.css"):
        assert (await web.get(path)).headers["content-type"] == "text/css; charset=utf-8"


async def test_list_is_the_export(database: Database, web: Web) -> None:
    """Page, CSV and JSON have the entries of the export, in its order and byte for byte."""
    letter = await an_open_letter(database)
    letter = await with_a_page(database, letter)
    for actor, name in ((MEMBER, "Zebra <Trust> & Sons"), (OTHER_MEMBER, "الشبكة المفتوحة")):
        await signs(database, actor, letter, for_organisation(actor, letter, name))
    await signs(database, MEMBER, letter)
    parts = await stretches(database, letter.id)
    entries = [one.entry for part in parts for one in part.entries]
    assert len(entries) == 3
    found = await web.everything(letter)
    assert found[""].entries == found["?lang=fr"].entries == entries
    assert b"<Trust>" not in found[""].body
    assert b'<a href="#signatories">2 organisations and 1 person</a>' in found[""].body
    assert found["list.csv"].body.decode() == whole(Format.CSV, parts)
    listed = json.loads(found["list.json"].body)
    assert [one["entry"] for one in listed["list"]] == entries
    assert (listed["organisations"], listed["people"]) == (2, 1)
    assert "2 organisations and 1 person" in found["embed"].body.decode()
    assert "2 organisations et 1 personne" in found["badge.svg?lang=fr"].body.decode()


async def test_kept_from_search_engines(database: Database, web: Web) -> None:
    """The list has an address of its own, which asks to be left out, as its files do; nothing else."""
    letter = await with_a_page(database, await an_open_letter(database, title="List"))
    await signs(database, MEMBER, letter)
    before = await web.everything(letter)
    assert (await web.get(f"{letter.page_path}/list.html")).headers["location"].endswith("/list")
    assert {one.headers.get("x-robots-tag") for one in before.values()} == {None}
    letter = await with_a_page(database, letter, unindexed=True)
    web.later()
    found = await web.everything(letter)
    asked = {name for name, one in found.items() if one.headers.get("x-robots-tag") == "noindex"}
    listing = {"list.html", "list.json", "list.csv"}
    assert asked == listing | {f"{name}?lang=fr" for name in listing}
    meta = '<meta name="robots" content="noindex">'
    assert {name for name, one in found.items() if meta.encode() in one.body} == {
        "list.html",
        "list.html?lang=fr",
    }
    assert {name for name, one in found.items() if b"A Member" in one.body} == asked
    assert found["list.html"].entries == ["A Member"]
    assert b'<a href="list.html?lang=fr">Voir les signataires</a>' in found["?lang=fr"].body
    assert b'<a href="./?lang=fr">List</a>' in found["list.html?lang=fr"].body
    assert b"We ask for" not in found["list.html"].body
    etag = found["list.csv"].headers["etag"]
    again = await web.get(f"{letter.page_path}/list.csv", if_none_match=etag)
    assert (again.status, again.headers["x-robots-tag"]) == (304, "noindex")


def test_words_are_no_file() -> None:
    """No title leads to one of the files instead of the letter."""
    assert {slug(one) for one in ("Embed", "…", "List.html")} == {"letter", "list-html"}


async def test_who_is_responsible(database: Database, web: Web) -> None:
    """A page ends with who is responsible for the names, and who runs it."""
    letter = await with_a_page(database, await an_open_letter(database))
    foot = (await web.page(letter)).body.decode().partition("<footer>")[2]
    assert RESPONSIBLE in foot
    assert CONTACT in foot


async def test_feed(database: Database, web: Web) -> None:
    """The feed has versions and milestones, each with an id of its own, and never a name."""
    letter = await with_a_page(database, await an_open_letter(database))
    await signs(database, MEMBER, letter)
    feed = ET.fromstring((await web.get(f"{letter.page_path}/feed.xml")).body)  # noqa: S314 - ours
    assert feed.findtext(f"{ATOM}id") == f"{PUBLIC_URL}{letter.page_path}"
    titles = [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")]
    assert titles == ["Open for signatures"]


async def test_new_within_35_seconds(database: Database, web: Web) -> None:
    """A signature is there for who asks again; until then a thousand readers cost one query."""
    letter = await with_a_page(database, await an_open_letter(database))
    assert (await web.page(letter)).entries == []
    await signs(database, MEMBER, letter)
    assert (await web.page(letter)).entries == []
    web.later(5)
    assert (await web.page(letter)).entries == ["A Member"]


async def test_collects_again(database: Database, web: Web) -> None:
    """Garbage is collected again once a page is made, or can't be."""
    letter = await with_a_page(database, await an_open_letter(database))
    assert (await web.page(letter)).status == 200
    assert gc.isenabled()
    await turns(database, letter, PublicPage.OFF)
    assert (await web.get(f"{letter.page_path}/list.csv")).status == 404
    assert gc.isenabled()


async def test_unknown(web: Web) -> None:
    """An unknown address says so, in the language that was asked for, and names nothing."""
    for name in ("", *FILES, "card.png"):
        answer = await web.get(f"/l/00000000/{name}?lang=fr")
        assert answer.status == 404
        assert "Il n’y a pas de lettre" in answer.body.decode()


async def test_pictures(database: Database, web: Web) -> None:
    """The picture for other sites shows title and count; the code leads to the short address."""
    letter = await with_a_page(database, await an_open_letter(database))
    for name in ("card.png", "qr.png"):
        answer = await web.get(f"{letter.page_path}/{name}")
        assert (answer.headers["content-type"], answer.body[:4]) == ("image/png", b"\x89PNG")
    page = (await web.page(letter)).body.decode()
    assert f'<meta property="og:image" content="{PUBLIC_URL}{letter.page_path}/card.png">' in page
