import hashlib
import hmac
import time
from typing import Any
from urllib.parse import urlencode

import orjson
from aiohttp import ClientError, ClientSession, ClientTimeout, TooManyRedirects

from bolt_understudy.to_bot.deliveries import ACK_SECONDS, Ack, Delivery

USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
MOST_REDIRECTS = 2


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return Slack's `v0=` signature of a request."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encode(delivery: Delivery) -> tuple[bytes, str]:
    """Return the body of a delivery and its content type, as Slack sends each kind."""
    if delivery.kind == "events_api":
        return orjson.dumps(delivery.payload), "application/json"
    fields: dict[str, Any] = delivery.payload
    if delivery.kind == "interactive":
        fields = {"payload": orjson.dumps(delivery.payload).decode()}
    return urlencode(_form_fields(fields)).encode(), "application/x-www-form-urlencoded"


class SignedHttp:
    """Slack's signed requests to the bot's own address.

    The signature has the machine's time, not the local Slack's, as it protects a real network.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._session: ClientSession | None = None

    async def send(self, delivery: Delivery) -> Ack:
        """Post one delivery and return the answer."""
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=ACK_SECONDS))
        body, content_type = encode(delivery)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": USER_AGENT,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if delivery.retry:
            headers["X-Slack-Retry-Num"] = str(delivery.retry)
            headers["X-Slack-Retry-Reason"] = delivery.reason
        try:
            async with self._session.post(
                delivery.url, data=body, headers=headers, max_redirects=MOST_REDIRECTS
            ) as response:
                answer = await response.read()
                if not 200 <= response.status < 300:
                    return Ack(
                        body=answer.decode(errors="replace"),
                        failure="http_error",
                        status=response.status,
                        no_retry=response.headers.get("X-Slack-No-Retry") == "1",
                    )
                return Ack(body=_parsed(answer, response.content_type), status=response.status)
        except TooManyRedirects:
            return Ack(failure="too_many_redirects", status=0)
        except TimeoutError:
            return Ack(failure="http_timeout", status=0)
        except (ClientError, OSError, ValueError):
            return Ack(failure="connection_failed", status=0)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def _form_fields(fields: dict[str, Any]) -> dict[str, str]:
    """Return fields as strings for a form: booleans in lower case, without absent values."""
    return {
        key: str(value).lower() if isinstance(value, bool) else str(value)
        for key, value in fields.items()
        if value is not None
    }


def _parsed(answer: bytes, content_type: str) -> Any:
    if not answer:
        return None
    if content_type == "application/json":
        return orjson.loads(answer)
    return answer.decode(errors="replace")
