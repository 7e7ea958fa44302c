"""The place of a person: their window on the simulator's own doors."""

from typing import Any

from tests.support.doors import Doors


class Refused(AssertionError):  # noqa: N818 - reads as what happened to the person
    """Slack refused what the person did; `error` is its name."""

    def __init__(self, error: str, detail: str) -> None:
        super().__init__(f"{error}: {detail}")
        self.error = error


class Desk:
    """One person's requests to the simulator; a refusal raises `Refused`."""

    def __init__(self, doors: Doors, user: str, window: str) -> None:
        self._doors = doors
        self._who = {"as": user, "window": window}
        self._channels: dict[str, str] = {}

    async def get(self, door: str, **query: str) -> dict[str, Any]:
        """Ask a door."""
        return _accepted(await self._doors.get(door, self._who | query))

    async def post(self, door: str, **body: Any) -> dict[str, Any]:
        """Use a door."""
        return _accepted(await self.attempt(door, **body))

    async def attempt(self, door: str, **body: Any) -> dict[str, Any]:
        """Use a door; a refusal is given back as it is."""
        return await self._doors.post(door, self._who | body)

    async def names(self) -> dict[str, str]:
        """Ids of people and channels by name."""
        state = await self.get("state")
        people = {person["display_name"]: person["id"] for person in state["people"]}
        return people | {one["name"]: one["id"] for one in state["channels"] if one["name"]}

    async def channel(self, name: str) -> str:
        """A channel's id by name, or `app` for the direct message; an id stays as it is."""
        if name not in self._channels:
            for channel in (await self.get("state"))["channels"]:
                key = "app" if channel["kind"] == "im" else channel["name"]
                self._channels[key] = channel["id"]
        return self._channels.get(name, name)


def _accepted(answer: dict[str, Any]) -> dict[str, Any]:
    if not answer["ok"]:
        raise Refused(answer["error"], answer.get("detail", ""))
    return answer
