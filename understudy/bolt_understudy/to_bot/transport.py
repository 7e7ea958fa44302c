import time
from collections import OrderedDict
from dataclasses import replace

from bolt_understudy.journal import RECORDS_KEPT, Journal
from bolt_understudy.to_bot.deliveries import Ack, Delivery
from bolt_understudy.to_bot.signed_http import SignedHttp
from bolt_understudy.to_bot.socket_mode import SocketMode


class Transport:
    """The connection to the bot, Socket Mode or signed HTTP, with a store of deliveries."""

    def __init__(self, *, socket: SocketMode, http: SignedHttp, journal: Journal) -> None:
        self.socket = socket
        self.http = http
        self.use_socket = True
        self.request_url = ""
        self._journal = journal
        self._sent: OrderedDict[int, Delivery] = OrderedDict()

    @property
    def connected(self) -> bool:
        """Return whether the bot can be reached, as far as is known without a request."""
        return self.socket.connected if self.use_socket else True

    async def send(self, delivery: Delivery) -> Ack:
        """Send once, and wait up to 3 s for the ack."""
        began = time.perf_counter()
        if self.use_socket:
            ack = await self.socket.send(delivery)
        else:
            url = self.request_url or delivery.url
            ack = await self.http.send(replace(delivery, url=url))
        record_id = self._journal.record(
            direction="to_bot",
            kind=delivery.kind,
            title=delivery.title
            if not delivery.retry
            else f"{delivery.title} (retry {delivery.retry})",
            payload=delivery.payload,
            answer=ack.seen(),
            took_ms=(time.perf_counter() - began) * 1000,
        )
        self._sent[record_id] = delivery
        if len(self._sent) > RECORDS_KEPT:
            self._sent.popitem(last=False)
        return ack

    def sent(self, record_id: int) -> Delivery | None:
        """Return the delivery of an inspector's record, for sending it again."""
        return self._sent.get(record_id)

    def clear(self) -> None:
        """Delete the stored deliveries; connections stay open."""
        self._sent.clear()

    async def close(self) -> None:
        """End all connections."""
        await self.socket.close()
        await self.http.close()
