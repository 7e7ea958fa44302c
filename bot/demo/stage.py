"""Actions on the bot and the local Slack, by which the demo's earlier events are replayed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import aiohttp

from bot.demo import cast
from bot.features.invitations.use_cases import answers
from bot.features.signing.slack.form import consent_words
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Capacity, Facts
from bot.letters.entries import compose
from bot.letters.invitation import Saying
from bot.locales import words
from bot.storage.database import Database
from bot.use_cases import membership

LANGUAGE = "en"
T = TypeVar("T")


@dataclass(kw_only=True)
class Stage:
    """The demo's letter, with methods to act on it as anyone in the cast."""

    database: Database
    session: aiohttp.ClientSession
    address: str
    """The address of the local Slack."""
    deadline: datetime
    tz: str
    letter: int = 0
    """The letter's number; 0 before it is created."""
    text: str = ""
    """The SHA-256 of the letter's text."""
    invitations: dict[str, str] = field(default_factory=dict[str, str])
    """Ids of invitations, by the invited user."""
    _acts: int = 0

    def trigger(self) -> str:
        """Return a unique trigger."""
        self._acts += 1
        return f"demo-{self._acts}"

    async def acts(self, user: str, use_case: Callable[..., Awaitable[T]], **facts: Any) -> T:
        """Run a use case as a user."""
        return await use_case(
            self.database, actor=cast.actor(user), trigger=self.trigger(), **facts
        )

    async def door(self, name: str, body: dict[str, Any]) -> None:
        """Call an endpoint that controls the local Slack.

        Raises:
            RuntimeError: The local Slack answered with an error.
        """
        async with self.session.post(f"{self.address}/_sim/{name}", json=body) as response:
            answer = await response.json()
        if answer.get("ok") is not True:
            raise RuntimeError(f"{name}: {answer}")

    async def says(self, user: str, channel: str, text: str) -> None:
        """Write a message as a user."""
        await self.door("message", {"as": user, "channel": channel, "text": text})

    async def signs(self, user: str, capacity: Capacity, **facts: Any) -> None:
        """Sign as a user, with the consent that the form would show."""
        made = compose(
            cast.person(user),
            capacity,
            Facts(name=cast.name_of(user), **facts),
            sort_name="",
            language=LANGUAGE,
            text_sha256=self.text,
            consent=consent_words(words(LANGUAGE)),
        )
        if isinstance(made, tuple):
            raise TypeError(made)
        await membership.acted_in(
            self.database,
            actor=cast.actor(user),
            channel=cast.PARTNERS if user == cast.VISITOR else cast.OPEN_INTERNET,
        )
        await signatures.sign(
            self.database,
            signatures.SignRequest(
                letter=self.letter, actor=cast.actor(user), signature=made, trigger=self.trigger()
            ),
        )

    async def signs_for(self, user: str, organisation: str, role: str, **facts: str) -> None:
        """Sign for an organisation as a user."""
        await self.signs(
            user,
            Capacity.ORGANISATION,
            organisation=organisation,
            role=role,
            authorised=True,
            **facts,
        )

    async def withdraws(self, user: str) -> None:
        """Withdraw a user's only signature."""
        [(_, endorsement, _)] = await own_signature.mine(self.database, actor=cast.actor(user))
        await self.acts(user, withdrawals.withdraw, endorsement=endorsement.id)

    async def answers(self, user: str, saying: Saying, day: date | None = None) -> None:
        """Answer a user's invitation."""
        invitation = self.invitations[user]
        await self.acts(user, answers.answer, invitation=invitation, saying=saying, day=day)
