"""A decision about an entry is about the entry on the screen; every form that decides is here."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.app import registered
from bot.features.corrections import use_cases as corrections
from bot.storage import endorsements
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_organisations import opens_case, sign_past_the_question
from tests.flows.test_delegates import a_contact, a_letter_with
from tests.support.letters import a_row, a_trigger, adds, rows, the_letter
from tests.support.scenes.delegates import names_organisation, objects
from tests.support.scenes.drafts import ORGANISER
from tests.support.shared import ROOT
from tests.support.stories import CHANNEL, sign_for

Sends = Callable[[], Awaitable[object]]
Opens = Callable[[RunningBot], Awaitable[Sends]]
"""Opens a form about the first entry of the letter, and returns what sends it."""

OUR_NAME = "TEDIC"


async def decision(bot: RunningBot) -> Sends:
    await sign_for(bot.member, OUR_NAME)
    await a_contact(bot, OUR_NAME)
    await objects(bot.another, OUR_NAME)
    await opens_case(bot.organiser, OUR_NAME)
    await bot.organiser.click("Review")
    await bot.organiser.fill({"Should this signature stay?": "Keep", "Reason": "A troll."})
    return bot.organiser.submit


async def removal(bot: RunningBot) -> Sends:
    await sign_for(bot.member, OUR_NAME)
    await bot.organiser.command(CHANNEL, f"/letter correct #1 {OUR_NAME}")
    await bot.organiser.click("Remove from list")
    await bot.organiser.fill({"Reason": "Not theirs."})
    return bot.organiser.submit


async def removal_of_one(bot: RunningBot) -> Sends:
    await sign_for(bot.member, OUR_NAME)
    await a_contact(bot, OUR_NAME)
    await objects(bot.another, OUR_NAME)
    await opens_case(bot.organiser, OUR_NAME)
    await bot.organiser.click("Remove")
    await bot.organiser.fill({"Reason": "Not theirs."})
    return bot.organiser.submit


async def restoring(bot: RunningBot) -> Sends:
    await (await removal(bot))()
    await bot.organiser.sees("Removed:")
    return lambda: bot.organiser.click("Restore")


async def record(bot: RunningBot) -> Sends:
    await sign_for(bot.member, OUR_NAME)
    await a_contact(bot, OUR_NAME)
    await objects(bot.another, OUR_NAME)
    await opens_case(bot.organiser, OUR_NAME)
    await bot.organiser.click("Record permission")
    filled = {"Who gave permission": "Maria", "Their role": "Chair", "Date": "2026-03-01"}
    await bot.organiser.fill(filled)
    return bot.organiser.submit


async def objection(bot: RunningBot) -> Sends:
    await sign_for(bot.member, OUR_NAME)
    await names_organisation(bot.another, OUR_NAME)
    await bot.another.click("Object")
    await bot.another.fill({"reason": "Nobody asked us."})
    return bot.another.submit


def of_pair(button: str) -> Opens:
    async def pair(bot: RunningBot) -> Sends:
        await sign_for(bot.member, "Electronic Frontier Foundation")
        await sign_past_the_question(bot.another, "EFF")
        await bot.organiser.command(CHANNEL, "/letter alike")
        await bot.organiser.sees("Merge into the first")
        return lambda: bot.organiser.click(button)

    return pair


async def undoing(bot: RunningBot) -> Sends:
    await (await of_pair("Merge into the first")(bot))()
    await bot.organiser.sees("2 signers")
    await bot.organiser.click("Undo a merge")
    await bot.organiser.sees("Merged:")
    return lambda: bot.organiser.click("Undo")


async def withdrawing_for_them(bot: RunningBot) -> Sends:
    letter = await the_letter(bot.process.database, 1, ORGANISER)
    row = a_row(name="Pia Person", title="Dr")
    await adds(bot.process.database, letter, row, actor=ORGANISER)
    await bot.organiser.command(CHANNEL, "/letter correct #1 Pia Person, Dr")
    await bot.organiser.sees_modal("Correct an entry")
    return lambda: bot.organiser.click("Withdraw for them")


DECIDING: dict[str, Opens] = {
    "decide": decision,
    "decide without a choice": removal,
    "decide about one signature": removal_of_one,
    "removals.restore": restoring,
    "organisations.record": record,
    "objection": objection,
    "pairs.one": of_pair("Merge into the first"),
    "pairs.apart": of_pair("Not the same"),
    "merges.undo": undoing,
    "correct.off": withdrawing_for_them,
}
"""The forms and buttons that decide about an entry, by the id under which they are registered."""

ELSEWHERE = {
    "invitations.account": "tests/flows/organisers/test_inviting.py",
    "invitations.change": "tests/flows/organisers/test_inviting.py",
    "invitations.remove": "tests/flows/organisers/test_inviting.py",
    "invitations.until": "tests/flows/organisers/test_inviting.py",
    "correct": "tests/flows/organisers/test_correcting.py",
    "correct.yes": "tests/flows/organisers/test_correcting.py",
    "sign.confirm": "tests/flows/test_delegates.py",
    "organisations.accept": "tests/features/signing/test_who_is_believed.py",
    "sign.approve": "tests/flows/test_signing.py",
    "organisations.domain": "tests/features/organisations/test_moderation.py",
    "organisations.same": "tests/features/organisations/test_moderation.py",
    "amend.keep": "tests/features/amendments/test_answers.py",
    "amend.yes": "tests/flows/organisers/test_amending_form.py",
    "amend": "tests/flows/organisers/test_amending_form.py",
    "post": "tests/features/cards/test_posting.py",
    "draft.post": "tests/features/cards/test_posting.py",
    "draft": "tests/use_cases/test_forms.py",
    "rules": "tests/use_cases/test_forms.py",
    "details": "tests/use_cases/test_forms.py",
    "deadline": "tests/use_cases/test_forms.py",
    "add": "tests/flows/organisers/test_adding.py",
}
"""Forms that carry a revision of their own, and the tests that change its object meanwhile."""


def named(ids: str) -> set[str]:
    return set(ids.split())


SHOWING = named(
    """
    add.correct amend.edit amend.page amend.undo back card changes changes.page choose command
    correct.again correct.undo document invite.again update.preview
    correct.this delivered.details delivered.list delivered.text documents.get draft.more draft.undo
    found.preview history.copy invitations.mail
    history.page holdings.page invitation.more invitations.outside
    invitations.paste invite.correct invite.more invite.preview kept kept.back
    kept.details merges object.this organisations.case organisations.decide
    organisations.open organisations.page pairs pairs.choice privacy read
    read.page removals.remove row rules.change signers signers.first signatures.remove signers.page texts
    texts.before texts.changes texts.list window
    """
)
"""Show something, and change nothing."""

OF_ONE_S_OWN = named(
    """
    amend.withdraw approval.end correct.accept correct.decline invitation.await invitation.decline
    kept.delete remind.later remind.never remind.resume remind.stop sign sign.again sign.another
    sign.ask sign.capacity sign.change sign.forget sign.instead sign.mail sign.mean sign.more sign.name sign.quick
    sign.remember sign.sort sign.withdraw
    """
)
"""Change something of the person who presses them."""

NOT_ABOUT_ENTRIES = named(
    """
    answers cancel deliver delivered.again delivered.undo discard group invite late
    organisers.add organisers.remove pin.this remind reminders.stop signatures.restore takedown
    update
    """
)
"""Move a letter on, invite or remind people, move an entry in the list, or undo one act."""


def test_all_forms_are_known() -> None:
    """Every registered form and button decides about an entry and is tested here, or does not."""
    features = registered()
    ids = {*features.submissions, *features.clicks}
    deciding = {name.partition(" ")[0] for name in DECIDING}
    assert ids - deciding - set(ELSEWHERE) == SHOWING | OF_ONE_S_OWN | NOT_ABOUT_ENTRIES
    assert all((ROOT / path).exists() for path in ELSEWHERE.values())
    # A row's menu opens one of these forms, or moves an entry in the list.
    assert [*features.rows] == [
        "correct",
        "pin",
        "unpin",
        "group",
        "details",
        "record",
        "remove",
        "restore",
    ]


@pytest.mark.parametrize("opens", DECIDING.values(), ids=DECIDING)
async def test_changed_while_open(running_bot: RunningBot, opens: Opens) -> None:
    """An entry that changed while its form was open stays as it is, and both are shown."""
    await a_letter_with(running_bot)
    database = running_bot.process.database
    sends = await opens(running_bot)
    first = (await rows(database, "endorsements"))[0]
    found = await database.read(lambda tx: endorsements.find(tx, first["id"]))
    assert found is not None
    facts = replace(found.signature.facts, title="Prof", via="A Wholly Other Body")
    await corrections.correct(
        database, endorsement=found.id, actor=ORGANISER, facts=facts, asks=False,
        trigger=a_trigger(),
    )  # fmt: skip
    told = ("signatories", "objections", "permissions", "merges", "endorsements")
    before = {table: await rows(database, table) for table in told}
    person = running_bot.another if opens is objection else running_bot.organiser

    await sends()

    said = await person.sees("This changed while you had it open, so nothing was done.")
    assert "Before: “" in said
    assert "Now: “" in said
    # What is shown below is the entry as it is now.
    assert said.count("Prof" if opens is withdrawing_for_them else "A Wholly Other Body") > 1
    assert {table: await rows(database, table) for table in told} == before
