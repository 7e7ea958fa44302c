from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.web_api import (
    chat,
    conversations,
    files,
    users,
    validation,
    views,
    workspace_info,
)
from bolt_understudy.web_api.arguments import Arguments
from bolt_understudy.web_api.scopes import CONVERSATION_HISTORY, CONVERSATION_READ


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of the Web API.

    `tier` is a key of the rate limits' table; one of `scopes` must be granted, if there are any;
    `token` is `bot`, `app`, `any`, or `none` if no token is needed.
    """

    do: Callable[[LocalSlack, Arguments], dict[str, Any]]
    tier: str
    scopes: tuple[str, ...] = ()
    token: str = "bot"


WRITE = ("chat:write",)
PEOPLE = ("users:read",)
FILES = ("files:write",)

METHODS = {
    "apps.connections.open": Method(do=workspace_info.connections_open, tier="3", token="app"),
    "auth.test": Method(do=workspace_info.auth_test, tier="often", token="any"),
    "blocks.validate": Method(do=validation.blocks_validate, tier="often", token="none"),
    "bots.info": Method(do=workspace_info.bots_info, tier="3", scopes=PEOPLE),
    "chat.delete": Method(do=chat.delete, tier="3", scopes=WRITE),
    "chat.getPermalink": Method(do=chat.get_permalink, tier="often"),
    "chat.postEphemeral": Method(do=chat.post_ephemeral, tier="4", scopes=WRITE),
    "chat.postMessage": Method(do=chat.post_message, tier="posting", scopes=WRITE),
    "chat.update": Method(do=chat.update, tier="3", scopes=WRITE),
    "conversations.history": Method(
        do=conversations.history, tier="3", scopes=CONVERSATION_HISTORY
    ),
    "conversations.info": Method(do=conversations.info, tier="3", scopes=CONVERSATION_READ),
    "conversations.join": Method(do=conversations.join, tier="3", scopes=("channels:join",)),
    "conversations.list": Method(do=conversations.list_, tier="2", scopes=CONVERSATION_READ),
    "conversations.members": Method(do=conversations.members, tier="4", scopes=CONVERSATION_READ),
    "conversations.open": Method(
        do=conversations.open_, tier="3", scopes=("im:write", "mpim:write")
    ),
    "files.completeUploadExternal": Method(do=files.complete_upload, tier="4", scopes=FILES),
    "files.getUploadURLExternal": Method(do=files.get_upload_url, tier="4", scopes=FILES),
    "team.info": Method(do=workspace_info.team_info, tier="3", scopes=("team:read",)),
    "users.conversations": Method(do=conversations.of_user, tier="2", scopes=CONVERSATION_READ),
    "users.info": Method(do=users.info, tier="4", scopes=PEOPLE),
    "users.list": Method(do=users.list_, tier="2", scopes=PEOPLE),
    "views.open": Method(do=views.open_, tier="4"),
    "views.publish": Method(do=views.publish, tier="4"),
    "views.push": Method(do=views.push, tier="4"),
    "views.update": Method(do=views.update, tier="4"),
}
"""Every method that the local Slack answers. Where sources differ on a tier, the documentation page
counts, and for users.conversations the lower."""
