"""The bot and the local Slack while the demonstration's past is played."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import aiohttp

from bot.demo import cast
from bot.features.invitations.use_cases import answers
from bot.features.organisations.use_cases import matches
from bot.features.signing.slack.form import consent_words
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Capacity, Facts
from bot.letters.invitation import Saying
from bot.letters.signature import compose
from bot.locales import words
from bot.storage.database import Database
from bot.use_cases import membership
from bot.wiring import Process

LANGUAGE = "en"


@dataclass(kw_only=True)
class Stage:
    """One letter in the making, and what is needed to act in it as anyone.

    Attributes:
        address: Of the local Slack.
        deadline: The letter's.
        tz: The organiser's zone.
        letter: The letter's number, once it is there.
        text: The SHA-256 of its text.
        invitations: The invitation of each person who got one, by user.
    """

    process: Process
    session: aiohttp.ClientSession
    address: str
    deadline: datetime
    tz: str
    letter: int = 0
    text: str = ""
    invitations: dict[str, str] = field(default_factory=dict[str, str])
    _acts: int = 0

    @property
    def database(self) -> Database:
        """Return the bot's database."""
        return self.process.database

    def trigger(self) -> str:
        """Return a trigger of its own for an act."""
        self._acts += 1
        return f"demo-{self._acts}"

    async def door(self, name: str, body: dict[str, Any]) -> None:
        """Use one of the local Slack's own doors.

        Raises:
            RuntimeError: it refuses.
        """
        async with self.session.post(f"{self.address}/_sim/{name}", json=body) as response:
            answer = await response.json()
        if answer.get("ok") is not True:
            raise RuntimeError(f"{name}: {answer}")

    async def says(self, user: str, channel: str, text: str) -> None:
        """Write a message as somebody."""
        await self.door("message", {"as": user, "channel": channel, "text": text})

    async def signs(self, user: str, capacity: Capacity, **facts: Any) -> None:
        """Sign as somebody, with the words that the form shows them."""
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
        """Sign for an organisation as somebody."""
        await self.signs(
            user,
            Capacity.ORGANISATION,
            organisation=organisation,
            role=role,
            authorised=True,
            **facts,
        )

    async def withdraws(self, user: str) -> None:
        """Withdraw the one signature of somebody."""
        [(_, endorsement, _)] = await own_signature.mine(self.database, actor=cast.actor(user))
        await withdrawals.withdraw(
            self.database,
            endorsement=endorsement.id,
            actor=cast.actor(user),
            trigger=self.trigger(),
        )

    async def answers(self, user: str, saying: Saying, day: date | None = None) -> None:
        """Answer the invitation that somebody got."""
        invitation = self.invitations[user]
        await answers.answer(
            self.database,
            invitation=invitation,
            actor=cast.actor(user),
            saying=saying,
            day=day,
            tz=self.tz,
            trigger=self.trigger(),
        )

    async def organisation(self, name: str, asker: str) -> str:
        """Return the id of an organisation on the list, as somebody finds it by its name."""
        found = await matches.named(
            self.database, letter=self.letter, actor=cast.actor(asker), name=name
        )
        return found.party.id
