from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.workspace.channels import Channel
from bolt_understudy.workspace.messages import Message
from bolt_understudy.workspace.views import View


class MalformedError(Exception):
    """Raised if a request to one of the local Slack's own endpoints is incomplete or malformed."""


class Asked:
    """A request to one of the local Slack's own endpoints: its query or its JSON body."""

    def __init__(self, slack: LocalSlack, body: dict[str, Any]) -> None:
        self._slack = slack
        self.body = body

    def word(self, name: str) -> str:
        """Return a required string.

        Raises:
            MalformedError: it is missing or no string.
        """
        value = self.body.get(name)
        if not isinstance(value, str) or not value:
            raise MalformedError(f"{name} is missing")
        return value

    def user(self) -> str:
        """Return the person who acts.

        Raises:
            SlackError: `user_not_found`, or `account_inactive` for someone deactivated.
        """
        user = self.word("as")
        person = self._slack.workspace.people.get(user)
        if person is None:
            raise SlackError("user_not_found", f"nobody here is {user}")
        if person.deleted:
            raise SlackError("account_inactive", f"{user} is deactivated")
        return user

    def window(self) -> str:
        """Return the window in which they act; "" if that does not matter."""
        return str(self.body.get("window") or "")

    def channel(self) -> Channel:
        """Return the channel they act in, if they can see it.

        Raises:
            SlackError: `channel_not_found`.
        """
        return self._seen(self.word("channel"))

    def message(self, place: dict[str, Any]) -> Message:
        """Return the message at `{channel, ts}`, if they can see it.

        Raises:
            SlackError: `channel_not_found`, `message_not_found`.
        """
        channel = self._seen(str(place.get("channel")))
        message = self._slack.workspace.message(channel.id, str(place.get("ts")))
        if message is None or message.only_for not in {"", self.user()}:
            raise SlackError("message_not_found")
        return message

    def view(self, view_id: str) -> View:
        """Return one of their own views.

        Raises:
            SlackError: `view_not_found`.
        """
        view = self._slack.workspace.views.get(view_id)
        if view is None or view.user != self.user():
            raise SlackError("view_not_found", f"{view_id} is not open")
        return view

    def container(self) -> View | Message:
        """Return the container of an act: a message, a view, or the Home tab.

        Raises:
            SlackError: `view_not_found`, `message_not_found`, `channel_not_found`.
            MalformedError: another type.
        """
        place: Any = self.body.get("container")
        match place:
            case {"type": "message"}:
                return self.message(place)
            case {"type": "view", "view_id": str(view_id)}:
                return self.view(view_id)
            case {"type": "home"}:
                home = self._slack.workspace.home(self.user())
                if home is None:
                    raise SlackError("view_not_found", "no home was published for this person")
                return home
            case _:
                raise MalformedError("container must be a message, a view or the home")

    def _seen(self, channel_id: str) -> Channel:
        channel = self._slack.workspace.channels.get(channel_id)
        if channel is None or not self._slack.workspace.person_sees(self.user(), channel):
            raise SlackError("channel_not_found", f"this person sees no channel {channel_id}")
        return channel
