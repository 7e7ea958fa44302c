"""Letters, people and signatures for tests, made through the stories themselves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select, text

from bot.features.cards import use_cases as cards
from bot.features.collected.rules import Gathered, SignatureRow, gathered
from bot.features.collected.use_cases import additions
from bot.features.drafts.use_cases import drafts
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reading.use_cases import pages
from bot.features.signing.use_cases import own_signature, signatures
from bot.letters.draft import Draft
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.entries import compose
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor, Membership, Person
from bot.letters.refusals import Refused
from bot.letters.standing import Standing
from bot.storage import endorsements, signatories, workspaces
from bot.storage.database import Database, Transaction
from bot.storage.tables import metadata
from bot.storage.workspaces import Acquaintance
from bot.use_cases import gate, letter_lookup, membership
from tests.support.clock import START

WORKSPACE = "T1"
ELSEWHERE = "T2"
CHANNEL = "C1"
BODY = "# An open web\n\nThe web belongs to everyone.\n\nKeep it open.\n"
DEADLINE = START + timedelta(days=30)

_numbers = count(1)


def an_actor(
    user: str, membership: Membership = Membership.MEMBER, *, team: str = WORKSPACE
) -> Actor:
    """Somebody who acts in the workspace."""
    return Actor(workspace=WORKSPACE, person=Person(team, user), membership=membership)


ORGANISER = an_actor("U0ORGANISER")
MEMBER = an_actor("U0MEMBER")
OTHER_MEMBER = an_actor("U0OTHER")
GUEST = an_actor("U0GUEST", Membership.GUEST)
OUTSIDER = an_actor("U0OUTSIDER", Membership.OUTSIDER, team=ELSEWHERE)


def members(how_many: int) -> list[Actor]:
    """Full members, each another."""
    return [an_actor(f"U{number:05}") for number in range(how_many)]


def a_trigger() -> str:
    """A trigger that was never seen."""
    return f"trigger-{next(_numbers)}"


def a_draft_of(**changed: Any) -> Draft:
    """The words and rules of a letter to be."""
    return replace(Draft(title="An open web", body=BODY, deadline=DEADLINE), **changed)


async def a_draft(database: Database, *, actor: Actor = ORGANISER, **changed: Any) -> Letter:
    """A letter that nobody but its organiser can see; `changed` are fields of `Draft`."""
    number = await drafts.create(
        database, actor=actor, draft=a_draft_of(**changed), trigger=a_trigger()
    )
    return await the_letter(database, number, actor)


async def an_open_letter(
    database: Database,
    *,
    actor: Actor = ORGANISER,
    channels: Sequence[str] = (CHANNEL,),
    public: bool = True,
    **changed: Any,
) -> Letter:
    """A letter whose card is up in its channels; `changed` are fields of `Draft`.

    In public ones the guest and the outsider of these tests are too.
    """
    letter = await a_draft(database, actor=actor, **changed)
    await cards.post(
        database,
        letter=letter.id,
        actor=actor,
        channels=channels,
        public=channels if public else (),
        trigger=a_trigger(),
    )
    await cards_are_up(database, letter)
    if public:
        await outsiders_come(database, channels)
    return await the_letter(database, letter.id, actor)


async def a_closed_letter(
    database: Database, *, actor: Actor = ORGANISER, **changed: Any
) -> Letter:
    """A letter that its organiser closed."""
    letter = await an_open_letter(database, actor=actor, **changed)
    await lifecycle.close(database, letter=letter.id, actor=actor)
    return await the_letter(database, letter.id, actor)


async def a_cancelled_letter(
    database: Database, *, actor: Actor = ORGANISER, **changed: Any
) -> Letter:
    """A letter that its organiser cancelled."""
    letter = await an_open_letter(database, actor=actor, **changed)
    await lifecycle.cancel(database, letter=letter.id, actor=actor, reason="It was answered.")
    return await the_letter(database, letter.id, actor)


async def outsiders_come(database: Database, channels: Sequence[str]) -> None:
    """The guest and the outsider are in these channels, as a click there shows."""

    def come(tx: Transaction) -> None:
        for channel in channels:
            users = [one.person.user for one in (GUEST, OUTSIDER)]
            workspaces.put_members(tx, WORKSPACE, channel, users)

    await database.write(come)


async def cards_are_up(database: Database, letter: Letter) -> None:
    """Every card of a letter reached its channel."""
    for card in await cards.cards(database, letter=letter.id):
        await gate.adopt_card(
            database,
            workspace=WORKSPACE,
            posting=card.id,
            channel=card.channel,
            message_ts=f"1770000000.{next(_numbers):06}",
        )


async def the_letter(database: Database, letter: int, actor: Actor = ORGANISER) -> Letter:
    """A letter as it is now."""
    return (await letter_lookup.whole(database, letter=letter, actor=actor)).letter


async def the_tally(database: Database, letter: Letter) -> Tally:
    """Return the count of a letter's list now."""
    return (await the_letter(database, letter.id)).tally


def a_signature(
    actor: Actor, letter: Letter, capacity: Capacity = Capacity.INDIVIDUAL, **changed: Any
) -> Signature:
    """Make a signature that somebody approved; `changed` are fields of `Facts`, and `sort_name`."""
    sort_name = changed.pop("sort_name", "")
    facts = replace(Facts(name="A Member", authorised=True), **changed)
    made = compose(
        actor.person,
        capacity,
        facts,
        sort_name=sort_name,
        language=letter.language,
        text_sha256=letter.text_sha256,
        consent="My name is published on the letter; I can take it back.",
    )
    assert isinstance(made, Signature), made
    return made


def for_organisation(
    actor: Actor, letter: Letter, organisation: str, country: str = "", **changed: Any
) -> Signature:
    """Make a signature that somebody approved for an organisation, each under another name."""
    changed.setdefault("name", f"A {actor.person.user.removeprefix('U0').title()}")
    return a_signature(
        actor,
        letter,
        Capacity.ORGANISATION,
        organisation=organisation,
        country=country,
        **changed,
    )


async def signs(
    database: Database,
    actor: Actor,
    letter: Letter,
    signature: Signature | None = None,
    *,
    trigger: str | None = None,
    confirms: bool = False,
    shown: str | None = None,
    from_home: bool = False,
    may_be_organisation: bool = True,
) -> signatures.Signed:
    """Somebody signs: as an individual unless a signature is given."""
    return await signatures.sign(
        database,
        signatures.SignRequest(
            letter=letter.id,
            actor=actor,
            signature=signature or a_signature(actor, letter),
            trigger=trigger or a_trigger(),
            confirms=confirms,
            shown=shown,
            from_home=from_home,
            may_be_organisation=may_be_organisation,
            knows_late=True,
            knows_web=True,
        ),
    )


async def changes(
    database: Database,
    *,
    endorsement: str,
    actor: Actor,
    signature: Signature,
    trigger: str | None = None,
    **more: Any,
) -> signatures.Signed:
    """Somebody changes what they signed; `more` are fields of `SignRequest`."""
    held = await database.read(lambda tx: endorsements.find(tx, endorsement))
    request = signatures.SignRequest(
        letter=held.letter if held else 0,
        changes=endorsement,
        actor=actor,
        signature=signature,
        trigger=trigger or a_trigger(),
        **more,
    )
    return await own_signature.change(database, request)


def a_row(**said: Any) -> SignatureRow:
    """A signature from elsewhere, as an organiser types it: of a person unless it says otherwise."""
    usual = SignatureRow(kind="organisation", source="A petition on paper")
    if "organisation" not in said:
        usual = replace(usual, kind="person", name="Ada King")
    return replace(usual, **said)


PERMITTED = {
    "ground": "written_permission",
    "given_by": "The Director",
    "given_role": "Director",
    "given_on": START.date().isoformat(),
}
"""The columns of a row about a permission."""


@dataclass(frozen=True)
class Added:
    """A signature that was added from elsewhere."""

    endorsement: str
    entry: str
    standing: Standing


async def adds(
    database: Database, letter: Letter, row: SignatureRow, *, actor: Actor = ORGANISER, **more: Any
) -> Added:
    """An organiser adds one signature from elsewhere; `more` are arguments of `additions.bring`.

    Raises:
        Refused: for the first thing that is wrong with it.
    """
    said: dict[str, Any] = {
        "note": "for identification only",
        "text": letter.text_sha256,
        "consent": "They agreed that this entry is published with the letter.",
        "trigger": a_trigger(),
    }
    made = gathered(row, letter, note=said["note"], consent=said["consent"], today=date.max)

    def from_elsewhere(tx: Transaction) -> dict[str, Added]:
        table = metadata.tables["endorsements"].c
        rows = tx.connection.execute(
            select(table.id, table.signatory, table.entry)
            .where(table.letter == letter.id, table.source != "", table.withdrawn_at.is_(None))
            .order_by(table.id)
        ).all()
        parties = signatories.kept(tx, {one.signatory for one in rows})
        return {
            one.id: Added(
                endorsement=one.id,
                entry=parties[one.signatory].entry,
                standing=parties[one.signatory].standing,
            )
            for one in rows
        }

    before = await database.read(from_elsewhere)
    brought = await additions.bring(
        database, letter=letter.id, actor=actor, table=[row], **(said | more)
    )
    if brought.refused:
        raise Refused(brought.refused[0][0])
    after = await database.read(from_elsewhere)
    new = [one for id_, one in after.items() if id_ not in before]
    if not new:
        # The same trigger again.
        assert isinstance(made, Gathered)
        new = [one for one in after.values() if one.entry == made.signature.entry]
    return new[-1]


async def the_list(database: Database, letter: Letter, actor: Actor = ORGANISER) -> list[str]:
    """The entries of a letter in their order."""
    page = await pages.who_signed(database, letter=letter.id, actor=actor, after=None, limit=10_000)
    return [party.entry for party in page.signatories]


async def are_met(
    database: Database, people: Collection[Actor], *, tz: str = "UTC", reachable: bool = True
) -> None:
    """Slack says of these people who they are."""
    await membership.meet(
        database,
        workspace=WORKSPACE,
        people=[
            Acquaintance(person=one.person, tz=tz, membership=one.membership, reachable=reachable)
            for one in people
        ],
    )


async def are_in_channel(
    database: Database, people: Collection[Actor], *, channel: str = CHANNEL, tz: str = "UTC"
) -> None:
    """These people are known, and they are the channel's members."""
    await are_met(database, people, tz=tz)
    await membership.gathered(
        database, workspace=WORKSPACE, channel=channel, users=[one.person.user for one in people]
    )


async def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, to see that nothing was written."""
    return await database.read(all_rows)


_OF_EACH_TABLE = {
    table.name: str(select(text("*")).select_from(table).order_by(*table.primary_key))
    for table in metadata.sorted_tables
}
"""The statement that reads all rows of a table. To compile them took longer than to run them."""


def all_rows(tx: Transaction) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, as the driver gives it.

    What is only compared needs no dates and JSON made of it, which took most of some tests' time.
    """
    return {
        table: [tuple(row) for row in tx.connection.exec_driver_sql(statement)]
        for table, statement in _OF_EACH_TABLE.items()
    }


async def rows(database: Database, table: str) -> list[dict[str, Any]]:
    """The rows of a table, by its primary key."""
    source = metadata.tables[table]
    return await database.read(
        lambda tx: [
            dict(row._mapping)
            for row in tx.connection.execute(select(source).order_by(*source.primary_key))
        ]
    )
