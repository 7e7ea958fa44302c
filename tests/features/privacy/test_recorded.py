"""Each use case that writes leaves an entry in the letter's history, or says here why it needs none."""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from inspect import iscoroutinefunction
from types import ModuleType

import pytest
from sqlalchemy import delete

import bot.features
import bot.use_cases
from bot.features.amendments.use_cases import amendments, proposals
from bot.features.amendments.use_cases.amendments import bring_forward
from bot.features.corrections import use_cases as corrections
from bot.features.delivery.use_cases import handover
from bot.features.invitations.table import InvitationRow
from bot.features.invitations.use_cases import invitations, tables
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import merge_history, merges, removals
from bot.features.privacy.use_cases import erasure, notice
from bot.features.reminders.use_cases import progress
from bot.letters.amendment import AmendmentKind
from bot.letters.endorsement import Facts
from bot.letters.invitation import Saying
from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.letters.refusals import Refused
from bot.letters.rules import Embargo, Hidden, Rules, Silence
from bot.storage.database import Database
from bot.storage.tables import audit_entries
from bot.use_cases import pinning
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.invitations import are_invited
from tests.support.letters import (
    DEADLINE,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_closed_letter,
    a_delivery,
    a_draft,
    a_row,
    adds,
    an_open_letter,
    are_in_channel,
    rows,
    signs,
)
from tests.use_cases.test_allowed import ACTORS, STORIES, _prepared

OWN_RECORD = "the signature keeps who, when and for which text itself"
OWN_WISH = "a person's own wish about their reminders"
UPKEEP = "upkeep: it changes nothing that people see"
NOT_PUBLIC = "a draft or a proposal, which only its organisers see"

WITHOUT = {
    "signing.use_cases.signatures.sign": OWN_RECORD,
    "signing.use_cases.own_signature.change": OWN_RECORD,
    "amendments.use_cases.amendments.keep": OWN_RECORD,
    "reminders.use_cases.reminders.later": OWN_WISH,
    "reminders.use_cases.reminders.stop": OWN_WISH,
    "reminders.use_cases.reminders.resume": OWN_WISH,
    "reminders.use_cases.reminders.plan_due": "reminders by schedule, which the rules announce",
    "amendments.use_cases.amendments.remind_silent": "the same",
    "amendments.use_cases.proposals.propose": NOT_PUBLIC,
    "drafts.use_cases.drafts.edit": NOT_PUBLIC,
    "drafts.use_cases.drafts.discard": "a draft, whose history goes with it",
    "amendments.use_cases.proposals.forget": UPKEEP,
    "cards.use_cases.adopt": UPKEEP,
    "desk.use_cases.home.opened": UPKEEP,
    "lifecycle.use_cases.know_workspace": UPKEEP,
    "bot.use_cases.membership.meet": UPKEEP,
    "bot.use_cases.membership.gathered": UPKEEP,
    "bot.use_cases.membership.not_gathered": UPKEEP,
    "bot.use_cases.membership.remember": UPKEEP,
    "bot.use_cases.upkeep.forget": UPKEEP,
    "bot.use_cases.upkeep.probe": UPKEEP,
    "privacy.use_cases.departure.note_departure": UPKEEP,
    "privacy.use_cases.expiry.forget_due": UPKEEP,
    "privacy.use_cases.expiry.forget_people": UPKEEP,
    "privacy.use_cases.erasure.erase_letter": "the history goes with the letter",
    "privacy.use_cases.erasure.erase_workspace": "the same",
    "privacy.use_cases.erasure.erase_again": "a restore: entries of the erasures themselves",
}
"""Use cases that write and leave no entry, and why."""

BY_ACTION = {
    "withdrawals.use_cases.withdraw": Action.WITHDRAW,
    "organisations.use_cases.standing.object_to": Action.OBJECT,
    "organisations.use_cases.standing.confirm": Action.CONFIRM,
    "organisations.use_cases.standing.decide": Action.DECIDE,
    "organisations.use_cases.merges.merge": Action.MERGE,
    "invitations.use_cases.answers.answer": Action.ANSWER,
    "invitations.use_cases.invitations.invite": Action.INVITE,
    "letter_rules.use_cases.set_rules": Action.SET_RULES,
    "drafts.use_cases.first_signers.found": Action.FOUND,
    "cards.use_cases.post": Action.POST,
    "cards.use_cases.take_down": Action.TAKE_DOWN,
    "reminders.use_cases.reminders.remind": Action.REMIND,
    "collected.use_cases.additions._bring": Action.ADD,
    "corrections.use_cases.correct": Action.CORRECT,
    "bot.use_cases.pinning.pin": Action.PIN,
    "lifecycle.use_cases.close": Action.CLOSE,
    "lifecycle.use_cases.describe": Action.DESCRIBE,
    "letter_rules.use_cases.unveil": Action.UNVEIL,
    "lifecycle.use_cases.extend": Action.EXTEND,
    "lifecycle.use_cases.reopen": Action.REOPEN,
    "lifecycle.use_cases.cancel": Action.CANCEL,
    "lifecycle.use_cases.add_organiser": Action.CHANGE_ORGANISERS,
    "delivery.use_cases.handover.deliver": Action.DELIVER,
    "delivery.use_cases.handover.open_late": Action.OPEN_LATE,
    "delivery.use_cases.handover.close_late": Action.CLOSE_LATE,
}
"""Those that the table of who may do what has a story of."""


async def _unpin(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name="A Member")
    await _forget_history(database)
    await pinning.unpin(database, letter=letter.id, actor=ORGANISER, name="A Member")


async def _lift(database: Database, clock: Clock) -> None:
    letter = await an_open_letter(database)
    until = clock.now() + timedelta(days=1)
    embargo = Embargo(hides=Hidden.NAMES, until=until)
    await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=Rules(embargo=embargo)
    )
    await _forget_history(database)
    clock.set(until)
    await letter_rules.lift_due(database)


async def _close_due(database: Database, clock: Clock) -> None:
    await an_open_letter(database)
    await _forget_history(database)
    clock.set(DEADLINE)
    await lifecycle.close_due(database)


async def _remove_organiser(database: Database, clock: Clock) -> None:
    await STORIES[Action.CHANGE_ORGANISERS](
        await _prepared(database, clock, Phase.OPEN, Action.CHANGE_ORGANISERS, ORGANISER)
    )
    letter = (await rows(database, "letters"))[-1]["id"]
    await _forget_history(database)
    await lifecycle.remove_organiser(
        database, letter=letter, actor=ORGANISER, person=OTHER_MEMBER.person
    )


async def _appoint_organiser(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await _forget_history(database)
    await lifecycle.appoint_organiser(database, letter=letter.id, appointed=OTHER_MEMBER)


async def _carry_out(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    found = await proposals.propose(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body="Other.",
        kind=AmendmentKind.COSMETIC,
        note="Why.",
        delivery=a_delivery(),
    )
    await _forget_history(database)
    await proposals.carry_out(
        database, proposal=found.proposal.id, actor=ORGANISER, delivery=a_delivery()
    )


async def _answers_sooner(database: Database, clock: Clock) -> None:
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body="Other.",
        kind=AmendmentKind.MATERIAL,
        note="Why.",
        answer_by=clock.now() + timedelta(days=5),
    )
    await _forget_history(database)
    await bring_forward(
        database, letter=letter.id, actor=ORGANISER, answer_by=clock.now() + timedelta(days=2)
    )


async def _drop_silent(database: Database, clock: Clock) -> None:
    letter = await an_open_letter(database, rules=Rules(silence=Silence.DROP))
    await signs(database, MEMBER, letter)
    until = clock.now() + timedelta(days=5)
    await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body="Other.",
        kind=AmendmentKind.MATERIAL,
        note="Why.",
        answer_by=until,
    )
    await _forget_history(database)
    clock.set(until)
    await amendments.drop_silent(database)


async def _create(database: Database, _: Clock) -> None:
    await a_draft(database)


async def _take_back(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    added = await adds(database, letter, a_row())
    await _forget_history(database)
    await corrections.take_back(
        database, endorsement=added.endorsement, actor=ORGANISER, delivery=a_delivery()
    )


async def _answer_correction(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    correction = await corrections.correct(
        database,
        endorsement=signed.endorsement,
        actor=ORGANISER,
        facts=Facts(name="Anna Member"),
        asks=True,
        delivery=a_delivery(),
    )
    await _forget_history(database)
    await corrections.answer(
        database, correction=correction.id, actor=MEMBER, yes=True, delivery=a_delivery()
    )


async def _undo_merge(database: Database, clock: Clock) -> None:
    case = await _prepared(database, clock, Phase.OPEN, Action.MERGE, ORGANISER)
    await STORIES[Action.MERGE](case)
    _, made = await merge_history.merges_of(database, letter=case.letter.id, actor=ORGANISER)
    await _forget_history(database)
    await merge_history.undo_merge(
        database, merge=made[0].merge, actor=ORGANISER, delivery=a_delivery()
    )


async def _set_responsible(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await _forget_history(database)
    await notice.set_responsible(database, letter=letter.id, actor=ORGANISER, responsible="A Forum")


async def _different(database: Database, clock: Clock) -> None:
    case = await _prepared(database, clock, Phase.OPEN, Action.MERGE, ORGANISER)
    await _forget_history(database)
    await merges.different(
        database, one=case.party, other=case.other, actor=ORGANISER, delivery=a_delivery()
    )


async def _bring_invitations(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await _forget_history(database)
    table = [InvitationRow(line=2, kind="organisation", organisation="Net Group")]
    await tables.bring(
        database, letter=letter.id, actor=ORGANISER, table=table, delivery=a_delivery()
    )


async def _say(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    (invitation,) = await are_invited(database, letter, MEMBER)
    await _forget_history(database)
    await invitations.say(
        database,
        invitation=invitation.id,
        actor=ORGANISER,
        saying=Saying.DECLINE,
        delivery=a_delivery(),
    )


async def _remove_invitation(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    (invitation,) = await are_invited(database, letter, MEMBER)
    await _forget_history(database)
    await invitations.remove(
        database, invitation=invitation.id, actor=ORGANISER, delivery=a_delivery()
    )


async def _stop_reminders(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await _forget_history(database)
    await progress.stop(database, letter=letter.id, actor=ORGANISER, delivery=a_delivery())


async def _remove(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    party = str((await rows(database, "signatories"))[0]["id"])
    await _forget_history(database)
    await removals.remove(
        database, signatory=party, actor=ORGANISER, why="A mistake.", delivery=a_delivery()
    )


async def _restore(database: Database, _: Clock) -> None:
    await _remove(database, _)
    party = str((await rows(database, "signatories"))[0]["id"])
    await _forget_history(database)
    await removals.restore(database, signatory=party, actor=ORGANISER, delivery=a_delivery())


async def _erase(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await _forget_history(database)
    await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)


BY_STORY: dict[str, Callable[[Database, Clock], Awaitable[None]]] = {
    "bot.use_cases.pinning.unpin": _unpin,
    "letter_rules.use_cases.lift_due": _lift,
    "lifecycle.use_cases.close_due": _close_due,
    "lifecycle.use_cases.remove_organiser": _remove_organiser,
    "lifecycle.use_cases.appoint_organiser": _appoint_organiser,
    "amendments.use_cases.proposals.carry_out": _carry_out,
    "amendments.use_cases.amendments.bring_forward": _answers_sooner,
    "amendments.use_cases.amendments.drop_silent": _drop_silent,
    "drafts.use_cases.drafts.create": _create,
    "corrections.use_cases.take_back": _take_back,
    "corrections.use_cases.answer": _answer_correction,
    "organisations.use_cases.merges.different": _different,
    "organisations.use_cases.merge_history.undo_merge": _undo_merge,
    "organisations.use_cases.removals.remove": _remove,
    "organisations.use_cases.removals.restore": _restore,
    "invitations.use_cases.tables.bring": _bring_invitations,
    "invitations.use_cases.invitations.say": _say,
    "invitations.use_cases.invitations.remove": _remove_invitation,
    "reminders.use_cases.progress.stop": _stop_reminders,
    "privacy.use_cases.erasure._erase_person": _erase,
    "privacy.use_cases.notice.set_responsible": _set_responsible,
}
"""Those that need a story of their own; what comes before the act is taken from the history."""


def _writing() -> set[str]:
    """Return the names of all use cases that write, found by walking their modules."""
    found: set[str] = set()
    for room in (bot.use_cases, bot.features):
        for info in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if "use_cases" in info.name:
                found |= _writing_in(importlib.import_module(info.name))
    return {name.removeprefix("bot.features.") for name in found}


def _writing_in(module: ModuleType) -> set[str]:
    return {
        f"{module.__name__}.{name}"
        for name, one in vars(module).items()
        if getattr(one, "__module__", "") == module.__name__
        and (code := getattr(one, "__code__", None)) is not None
        # Made by `writing`, or one that asks the database for a transaction itself.
        and (
            code.co_qualname == "writing.<locals>.call"
            or (iscoroutinefunction(one) and _TRANSACTIONS & {*code.co_names})
        )
    }


_TRANSACTIONS = {"together", "write", "for_each"}


async def _forget_history(database: Database) -> None:
    await database.write(lambda tx: tx.connection.execute(delete(audit_entries)) and None)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database: an entry is a row like any other."""
    return sqlite_url


def test_all_are_here() -> None:
    """A use case that writes has a story here in which its entry is found, or a reason for none."""
    assert _writing() == {*WITHOUT, *BY_ACTION, *BY_STORY}


async def test_by_action(database: Database, clock: Clock) -> None:
    """Each act of the table of who may do what leaves an entry of the one who acted."""
    await are_in_channel(database, [OTHER_MEMBER])
    start = clock.now()
    for name, action in BY_ACTION.items():
        clock.set(start)
        phase, role = next(
            (phase, role)
            for phase, roles in ALLOWED[action].items()
            for role in (Role.ORGANISER, Role.MEMBER)
            if (role in roles and phase not in {Phase.DRAFT, Phase.FOUNDING})
            or (action is Action.FOUND and role is Role.ORGANISER)
        )
        case = await _prepared(database, clock, phase, action, ACTORS[role])
        await _forget_history(database)
        await STORIES[action](case)
        found = [row for row in await rows(database, "audit_entries") if row["user"]]
        assert [row["user"] for row in found] == [case.actor.person.user], name
        assert found[0]["letter"] == case.letter.id, name


@pytest.mark.parametrize("name", BY_STORY)
async def test_by_story(database: Database, clock: Clock, name: str) -> None:
    """Each other use case leaves an entry too."""
    await BY_STORY[name](database, clock)
    assert len(await rows(database, "audit_entries")) == 1


async def test_undone_together(database: Database) -> None:
    """An act that is refused leaves no entry."""
    letter = await a_closed_letter(database)
    await _forget_history(database)
    with pytest.raises(Refused):
        await lifecycle.extend(database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE)
    with pytest.raises(Refused):
        await handover.deliver(database, letter=letter.id, actor=MEMBER)
    assert await rows(database, "audit_entries") == []


async def test_once(database: Database) -> None:
    """A delivery that Slack repeats leaves one entry."""
    letter = await an_open_letter(database)
    await _forget_history(database)
    again = a_delivery()
    for _ in range(2):
        await lifecycle.close(database, letter=letter.id, actor=ORGANISER, delivery=again)
    assert len(await rows(database, "audit_entries")) == 1
