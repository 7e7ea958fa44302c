"""Everything about a person is erased, and does not come back with a backup."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.features.corrections import use_cases as corrections
from bot.features.delivery.rules import GAP
from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import merges, removals, standing
from bot.features.privacy.table import kept_as_json, kept_as_page
from bot.features.privacy.use_cases import erasure
from bot.letters.endorsement import Facts
from bot.letters.letter import Letter, Tally
from bot.letters.refusals import Reason
from bot.letters.standing import Ground, Permission
from bot.storage.database import Database
from bot.storage.privacy.erasure_list import ErasureKind, ErasureList
from tests.support.clock import Clock
from tests.support.commands import Finished, undersigned
from tests.support.databases import sqlite_url as url_of
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    WORKSPACE,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    are_in_channel,
    changes,
    for_organisation,
    rows,
    signs,
    the_list,
    the_tally,
)
from tests.support.machine.traces import files_with, tables_with
from tests.support.refusing import refused
from tests.support.scenes.invitations import a_person, an_organisation, invites

pytestmark = pytest.mark.on_both

WORDS = ("Zelda", "Quill", MEMBER.person.user)


async def _signed(database: Database) -> Letter:
    """A letter that Zelda Quill and somebody else signed."""
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    letter = await an_open_letter(database)
    await invites(database, letter, a_person(MEMBER, note="Ask Zelda."), met=[MEMBER])
    named = a_signature(MEMBER, letter, name="Zelda Quill", affiliation="Quillers")
    await signs(database, MEMBER, letter, named)
    await signs(database, OTHER_MEMBER, letter)
    return letter


async def _erase(database: Database) -> erasure.ErasedPerson:
    return await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)


async def test_nothing_is_left(database: Database) -> None:
    """No row has a word about somebody who was erased; the count is right, the others stay."""
    letter = await _signed(database)
    assert await tables_with(database, *WORDS) >= {"endorsements", "inbox", "outbox", "people"}

    erased = await _erase(database)

    assert (erased.signatures, erased.gaps) == (1, 0)
    assert await tables_with(database, *WORDS) == set()
    assert await the_tally(database, letter) == Tally(people=1)
    assert await the_list(database, letter) == ["A Member"]
    assert (await _erase(database)).signatures == 0


async def test_delivered_copy(database: Database) -> None:
    """A delivered copy keeps its hash and counts, and shows a gap where somebody was erased."""
    letter = await _signed(database)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    before = await handover.copy_of(database, letter=letter.id)

    assert (await _erase(database)).gaps == 1

    after = await handover.copy_of(database, letter=letter.id)
    assert await tables_with(database, *WORDS) == set()
    assert (after.copy_sha256, after.people, after.cut_at) == (
        before.copy_sha256, before.people, before.cut_at,
    )  # fmt: skip
    assert before.copy_sha256 == hashlib.sha256(before.printed.encode()).hexdigest()
    assert sorted(str(one["entry"]) for one in after.entries_read()) == sorted([GAP, "A Member"])


async def test_representative(database: Database) -> None:
    """The name of an organisation's representative leaves the list and the delivered copy too."""
    letter = await an_open_letter(database)
    said = {"name": "Zelda Quill", "represented": "represented by Zelda Quill"}
    for actor, facts in ((MEMBER, said), (OTHER_MEMBER, {"name": "A Chair"})):
        named = for_organisation(actor, letter, "Web Group", web="example.org", **facts)
        await signs(database, actor, letter, named, confirms=True)
    assert await the_list(database, letter) == [
        "Web Group, represented by Zelda Quill, example.org"
    ]
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)

    await _erase(database)

    assert await tables_with(database, "Zelda", "Quill") == set()
    assert await the_list(database, letter) == ["Web Group, example.org"]


async def test_organisation_stays(database: Database) -> None:
    """An organisation stays on the list while somebody else signed for it."""
    letter = await an_open_letter(database)
    for actor, name in ((MEMBER, "Zelda Quill"), (OTHER_MEMBER, "A Chair")):
        await signs(
            database, actor, letter, for_organisation(actor, letter, "Web Group", name=name),
            confirms=True,
        )  # fmt: skip

    await _erase(database)

    assert await tables_with(database, *WORDS) == set()
    assert await the_list(database, letter) == ["Web Group"]


async def test_named_by_others(database: Database) -> None:
    """A note, a reason or a proof of others that names somebody is blanked; the act stays."""
    letter = await _signed(database)
    await invites(
        database, letter, an_organisation("Net Group", contact="zelda quill, by mail", note="Soon"),
    )  # fmt: skip
    signed = for_organisation(OTHER_MEMBER, letter, "Web Group", name="A Chair")
    await signs(database, OTHER_MEMBER, letter, signed, confirms=True)
    party = [str(row["id"]) for row in await rows(database, "signatories")][-1]
    proof = Permission(
        ground=Ground.SPOKEN_WORD, given_by="Zelda Quill", given_role="Chair", given_on=date.min
    )
    trigger = a_trigger()
    await standing.confirm(
        database, signatory=party, actor=ORGANISER, permission=proof, trigger=trigger
    )
    await removals.remove(
        database, signatory=party, actor=ORGANISER, why="Zelda Quill left.", trigger=a_trigger()
    )

    await _erase(database)

    assert await tables_with(database, *WORDS, "zelda quill") == set()
    assert [row["ground"] for row in await rows(database, "permissions")] == ["spoken_word"]
    assert {"confirmed", "removed"} <= {row["act"] for row in await rows(database, "audit_entries")}
    assert {row["organisation"] for row in await rows(database, "invitations")} >= {"Net Group"}


async def test_only_organiser(database: Database) -> None:
    """The only organiser of a letter is not erased, and nothing is noted as erased."""
    await an_open_letter(database)
    await refused(
        erasure.erase_person(database, workspace=WORKSPACE, person=ORGANISER.person),
        Reason.LAST_ORGANISER,
    )
    assert database.erasures is None or not database.erasures.file.exists()


async def test_only_organiser_of_a_cancelled_letter(database: Database) -> None:
    """A cancelled letter needs no organiser: its last one can be erased."""
    letter = await an_open_letter(database)
    await lifecycle.cancel(database, letter=letter.id, actor=ORGANISER, reason="Why.")
    await erasure.erase_person(database, workspace=WORKSPACE, person=ORGANISER.person)
    assert await rows(database, "organisers") == []


async def test_letter_and_workspace(database: Database) -> None:
    """An erased letter leaves no row, and neither does an erased workspace."""
    letter = await _signed(database)
    assert await erasure.erase_letter(database, letter=letter.id) == letter.title
    assert await tables_with(database, "Zelda", "Quill", letter.title) == set()
    await _signed(database)
    await erasure.erase_workspace(database, workspace=WORKSPACE)
    assert await tables_with(database, WORKSPACE) == set()


async def test_export(database: Database) -> None:
    """An export has everything that is kept about a person, as JSON and as a page to read."""
    letter = await _signed(database)
    (signed,) = [
        row for row in await rows(database, "endorsements") if row["name"] == "Zelda Quill"
    ]
    await corrections.correct(
        database, endorsement=signed["id"], actor=ORGANISER, facts=Facts(name="Zelda Q."),
        asks=True, trigger=a_trigger(),
    )  # fmt: skip
    await removals.remove(
        database, signatory=signed["signatory"], actor=ORGANISER, why="Quill asked us.",
        trigger=a_trigger(),
    )  # fmt: skip
    kept = await erasure.kept_about(database, workspace=WORKSPACE, person=MEMBER.person)

    assert await tables_with(database, *WORDS) <= {*kept.tables}
    assert "Quill asked us." in {row["ground"] for row in kept.tables["audit_entries"]}
    assert {row["letter"] for row in kept.tables["corrections"]} == {letter.id}
    read = json.loads(kept_as_json(kept.person, kept.at, kept.tables))
    assert {"endorsements", "invitations", "members", "people"} <= {*read["kept"]}
    assert read["kept"]["endorsements"][0]["name"] == "Zelda Quill"
    page = kept_as_page(kept.person, kept.at, kept.tables, kept.titles, {})
    assert "Zelda Quill" in page
    assert "An open web" in page
    assert all(one in page for one in ("<main>", 'name="viewport"', "color-scheme:light dark"))
    nobody = await erasure.kept_about(database, workspace=WORKSPACE, person=OUTSIDER.person)
    assert nobody.tables == {}


async def test_no_byte_is_left(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """On SQLite the name is in no byte of the file, the log, the next backup or the list."""
    async with Database(sqlite_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        letter = await _signed(database)
        group = for_organisation(MEMBER, letter, "Quill Group", name="Zelda " * 12)
        signed = await signs(database, MEMBER, letter, group)
        for number in range(40):
            # So that pages split, move and are freed.
            other = for_organisation(MEMBER, letter, f"Quill Group {number}", name="Zelda " * 12)
            signed = await changes(
                database, endorsement=signed.endorsement, actor=MEMBER, signature=other
            )
        assert files_with(tmp_path, "Zelda", "Quill")

        await _erase(database)

        assert files_with(tmp_path, *WORDS) == set()
        copy = tmp_path / "copies"
        copy.mkdir()
        await undersigned("backup", str(copy / "copy.db"), DATABASE_URL=sqlite_url)
        assert {"copy.db", "undersigned.erasures"} == {one.name for one in copy.iterdir()}
        assert files_with(copy, *WORDS) == set()


async def test_without_an_account(database: Database, tmp_path: Path, clock: Clock) -> None:
    """The entry of somebody without an account is erased too, also from a copy, and from a backup."""
    letter = await an_open_letter(database)
    await adds(database, letter, a_row(name="Zelda Quill", source="By mail, Zelda Quill"))
    await adds(database, letter, a_row(name="Ada King"))
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    await refused(
        erasure.erase_entry(database, letter=letter.id, entry="Zelda"), Reason.NO_SUCH_SIGNATORY
    )
    listed = ErasureList(tmp_path / "list")
    database.erasures = listed

    erased = await erasure.erase_entry(database, letter=letter.id, entry="Zelda Quill")

    assert (erased.signatures, erased.gaps) == (1, 1)
    assert await tables_with(database, "Zelda", "Quill", "zelda", "quill") == set()
    assert await the_list(database, letter) == ["Ada King"]
    again = await an_open_letter(database)
    await adds(database, again, a_row(name="Zelda Quill"))
    listed.add(clock.now(), ErasureKind.ENTRY, f"{again.id}:Zelda Quill")
    assert await erasure.erase_again(database, erasures=listed, since=clock.now()) == 1
    assert await tables_with(database, "Zelda", "Quill") == set()


async def test_paper_that_gave_way(database: Database) -> None:
    """A signature on paper that was merged into a person's own goes with it."""
    letter = await an_open_letter(database)
    for row in (a_row(name="Zelda Quill"), a_row(name="Z. Quill", title="Dr")):
        await adds(database, letter, row)
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Zelda Quill"))
    paper, other, own = [row["signatory"] for row in await rows(database, "endorsements")]
    for goes in (paper, other):
        await merges.merge(
            database, keeps=own, goes=(goes,), actor=ORGANISER, trigger=a_trigger()
        )  # fmt: skip
    kept = await erasure.kept_about(database, workspace=WORKSPACE, person=MEMBER.person)
    assert len(kept.tables["endorsements"]) == 3

    await _erase(database)

    assert await tables_with(database, "Zelda", "Quill", "zelda", "quill") == set()


async def test_paper_of_another_stays(database: Database) -> None:
    """Another person's paper for the same organisation is not erased."""
    letter = await an_open_letter(database)
    await adds(database, letter, a_row(organisation="Harbour Watch", name="Ada King"))
    theirs = for_organisation(MEMBER, letter, "Harbour Watch", name="Zelda Quill")
    await signs(database, MEMBER, letter, theirs, confirms=True)

    await _erase(database)

    assert {row["name"] for row in await rows(database, "endorsements")} == {"Ada King", ""}


async def test_on_paper_for_an_organisation(database: Database) -> None:
    """Someone who signed on paper for an organisation is found by name; an account is not."""
    letter = await an_open_letter(database)
    await adds(database, letter, a_row(organisation="Harbour Watch", name="Zelda Quill"))
    await adds(database, letter, a_row(name="Ada King"))
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Ada King"))
    _, goes, keeps = [row["signatory"] for row in await rows(database, "endorsements")]
    await merges.merge(database, keeps=keeps, goes=(goes,), actor=ORGANISER, trigger=a_trigger())

    erased = await erasure.erase_entry(database, letter=letter.id, entry="Zelda Quill")
    await erasure.erase_entry(database, letter=letter.id, entry="Ada King")

    assert erased.signatures == 1
    assert await tables_with(database, "Zelda", "Quill") == set()
    assert await the_list(database, letter) == ["Ada King"]


async def test_copied_while_erasing(database: Database, tmp_path: Path, clock: Clock) -> None:
    """A copy made after an erasure was noted and before it was done loses the name too."""
    await _signed(database)
    listed = ErasureList(tmp_path / "list")
    listed.add(clock.now(), ErasureKind.PERSON, f"{WORKSPACE}:{MEMBER.person}")
    copied = clock.now() + timedelta(seconds=30)
    assert await erasure.erase_again(database, erasures=listed, since=copied) == 1
    assert await tables_with(database, *WORDS) == set()
    assert (
        await erasure.erase_again(database, erasures=listed, since=copied + timedelta(minutes=1))
        == 0
    )


async def test_restore(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """Backup before an erasure, restore after it: the name is not back, and the others are."""
    copies = tmp_path / "copies"
    copies.mkdir()
    async with Database(sqlite_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        await _signed(database)
        await undersigned("backup", str(copies / "copy.db"), DATABASE_URL=sqlite_url)
        # A backup takes the time from the machine.
        clock.set(datetime.now(UTC) + timedelta(days=1))
        await _erase(database)
    assert files_with(copies, "Zelda") == {"copy.db"}

    back = tmp_path / "back"
    back.mkdir()
    again = url_of(back / "undersigned.db")

    async def restore(*words: str) -> Finished:
        return await undersigned("restore", str(copies / "copy.db"), *words, DATABASE_URL=again)

    assert "no list of erasures" in (await restore("--erasures", str(back / "none"))).err
    assert not (back / "undersigned.db").exists()

    # The one that came with the copy knows of no erasure since: it has to be named.
    assert f"newer one, use {copies}/undersigned.erasures" in (await restore()).err
    assert database.erasures is not None
    done = await restore("--erasures", str(database.erasures.file))

    assert "carried out again: 1." in done.out
    assert files_with(back, *WORDS) == set()
    async with Database(again, clock=clock.now) as restored:
        assert [row["entry"] for row in await rows(restored, "endorsements")] == ["", "A Member"]
    assert "already" in (await restore()).err
