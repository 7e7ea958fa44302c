"""Title and sender are signed, and change as the text does."""

from pathlib import Path
from typing import Any

import pytest

from bot.features.amendments.slack.changes import start_of
from bot.features.amendments.use_cases import texts
from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.amendment import AmendmentKind
from bot.letters.notices import SignatureTopic
from bot.letters.refusals import Reason
from bot.locales import words
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.commands import undersigned
from tests.support.letters import (
    BODY,
    MEMBER,
    ORGANISER,
    an_open_letter,
    everything,
    rows,
    signs,
    the_letter,
)
from tests.support.refusing import refused

CHANGE: dict[str, Any] = {
    "actor": ORGANISER, "body": BODY, "kind": AmendmentKind.COSMETIC, "note": "A typo.",
}  # fmt: skip


async def test_signers_see_another_title(database: Database) -> None:
    """Another title or sender is told to signers as was and now, and is what is delivered."""
    letter = await an_open_letter(database, title="Protect the harbour", sender="The Fishers")
    signed = await signs(database, MEMBER, letter)
    await amends(database, letter=letter.id, title="Sink the harbour", sender="The Port", **CHANGE)

    (told,) = [
        row["subject"]["facts"]
        for row in await rows(database, "outbox")
        if row["subject"].get("about") == SignatureTopic.TEXT_CORRECTED
    ]
    change = await texts.to_tell(
        database, endorsement=signed.endorsement, person=MEMBER.person, **told
    )
    assert change is not None
    said = (await start_of(words("en-GB"), change.texts)).text
    for part in ("Protect", "Sink", "The Fishers", "The Port"):
        assert part in said
    assert "belongs to everyone" not in said
    assert (await rows(database, "endorsements"))[0]["text_sha256"] == letter.text_sha256

    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    copy = await handover.copy_of(database, letter=letter.id)
    now = await the_letter(database, letter.id)
    assert (copy.text.title, copy.text.sender) == (now.title, now.sender)
    assert copy.text.title == "Sink the harbour"
    assert copy.text.sha256 == now.text_sha256 != letter.text_sha256


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"title": " "}, "title", Reason.EMPTY),
        ({"title": "T" * 141}, "title", Reason.TOO_LONG),
        ({"sender": "S" * 121}, "sender", Reason.TOO_LONG),
        ({}, "body", Reason.SAME_TEXT),
    ],
)
async def test_wrong_titles(
    database: Database, changed: dict[str, Any], field: str, reason: Reason
) -> None:
    """A title or sender that cannot be is refused beside its field, and nothing is written."""
    letter = await an_open_letter(database)
    before = await everything(database)
    story = amends(database, letter=letter.id, **CHANGE, **changed)
    assert (await refused(story, reason)).field == field
    assert await everything(database) == before


async def test_small_fix_of_everything(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """At the command line, --yes alone makes no small fix that looks like a change of meaning."""
    letter = await an_open_letter(database, body="We demand peace.")
    file = tmp_path / "new.md"
    file.write_text("We demand war.")
    before = await everything(database)
    command = ["letters", "amend", str(letter.id), str(file), "--kind", "cosmetic", "--note", "So."]
    command += ["--organiser", ORGANISER.person.user, "--yes"]
    done = await undersigned(*command, DATABASE_URL=database_url)
    assert done.code == 1
    assert "add --meaning-stays" in done.err
    after = await everything(database)
    assert {name for name in after if after[name] != before[name]} == {"proposals", "inbox"}
    done = await undersigned(*command, "--meaning-stays", DATABASE_URL=database_url)
    assert done.code == 0, done.err
    assert (await the_letter(database, letter.id)).text_sha256 != letter.text_sha256
