"""Amendments, made as an organiser makes them: proposed, looked at, and carried out."""

from datetime import datetime

from bot.features.amendments.use_cases import proposals
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.storage.database import Database
from tests.support.letters import a_trigger, the_letter


async def amends(
    database: Database,
    *,
    letter: int,
    actor: Actor,
    body: str,
    kind: AmendmentKind,
    note: str,
    title: str | None = None,
    sender: str | None = None,
    addressee: str | None = None,
    answer_by: datetime | None = None,
) -> Letter:
    """An organiser changes a letter's words; gives it as it is then."""
    shown = await proposals.propose(
        database,
        letter=letter,
        actor=actor,
        body=body,
        kind=kind,
        note=note,
        title=title,
        sender=sender,
        addressee=addressee,
        answer_by=answer_by,
        trigger=a_trigger(),
    )
    await proposals.carry_out(
        database, proposal=shown.proposal.id, actor=actor, trigger=a_trigger()
    )
    return await the_letter(database, letter, actor)
