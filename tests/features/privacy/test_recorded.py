"""Each use case that writes leaves an entry in the letter's history, or says here why it needs none."""

import importlib
import pkgutil
from inspect import iscoroutinefunction
from types import ModuleType

import pytest

import bot.features
import bot.use_cases
from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.letters.refusals import Refused
from bot.storage.database import Database
from tests.features.privacy.recorded_stories import BY_STORY, forget_history
from tests.storage.screens import run_by
from tests.support.clock import Clock
from tests.support.letters import (
    DEADLINE,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_closed_letter,
    a_trigger,
    an_open_letter,
    are_in_channel,
    rows,
)
from tests.use_cases.action_cases import ACTORS, STORIES, prepared

OWN_RECORD = "the signature keeps who, when and for which text itself"


OWN_WISH = "a person's own wish about their reminders"


UPKEEP = "upkeep: it changes nothing that people see"


NOT_PUBLIC = "a draft or a proposal, which only its organisers see"


WITHOUT = {
    "signing.use_cases.signatures.sign": OWN_RECORD,
    "signing.use_cases.codes.ask": "nothing is signed before the code is typed",
    "signing.use_cases.codes.typed": "the same",
    "signing.use_cases.approvals.ask": "nothing is signed before the answer",
    "signing.use_cases.approvals.send_again": "the same",
    "signing.use_cases.approvals.withdraw": "the same",
    "signing.use_cases.codes.forget_old": UPKEEP,
    "signing.use_cases.own_signature.change": OWN_RECORD,
    "amendments.use_cases.amendments.keep": OWN_RECORD,
    "signing.use_cases.own_signature.remember": OWN_WISH,
    "signing.use_cases.own_signature.forget": OWN_WISH,
    "reminders.use_cases.reminders.later": OWN_WISH,
    "reminders.use_cases.reminders.stop": OWN_WISH,
    "reminders.use_cases.reminders.resume": OWN_WISH,
    "desk.use_cases.digest.plan": "a digest for its reader",
    "organisations.use_cases.likely_pairs.compare": "finds what an organiser may decide",
    "reminders.use_cases.reminders.plan_due": "reminders by schedule, which the rules announce",
    "amendments.use_cases.amendments.remind_silent": "the same",
    "amendments.use_cases.proposals.propose": NOT_PUBLIC,
    "drafts.use_cases.drafts.edit": NOT_PUBLIC,
    "drafts.use_cases.drafts.discard": "a draft, whose history goes with it",
    "amendments.use_cases.proposals.forget": UPKEEP,
    "delivery.use_cases.handover.copy_of": "a copy that is written to a file, which the copy notes",
    "delivery.use_cases.papers.finished": "the same",
    "delivery.use_cases.updates._queue": "a portion of what an organiser sent, as the history says",
    "bot.use_cases.mail.never": "a person's own wish about mails to them",
    "bot.use_cases.gate.adopt_card": UPKEEP,
    "bot.use_cases.letter_jobs.for_each": "each act that it runs leaves its own",
    "desk.use_cases.home.opened": UPKEEP,
    "lifecycle.use_cases.know_workspace": UPKEEP,
    "bot.use_cases.direct_messages.changed_in_place": UPKEEP,
    "bot.use_cases.membership.meet": UPKEEP,
    "bot.use_cases.membership.gathered": UPKEEP,
    "bot.use_cases.membership.not_gathered": UPKEEP,
    "bot.use_cases.membership.remember": UPKEEP,
    "bot.use_cases.upkeep.forget": UPKEEP,
    "bot.use_cases.upkeep.probe": UPKEEP,
    "privacy.use_cases.expiry.note_departure": UPKEEP,
    "privacy.use_cases.expiry.note_return": UPKEEP,
    "privacy.use_cases.expiry.forget_due": UPKEEP,
    "letter_rules.use_cases.show_on_the_web": "the page that organisers turned on, as its history says",
    "letter_rules.use_cases.end_sooner": "an end that organisers chose, which is in the history",
    "invitations.use_cases.invitations.tie": "an invitation's account, which is no public act",
    "privacy.use_cases.expiry.forget_people": UPKEEP,
    "privacy.use_cases.erasure.erase_entry": "an entry of the erasure itself, as for a person",
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
    "invitations.use_cases.first_signers.found": Action.FOUND,
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
    "delivery.use_cases.handover.deliver_again": Action.DELIVER_AGAIN,
    "delivery.use_cases.handover.take_back": Action.TAKE_BACK,
    "delivery.use_cases.updates.publish": Action.UPDATE,
    "delivery.use_cases.handover.open_late": Action.OPEN_LATE,
    "delivery.use_cases.handover.close_late": Action.CLOSE_LATE,
}
"""Use cases that the table of who may do what has a story of."""


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
        # Made by `writing` or `writing_aside`, or one that asks the database for a transaction itself.
        and (
            run_by(one) in {Database.write, Database.write_aside}
            or (iscoroutinefunction(one) and _TRANSACTIONS & {*code.co_names})
        )
    }


_TRANSACTIONS = {"together", "write", "for_each"}


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
        case = await prepared(database, clock, phase, action, ACTORS[role])
        await forget_history(database)
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
    await forget_history(database)
    with pytest.raises(Refused):
        await lifecycle.extend(database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE)
    with pytest.raises(Refused):
        await handover.deliver(database, letter=letter.id, actor=MEMBER)
    assert await rows(database, "audit_entries") == []


async def test_once(database: Database) -> None:
    """An act that Slack repeats leaves one entry."""
    letter = await an_open_letter(database)
    await forget_history(database)
    again = a_trigger()
    for _ in range(2):
        await lifecycle.close(database, letter=letter.id, actor=ORGANISER, trigger=again)
    assert len(await rows(database, "audit_entries")) == 1
