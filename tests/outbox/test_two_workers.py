"""Two processes on one PostgreSQL do each other no harm, whatever comes between them."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.signing.use_cases.signatures import SignRequest, sign_all
from bot.letters.notices import NoticeKind
from bot.outbox import claims
from bot.outbox.claims import Flight, Free, Method, claim
from bot.outbox.courier import Later
from bot.outbox.dispatch import Landed, settle
from bot.storage import rate_limits
from bot.storage.database import Database, Transaction
from tests.outbox.owing import a_waiting_card
from tests.support.clock import Clock
from tests.support.databases import uncommitted
from tests.support.letters import (
    MEMBER,
    OTHER_MEMBER,
    WORKSPACE,
    a_signature,
    a_trigger,
    an_open_letter,
    signs,
    the_tally,
)

HOLDER = "a worker"
NOTHING: Free = {}


@pytest.fixture(name="replica")
async def _replica(postgres_url: str, clock: Clock) -> AsyncGenerator[Database]:
    async with Database(postgres_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        yield database


def _claims(tx: Transaction, held: Free = NOTHING) -> list[Flight]:
    return claim(tx, limit=8, reminders=0, holder=HOLDER, held=held)


async def test_owed_meanwhile(replica: Database, postgres_url: str, clock: Clock) -> None:
    """A card is not claimed while its change is being written: it would show what was before."""
    letter = await an_open_letter(replica)
    await signs(replica, MEMBER, letter)
    request = SignRequest(
        letter=letter.id,
        actor=OTHER_MEMBER,
        signature=a_signature(OTHER_MEMBER, letter),
        trigger=a_trigger(),
    )
    async with uncommitted(postgres_url, clock.now()) as writing:
        await writing(lambda tx: sign_all(tx, [request]))
        early = await replica.write(_claims)
    late = await replica.write(_claims)

    assert [one for one in early if one.notice.kind is NoticeKind.CARD] == []
    assert [one.notice.kind for one in late].count(NoticeKind.CARD) == 1
    assert (await the_tally(replica, letter)).people == 2


async def test_no_bucket_twice(replica: Database, postgres_url: str, clock: Clock) -> None:
    """A settling worker locks no bucket before all that its claim needs: another may pass."""
    await a_waiting_card(replica)
    (flight,) = await replica.write(_claims)
    later = clock.now() + timedelta(seconds=30)
    told = Later(retry_after=timedelta(seconds=20))
    async with uncommitted(postgres_url, clock.now()) as working:
        held = await working(lambda tx: settle(tx, [Landed(flight, told)], HOLDER))
        # It would wait in vain for who has settled, and that one then for this one.
        await replica.write(
            lambda tx: claim(
                tx,
                limit=0,
                reminders=0,
                holder="another",
                held={
                    **claims.held(WORKSPACE, Method.LOOK, later),
                    **claims.held(WORKSPACE, Method.POST, clock.now()),
                },
            )
        )
        assert await working(lambda tx: _claims(tx, held)) == []
    ahead = await replica.read(lambda tx: rate_limits.ahead(tx, [Method.POST, Method.LOOK]))
    expected = {
        **claims.held(WORKSPACE, Method.POST, clock.now() + told.retry_after),
        **claims.held(WORKSPACE, Method.LOOK, later),
    }
    assert ahead == expected
