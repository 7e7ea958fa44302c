"""Sends what is owed: claim, let go of the database, send, and settle with what follows."""

import asyncio
import secrets
from collections.abc import Sequence

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from bot.letters.notices import NoticeKind
from bot.logs import Trouble, answering, name_of
from bot.outbox.claims import LEASE, Flight, anything_due, claim, hold
from bot.outbox.courier import Absent, CannotLook, Courier, Found, Looked, Outcome, Sent, Unknown
from bot.outbox.retry import WhenInDoubt
from bot.outbox.settlement import Landed, settle
from bot.storage import leases
from bot.storage.database import Database, Transaction

log = structlog.get_logger()

AT_ONCE = 8
"""Number of concurrent calls in one process."""
REMINDERS_AT_ONCE = 6
"""Number of those that may be reminders, so that a receipt always finds a place."""
LOOK_ROUND_S = 0.2
"""While calls are under way: how often it is looked whether more may go."""
LONGEST_CALL_S = LEASE.total_seconds() / 2
PATIENCE = 60
"""Number of attempts to settle, half a second apart, while the database is away."""


async def send_due(
    database: Database,
    courier: Courier,
    stopping: asyncio.Event | None = None,
    trouble: Trouble | None = None,
) -> int:
    """Send until nothing is due that may go now; return how many notices came back.

    Once `stopping` is set nothing more is claimed, and what is under way is brought to its end. A
    process that dies leaves its notices claimed: when their lease runs out they are in doubt. Who
    sends again and again hands the same trouble in each time: it's said once while it lasts.
    """
    sending = _Sending(database, courier, stopping or asyncio.Event(), trouble or turn_trouble())
    try:
        return await sending.run()
    finally:
        await sending.abandon()


def turn_trouble() -> Trouble:
    """Trouble with the database while calls are under way."""
    return Trouble("outbox.turn_failed", "outbox.goes_on")


class _Sending:
    def __init__(
        self, database: Database, courier: Courier, stopping: asyncio.Event, trouble: Trouble
    ) -> None:
        self._trouble = trouble
        self._database = database
        self._courier = courier
        self._stopping = stopping
        self._holder = secrets.token_hex(16)
        self._flying: dict[asyncio.Task[Landed], Flight] = {}
        self._came_back = 0

    async def run(self) -> int:
        landed: list[Landed] = []
        while True:
            try:
                await self._turn(landed)
            except Exception as error:
                if not landed and not self._flying:
                    raise
                # What is under way must be settled first; then there is time for this error.
                self._trouble.came(name_of(error))
                for one in landed:
                    await self._settle_patiently(one)
            else:
                self._trouble.ended()
            self._came_back += len(landed)
            if not self._flying:
                return self._came_back
            done, _ = await asyncio.wait(
                self._flying, timeout=LOOK_ROUND_S, return_when=asyncio.FIRST_COMPLETED
            )
            landed = [task.result() for task in done]
            for task in done:
                del self._flying[task]

    async def abandon(self) -> None:
        """End calls that are still under way; their notices are in doubt."""
        for task in self._flying:
            task.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)

    async def _turn(self, landed: Sequence[Landed]) -> None:
        """Settle what came back and claims as much as there is room for, in one transaction."""
        room = 0 if self._stopping.is_set() else AT_ONCE - len(self._flying)
        if not landed and not (room and await self._database.read(anything_due)):
            return
        flights = await self._database.write(lambda tx: self._settle_and_claim(tx, landed, room))
        for flight in flights:
            self._flying[asyncio.create_task(self._fly(flight))] = flight

    def _settle_and_claim(
        self, tx: Transaction, landed: Sequence[Landed], room: int
    ) -> list[Flight]:
        held = settle(tx, landed, self._holder)
        if self._flying:
            # Before the claim: a clock that jumped ahead must not make us take our own.
            ours = [flight.notice.id for flight in self._flying.values()]
            leases.renew(tx, ours, self._holder, LEASE)
        if not room:
            hold(tx, held)
            return []
        kinds = [flight.notice.kind for flight in self._flying.values()]
        reminders = REMINDERS_AT_ONCE - kinds.count(NoticeKind.REMINDER)
        return claim(tx, limit=room, reminders=reminders, holder=self._holder, held=held)

    async def _settle_patiently(self, landed: Landed) -> None:
        """Settle one alone. What cannot be settled stays claimed, and in doubt after its lease."""
        for _ in range(PATIENCE):
            try:
                await self._database.write(lambda tx: hold(tx, settle(tx, [landed], self._holder)))
            except (DBAPIError, NoConnectionError, OSError):
                await asyncio.sleep(0.5)
            except Exception as error:  # noqa: BLE001 - one bad notice must not keep up the others
                return _not_settled(landed, error)
            else:
                return None
        return _not_settled(landed, TimeoutError())

    async def _fly(self, flight: Flight) -> Landed:
        with answering(flight.notice.click):
            return await self._flown(flight)

    async def _flown(self, flight: Flight) -> Landed:
        notice = flight.notice
        try:
            async with asyncio.timeout(LONGEST_CALL_S):
                outcome = await self._bring(flight)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody knows whether it arrived
            name = name_of(error)
            log.error("courier.failed", notice=notice.id, kind=notice.kind.value, error=name)  # noqa: TRY400 - a traceback may hold names and words
            outcome = Unknown(error=name)
        return Landed(flight, outcome)

    async def _bring(self, flight: Flight) -> Outcome | CannotLook:
        notice = flight.notice
        if notice.doubtful and flight.in_doubt is WhenInDoubt.ASK:
            return Unknown(error="lease_expired")
        if notice.doubtful and flight.in_doubt is WhenInDoubt.LOOK:
            looked = await self._look(flight)
            if isinstance(looked, Found):
                return Sent(reference=looked.reference)
            if not isinstance(looked, Absent):
                return looked
        return await self._courier.send(notice)

    async def _look(self, flight: Flight) -> Looked:
        notice = flight.notice
        try:
            return await self._courier.look(notice)
        except Exception as error:  # noqa: BLE001 - a look that failed tells nothing; another may
            name = name_of(error)
            log.error("courier.look_failed", notice=notice.id, error=name)  # noqa: TRY400 - a traceback may hold names and words
            return CannotLook(error=name)


def _not_settled(landed: Landed, error: Exception) -> None:
    notice = landed.flight.notice
    log.error("notice.not_settled", notice=notice.id, kind=notice.kind.value, error=name_of(error))
