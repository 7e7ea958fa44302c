from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["public", "private", "shared", "im"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A conversation. `shared` is a Slack Connect channel, open to the installing workspace."""

    id: str
    name: str
    kind: Kind
    members: frozenset[str]
    topic: str = ""
    is_archived: bool = False
    is_general: bool = False
    creator: str = ""
    created: int = 0

    @property
    def channel_type(self) -> str:
        """Return the channel type in Slack's events: `channel`, `group` or `im`."""
        return {"public": "channel", "shared": "channel", "private": "group", "im": "im"}[self.kind]

    @property
    def is_open(self) -> bool:
        """Return whether members of the workspace may read the channel without joining it."""
        return self.kind in {"public", "shared"}

    @property
    def payload_name(self) -> str:
        """Return the channel's name in commands and interactions."""
        return {"im": "directmessage", "private": "privategroup"}.get(self.kind, self.name)

    def other_than(self, user: str) -> str:
        """Return the other person of a direct message, or ""."""
        return next((member for member in self.members if member != user), "")

    def page_form(self) -> dict[str, Any]:
        """Return the channel in the form of the local Slack's own endpoints."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "members": sorted(self.members),
            "member_count": len(self.members),
            "is_archived": self.is_archived,
            "topic": self.topic,
        }

    def conversation_object(
        self, *, team: str, connected: list[str], user: str, num_members: bool = False
    ) -> dict[str, Any]:
        """Return Slack's conversation object.

        Args:
            team: the installing team.
            connected: the other teams of a shared channel.
            user: the bot user for whom the object is made.
            num_members: whether to count the members.
        """
        if self.kind == "im":
            return {
                "id": self.id,
                "created": self.created,
                "is_archived": self.is_archived,
                "is_im": True,
                "is_org_shared": False,
                "context_team_id": team,
                "updated": self.created * 1000,
                "user": self.other_than(user),
                "is_user_deleted": False,
                "is_open": True,
                "priority": 0,
            }
        shared = self.kind == "shared"
        form: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "is_channel": self.kind != "private",
            "is_group": self.kind == "private",
            "is_im": False,
            "is_mpim": False,
            "is_private": self.kind == "private",
            "created": self.created,
            "is_archived": self.is_archived,
            "is_general": self.is_general,
            "unlinked": 0,
            "name_normalized": self.name,
            "is_shared": shared,
            "is_org_shared": False,
            "is_ext_shared": shared,
            "is_pending_ext_shared": False,
            "pending_shared": [],
            "pending_connected_team_ids": [],
            "shared_team_ids": [team, *connected] if shared else [team],
            "internal_team_ids": [],
            "context_team_id": team,
            "updated": self.created * 1000,
            "creator": self.creator,
            "is_member": user in self.members,
            "topic": {"value": self.topic, "creator": self.creator, "last_set": self.created},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "previous_names": [],
        }
        if shared:
            form |= {"connected_team_ids": connected, "conversation_host_id": team}
        if num_members:
            form["num_members"] = len(self.members)
        return form
