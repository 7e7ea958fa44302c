"""Data for the page."""

from typing import Any

from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.page.requests import Asked
from bolt_understudy.workspace.people import Person


def state(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Return everything except messages: people, channels, the app, the time."""
    user = asked.user()
    workspace = slack.workspace
    if (
        slack.manifest.messages_tab
        and not workspace.is_stranger(user)
        and user != workspace.app.bot_user
    ):
        workspace.direct_message(user)
    channels: list[dict[str, Any]] = []
    for channel in workspace.channels.values():
        if not workspace.person_sees(user, channel):
            continue
        is_member = user in channel.members
        form = channel.page_form() | {
            "is_member": is_member,
            "unread": workspace.unread(user, channel.id) if is_member else 0,
        }
        if channel.kind == "im":
            form["with"] = channel.other_than(user)
        channels.append(form)
    manifest = slack.manifest
    return {
        "ok": True,
        "me": _person(slack, workspace.people[user]),
        "people": [_person(slack, person) for person in workspace.people.values()],
        "channels": channels,
        "app": {
            "id": workspace.app.app_id,
            "name": manifest.name,
            "bot_user": workspace.app.bot_user,
            "home_tab": manifest.home_tab,
            "messages_tab": manifest.messages_tab,
            "messages_tab_read_only": manifest.messages_tab_read_only,
            "commands": []
            if workspace.is_outsider(user)
            else [
                {
                    "name": command.name,
                    "description": command.description,
                    "usage_hint": command.usage_hint,
                }
                for command in manifest.commands
            ],
            "shortcuts": [
                {
                    "name": shortcut.name,
                    "type": shortcut.type,
                    "callback_id": shortcut.callback_id,
                    "description": shortcut.description,
                }
                for shortcut in manifest.shortcuts
            ],
        },
        "team": {
            "id": workspace.team.id,
            "name": workspace.team.name,
            "domain": workspace.team.domain,
        },
        "guide": slack.guide,
        "mailbox": slack.mailbox.is_open,
        "now": slack.clock.iso(),
        "offset": slack.clock.offset,
        "connected": slack.transport.connected,
        "connections": slack.transport.socket.connections,
    }


def messages(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Return a channel's messages as a person sees them, oldest first."""
    seen = slack.workspace.read_by(asked.user(), asked.channel().id)
    return {"ok": True, "messages": [message.page_form() for message in seen]}


def views(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Return the open modals of a window, bottom first."""
    stack = slack.workspace.stack(asked.user(), asked.window())
    return {"ok": True, "stack": [view.form() for view in stack]}


def home(slack: LocalSlack, asked: Asked) -> dict[str, Any]:
    """Return the App Home of a person, or null."""
    view = slack.workspace.home(asked.user())
    return {"ok": True, "view": view.form() if view else None}


def _person(slack: LocalSlack, person: Person) -> dict[str, Any]:
    return person.page_form(is_stranger=slack.workspace.is_stranger(person.id))
