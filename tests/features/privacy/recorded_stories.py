"""Stories of the use cases that leave an entry and are no action of the table of who may do what."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import delete

from bot.features.amendments.use_cases import amendments, proposals
from bot.features.amendments.use_cases.amendments import bring_forward
from bot.features.corrections import use_cases as corrections
from bot.features.invitations.rules import InvitationRow
from bot.features.invitations.use_cases import invitations, mails, tables
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import (
    merge_history,
    merges,
    moderation,
    removals,
    standing,
)
from bot.features.privacy.use_cases import erasure
from bot.features.reminders.use_cases import progress
from bot.letters.amendment import AmendmentKind
from bot.letters.endorsement import Facts
from bot.letters.invitation import Saying
from bot.letters.phases import Action, Phase
from bot.letters.rules import Embargo, Hidden, Rules, Silence
from bot.letters.text import Translation
from bot.storage.database import Database
from bot.storage.tables import audit_entries
from bot.use_cases import pinning
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    DEADLINE,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_draft,
    a_trigger,
    an_open_letter,
    rows,
    signs,
)
from tests.support.scenes.approving import answers, asks
from tests.support.scenes.invitations import an_organisation, are_invited, invites
from tests.support.scenes.web_signing import a_browser, a_letter_to_sign
from tests.use_cases.action_cases import STORIES, prepared


async def _unpin(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name="A Member")
    await forget_history(database)
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name="A Member", up=False)


async def _lift(database: Database, clock: Clock) -> None:
    letter = await an_open_letter(database)
    until = clock.now() + timedelta(days=1)
    embargo = Embargo(hides=Hidden.NAMES, until=until)
    await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=Rules(embargo=embargo)
    )
    await forget_history(database)
    clock.set(until)
    await letter_rules.lift_due(database)


async def _translate(database: Database, clock: Clock) -> None:
    del clock
    letter = await an_open_letter(database)
    await forget_history(database)
    text = Translation(
        language="fr", title="Un web", body="Oui.", translator="Zoé", text_sha256=letter.text_sha256
    )
    await letter_rules.translate(database, letter=letter.id, actor=ORGANISER, text=text)


async def _close_due(database: Database, clock: Clock) -> None:
    await an_open_letter(database)
    await forget_history(database)
    clock.set(DEADLINE)
    await lifecycle.close_due(database)


async def _remove_organiser(database: Database, clock: Clock) -> None:
    await STORIES[Action.CHANGE_ORGANISERS](
        await prepared(database, clock, Phase.OPEN, Action.CHANGE_ORGANISERS, ORGANISER)
    )
    letter = (await rows(database, "letters"))[-1]["id"]
    await forget_history(database)
    await lifecycle.remove_organiser(
        database, letter=letter, actor=ORGANISER, person=OTHER_MEMBER.person
    )


async def _appoint_organiser(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await forget_history(database)
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
        trigger=a_trigger(),
    )
    await forget_history(database)
    await proposals.carry_out(
        database, proposal=found.proposal.id, actor=ORGANISER, trigger=a_trigger()
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
    await forget_history(database)
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
    await forget_history(database)
    clock.set(until)
    await amendments.drop_silent(database)


async def _create(database: Database, _: Clock) -> None:
    await a_draft(database)


async def _answer_correction(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    correction = await corrections.correct(
        database,
        endorsement=signed.endorsement,
        actor=ORGANISER,
        facts=Facts(name="Anna Member"),
        asks=True,
        trigger=a_trigger(),
    )
    await forget_history(database)
    await corrections.answer(
        database, correction=correction.id, actor=MEMBER, yes=True, trigger=a_trigger()
    )


async def _undo_merge(database: Database, clock: Clock) -> None:
    case = await prepared(database, clock, Phase.OPEN, Action.MERGE, ORGANISER)
    await STORIES[Action.MERGE](case)
    _, made = await merge_history.merges_of(database, letter=case.letter.id, actor=ORGANISER)
    await forget_history(database)
    await merge_history.undo_merge(
        database, merge=made[0].merge, actor=ORGANISER, trigger=a_trigger()
    )


async def _different(database: Database, clock: Clock) -> None:
    case = await prepared(database, clock, Phase.OPEN, Action.MERGE, ORGANISER)
    await forget_history(database)
    await merges.different(
        database, parties=(case.party, case.other), actor=ORGANISER, trigger=a_trigger()
    )


async def _bring_invitations(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await forget_history(database)
    table = [InvitationRow(line=2, kind="organisation", organisation="Net Group")]
    await tables.bring(
        database, letter=letter.id, actor=ORGANISER, table=table, trigger=a_trigger()
    )


async def _mail_invitations(database: Database, _: Clock) -> None:
    browser, letter = await a_browser(database), await a_letter_to_sign(database)
    await invites(database, letter, an_organisation("Harbour Library", contact="ada@example.org"))
    await forget_history(database)
    await mails.send(
        database, letter=letter.id, actor=ORGANISER, keys=browser.keys, trigger=a_trigger()
    )


async def _say(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    (invitation,) = await are_invited(database, letter, MEMBER)
    await forget_history(database)
    await invitations.say(
        database,
        invitation=invitation.id,
        actor=ORGANISER,
        saying=Saying.DECLINE,
        trigger=a_trigger(),
    )


async def _remove_invitation(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    (invitation,) = await are_invited(database, letter, MEMBER)
    await forget_history(database)
    await invitations.remove(
        database, invitation=invitation.id, actor=ORGANISER, trigger=a_trigger()
    )


async def _stop_reminders(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await forget_history(database)
    await progress.stop(database, letter=letter.id, actor=ORGANISER, trigger=a_trigger())


async def _remove(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    party = str((await rows(database, "signatories"))[0]["id"])
    await forget_history(database)
    await removals.remove(
        database, signatory=party, actor=ORGANISER, why="A mistake.", trigger=a_trigger()
    )


async def _restore(database: Database, _: Clock) -> None:
    await _remove(database, _)
    party = str((await rows(database, "signatories"))[0]["id"])
    await forget_history(database)
    await removals.restore(database, signatory=party, actor=ORGANISER, trigger=a_trigger())


async def _erase(database: Database, _: Clock) -> None:
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await forget_history(database)
    await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)


async def _waiting(database: Database, name: str) -> str:
    """An entry that somebody signed for on the web, and that waits for an organiser."""
    browser, letter = await a_browser(database), await a_letter_to_sign(database)
    await signs(database, MEMBER, letter)
    body = {} if name else {"capacity": "organisation", "organisation": "Harbour Library"}
    await browser.signs(letter, **({"name": name} if name else body))
    await forget_history(database)
    _, found = await standing.unlisted(database, letter=letter.id, actor=ORGANISER)
    return found[0].party.id


async def _same_person(database: Database, _: Clock) -> None:
    await moderation.same_person(
        database,
        signatory=await _waiting(database, "A Member"),
        actor=ORGANISER,
        trigger=a_trigger(),
    )


async def _refuse_domain(database: Database, _: Clock) -> None:
    await moderation.refuse_domain(
        database,
        signatory=await _waiting(database, ""),
        actor=ORGANISER,
        why="Not these.",
        trigger=a_trigger(),
    )


async def _approve(database: Database, _: Clock) -> None:
    browser, letter = await a_browser(database), await a_letter_to_sign(database)
    await asks(browser, letter)
    await forget_history(database)
    await answers(browser, "yes")


BY_STORY: dict[str, Callable[[Database, Clock], Awaitable[None]]] = {
    "invitations.use_cases.mails.send": _mail_invitations,
    "organisations.use_cases.moderation.same_person": _same_person,
    "organisations.use_cases.moderation.refuse_domain": _refuse_domain,
    "signing.use_cases.approvals.answer": _approve,
    "bot.use_cases.pinning.pin": _unpin,
    "letter_rules.use_cases.lift_due": _lift,
    "letter_rules.use_cases.translate": _translate,
    "lifecycle.use_cases.close_due": _close_due,
    "lifecycle.use_cases.remove_organiser": _remove_organiser,
    "lifecycle.use_cases.appoint_organiser": _appoint_organiser,
    "amendments.use_cases.proposals.carry_out": _carry_out,
    "amendments.use_cases.amendments.bring_forward": _answers_sooner,
    "amendments.use_cases.amendments.drop_silent": _drop_silent,
    "drafts.use_cases.drafts.create": _create,
    "corrections.use_cases.answer": _answer_correction,
    "organisations.use_cases.merges.different": _different,
    "organisations.use_cases.merge_history.undo_merge": _undo_merge,
    "organisations.use_cases.removals.remove": _remove,
    "organisations.use_cases.removals.restore": _restore,
    "invitations.use_cases.tables._bring": _bring_invitations,
    "invitations.use_cases.invitations.say": _say,
    "invitations.use_cases.invitations.remove": _remove_invitation,
    "reminders.use_cases.progress.stop": _stop_reminders,
    "privacy.use_cases.erasure._erase_person": _erase,
}
"""Use cases that need a story of their own; what comes before them is in the history."""


async def forget_history(database: Database) -> None:
    await database.write(lambda tx: tx.connection.execute(delete(audit_entries)) and None)
