"""`undersigned letters publish`: a letter's public page as files, for any web server."""

import asyncio
from pathlib import Path

from bot.commands.letters.documents import press
from bot.commands.terminal import Flag, write_whole
from bot.documents.making import available
from bot.documents.paper import Format
from bot.documents.paper_words import LANGUAGES, PaperWords
from bot.features.delivery.use_cases.public_page import content
from bot.features.delivery.web.files import CARD, FILES, LIST, Site, card
from bot.letters.letter import Sight
from bot.pages.rendering import stylesheet
from bot.schema import opened_database
from bot.settings import SettingsError, read


async def publish(letter: int, *, out: Path, force: Flag = False) -> None:
    """Write a letter's public page as files.

    Once everyone may see the list, a press pack is one of them, if the extra “documents” is
    installed. An embargo holds here too. Names that are withdrawn or erased later leave this copy
    only when it is made again.

    Args:
        letter: The letter's number.
        out: The folder to write to.
        force: Write over the files of an earlier copy.
    """
    settings = read()
    if not settings.public_url:
        raise SettingsError(
            "PUBLIC_URL isn't set. Set it to the address of the website that the page will be on."
        )
    async with opened_database(settings) as database:
        found = await content(database, letter=letter)
    _make_folder(out, force=force)
    own = PaperWords(found.letter.language).language
    address = f"{settings.public_url}{found.letter.page_path}"
    site = Site(address=address, contact=settings.contact.strip(), as_files=True)
    files = {"page.css": stylesheet().encode()}
    for name, (write, _) in FILES.items():
        pages = {site.link(name, one): one for one in LANGUAGES} | {name or "index.html": own}
        apart = {LIST: pages if found.letter.rules.unindexed else {}}
        known = {"": pages, **apart, "embed": {"embed.html": own}}.get(name, {name: own})
        for file, language in known.items():
            files[file] = await asyncio.to_thread(write, found, language, site)
    pictures = all(map(available, (Format.PDF, Format.XLSX)))
    if pictures:
        files[CARD] = await card(found, own)
    for file, data in files.items():
        write_whole(out / file, data)
    if pictures and found.sight is Sight.ALL:
        await press(letter, out=out / "press.zip", present=True, force=True)
    print(out / "index.html")
    print("Names that are withdrawn or erased later leave this copy only when you make it again.")
    if found.letter.rules.unindexed:
        print(
            f"{LIST} asks search engines to leave it out. Set your server to send "
            "“X-Robots-Tag: noindex” with list.csv, list.json and any press.zip."
        )


def _make_folder(out: Path, *, force: bool) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()) and not force:
            raise SettingsError(f"{out} isn't empty: choose another folder, or give --force.")
        for stale in (*out.glob("list.*html"), *out.glob("press.zip")):
            # Of an earlier copy, whose names may be hidden or withdrawn now.
            stale.unlink()
    except OSError as error:
        raise SettingsError(f"Can't make {out}: {error.strerror}.") from error
