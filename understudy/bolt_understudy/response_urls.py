import secrets
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Literal

from bolt_understudy.clock import Clock
from bolt_understudy.errors import SlackError

USES = 5
LIFE_SECONDS = 30 * 60.0
KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseUrl:
    """The target of an answer to one act of a person, which needs no token.

    `message_ts` is the message that the person acted on, if any; only that can be replaced.
    """

    path: str
    user: str
    channel: str
    message_ts: str
    expires: float
    left: int = USES


class ResponseUrls:
    """The response URLs: each works 5 times within 30 minutes of the local Slack's time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: OrderedDict[str, ResponseUrl] = OrderedDict()

    def clear(self) -> None:
        """Delete all."""
        self._issued.clear()

    def issue(
        self,
        kind: Literal["actions", "commands", "app"],
        *,
        team: str,
        user: str,
        channel: str,
        message_ts: str = "",
    ) -> str:
        """Return the path of a new response URL, relative to the local Slack's address."""
        path = f"/{kind}/{team}/{len(self._issued) + 1}/{secrets.token_urlsafe(18)}"
        self._issued[path] = ResponseUrl(
            path=path,
            user=user,
            channel=channel,
            message_ts=message_ts,
            expires=self._clock.now() + LIFE_SECONDS,
        )
        if len(self._issued) > KEPT:
            self._issued.popitem(last=False)
        return path

    def use(self, path: str) -> ResponseUrl:
        """Use a response URL once and return its target.

        Raises:
            SlackError: `invalid_url`, `expired_url`, or `used_url` after five uses.
        """
        url = self._issued.get(path)
        if url is None:
            raise SlackError("invalid_url")
        if self._clock.now() > url.expires:
            raise SlackError("expired_url")
        if not url.left:
            raise SlackError("used_url")
        self._issued[path] = replace(url, left=url.left - 1)
        return url
