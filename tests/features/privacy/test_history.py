"""Organisers read who did what on their letter."""

import csv
import io

import pytest

from bot.features.invitations.use_cases import invitations
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import removals, standing
from bot.features.privacy.rules import HistoryRow
from bot.features.privacy.slack.history import csv_page, history_page
from bot.features.privacy.slack.history_words import act_words, who_words
from bot.features.privacy.table import write_history
from bot.features.privacy.use_cases import erasure, history
from bot.letters.audit import Act, AuditEntry
from bot.letters.invitation import Saying
from bot.letters.people import Person
from bot.letters.refusals import Refused
from bot.locales import words
from bot.storage.database import Database
from tests.support.clock import START
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_trigger,
    an_open_letter,
    for_organisation,
    rows,
    signs,
)
from tests.support.live_marks import check_view
from tests.support.scenes.invitations import (
    a_person,
    an_organisation,
    invites,
    the_invitations,
)

T = words("en")
NOW = START.isoformat()


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database: the history is read by plain queries."""
    return sqlite_url


async def _removed(database: Database) -> int:
    """A letter of which an organiser removed an organisation, with a reason."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "=Web Group"))
    (party,) = [str(row["id"]) for row in await rows(database, "signatories")]
    await standing.object_to(
        database, signatory=party, actor=OTHER_MEMBER, name="An Objector", role="Chair",
        reason="Nobody asked us.", trigger=a_trigger(),
    )  # fmt: skip
    await standing.decide(
        database, signatory=party, actor=ORGANISER, decision=standing.Decision.REMOVED,
        why="Their board wrote to us.", trigger=a_trigger(),
    )  # fmt: skip
    return letter.id


async def test_who_removed_it_and_why(database: Database) -> None:
    """An organiser finds in the history who removed an entry, when, and why."""
    letter = await _removed(database)

    found = await history.page(database, letter=letter, actor=ORGANISER, limit=10)

    removed = found.rows[0]
    assert (removed.entry.act, removed.entry.by) == (Act.REMOVED, ORGANISER.person)
    assert (removed.reads, removed.entry.ground) == ("=Web Group", "Their board wrote to us.")
    view = history_page(T, found)
    assert check_view(view) == []
    assert "Removed: " in str(view)
    assert "Their board wrote to us." in str(view)
    # And puts it back from there.
    assert removed.may_undo
    assert "organisations.open" in str(view)
    await removals.restore(
        database, signatory=removed.entry.signatory, actor=ORGANISER, trigger=a_trigger()
    )
    after = await history.page(database, letter=letter, actor=ORGANISER, limit=10)
    assert [row.entry.act for row in after.rows[:2]] == [Act.RESTORED, Act.REMOVED]
    assert not any(row.may_undo for row in after.rows)


async def test_csv(database: Database) -> None:
    """A history as CSV says the same, and no cell of it is taken for a formula."""
    letter = await _removed(database)

    table = write_history(await history.whole(database, letter=letter))

    first = next(csv.DictReader(io.StringIO(table)))
    assert (first["act"], first["by"]) == ("removed", str(ORGANISER.person))
    assert (first["entry"], first["reason"]) == ("'=Web Group", "Their board wrote to us.")
    assert check_view(csv_page(T, table)) == []


async def test_for_organisers(database: Database) -> None:
    """Nobody but an organiser reads it."""
    letter = await an_open_letter(database)
    for story in (
        history.page(database, letter=letter.id, actor=MEMBER, limit=5),
        history.newest(database, letter=letter.id, actor=MEMBER),
    ):
        with pytest.raises(Refused):
            await story


async def test_pages(database: Database) -> None:
    """A long history has pages, the newest entry first; a number beyond the last is the last."""
    letter = await an_open_letter(database)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)

    first = await history.page(database, letter=letter.id, actor=ORGANISER, limit=2)
    last = await history.page(database, letter=letter.id, actor=ORGANISER, number=9, limit=2)

    assert [row.entry.act for row in first.rows] == [Act.CLOSED, Act.POSTED]
    assert (first.pages, last.number) == (2, 2)
    assert [row.entry.act for row in last.rows] == [Act.STARTED]


@pytest.mark.parametrize("act", Act)
def test_each_act_has_words(act: Act) -> None:
    """Each act is said in words of its own, also where what it was about has been erased."""
    entry = AuditEntry(
        id="1", letter=1, act=act, at=START, by=None, about=Person("T1", "U1"),
        facts={"before": NOW, "after": NOW, "channels": ["C1"], "channel": "C1", "count": 2},
    )  # fmt: skip
    said = act_words(T, HistoryRow(entry=entry))
    assert said
    assert said != act.value


async def test_author_erased(database: Database) -> None:
    """An act of an organiser who deleted their data since isn't said to be the app's."""
    letter = await an_open_letter(database)
    await lifecycle.add_organiser(
        database, letter=letter.id, actor=ORGANISER, person=MEMBER.person,
        membership=MEMBER.membership,
    )  # fmt: skip
    await lifecycle.close(database, letter=letter.id, actor=MEMBER)
    await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)
    found = await history.page(database, letter=letter.id, actor=ORGANISER, limit=10)
    (closed,) = [row for row in found.rows if row.entry.act is Act.CLOSED]
    assert who_words(T, closed) == "Someone whose data was deleted"
    whole = await history.whole(database, letter=letter.id)
    table = [*csv.DictReader(io.StringIO(write_history(whole)))]
    assert [row["by"] for row in table if row["act"] == "closed"] == ["erased"]


@pytest.mark.parametrize("for_whom", ["person", "organisation"])
async def test_whose_invitation(database: Database, for_whom: str) -> None:
    """An invitation that an organiser answered and removed is still named once it is gone."""
    letter = await an_open_letter(database)
    wanted = a_person(MEMBER) if for_whom == "person" else an_organisation("Net Group")
    await invites(database, letter, wanted, met=[MEMBER])
    (asked,) = await the_invitations(database, letter)
    await invitations.say(
        database, invitation=asked.id, actor=ORGANISER, saying=Saying.DECLINE, trigger=a_trigger()
    )
    await invitations.remove(database, invitation=asked.id, actor=ORGANISER, trigger=a_trigger())
    found = await history.page(database, letter=letter.id, actor=ORGANISER, limit=2)
    whose = f"<@{MEMBER.person.user}>" if for_whom == "person" else "\u2068Net Group\u2069"
    said = [act_words(T, row) for row in found.rows]
    assert said == [f"Invitation removed: {whose}", f"Invitation changed: {whose}"]
    assert "Reason" not in str(history_page(T, found))
