"""An entry is said to be for an earlier text only once nobody can answer, and in every list."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.paper import Paper
from bot.documents.writers import html, text
from bot.documents.writers.docx import docx
from bot.documents.writers.xlsx import xlsx
from bot.features.delivery.list_files import Format
from bot.features.delivery.use_cases import papers
from bot.features.organisations.use_cases import standing
from bot.features.reading.use_cases import pages
from bot.features.signing.slack.messages import receipt
from bot.features.signing.slack.own_views import my_signatures
from bot.features.signing.use_cases import own_signature
from bot.letters.amendment import AmendmentKind
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Embargo, Hidden, Rules
from bot.locales import words
from bot.storage.database import Database
from tests.features.delivery.test_papers import paper
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.exporting import stretches, whole
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    for_organisation,
    members,
    rows,
    signs,
    the_list,
)
from tests.support.refusing import refused
from tests.support.scenes.invitations import may_object
from tests.support.scenes.phases import led_to


@pytest.mark.parametrize("late", [False, True])
async def test_after_the_answers(database: Database, clock: Clock, *, late: bool) -> None:
    """While signers can answer nothing is for an earlier text; afterwards the screen and files say it."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    clock.advance(timedelta(hours=1))
    letter = await amends(
        database, letter=letter.id, actor=ORGANISER, body="Other.", kind=AmendmentKind.MATERIAL,
        note="Why.", answer_by=clock.now() + timedelta(days=2),
    )  # fmt: skip
    clock.advance(timedelta(days=3 if late else 1))
    page = await pages.who_signed(database, letter=letter.id, actor=ORGANISER, after=None, limit=10)
    assert len(page.earlier) == int(late)
    (found,) = await stretches(database, letter.id)
    for form, mark in ((Format.LINES, "(for an earlier version)"), (Format.MARKDOWN, "†")):
        written = whole(form, [found])
        assert (mark in written) == late
    assert [row["earlier_version"] for row in cells(whole(Format.CSV, [found]))] == [
        "yes" if late else ""
    ]


@pytest.mark.parametrize("late", [False, True])
async def test_every_file(database: Database, clock: Clock, *, late: bool) -> None:
    """The same holds for today's list and the delivered copy in every format of a file."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    clock.advance(timedelta(hours=1))
    letter = await amends(
        database, letter=letter.id, actor=ORGANISER, body="Other.", kind=AmendmentKind.MATERIAL,
        note="Why.", answer_by=clock.now() + timedelta(days=2),
    )  # fmt: skip
    clock.advance(timedelta(days=3 if late else 1))
    list_of_today = paper(await papers.finished(database, letter=letter.id, present=True))
    made = [list_of_today]
    if late:
        await led_to(database, clock, letter, Phase.DELIVERED)
        made.append(paper(await papers.finished(database, letter=letter.id)))
    for one in made:
        for form in (text.lines, text.markdown, html.page, _sheet, _footnotes):
            assert ("Signed an earlier version of this letter." in form(one).decode()) == late
        assert (" †\n" in text.lines(one).decode()) == late
        (row,) = cells(text.table(one).decode())
        assert row["earlier_version"] == ("yes" if late else "")


def cells(written: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(written)))


def _footnotes(paper: Paper) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx(paper))) as parts:
        return b"".join(parts.read(name) for name in parts.namelist() if "footnotes" in name)


def _sheet(paper: Paper) -> bytes:
    """A column of its own says it there."""
    sheet = load_workbook(io.BytesIO(xlsx(paper))).active
    assert isinstance(sheet, Worksheet)
    rows = [[cell for cell in row if cell] for row in sheet.iter_rows(values_only=True)]
    heading = next(row for row in rows if "Earlier version" in row)
    said = any("yes" in row for row in rows[rows.index(heading) + 1 :])
    return b"Signed an earlier version of this letter." if said else b""


async def test_receipt_shows_the_entry(database: Database) -> None:
    """A second signer reads the entry on the list in receipt and list, under an embargo too."""
    embargo = Embargo(hides=Hidden.NAMES, until_listed=9)
    letter = await an_open_letter(database, rules=Rules(embargo=embargo))
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Net Group"))
    second = for_organisation(OTHER_MEMBER, letter, "NET GROUP")
    given = await signs(database, OTHER_MEMBER, letter, second, confirms=True)
    assert given.entry == "NET GROUP"
    found = await own_signature.receipt(database, letter=letter.id, person=OTHER_MEMBER.person)
    assert found is not None
    said, blocks = receipt(words("en-GB"), found)
    assert await the_list(database, letter) == ["Net Group"]
    assert "Net Group" in said
    mine, rows_of_mine = my_signatures(
        words("en-GB"), await own_signature.mine(database, actor=OTHER_MEMBER)
    )
    assert "Net Group" in mine
    assert "NET GROUP" not in str([*blocks, *rows_of_mine])


async def test_three_objections(database: Database) -> None:
    """One person's fourth objection waits until an organiser has decided about one of three."""
    letter = await an_open_letter(database)
    for number, actor in enumerate(members(4)):
        await signs(database, actor, letter, for_organisation(actor, letter, f"Group {number}"))
    parties = [row["id"] for row in await rows(database, "signatories")]
    await may_object(database, letter, GUEST, *(f"Group {number}" for number in range(4)))

    async def objects(party: str) -> None:
        await standing.object_to(
            database, signatory=party, actor=GUEST, name="Jo", role="Chair", reason="No.",
            trigger=a_trigger(),
        )  # fmt: skip

    for party in parties[:3]:
        await objects(party)
    assert (await refused(objects(parties[3]), Reason.MANY_OBJECTIONS)).facts == {"count": 3}
    assert await the_list(database, letter) == ["Group 3"]
    await standing.decide(
        database, signatory=parties[0], actor=ORGANISER, decision=standing.Decision.LISTED,
        why="Yes.", trigger=a_trigger(),
    )  # fmt: skip
    await objects(parties[3])
