"""`undersigned letters document` and `press`, as an operator uses them."""

import hashlib
import io
import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.documents.paper import Format
from bot.documents.paper_words import LANGUAGES
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.phases import Phase
from bot.letters.rules import Embargo, Hidden, OwnQuestion, Rules
from bot.letters.text import Translation
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.commands import Finished, undersigned
from tests.support.documents.document_checks import pdf_pages
from tests.support.documents.papers import a_picture
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_signature,
    an_open_letter,
    for_organisation,
    members,
    signs,
    the_letter,
)
from tests.support.scenes.phases import led_to


async def a_letter_in(
    url: str, clock: Clock, *, delivered: bool = True, rules: Rules | None = None
) -> int:
    """A letter with signatures in a database; gives its number."""
    async with Database(url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Open Web Coalition")
        letter = await an_open_letter(database, title="An open web", rules=rules or Rules())
        for number, one in enumerate(members(3)):
            await signs(
                database, one, letter, for_organisation(one, letter, f"Group {number}", "Spain")
            )
        await signs(database, MEMBER, letter)
        if delivered:
            await led_to(database, clock, letter, Phase.DELIVERED)
        return letter.id


async def document(url: str, number: int, *words: str) -> Finished:
    return await undersigned("letters", "document", str(number), *words, DATABASE_URL=url)


async def test_each_format(sqlite_url: str, clock: Clock, tmp_path: Path) -> None:
    """Each format is written to the file that is named, whole, twice the same."""
    number = await a_letter_in(sqlite_url, clock)
    for form in Format:
        out = tmp_path / f"letter.{form}"
        done = await document(sqlite_url, number, "--format", form, "--out", str(out))
        assert (done.code, done.err, done.out) == (0, "", f"{out}\n")
        assert out.stat().st_size > 0
        assert out.stat().st_mode & 0o777 == 0o600
    assert not any(name.startswith(".") for name in os.listdir(tmp_path))  # noqa: PTH208 - names alone
    pages = pdf_pages((tmp_path / "letter.pdf").read_bytes())
    assert "3 organisations and 1 person" in pages[0]
    assert "Draft" not in pages[0]
    again = tmp_path / "again.pdf"
    await document(sqlite_url, number, "--format", "pdf", "--out", str(again))
    assert again.read_bytes() == (tmp_path / "letter.pdf").read_bytes()


async def test_existing_file(sqlite_url: str, clock: Clock, tmp_path: Path) -> None:
    """An existing file stays as it is, unless --force is given."""
    number = await a_letter_in(sqlite_url, clock)
    out = tmp_path / "letter.md"
    out.write_text("mine")
    words = ("--format", "markdown", "--out", str(out))
    refused = await document(sqlite_url, number, *words)
    assert (refused.code, out.read_text()) == (1, "mine")
    assert (
        refused.err == f"undersigned: {out} already exists: choose another name, or give --force.\n"
    )
    assert (await document(sqlite_url, number, *words, "--force")).code == 0
    assert "mine" not in out.read_text()


async def test_draft_and_language(sqlite_url: str, clock: Clock, tmp_path: Path) -> None:
    """Before delivery, or with --present, it is a draft; headings come in the language asked for."""
    number = await a_letter_in(sqlite_url, clock)
    out = tmp_path / "letter.md"
    words = ("--format", "markdown", "--out", str(out))
    await document(sqlite_url, number, *words, "--present", "--language", "ru")
    assert out.read_text().startswith("**Черновик: список на сегодня, а не вручённый экземпляр**")
    assert "3 организации и 1 человек" in out.read_text()


async def test_what_is_wrong_is_one_line(sqlite_url: str, clock: Clock, tmp_path: Path) -> None:
    """A refusal is one line that says what to do, and leaves the file as it was."""
    embargo = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=50))
    number = await a_letter_in(sqlite_url, clock, delivered=False, rules=embargo)
    out = tmp_path / "letter.html"
    out.write_text("kept")
    words = ("--format", "html", "--force", "--out", str(out))
    text = tmp_path / "logo.svg"
    text.write_text("<svg/>")
    for wrong, said in (
        (words, "under embargo"),
        ((*words, "--embargoed", "--language", "xx"), "There are no headings in the language “xx”"),
        ((*words, "--embargoed", "--logo", str(text)), "give --logo-alt"),
        ((*words, "--embargoed", "--logo", str(text), "--logo-alt", "A"), "it is no PNG or JPEG"),
        (
            ("--format", "html", "--embargoed", "--out", str(tmp_path / "no" / "x")),
            "can't be written",
        ),
    ):
        done = await document(sqlite_url, number, *wrong)
        assert (done.code, done.out) == (1, "")
        assert said in done.err
        assert done.err.count("\n") == 1
    assert out.read_text() == "kept"
    assert (
        "I can’t find that letter. It may have been deleted"
        in (await document(sqlite_url, 999, *words)).err
    )


async def test_logo_and_missing_fonts(sqlite_url: str, clock: Clock, tmp_path: Path) -> None:
    """A logo comes with its words; a character without a font is named on standard error."""
    number = await a_letter_in(sqlite_url, clock)
    logo, out = tmp_path / "logo.png", tmp_path / "letter.html"
    logo.write_bytes(a_picture())
    words = ("--format", "html", "--out", str(out), "--logo", str(logo), "--logo-alt", "A <tree>")
    assert (await document(sqlite_url, number, *words)).code == 0
    assert 'alt="A &lt;tree&gt;"' in out.read_text()


@pytest.mark.parametrize("languages", [("fr", "ar")])
async def test_press_pack(
    sqlite_url: str, clock: Clock, tmp_path: Path, languages: tuple[str, ...]
) -> None:
    """The press pack has each language's documents, the list, charts and sums, twice the same."""
    number = await a_letter_in(sqlite_url, clock)
    flags = [word for language in languages for word in ("--language", language)]
    packs: list[bytes] = []
    for name in ("one.zip", "two.zip"):
        out = tmp_path / name
        done = await undersigned(
            "letters", "press", str(number), "--out", str(out), *flags, DATABASE_URL=sqlite_url
        )
        assert (done.code, done.out) == (0, f"{out}\n")
        packs.append(out.read_bytes())
        if not languages:
            break
    assert packs[0] == packs[-1]
    with zipfile.ZipFile(io.BytesIO(packs[0])) as archive:
        names = archive.namelist()
        for language in languages or LANGUAGES:
            for part in (
                "letter.pdf", "letter.docx", "letter.html", "letter.md", "count.txt", "preview.png",
                "by-day.png", "by-day.svg", "by-country.png", "by-country.svg",
            ):  # fmt: skip
                assert f"{language}/{part}" in names
        assert {"list.csv", "list.xlsx", "SHA256SUMS"} <= set(names)
        assert len(names) == 10 * len(languages or LANGUAGES) + 3
        lines = archive.read("SHA256SUMS").decode().splitlines()
        sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
        assert sums == {
            name: hashlib.sha256(archive.read(name)).hexdigest()
            for name in names
            if name != "SHA256SUMS"
        }
        assert {datetime(*one.date_time, tzinfo=UTC) for one in archive.infolist()} == {
            clock.now().replace(microsecond=0, second=clock.now().second // 2 * 2)
        }


async def test_translations_in_the_press_pack(
    sqlite_url: str, clock: Clock, tmp_path: Path
) -> None:
    """The press pack has each translation in a file of its own, and in the documents."""
    number = await a_letter_in(sqlite_url, clock)
    async with Database(sqlite_url, clock=clock.now) as database:
        text = Translation(
            language="fr",
            title="Un web",
            body="Nous demandons.\n",
            translator="Zoé",
            text_sha256=(await the_letter(database, number)).text_sha256,
        )
        await letter_rules.translate(database, letter=number, actor=ORGANISER, text=text)
    out = tmp_path / "press.zip"
    flags = ("--out", str(out), "--language", "en")
    done = await undersigned("letters", "press", str(number), *flags, DATABASE_URL=sqlite_url)
    assert (done.code, done.out) == (0, f"{out}\n")
    with zipfile.ZipFile(out) as archive:
        own = archive.read("translation.fr.md").decode()
        assert own in archive.read("en/letter.md").decode()
    assert own == (
        "## Traduction non officielle : français\n\nTraduction : \u2068Zoé\u2069\n\n"
        "### Un web\n\nNous demandons.\n"
    )


async def test_quotes_in_the_press_pack(sqlite_url: str, clock: Clock, tmp_path: Path) -> None:
    """The press pack has the quotes that signers allow; the answers have a file of their own."""
    number = await a_letter_in(sqlite_url, clock, delivered=False)
    async with Database(sqlite_url, clock=clock.now) as database:
        letter = await the_letter(database, number)
        rules = Rules(question=OwnQuestion(asked="Why?", quoted=True))
        await letter_rules.set_rules(database, letter=number, actor=ORGANISER, rules=rules)
        for actor, said in ((OTHER_MEMBER, "A secret"), (GUEST, "It matters")):
            made = a_signature(
                actor,
                letter,
                name=said,
                answer=said,
                question="Why?",
                answer_language="en-GB",
                quotable=actor is GUEST,
            )
            await signs(database, actor, letter, made)
    out = tmp_path / "press.zip"
    flags = ("--out", str(out), "--language", "en")
    done = await undersigned("letters", "press", str(number), *flags, DATABASE_URL=sqlite_url)
    assert (done.code, done.out) == (0, f"{out}\n")
    with zipfile.ZipFile(out) as archive:
        quoted = json.loads(archive.read("quotes.json"))
    assert quoted == [{"entry": "It matters", "quote": "It matters", "language": "en-GB"}]

    sheet = tmp_path / "answers.xlsx"
    done = await document(sqlite_url, number, "--format", "xlsx", "--answers", "--out", str(sheet))
    assert done.code == 0
    with zipfile.ZipFile(sheet) as archive:
        assert "A secret" in archive.read("xl/sharedStrings.xml").decode()
