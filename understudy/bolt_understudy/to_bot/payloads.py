"""The payloads of interactions and commands, with all of Slack's fields."""

from typing import Any

from bolt_understudy.local_slack import VERIFICATION_TOKEN, LocalSlack
from bolt_understudy.workspace.channels import Channel
from bolt_understudy.workspace.messages import Message
from bolt_understudy.workspace.views import View


def slash_command(
    slack: LocalSlack,
    *,
    user: str,
    channel: Channel,
    command: str,
    text: str,
    trigger_id: str,
    response_url: str,
) -> dict[str, Any]:
    """Return the fields of a slash command."""
    workspace = slack.workspace
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team.id,
        "team_domain": workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": channel.payload_name,
        "user_id": user,
        "user_name": workspace.people[user].name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app.app_id,
        "is_enterprise_install": False,
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def block_actions_in_message(
    slack: LocalSlack,
    *,
    user: str,
    message: Message,
    action: dict[str, Any],
    values: Any,
    trigger_id: str,
    response_url: str,
) -> dict[str, Any]:
    """Return a click in a message; an ephemeral message is not included."""
    channel = slack.workspace.channels[message.channel]
    payload = _interaction(slack, "block_actions", user, team=slack.workspace.team.id) | {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": bool(message.only_for),
        },
        "trigger_id": trigger_id,
        "channel": _channel(channel),
        "state": {"values": values},
        "response_url": response_url,
        "actions": [action],
    }
    if not message.only_for:
        payload["message"] = message.message_object()
    return payload


def block_actions_in_view(
    slack: LocalSlack, *, view: View, action: dict[str, Any], trigger_id: str
) -> dict[str, Any]:
    """Return a click in a modal or in the App Home."""
    return _interaction(slack, "block_actions", view.user) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger_id,
        "view": view.form(),
        "actions": [action],
    }


def block_suggestion(
    slack: LocalSlack,
    *,
    user: str,
    block_id: str,
    action_id: str,
    value: str,
    view: View | None = None,
    message: Message | None = None,
) -> dict[str, Any]:
    """Return the payload for a word typed into an external select."""
    payload = _interaction(slack, "block_suggestion", user) | {
        "action_id": action_id,
        "block_id": block_id,
        "value": value,
    }
    if view:
        return payload | {
            "container": {"type": "view", "view_id": view.id},
            "view": view.form(),
        }
    if message:
        payload |= {
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": message.channel,
                "is_ephemeral": bool(message.only_for),
            },
            "channel": _channel(slack.workspace.channels[message.channel]),
            "message": message.message_object(),
        }
    return payload


def view_submission(
    slack: LocalSlack, *, view: View, trigger_id: str, response_urls: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return a submitted modal."""
    return _interaction(slack, "view_submission", view.user) | {
        "trigger_id": trigger_id,
        "view": view.form(),
        "response_urls": response_urls,
    }


def view_closed(slack: LocalSlack, *, view: View, is_cleared: bool) -> dict[str, Any]:
    """Return a dismissed modal."""
    return _interaction(slack, "view_closed", view.user) | {
        "view": view.form(),
        "is_cleared": is_cleared,
    }


def global_shortcut(
    slack: LocalSlack, *, user: str, callback_id: str, trigger_id: str
) -> dict[str, Any]:
    """Return a global shortcut."""
    payload = _interaction(slack, "shortcut", user, team=slack.workspace.team.id)
    del payload["api_app_id"]
    return payload | {
        "action_ts": slack.workspace.new_ts(),
        "callback_id": callback_id,
        "trigger_id": trigger_id,
    }


def message_shortcut(
    slack: LocalSlack,
    *,
    user: str,
    callback_id: str,
    message: Message,
    trigger_id: str,
    response_url: str,
) -> dict[str, Any]:
    """Return a shortcut on a message."""
    payload = _interaction(slack, "message_action", user, team=slack.workspace.team.id)
    del payload["api_app_id"], payload["user"]["username"]
    return payload | {
        "action_ts": slack.workspace.new_ts(),
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": _channel(slack.workspace.channels[message.channel]),
        "message": message.message_object(),
    }


def _interaction(slack: LocalSlack, kind: str, user: str, *, team: str = "") -> dict[str, Any]:
    """Return the fields that all interactions share.

    In views `team` is the person's own, and `view.app_installed_team_id` the app's: for someone of
    another organisation they differ. In messages it is the installing one.
    """
    workspace = slack.workspace
    person = workspace.people[user]
    team_id = team or person.team
    own = team_id == workspace.team.id
    return {
        "type": kind,
        "team": {"id": team_id, "domain": workspace.team.domain if own else "elsewhere"},
        "user": {
            "id": user,
            "username": person.name,
            "name": person.name,
            "team_id": person.team,
        },
        "api_app_id": workspace.app.app_id,
        "token": VERIFICATION_TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel(channel: Channel) -> dict[str, Any]:
    return {"id": channel.id, "name": channel.payload_name}
