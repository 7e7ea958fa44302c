"""Profiles of people from Slack: time zone, language, membership.

They stay in memory for half a day, so that a click costs at most one call to Slack. Names
are suggested in forms, and never stored by this module.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TypeVar

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.letters.people import Membership, Person
from bot.letters.refusals import Reason, Refused
from bot.logs import Trouble, name_of
from bot.names.filing import sort_fold
from bot.slack.api_errors import UNREACHABLE, said
from bot.slack.models.answers import MemberPage, OneChannel, OneUser, Page, UserFacts, UserPage
from bot.slack.models.values import read
from bot.use_cases.membership import Acquaintance

log = structlog.get_logger()

KEPT_S = 12 * 3600.0
"""Half a day, because names and time zones change rarely and are all loaded at the start."""
MOST_KEPT = 60_000
"""Most profiles in memory, of half a kilobyte each; beyond that the oldest is dropped."""
PAGE = 500
ONE_BY_ONE = 50
"""Most people looked up one by one; for more, all people of the workspace are read."""
PageShape = TypeVar("PageShape", bound=Page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person's profile in Slack."""

    person: Person
    name: str
    """Their name, only to suggest it in a form; may be empty."""
    tz: str
    locale: str
    membership: Membership
    reachable: bool
    """True if they can be messaged: no bot, and not deactivated."""

    @property
    def acquaintance(self) -> Acquaintance:
        """The part of the profile that reminders need, without the name."""
        return Acquaintance(
            person=self.person,
            tz=self.tz,
            membership=self.membership,
            reachable=self.reachable,
            locale=self.locale,
        )


class Directory:
    """Looks up people and channels, and caches the people."""

    def __init__(
        self,
        client: AsyncWebClient,
        workspace: str,
        patient: AsyncWebClient,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Store two clients that may read users and channels of the workspace.

        `client` is for calls that somebody waits for; `patient` is for long lists, and waits as
        long as Slack demands.
        """
        self._client = client
        self._patient = patient
        self._workspace = workspace
        self._clock = clock
        self._trouble = Trouble("directory.unavailable", "directory.available_again")
        self._kept: dict[str, tuple[float, Profile]] = {}
        """Cached profiles with the time of their look-up, by user id, the oldest first."""
        self._pass = asyncio.Lock()
        self._everyone: tuple[float, list[Profile]] = (float("-inf"), [])
        """The time at which everybody was last read, and the profiles."""
        self._named: tuple[list[Profile], dict[str, list[str]]] = ([], {})

    async def profile(self, user: str) -> Profile | None:
        """Return a profile by user id; None for a user whom the bot can't see.

        Raises:
            SlackApiError: Slack answered with another error, such as a rate limit.
        """
        now = self._clock()
        kept = self._kept.get(user)
        if kept is not None and now - kept[0] < KEPT_S:
            return kept[1]
        try:
            answer = await self._client.users_info(user=user, include_locale=True)
            found = self._profile_of(read(OneUser, answer).user)
        except (*UNREACHABLE, ValueError) as error:
            name = said(error).label if isinstance(error, SlackApiError) else name_of(error)
            if name in {"user_not_found", "user_not_visible"}:
                return None
            self._trouble.came(name)
            if kept is not None:
                return kept[1]
            raise
        self._trouble.ended()
        self._keep(found)
        return found

    def changed(self, user: UserFacts) -> list[Acquaintance]:
        """Keep an event's profile; return what it says unless only the name or status is new."""
        known, found = self._kept.get(user.id), self._profile_of(user)
        self._keep(found)
        same = known and known[1].acquaintance == found.acquaintance
        return [] if same else [found.acquaintance]

    def _keep(self, profile: Profile) -> None:
        user = profile.person.user
        self._kept.pop(user, None)
        self._kept[user] = (self._clock(), profile)
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]

    def _profile_of(self, user: UserFacts) -> Profile:
        team = user.team_id or self._workspace
        outsider = bool(user.is_stranger) or team != self._workspace
        guest = user.is_restricted or user.is_ultra_restricted
        automatic = user.is_bot or user.is_workflow_bot or user.is_connector_bot
        return Profile(
            person=Person(team, user.id),
            name=user.real_name or user.display_name or "",
            tz=user.tz or "UTC",
            locale=user.locale or "en-US",
            membership=Membership.OUTSIDER
            if outsider
            else Membership.GUEST
            if guest
            else Membership.MEMBER,
            reachable=not (automatic or user.deleted or user.id == "USLACKBOT"),
        )

    async def fill(self) -> None:
        """Load all profiles, so that a person's first click needs no call to Slack."""
        try:
            await self.everyone()
        except UNREACHABLE as error:
            # Without them each profile is looked up at the person's first click.
            log.info("directory.not_filled", error=name_of(error))

    async def everyone(self) -> list[Profile]:
        """Return all people of the workspace; concurrent calls share one reading.

        Raises:
            SlackApiError: Slack refused a page of the list.
        """
        asked = self._clock()
        async with self._pass:
            ended, people = self._everyone
            if ended < asked:
                people = list[Profile]()
                list_users = partial(self._patient.users_list, limit=PAGE, include_locale=True)
                async for page in _pages(UserPage, list_users):
                    for user in page.members or ():
                        profile = self._profile_of(user)
                        # Forms and reminders then need no call for each person.
                        self._keep(profile)
                        people.append(profile)
                self._everyone = (self._clock(), people)
            return people

    async def by_name(self) -> Mapping[str, Sequence[str]]:
        """Return the ids of the active full members, by their folded names.

        Raises:
            SlackApiError: Slack refused a page of the list.
        """
        people = await self._recent()
        if self._named[0] is not people:
            self._named = people, await asyncio.to_thread(_by_name, people)
        return self._named[1]

    async def names(self) -> dict[str, str]:
        """Return the names of everyone in the workspace, by user id.

        Raises:
            SlackApiError: Slack refused a page of the list.
        """
        return {one.person.user: one.name for one in await self._recent()}

    async def _recent(self) -> list[Profile]:
        read_at, people = self._everyone
        return people if self._clock() - read_at < KEPT_S else await self.everyone()

    async def members(self, channel: str) -> list[str]:
        """Return the user ids of everybody in a channel.

        Raises:
            SlackApiError: the bot may not see the channel, or Slack refused a page of the list.
        """
        list_members = partial(self._patient.conversations_members, channel=channel, limit=1000)
        return [
            one async for page in _pages(MemberPage, list_members) for one in page.members or ()
        ]

    async def members_for(self, user: str, channel: str) -> list[str]:
        """Return the user ids of everybody in a channel that a person may open.

        Raises:
            Refused: the channel is private, and they aren't in it.
            SlackApiError: the bot may not see the channel, or Slack refused a page of the list.
        """
        inside = await self.members(channel)
        if user not in inside and not await self.is_public(channel):
            raise Refused.because(Reason.NOT_IN_CHANNEL, "channels")
        return inside

    async def reachable(
        self, users: Iterable[str], channels: Iterable[str] = (), *, by: str = ""
    ) -> list[Profile]:
        """Return the profiles of people, and of everyone in channels, who can get messages.

        Raises:
            Refused: the bot may not see the members of a channel, or `by` may not.
            SlackApiError: Slack refused a look-up.
        """
        try:
            inside = [one for channel in channels for one in await self.members_for(by, channel)]
        except SlackApiError as error:
            if said(error).name not in {"channel_not_found", "not_in_channel"}:
                raise
            raise Refused.because(Reason.CHANNEL_UNSEEN, "channels") from error
        wanted = list(dict.fromkeys([*users, *inside]))
        if len(wanted) > ONE_BY_ONE:
            # This fills the cache, so that the look-ups below rarely call Slack.
            await self.everyone()
        found: list[Profile | None] = []
        for start in range(0, len(wanted), ONE_BY_ONE):
            some = wanted[start : start + ONE_BY_ONE]
            found += await asyncio.gather(*(self.profile(user) for user in some))
        return [one for one in found if one is not None and one.reachable]

    async def is_public(self, channel: str) -> bool:
        """Return whether every full member of the workspace may open a channel.

        Raises:
            SlackApiError: the bot may not see the channel, or Slack refused the call.
        """
        answer = await self._patient.conversations_info(channel=channel)
        return read(OneChannel, answer).channel.is_private is False


def _by_name(people: Iterable[Profile]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for one in people:
        if one.reachable and one.membership is Membership.MEMBER and one.name:
            named.setdefault(sort_fold(one.name), []).append(one.person.user)
    return named


async def _pages(
    shape: type[PageShape], call: Callable[..., Awaitable[AsyncSlackResponse]]
) -> AsyncIterator[PageShape]:
    cursor = ""
    while True:
        page = read(shape, await call(cursor=cursor))
        yield page
        cursor = page.cursor or ""
        if not cursor:
            return
