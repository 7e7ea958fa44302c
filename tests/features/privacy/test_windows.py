"""The Privacy window of a letter, and what people are shown about themselves."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.lifecycle.slack.details import form
from bot.features.privacy.slack.history_words import act_words
from bot.features.privacy.slack.kept_views import deleted_view, details_view, kept_view
from bot.features.privacy.slack.personal import notice_view
from bot.features.privacy.use_cases import erasure, history
from bot.features.privacy.use_cases.erasure import ErasedPerson, Kept
from bot.features.signing.slack.own_views import my_signatures
from bot.letters.draft import Details, details_of
from bot.letters.letter import Letter
from bot.letters.notices import SignatureTopic
from bot.letters.people import Person
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import PublicPage, Rules, WithdrawnEntry
from bot.locales import words
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    WORKSPACE,
    a_draft,
    an_open_letter,
    for_organisation,
    rows,
    signs,
)
from tests.support.live_marks import check_view
from tests.support.refusing import refused
from tests.use_cases.action_cases import prepared

T = words("en")


async def test_notice(database: Database) -> None:
    """A reader of a letter may read who is responsible, what is published and how long."""
    letter = await an_open_letter(database)

    found = await history.notice(database, letter=letter.id, actor=MEMBER)

    view = notice_view(T, found)
    assert check_view(view) == []
    assert f"<@{ORGANISER.person.user}>" in str(view)
    assert "30 days" in str(view)
    assert "Change who" not in str(view)
    draft = await a_draft(database)
    for actor in (MEMBER, GUEST):
        with pytest.raises(Refused):
            await history.notice(database, letter=draft.id, actor=actor)


async def test_responsible(database: Database) -> None:
    """An organiser's name for who is responsible is in the window and in the history."""
    letter = await an_open_letter(database)

    async def names(responsible: str) -> Letter:
        details = replace(details_of(letter), responsible=responsible)
        return await lifecycle.describe(
            database, letter=letter.id, actor=ORGANISER, details=details
        )

    await names("A <Forum>, forum.example")
    found = await history.notice(database, letter=letter.id, actor=ORGANISER)

    assert found.letter.responsible == "A <Forum>, forum.example"
    assert "A &lt;Forum&gt;" in str(notice_view(T, found))
    assert (await rows(database, "audit_entries"))[-1]["act"] == "details_changed"
    row = (await history.newest(database, letter=letter.id, actor=ORGANISER))[0]
    assert act_words(T, row) == "Details changed: Who is responsible for the names on this letter"
    await refused(names("x" * 301), Reason.TOO_LONG)


async def test_signers_know_who_is_responsible(database: Database) -> None:
    """Each signer is told once that someone else is responsible, and of no other detail."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Watch"))
    details = replace(details_of(letter), summary="In short.", responsible="A Forum")

    async def told(details: Details) -> int:
        await lifecycle.describe(database, letter=letter.id, actor=ORGANISER, details=details)
        owed = [row["subject"].get("about") for row in await rows(database, "outbox")]
        return owed.count(SignatureTopic.RESPONSIBLE_CHANGED)

    assert await told(replace(details, responsible="")) == 0
    assert await told(details) == 1


async def test_responsible_after_delivery(database: Database, clock: Clock) -> None:
    """The one responsible can be named when nothing else can be changed any more."""
    letter = (await prepared(database, clock, Phase.DELIVERED, Action.OPEN_LATE, ORGANISER)).letter
    details = replace(details_of(letter), responsible="A Forum")
    changed = await lifecycle.describe(database, letter=letter.id, actor=ORGANISER, details=details)

    assert changed.responsible == "A Forum"
    story = lifecycle.describe(
        database, letter=letter.id, actor=ORGANISER, details=replace(details, summary="Another")
    )
    await refused(story, Reason.IS_DELIVERED)
    view = form(T, replace(letter, phase=Phase.DELIVERED))
    assert [block["block_id"] for block in view["blocks"]] == ["responsible"]


async def test_marked(database: Database) -> None:
    """The window says what the letter's own rule does after delivery."""
    letter = await an_open_letter(database)
    found = await history.notice(database, letter=letter.id, actor=MEMBER)
    marked = replace(letter, rules=Rules(withdrawn_entry=WithdrawnEntry.MARKED))
    assert "as withdrawn" in str(notice_view(T, replace(found, letter=marked)))


async def test_on_the_web(database: Database) -> None:
    """The window says that the list is on the web, as soon as it is."""
    letter = await an_open_letter(database)
    found = await history.notice(database, letter=letter.id, actor=MEMBER)
    assert "on the web" not in str(notice_view(T, found))
    shown = replace(letter, rules=Rules(page=PublicPage.LIST))
    assert "also published on the web" in str(notice_view(T, replace(found, letter=shown)))


async def test_who_sees_what(database: Database) -> None:
    """The window names everybody who can see a signer's name, and promises nothing about others."""
    letter = await an_open_letter(database)
    shown = str(notice_view(T, await history.notice(database, letter=letter.id, actor=MEMBER)))
    assert "Anyone who starts to sign for your organisation can see your name" in shown
    assert "The person who runs Undersigned can see all of this too" in shown
    assert "If you sign for an organisation, your own name isn’t published" in shown
    assert "No one else" not in shown


async def test_kept(database: Database) -> None:
    """Somebody sees all that is kept about them, and Delete it; without anything, that it is nothing."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)

    kept = await erasure.kept_about(database, workspace=WORKSPACE, person=MEMBER.person)

    view = kept_view(T, kept)
    assert check_view(view) == []
    assert view["blocks"][1]["elements"][0]["action_id"] == "kept.delete"
    assert "Your signatures: 1" in str(view)
    details = details_view(T, kept)
    assert check_view(details) == []
    assert "A Member" in str(details)
    assert "kept" in str(my_signatures(T, []))
    nobody = Kept(person=MEMBER.person, at=kept.at, tables={}, titles={})
    assert "nothing about you" in str(kept_view(T, nobody))
    assert "kept.delete" not in str(kept_view(T, nobody))
    assert check_view(deleted_view(T, ErasedPerson(signatures=2, gaps=1))) == []
    # Who had signed nothing isn't told about signatures.
    assert "withdrawn" not in str(deleted_view(T, ErasedPerson(signatures=0, gaps=0)))


def test_very_much() -> None:
    """The window stays within Slack's limits, however much is kept."""
    at = datetime(2026, 3, 3, tzinfo=UTC)
    row = {"letter": 1, "entry": "<&>" * 200, "signed_at": at}
    kept = Kept(
        person=Person("T1", "U1"), at=at,
        tables={"endorsements": [row] * 3000}, titles={1: "A title"},
    )  # fmt: skip
    for view in (kept_view(T, kept), details_view(T, kept)):
        assert check_view(view) == []


def test_nothing_raw() -> None:
    """No id, hash or code is shown: a channel is a mention, and codes are left out."""
    at = datetime(2026, 3, 3, tzinfo=UTC)
    kept = Kept(
        person=Person("T1", "U1"), at=at,
        tables={
            "members": [{"channel": "C1", "seen_at": at}],
            "endorsements": [{"id": "0" * 26, "letter": 1, "entry": "Ada", "text_sha256": "f" * 64}],
            "audit_entries": [{"letter": 1, "act": "organiser_added", "ground": "I asked them."}],
            "permissions": [{"letter": 1, "ground": "board_decision"}],
            "invitations": [{"letter": 1, "state": "awaiting"}],
            "outbox": [{"letter": 1, "key": "signed:U1"}],
        },
        titles={1: "A title"},
    )  # fmt: skip
    shown = str([kept_view(T, kept), details_view(T, kept)])
    assert "Channel: <#C1>" in shown
    assert "I asked them." in shown
    for raw in ("000000", "ffff", "_added", "board_decision", "awaiting", "signed:U1"):
        assert raw not in shown
