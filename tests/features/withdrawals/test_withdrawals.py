import asyncio
from datetime import timedelta

from bolt_understudy.block_kit import check_message
from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.signing.use_cases import own_signature
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Tally
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor
from bot.letters.refusals import Reason
from bot.locales import words
from bot.storage.database import Database
from bot.use_cases import pinning
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_signature,
    a_trigger,
    an_open_letter,
    changes,
    everything,
    rows,
    signs,
    the_list,
    the_tally,
)
from tests.support.refusing import refused
from tests.support.scenes.telling import letter_message


async def test_replayed_after_withdraw(database: Database) -> None:
    """A Sign that is delivered again after a Withdraw has no effect."""
    letter = await an_open_letter(database)
    trigger = a_trigger()
    signed = await signs(database, MEMBER, letter, trigger=trigger)
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    before = await everything(database)
    assert await signs(database, MEMBER, letter, trigger=trigger) == signed
    assert await everything(database) == before
    assert await the_list(database, letter) == []


async def test_signs_again_after_withdraw(database: Database) -> None:
    """A signer who withdrew may sign again: one entry, one voice, two endorsements kept."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="A. Member"))
    assert await the_list(database, letter) == ["A. Member"]
    assert await the_tally(database, letter) == Tally(people=1)
    assert len(await rows(database, "endorsements")) == 2


async def test_withdraw(database: Database, clock: Clock) -> None:
    """A signer who withdraws is off the list, and off the count; the record stays."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    clock.advance(timedelta(hours=1))
    _, one = await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert one.signature.entry == "A Member"
    assert await the_list(database, letter) == []
    assert await the_tally(database, letter) == Tally()
    (row,) = await rows(database, "endorsements")
    assert row["withdrawn_at"] == clock.now()
    assert await own_signature.mine(database, actor=MEMBER) == []
    assert (
        await own_signature.entry(database, endorsement=signed.endorsement, person=MEMBER.person)
        is None
    )


async def test_withdraw_twice(database: Database) -> None:
    """A Withdraw that is delivered twice is answered alike; one in another window is refused."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    trigger = a_trigger()
    answers = await asyncio.gather(
        *(
            withdrawals.withdraw(
                database, endorsement=signed.endorsement, actor=MEMBER, trigger=trigger
            )
            for _ in range(3)
        )
    )
    assert [one.signature.entry for _, one in answers] == ["A Member"] * 3
    before = await everything(database)
    await refused(
        withdrawals.withdraw(
            database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
        ),
        Reason.NOT_SIGNED,
    )
    assert await everything(database) == before


async def test_withdraw_what_is_not_mine(database: Database) -> None:
    """Nobody withdraws, changes or sees another's endorsement, not even an organiser."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    before = await everything(database)
    for actor in (ORGANISER, OTHER_MEMBER):
        await refused(
            withdrawals.withdraw(
                database, endorsement=signed.endorsement, actor=actor, trigger=a_trigger()
            ),
            Reason.NOT_SIGNED,
        )
        await refused(
            changes(
                database,
                endorsement=signed.endorsement,
                actor=actor,
                signature=a_signature(actor, letter),
                trigger=a_trigger(),
            ),
            Reason.NOT_SIGNED,
        )
        await refused(
            withdrawals.held(database, endorsement=signed.endorsement, actor=actor),
            Reason.NOT_SIGNED,
        )
    assert await everything(database) == before


async def test_withdraw_after_closing(database: Database) -> None:
    """A signature can be withdrawn also after closing."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert await the_tally(database, letter) == Tally()


async def test_withdrawn_convener(database: Database) -> None:
    """A convener who withdraws and signs again is in the order of the list."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Convener"))
    await signs(database, OTHER_MEMBER, letter, a_signature(OTHER_MEMBER, letter, name="Another"))
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name="Convener")
    assert await the_list(database, letter) == ["Convener", "Another"]
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Convener"))
    assert await the_list(database, letter) == ["Another", "Convener"]


async def _withdraws(database: Database, endorsement: str, actor: Actor) -> None:
    await withdrawals.withdraw(database, endorsement=endorsement, actor=actor, trigger=a_trigger())


async def test_organisers_are_told_after_delivery(database: Database, clock: Clock) -> None:
    """Organisers are told right away who of the delivered copy withdrew, and of nobody else."""
    letter = await an_open_letter(database)
    before, after = [
        (await signs(database, one, letter, a_signature(one, letter, name=name))).endorsement
        for one, name in ((MEMBER, "B. Fore"), (OTHER_MEMBER, "A. Fter"))
    ]
    await _withdraws(database, before, MEMBER)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    await handover.open_late(database, letter=letter.id, actor=ORGANISER)
    late = (await signs(database, MEMBER, letter)).endorsement
    await _withdraws(database, late, MEMBER)
    assert [row for row in await rows(database, "outbox") if row["kind"] == "word"] == []

    await _withdraws(database, after, OTHER_MEMBER)

    (told,) = [row for row in await rows(database, "outbox") if row["kind"] == "word"]
    assert (told["target"], told["due_at"]) == (ORGANISER.person.user, clock.now())
    facts = told["subject"]["facts"]
    topic = LetterTopic(told["subject"]["about"])
    text, blocks = letter_message(words("en"), topic, letter, facts)
    assert "A. Fter" in text
    assert "withdrew from" in text
    assert check_message(blocks) == []
