from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.web_api.arguments import Arguments


def auth_test(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """auth.test."""
    del args
    workspace = slack.workspace
    return {
        "ok": True,
        "url": slack.address + "/",
        "team": workspace.team.name,
        "user": workspace.people[workspace.app.bot_user].name,
        "team_id": workspace.team.id,
        "user_id": workspace.app.bot_user,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


def team_info(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """team.info."""
    team = slack.workspace.team
    if args.text("team", team.id) != team.id:
        raise SlackError("team_not_found")
    return {
        "ok": True,
        "team": {
            "id": team.id,
            "name": team.name,
            "url": slack.address + "/",
            "domain": team.domain,
            "email_domain": "",
            "icon": {"image_default": True},
            "avatar_base_url": slack.address + "/",
            "is_verified": False,
        },
    }


def bots_info(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """bots.info."""
    workspace = slack.workspace
    bot_id = args.required("bot")
    for person in workspace.people.values():
        if person.bot_id == bot_id:
            own = bot_id == workspace.app.bot_id
            return {
                "ok": True,
                "bot": {
                    "id": bot_id,
                    "deleted": person.deleted,
                    "name": person.real_name,
                    "updated": 0,
                    "app_id": workspace.app.app_id if own else "A" + bot_id[1:],
                    "user_id": person.id,
                    "icons": {},
                },
            }
    raise SlackError("bot_not_found")


def connections_open(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """apps.connections.open: the address of one WebSocket, for one use."""
    del args
    ticket = slack.transport.socket.ticket()
    address = slack.address.replace("http://", "ws://", 1)
    return {
        "ok": True,
        "url": f"{address}/link/?ticket={ticket}&app_id={slack.workspace.app.app_id}",
    }
