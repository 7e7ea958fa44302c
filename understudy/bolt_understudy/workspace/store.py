import base64
import secrets
from dataclasses import dataclass, field
from typing import Any

from bolt_understudy.clock import Clock
from bolt_understudy.workspace.channels import Channel
from bolt_understudy.workspace.files import File
from bolt_understudy.workspace.messages import Message
from bolt_understudy.workspace.people import Person
from bolt_understudy.workspace.views import View

SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A workspace."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """The app in this workspace, and the bot user it acts as."""

    app_id: str
    bot_id: str
    bot_user: str
    name: str


@dataclass(slots=True, kw_only=True)
class Workspace:
    """Everything that the local Slack stores: people, channels, messages and views."""

    team: Team
    app: Installation
    clock: Clock
    people: dict[str, Person] = field(default_factory=dict[str, Person])
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])
    messages: dict[str, dict[str, Message]] = field(default_factory=dict[str, dict[str, Message]])
    files: dict[str, File] = field(default_factory=dict[str, File])
    read_marks: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    views: dict[str, View] = field(default_factory=dict[str, View])
    stacks: dict[tuple[str, str], list[str]] = field(
        default_factory=dict[tuple[str, str], list[str]]
    )
    homes: dict[str, str] = field(default_factory=dict[str, str])
    _last_ts: int = 0
    _last_id: int = 0

    def clear(self) -> None:
        """Delete everything."""
        for part in (self.people, self.channels, self.messages, self.read_marks):
            part.clear()
        for part in (self.views, self.stacks, self.homes, self.files):
            part.clear()
        self._last_ts = 0

    def new_ts(self) -> str:
        """Return a timestamp that is later than all others in this workspace."""
        self._last_ts = max(self._last_ts + 1, int(self.clock.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, letter: str) -> str:
        """Return a new id: `letter`, then capitals and digits, as in Slack."""
        self._last_id += 1
        tail = base64.b32encode(secrets.token_bytes(5)).decode().rstrip("=")
        return f"{letter}0{self._last_id:X}{tail[:6]}"

    def new_hash(self) -> str:
        """Return a new hash for a view."""
        return f"{int(self.clock.now())}.{secrets.token_hex(4)}"

    def is_outsider(self, user: str) -> bool:
        """Return whether this person belongs to another workspace."""
        return self.people[user].team != self.team.id

    def is_stranger(self, user: str) -> bool:
        """Return whether this person is of another workspace and shares no channel with this one."""
        return self.is_outsider(user) and not any(
            user in channel.members for channel in self.channels.values() if channel.kind != "im"
        )

    def bot_sees(self, channel: Channel) -> bool:
        """Return whether the API includes this channel for the bot."""
        return channel.is_open or self.app.bot_user in channel.members

    def person_sees(self, user: str, channel: Channel) -> bool:
        """Return whether the channel is in a person's list or can be browsed."""
        if user in channel.members:
            return True
        person = self.people[user]
        return channel.is_open and not person.is_guest and person.team == self.team.id

    def direct_message(self, user: str) -> Channel:
        """Return the conversation between the app and a person, created if need be."""
        dm = self.channels.get(f"D{user[1:]}")
        if dm is None:
            dm = Channel(
                id=f"D{user[1:]}",
                name="",
                kind="im",
                members=frozenset({user, self.app.bot_user}),
                created=int(self.clock.now()),
            )
            self.channels[dm.id] = dm
        return dm

    def keep(self, message: Message) -> None:
        """Add a message to its channel, or replace the one with its ts."""
        self.messages.setdefault(message.channel, {})[message.ts] = message

    def new_file(self, name: str, length: int) -> File:
        """Add a file that an app is going to upload."""
        file = File(id=self.new_id("F"), name=name, length=length, secret=secrets.token_urlsafe(16))
        self.keep_file(file)
        return file

    def keep_file(self, file: File) -> None:
        """Add a file, or replace the one with its id."""
        self.files[file.id] = file

    def message(self, channel: str, ts: str) -> Message | None:
        """Return the message at this ts, even an ephemeral one."""
        return self.messages.get(channel, {}).get(ts)

    def history(self, channel: str) -> list[Message]:
        """Return the messages of a channel that are not ephemeral, oldest first."""
        return [one for one in self.messages.get(channel, {}).values() if not one.only_for]

    def read_by(self, user: str, channel: str) -> list[Message]:
        """Return a channel's messages as one person sees them, oldest first."""
        kept = self.messages.get(channel, {}).values()
        return [message for message in kept if message.only_for in {"", user}]

    def unread(self, user: str, channel: str) -> int:
        """Count the messages of others since the person last looked."""
        mark = self.read_marks.get((user, channel), "")
        count = 0
        for message in reversed(self.messages.get(channel, {}).values()):
            if message.ts <= mark:
                break
            count += message.only_for in {"", user} and message.user != user
        return count

    def stack(self, user: str, window: str) -> list[View]:
        """Return the open modals of one window, bottom first."""
        return [self.views[view_id] for view_id in self.stacks.get((user, window), ())]

    def home(self, user: str) -> View | None:
        """Return the App Home published for a person."""
        return self.views.get(self.homes.get(user, ""))

    def view_called(self, external_id: str) -> View | None:
        """Return the view with this `external_id`."""
        return next((view for view in self.views.values() if view.external_id == external_id), None)

    def bot_profile(self) -> dict[str, Any]:
        """Return the bot's profile in its messages."""
        return {
            "id": self.app.bot_id,
            "app_id": self.app.app_id,
            "name": self.app.name,
            "icons": {},
            "deleted": False,
            "updated": 0,
            "team_id": self.team.id,
        }
