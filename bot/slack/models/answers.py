"""Shapes of Slack's answers to calls, with only the fields that the bot reads."""

from pydantic import AliasPath, Field

from bot.slack.models.values import Id, Shape


class Introduction(Shape):
    """Answer to `auth.test`: the workspace and user of the token."""

    team_id: Id
    user_id: Id
    team: str | None = None


class Connection(Shape):
    """Answer to `apps.connections.open`: the address of a WebSocket."""

    url: str


class UserFacts(Shape):
    """A user; every field except the id may be missing, null or empty."""

    id: Id
    team_id: str | None = None
    real_name: str | None = Field(None, validation_alias=AliasPath("profile", "real_name"))
    display_name: str | None = Field(None, validation_alias=AliasPath("profile", "display_name"))
    tz: str | None = None
    locale: str | None = None
    deleted: bool | None = None
    is_stranger: bool | None = None
    is_restricted: bool | None = None
    is_ultra_restricted: bool | None = None
    is_bot: bool | None = None
    is_workflow_bot: bool | None = None
    is_connector_bot: bool | None = None


class OneUser(Shape):
    """Answer to `users.info`."""

    user: UserFacts


class Page(Shape):
    """One page of a list."""

    cursor: str | None = Field(None, validation_alias=AliasPath("response_metadata", "next_cursor"))
    """Cursor of the next page; empty or None after the last page."""


class UserPage(Page):
    """Answer to `users.list`."""

    members: list[UserFacts] | None = None


class MemberPage(Page):
    """Answer to `conversations.members`."""

    members: list[Id] | None = None


class ChannelFacts(Shape):
    """A channel."""

    name: str | None = None
    is_im: bool | None = None
    is_mpim: bool | None = None
    is_archived: bool | None = None
    is_member: bool | None = None
    is_private: bool | None = True
    is_ext_shared: bool | None = None


class OneChannel(Shape):
    """Answer to `conversations.info`."""

    channel: ChannelFacts


class Opened(Shape):
    """Answer to `conversations.open`."""

    channel: Id = Field(validation_alias=AliasPath("channel", "id"))


class SentMessage(Shape):
    """Answer to `chat.postMessage` and `chat.update`: the id of the message."""

    ts: str
    channel: Id


class MessageFacts(Shape):
    """A message, with the keys of the bot's own messages."""

    ts: str
    key: str | None = Field(None, validation_alias=AliasPath("metadata", "event_payload", "key"))
    of: str | None = Field(None, validation_alias=AliasPath("metadata", "event_payload", "of"))


class History(Page):
    """Answer to `conversations.history`."""

    messages: list[MessageFacts] | None = None


class UploadPlace(Shape):
    """Answer to `files.getUploadURLExternal`."""

    upload_url: str
    file_id: str
