import asyncio
import csv
import io
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.features.collected.use_cases import additions
from bot.features.delivery.list_files import Format
from bot.features.delivery.use_cases import exports
from bot.features.organisations.use_cases import standing
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Embargo, Hidden, Ordering, Rules
from bot.letters.standing import Ground, Permission
from bot.storage.database import Database
from bot.use_cases import pinning
from tests.support.clock import START, Clock
from tests.support.exporting import exported, stretches, whole
from tests.support.letters import (
    BODY,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    PERMITTED,
    a_row,
    a_trigger,
    adds,
    an_open_letter,
    for_organisation,
    members,
    rows,
    signs,
)
from tests.support.refusing import refused
from tests.support.scenes.phases import led_to


async def test_export(database: Database) -> None:
    """An export pairs each entry with the endorsement that it comes from, in the list's order."""
    letter = await an_open_letter(database)
    for one in members(3):
        await signs(
            database,
            one,
            letter,
            for_organisation(one, letter, "Web Group", "Spain"),
            confirms=True,
        )
    await signs(database, MEMBER, letter)
    (found,) = await stretches(database, letter.id)
    assert found.body == BODY
    assert [(one.entry, one.sort_name, one.country) for one in found.entries] == [
        ("Web Group (Spain)", "Web Group", "Spain"),
        ("A Member", "Member, A", ""),
    ]


async def test_export_while_people_sign(database: Database) -> None:
    """An export is of one instant, however many sign at the same time."""
    letter = await an_open_letter(database)

    async def sign_on() -> None:
        for one in members(30):
            await signs(database, one, letter)

    signing_on = asyncio.create_task(sign_on())
    while not signing_on.done():
        (found,) = await stretches(database, letter.id)
        assert found.letter.tally.total == len(found.entries)
    await signing_on


@pytest.mark.parametrize(
    ("ordering", "grouped", "entries"),
    [
        (
            Ordering.ALPHABETICAL,
            True,
            [
                "Zebra Group (Angola)",
                "Aid Group (Spain)",
                "Web Group",
                "A Member",
                "Late Group (Albania)",
            ],
        ),
        (
            Ordering.COUNTRY,
            True,
            [
                "Zebra Group (Angola)",
                "Web Group",
                "Aid Group (Spain)",
                "A Member",
                "Late Group (Albania)",
            ],
        ),
        (
            Ordering.TIME,
            True,
            [
                "Zebra Group (Angola)",
                "Web Group",
                "Aid Group (Spain)",
                "A Member",
                "Late Group (Albania)",
            ],
        ),
        (
            Ordering.TIME,
            False,
            [
                "Zebra Group (Angola)",
                "A Member",
                "Web Group",
                "Aid Group (Spain)",
                "Late Group (Albania)",
            ],
        ),
    ],
)
async def test_order(
    database: Database, clock: Clock, *, ordering: Ordering, grouped: bool, entries: list[str]
) -> None:
    """An export follows the letter's order: conveners, its groups, then late ones, each by its rule."""
    rules = Rules(ordering=ordering, grouped=grouped)
    letter = await an_open_letter(database, rules=rules)
    await signs(database, MEMBER, letter)
    for row in (
        a_row(organisation="Web Group"),
        a_row(organisation="Aid Group", country="Spain"),
        a_row(organisation="Zebra Group", country="Angola"),
    ):
        clock.advance(timedelta(minutes=1))
        await adds(database, letter, row)
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name="Zebra Group")
    await led_to(database, clock, letter, Phase.LATE)
    await adds(database, letter, a_row(organisation="Late Group", country="Albania"))

    assert [one.entry for one in await exported(database, letter.id)] == entries


async def test_everything(database: Database) -> None:
    """Everything is what is listed, then what waits, with how organisers know; for them alone."""
    rules = Rules(confirmation=Confirmation.ORGANISER)
    letter = await an_open_letter(database, rules=rules)
    await adds(database, letter, a_row(organisation="Web Group", **PERMITTED))
    await adds(database, letter, a_row(organisation="Aid Group"))
    (public,) = await stretches(database, letter.id)
    (everything,) = await stretches(database, letter.id, exports.Scope.ALL)
    assert [one.entry for one in public.entries] == ["Web Group"]
    assert public.proofs is None
    assert [one.entry for one in everything.entries] == ["Web Group", "Aid Group"]
    assert everything.proofs is not None
    (proof,) = everything.proofs.values()
    assert proof.permission is not None
    assert proof.permission.given_by == "The Director"
    assert [one.organiser for one in proof.confirmers] == [ORGANISER.person]
    await refused(
        exports.under_embargo(database, letter=letter.id, actor=MEMBER), Reason.NOT_ORGANISER
    )


@pytest.mark.parametrize(
    ("rule", "by"),
    [
        (Confirmation.NONE, ""),
        (Confirmation.SECOND, "The Other"),
        (Confirmation.ORGANISER, "An organiser"),
    ],
)
async def test_who_confirmed(database: Database, clock: Clock, rule: Confirmation, by: str) -> None:
    """A table of everything says who confirmed an organisation, and on which day of the letter's."""
    letter = await an_open_letter(database, rules=Rules(confirmation=rule), tz="Asia/Tokyo")
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    clock.set(datetime(2026, 3, 4, 20, tzinfo=UTC))
    theirs = for_organisation(OTHER_MEMBER, letter, "Web Group", name="The Other")
    await signs(database, OTHER_MEMBER, letter, theirs, confirms=True)
    if rule is Confirmation.ORGANISER:
        (party,) = await rows(database, "signatories")
        permission = Permission(
            ground=Ground.SPOKEN_WORD, given_by="D", given_role="D", given_on=START.date()
        )
        await standing.confirm(
            database, signatory=party["id"], actor=ORGANISER, permission=permission,
            trigger=a_trigger(),
        )  # fmt: skip

    written = whole(Format.CSV, await stretches(database, letter.id, exports.Scope.ALL))
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert (row["standing"], row["confirmed_by"]) == ("listed", by)
    days = row["confirmed_on"].split("; ") if by else []
    assert days == ["2026-03-05"] * len(days)
    assert len(days) == len(by.split("; ")) * bool(by)


async def test_embargo(database: Database) -> None:
    """Under an embargo only organisers have the list."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=9))
    letter = await an_open_letter(database, rules=rules)
    await signs(database, MEMBER, letter)
    await refused(exported(database, letter.id), Reason.UNDER_EMBARGO)
    assert len(await exported(database, letter.id, embargoed=True)) == 1
    assert await exports.under_embargo(database, letter=letter.id, actor=ORGANISER)


@pytest.mark.on_both
async def test_pages_are_the_whole(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is the same, however few entries it is written by."""
    rules = Rules(confirmation=Confirmation.ORGANISER)
    letter = await an_open_letter(database, rules=rules, body="We ask. " * 1200)
    table = [a_row(organisation=f"Waiting Group {number}") for number in range(110)]
    table += [a_row(organisation=f"Group {number}", **PERMITTED) for number in range(120)]
    table += [
        a_row(kind="person", organisation="", role="", name=f"Person {number}")
        for number in range(9)
    ]
    await additions.bring(
        database, letter=letter.id, actor=ORGANISER, table=table, note="", consent="",
        text=letter.text_sha256, trigger=a_trigger(),
    )  # fmt: skip
    for form, scope in product(Format, exports.Scope):
        monkeypatch.undo()
        (found,) = await stretches(database, letter.id, scope)
        assert len(found.entries) == (239 if scope is exports.Scope.ALL else 129)
        file = whole(form, [found])
        monkeypatch.setattr(exports, "PORTION", 7)
        parts = await stretches(database, letter.id, scope)
        assert len(parts) == -(-len(found.entries) // 7)
        assert whole(form, parts) == file
