"""Somebody who withdrew is listed again by a table only if they agreed again."""

from dataclasses import replace

import pytest

from bot.features.collected.rules import SignatureRow
from bot.features.collected.slack.handlers import agreed_words
from bot.features.organisations.use_cases import merges
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.refusals import Reason
from bot.locales import words
from bot.storage.database import Database
from tests.features.collected.tables import a_table, brings, looks
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    for_organisation,
    rows,
    signs,
    the_list,
)

PAPER = a_row(name="J. Smith", title="Prof")
SAME_NAME = a_row(name="Jonathan Smith")


@pytest.mark.parametrize("row", [PAPER, SAME_NAME], ids=["merged", "same name"])
async def test_only_if_they_agreed_again(database: Database, row: SignatureRow) -> None:
    """Their paper, merged or of the same name, is named in the preview, and left out."""
    letter = await an_open_letter(database)
    signed = await signs(
        database, MEMBER, letter, a_signature(MEMBER, letter, name="Jonathan Smith")
    )
    await adds(database, letter, PAPER)
    own, paper = [one["signatory"] for one in await rows(database, "endorsements")]
    await merges.merge(database, keeps=own, goes=(paper,), actor=ORGANISER, trigger=a_trigger())
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    table = a_table(row, a_row(name="Ada King"))

    _, (looked, _) = await looks(database, letter, table)
    brought = await brings(database, letter, table)

    assert [(one.reason, one.facts) for one in looked.refusals] == [
        (Reason.WITHDREW, {"entry": looked.entry})
    ]
    assert (brought.added, [one.reason for one in brought.refused[0]]) == (1, [Reason.WITHDREW])
    assert await the_list(database, letter) == ["Ada King"]

    agreed = [replace(table[0], agreed_again="yes")]
    await brings(database, letter, agreed)

    assert len(await the_list(database, letter)) == 2


async def test_signed_again(database: Database) -> None:
    """Somebody who withdrew and signed again is a namesake like any other."""
    letter = await an_open_letter(database)
    for withdraws in (True, False):
        signed = await signs(
            database, MEMBER, letter, a_signature(MEMBER, letter, name="Jonathan Smith")
        )
        if withdraws:
            await withdrawals.withdraw(
                database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
            )
    assert (await brings(database, letter, a_table(SAME_NAME))).added == 1


async def test_an_organisation_comes_back(database: Database) -> None:
    """Somebody who withdrew for an organisation does not keep it off the list."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Orbit"))
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert (await brings(database, letter, a_table(a_row(organisation="Orbit")))).added == 1


def test_new_consent() -> None:
    """An organiser who adds them confirms that they agreed again."""
    t = words("en-GB")
    after = "Those who withdrew before have agreed again."
    assert agreed_words(t, again=True) == f"{agreed_words(t)} {after}"
