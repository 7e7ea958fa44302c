"""A letter with all that an action needs, and the story of each action."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from bot.features.amendments.use_cases import amendments
from bot.features.cards import use_cases as posting
from bot.features.corrections import use_cases as corrections
from bot.features.delivery.use_cases import exports, handover, updates
from bot.features.desk.use_cases.status import status
from bot.features.drafts.use_cases import drafts
from bot.features.invitations.use_cases import answers, first_signers
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import merges, standing
from bot.features.reading.use_cases import pages
from bot.features.reminders.use_cases import reminders
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind
from bot.letters.draft import Details
from bot.letters.endorsement import Facts
from bot.letters.invitation import Saying
from bot.letters.letter import Letter
from bot.letters.order import LATE
from bot.letters.people import Actor, Membership, Role
from bot.letters.phases import Action, Phase
from bot.letters.rules import Confirmation, Embargo, Hidden, PublicPage, Rules
from bot.letters.standing import Ground, Permission
from bot.storage import letters
from bot.storage.database import Database
from bot.storage.tables import signatories
from bot.use_cases import letter_lookup, membership, pinning
from tests.support.amending import amends
from tests.support.clock import START, Clock
from tests.support.letters import (
    CHANNEL,
    DEADLINE,
    ELSEWHERE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    a_draft,
    a_draft_of,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_actor,
    cards_are_up,
    changes,
    for_organisation,
    outsiders_come,
    rows,
    signs,
    the_letter,
)
from tests.support.scenes.invitations import a_person, invites, the_invitations
from tests.support.scenes.phases import FIRST_SIGNER, GRACE, a_founding_letter, led_to

ACTORS = {
    Role.ORGANISER: ORGANISER,
    Role.FIRST_SIGNER: FIRST_SIGNER,
    Role.MEMBER: MEMBER,
    Role.GUEST: GUEST,
    Role.OUTSIDER: OUTSIDER,
    Role.SIGNER: an_actor("U0SIGNER", Membership.GUEST),
    Role.STRANGER: an_actor("U0STRANGER", Membership.OUTSIDER, team=ELSEWHERE),
}


LATER = DEADLINE + timedelta(days=1)


SOMEBODY, DELEGATE, OBJECTOR = (
    an_actor(f"U0{who}") for who in ("SOMEBODY", "DELEGATE", "OBJECTOR")
)


PERMISSION = Permission(
    ground=Ground.WRITTEN_PERMISSION,
    given_by="The Director",
    given_role="Director",
    given_on=START.date(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A letter in a phase with what an action needs, and who tries it."""

    database: Database
    letter: Letter
    actor: Actor
    held: str = ""
    """The endorsement that the actor holds on it."""
    card: str = ""
    party: str = ""
    """An organisation that a delegate signed for."""
    other: str = ""
    """Another one."""
    entry: str = ""
    """The endorsement of somebody whose entry can be corrected."""
    invitation: str = ""
    """The invitation that the actor was sent."""


Story = Callable[[Case], Awaitable[object]]


Rows = dict[str, list[tuple[Any, ...]]]
"""All rows of all tables."""


STORIES: dict[Action, Story] = {
    Action.READ: lambda c: letter_lookup.whole(c.database, letter=c.letter.id, actor=c.actor),
    Action.SEE_SIGNATORIES: lambda c: pages.who_signed(
        c.database, letter=c.letter.id, actor=c.actor, after=None, limit=5
    ),
    Action.SIGN: lambda c: signs(c.database, c.actor, c.letter),
    Action.CHANGE: lambda c: changes(
        c.database,
        endorsement=c.held,
        actor=c.actor,
        signature=a_signature(c.actor, c.letter, news=True),
        trigger=a_trigger(),
    ),
    Action.WITHDRAW: lambda c: withdrawals.withdraw(
        c.database, endorsement=c.held, actor=c.actor, trigger=a_trigger()
    ),
    Action.KEEP: lambda c: amendments.keep(
        c.database,
        endorsement=c.held,
        actor=c.actor,
        text=c.letter.text_sha256,
        consent="The signature stays. The signers and the person who",
        trigger=a_trigger(),
    ),
    Action.OBJECT: lambda c: standing.object_to(
        c.database,
        signatory=c.party,
        actor=c.actor,
        name="A Name",
        role="Director",
        reason="Nobody asked us.",
        trigger=a_trigger(),
    ),
    Action.ANSWER: lambda c: answers.answer(
        c.database,
        invitation=c.invitation,
        actor=c.actor,
        saying=Saying.READ,
        trigger=a_trigger(),
    ),
    Action.SEE_STATUS: lambda c: status(c.database, letter=c.letter.id, actor=c.actor, tz="UTC"),
    Action.EDIT: lambda c: drafts.edit(
        c.database,
        letter=c.letter.id,
        actor=c.actor,
        draft=a_draft_of(title="New", deadline=LATER),
    ),
    Action.DISCARD: lambda c: drafts.discard(
        c.database, letter=c.letter.id, actor=c.actor, trigger=a_trigger()
    ),
    Action.DESCRIBE: lambda c: lifecycle.describe(
        c.database,
        letter=c.letter.id,
        actor=c.actor,
        details=Details(summary="Another summary.", goal=None),
    ),
    Action.SET_RULES: lambda c: letter_rules.set_rules(
        c.database,
        letter=c.letter.id,
        actor=c.actor,
        rules=Rules(confirmation=Confirmation.SECOND),
    ),
    Action.PUBLISH: lambda c: letter_rules.set_rules(
        c.database,
        letter=c.letter.id,
        actor=c.actor,
        rules=replace(c.letter.rules, page=PublicPage.LIST),
        responsible="A Trust",
    ),
    Action.UNVEIL: lambda c: letter_rules.unveil(c.database, letter=c.letter.id, actor=c.actor),
    Action.FOUND: lambda c: first_signers.found(
        c.database, letter=c.letter.id, actor=c.actor, people=[OTHER_MEMBER.person]
    ),
    Action.POST: lambda c: posting.post(
        c.database,
        letter=c.letter.id,
        actor=c.actor,
        channels=["C0NEW"],
        trigger=a_trigger(),
    ),
    Action.TAKE_DOWN: lambda c: posting.take_down(
        c.database, letter=c.letter.id, actor=c.actor, posting=c.card
    ),
    Action.INVITE: lambda c: invites(c.database, c.letter, a_person(OTHER_MEMBER), actor=c.actor),
    Action.REMIND: lambda c: reminders.remind(
        c.database,
        letter=c.letter.id,
        actor=c.actor,
        when=reminders.When.NOW,
        trigger=a_trigger(),
    ),
    Action.ADD: lambda c: adds(c.database, c.letter, a_row(), actor=c.actor),
    Action.CONFIRM: lambda c: standing.confirm(
        c.database,
        signatory=c.party,
        actor=c.actor,
        permission=PERMISSION,
        trigger=a_trigger(),
    ),
    Action.DECIDE: lambda c: standing.decide(
        c.database,
        signatory=c.party,
        actor=c.actor,
        decision=standing.Decision.REMOVED,
        why="It was a mistake.",
        trigger=a_trigger(),
    ),
    Action.MERGE: lambda c: merges.merge(
        c.database, keeps=c.party, goes=(c.other,), actor=c.actor, trigger=a_trigger()
    ),
    Action.CORRECT: lambda c: corrections.correct(
        c.database,
        endorsement=c.entry,
        actor=c.actor,
        facts=Facts(name="Some Body"),
        asks=False,
        trigger=a_trigger(),
    ),
    Action.PIN: lambda c: pinning.pin(
        c.database, letter=c.letter.id, actor=c.actor, name="Somebody"
    ),
    Action.AMEND: lambda c: amends(
        c.database,
        letter=c.letter.id,
        actor=c.actor,
        body="Other words.",
        kind=AmendmentKind.COSMETIC,
        note="A typo.",
    ),
    Action.CLOSE: lambda c: lifecycle.close(c.database, letter=c.letter.id, actor=c.actor),
    Action.EXTEND: lambda c: lifecycle.extend(
        c.database, letter=c.letter.id, actor=c.actor, deadline=LATER
    ),
    Action.REOPEN: lambda c: lifecycle.reopen(
        c.database, letter=c.letter.id, actor=c.actor, deadline=LATER
    ),
    Action.DELIVER: lambda c: handover.deliver(c.database, letter=c.letter.id, actor=c.actor),
    Action.DELIVER_AGAIN: lambda c: handover.deliver_again(
        c.database, letter=c.letter.id, actor=c.actor
    ),
    Action.TAKE_BACK: lambda c: handover.take_back(c.database, letter=c.letter.id, actor=c.actor),
    Action.UPDATE: lambda c: updates.publish(
        c.database, letter=c.letter.id, actor=c.actor, words="It was read.", trigger=a_trigger()
    ),
    Action.OPEN_LATE: lambda c: handover.open_late(c.database, letter=c.letter.id, actor=c.actor),
    Action.CLOSE_LATE: lambda c: handover.close_late(c.database, letter=c.letter.id, actor=c.actor),
    Action.CANCEL: lambda c: lifecycle.cancel(
        c.database, letter=c.letter.id, actor=c.actor, reason="Why."
    ),
    Action.CHANGE_ORGANISERS: lambda c: lifecycle.add_organiser(
        c.database,
        letter=c.letter.id,
        actor=c.actor,
        person=OTHER_MEMBER.person,
        membership=OTHER_MEMBER.membership,
    ),
    Action.EXPORT: lambda c: exports.under_embargo(c.database, letter=c.letter.id, actor=c.actor),
}


OF_A_SIGNER = {Action.SIGN, Action.CHANGE, Action.WITHDRAW, Action.KEEP}


OF_AN_ORGANISATION = {Action.OBJECT, Action.CONFIRM, Action.DECIDE, Action.MERGE}


NEEDS_MORE = (
    OF_A_SIGNER - {Action.SIGN} | OF_AN_ORGANISATION | {Action.ANSWER, Action.DELIVER_AGAIN}
)
"""Actions that need more than a letter in a phase."""


async def prepared(
    database: Database, clock: Clock, phase: Phase, action: Action, actor: Actor
) -> Case:
    """A letter in a phase with all that an action needs."""
    if phase is Phase.DRAFT:
        draft = await a_draft(database)
        invitation = await _invited(database, draft, actor) if action is Action.ANSWER else ""
        return Case(database=database, letter=draft, actor=actor, invitation=invitation)
    people = (FIRST_SIGNER, SOMEBODY, DELEGATE, OBJECTOR)
    embargo = Embargo(hides=Hidden.NAMES, until_listed=500)
    rules = Rules(embargo=embargo) if action is Action.UNVEIL else Rules()
    letter = await a_founding_letter(database, chosen=people, grace=GRACE, rules=rules)
    if phase is not Phase.FOUNDING:
        await posting.post(
            database,
            letter=letter.id,
            actor=ORGANISER,
            channels=[CHANNEL],
            public=[CHANNEL],
            trigger=a_trigger(),
        )
        await cards_are_up(database, letter)
        await outsiders_come(database, [CHANNEL])
    somebody = a_signature(SOMEBODY, letter, name="Somebody")
    entry = (await signs(database, SOMEBODY, letter, somebody)).endorsement
    invitation = await _invited(database, letter, actor) if action is Action.ANSWER else ""
    party = other = ""
    if action in OF_AN_ORGANISATION:
        party = await _an_organisation(database, letter, disputed=action is Action.DECIDE)
    if action is Action.MERGE:
        other = await _an_organisation(database, letter, name="The Web Group of Another Name")
    held = ""
    may_sign = phase is not Phase.FOUNDING or actor in {ORGANISER, FIRST_SIGNER}
    may_sign = may_sign and actor is not ACTORS[Role.STRANGER]
    leaves = actor is ACTORS[Role.SIGNER]
    may_sign = may_sign and (leaves or action in OF_A_SIGNER - {Action.SIGN})
    if may_sign:
        await membership.remember(database, actor=actor, channel=CHANNEL)
        held = (await signs(database, actor, letter)).endorsement
    if may_sign and leaves:
        await membership.left(
            database, workspace=actor.workspace, channel=CHANNEL, user=actor.person.user
        )
    if action is Action.KEEP and phase not in {Phase.DELIVERED, Phase.LATE}:
        await amends(
            database,
            letter=letter.id,
            actor=ORGANISER,
            body="Words that mean something else.",
            kind=AmendmentKind.MATERIAL,
            note="We ask for more.",
        )
        # Late enough to answer in every phase, as if it had been amended later.
        until = LATER + timedelta(days=3)
        await database.write(lambda tx: letters.change(tx, letter.id, answer_by=until))
    if phase is not Phase.FOUNDING:
        await led_to(database, clock, letter, phase)
    if action is Action.DELIVER_AGAIN:
        came = {"late": True, "delivered": False, "group_no": signatories.c.group_no + LATE}
        await database.write(lambda tx: tx.execute(update(signatories).values(**came)))
    cards = await posting.cards(database, letter=letter.id)
    return Case(
        database=database,
        letter=await the_letter(database, letter.id),
        actor=actor,
        held=held,
        card=cards[0].id if cards else "",
        party=party,
        entry=entry,
        other=other,
        invitation=invitation,
    )


async def _invited(database: Database, letter: Letter, actor: Actor) -> str:
    if actor in {ACTORS[Role.SIGNER], ACTORS[Role.STRANGER]}:
        # With an invitation of their own they would be none.
        actor = SOMEBODY
    await invites(database, letter, a_person(actor), met=[actor])
    (invitation,) = await the_invitations(database, letter)
    return invitation.id


async def _an_organisation(
    database: Database, letter: Letter, *, disputed: bool = False, name: str = "Web Group"
) -> str:
    signature = for_organisation(DELEGATE, letter, name)
    await signs(database, DELEGATE, letter, signature)
    of_letter = [
        row
        for row in await rows(database, "signatories")
        if (row["letter"], row["kind"]) == (letter.id, "organisation")
    ]
    party = next(str(row["id"]) for row in of_letter if row["entry"] == name)
    if disputed:
        await standing.object_to(
            database,
            signatory=party,
            actor=OBJECTOR,
            name="An Objector",
            role="Chair",
            reason="Nobody asked us.",
            trigger=a_trigger(),
        )
    return party
