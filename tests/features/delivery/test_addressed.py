"""A letter with an addressee and a subject: both are signed, and anyone can check the hashes."""

import json
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.features.delivery.list_files import CopyFormat, Format, write_copy
from bot.features.delivery.use_cases import handover
from bot.letters.amendment import AmendmentKind
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Printing, Rules
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.exporting import stretches, whole
from tests.support.letters import BODY, MEMBER, ORGANISER, a_draft, an_open_letter, signs
from tests.support.refusing import refused
from tests.support.scenes.phases import led_to

DOCS = Path(__file__).parents[3] / "docs" / "documents.md"
FRAMED: dict[str, Any] = {"rules": Rules(printing=Printing(copies="é\nB", numbered=True))}
ADDRESSED: dict[str, Any] = {"addressee": "The Minister\nGeneva", "subject": "Fees"}


async def test_only_a_text_change_changes_them(database: Database) -> None:
    """A text change keeps both unless it names them; a new one is another text, for its signers."""
    letter = await an_open_letter(database, **ADDRESSED)
    await signs(database, MEMBER, letter)
    change: dict[str, Any] = {"letter": letter.id, "actor": ORGANISER, "note": "Why"}
    small = await amends(database, **change, body=f"{BODY}\nSoon.\n", kind=AmendmentKind.COSMETIC)
    assert (small.addressee, small.subject) == ("The Minister\nGeneva", "Fees")
    again = await amends(
        database, **change, body=f"{BODY}\nSoon.\n", kind=AmendmentKind.COSMETIC, addressee="All"
    )
    assert (again.addressee, again.subject) == ("All", "Fees")
    assert len({one.text_sha256 for one in (letter, small, again)}) == 3


async def test_too_long(database: Database) -> None:
    """Neither is longer than a letter has room for."""
    await refused(a_draft(database, addressee="x" * 601), Reason.TOO_LONG)
    await refused(a_draft(database, subject="x" * 201), Reason.TOO_LONG)


def computed(folder: Path) -> list[str]:
    """Run the documentation's commands on the copy in a folder; return the hashes."""
    said = re.findall(r"^jq .*$", DOCS.read_text("utf-8"), re.MULTILINE)
    made = (
        subprocess.run(one, shell=True, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S602 - the documentation's own words
        for one in said
    )
    return [one.stdout.split()[0] for one in made]


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
@pytest.mark.parametrize("addressed", [{}, ADDRESSED, {"subject": "Fees"}, FRAMED], ids=str)
async def test_hashes_as_documented(
    database: Database, clock: Clock, tmp_path: Path, addressed: dict[str, Any]
) -> None:
    """The commands of the documentation compute both hashes from a saved copy alone."""
    letter = await an_open_letter(database, **addressed)
    await signs(database, MEMBER, letter)
    clock.advance(timedelta(days=2))
    await led_to(database, clock, letter, Phase.DELIVERED)
    copy = (await handover.delivered(database, letter=letter.id, actor=ORGANISER)).copy
    (tmp_path / "copy.json").write_text(write_copy(CopyFormat.JSON, copy), "utf-8")
    assert computed(tmp_path) == [copy.text.sha256, copy.copy_sha256]
    assert json.loads(copy.printed).get("printing", {}) == letter.rules.printing.chosen
    assert copy.printing == letter.rules.printing
    assert copy.text.canonical == write_copy(CopyFormat.TEXT, copy)


async def test_markdown_export(database: Database) -> None:
    """The export in Markdown has both, around the title."""
    letter = await an_open_letter(database, **ADDRESSED)
    written = whole(Format.MARKDOWN, await stretches(database, letter.id))
    assert written.startswith("The Minister  \nGeneva\n\n# An open web\n\n**Fees**\n\n")
