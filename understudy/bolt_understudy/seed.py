"""The people and channels of a new workspace."""

from collections.abc import Iterable
from typing import Any

from bolt_understudy.clock import Clock
from bolt_understudy.workspace.channels import Channel
from bolt_understudy.workspace.people import Person, read_person
from bolt_understudy.workspace.store import SLACKBOT, Installation, Team, Workspace

TEAM = Team(id="T0COALITION", name="The Coalition", domain="the-coalition")
OTHER_TEAM = "T0ELSEWHERE"
BOT_USER = "U0BOT"

DEMO_PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "id": "U0ORGANISER",
        "real_name": "Organiser",
        "role": "Organiser",
        "tz": "Europe/Berlin",
        "color": "7c3aed",
    },
    {
        "id": "U0SECOND",
        "real_name": "Second Organiser",
        "role": "Organiser",
        "tz": "America/New_York",
        "color": "b45309",
    },
    {
        "id": "U0MEMBER1",
        "real_name": "First Member",
        "role": "Member",
        "tz": "Africa/Nairobi",
        "color": "047857",
    },
    {
        "id": "U0MEMBER2",
        "real_name": "Second Member",
        "role": "Member",
        "tz": "America/Sao_Paulo",
        "color": "be123c",
    },
    {
        "id": "U0MEMBER3",
        "real_name": "Third Member",
        "role": "Member",
        "tz": "Asia/Kolkata",
        "color": "1d4ed8",
    },
    {
        "id": "U0MEMBER4",
        "real_name": "Fourth Member",
        "role": "Member",
        "tz": "Pacific/Auckland",
        "color": "0e7490",
    },
    {
        "id": "U0GUEST",
        "real_name": "Guest",
        "role": "Guest",
        "tz": "Europe/London",
        "is_restricted": True,
        "color": "6b7280",
    },
    {
        "id": "U0VISITOR",
        "real_name": "Visitor",
        "role": "From another organisation",
        "team": OTHER_TEAM,
        "tz": "Europe/Paris",
        "color": "a16207",
    },
    {
        "id": "U0LEFT",
        "real_name": "Former Member",
        "role": "Deactivated account",
        "deleted": True,
        "color": "9ca3af",
    },
    {
        "id": "U0OTHERBOT",
        "real_name": "Calendar",
        "role": "Another app",
        "is_bot": True,
        "color": "334155",
    },
)
"""The demo's people, named by their roles, with one of each kind of account."""

WORKSPACE = ["U0ORGANISER", "U0SECOND", "U0MEMBER1", "U0MEMBER2", "U0MEMBER3", "U0MEMBER4"]

DEMO_CHANNELS: tuple[dict[str, Any], ...] = (
    {
        "id": "C0GENERAL",
        "name": "general",
        "kind": "public",
        "members": [*WORKSPACE, "U0OTHERBOT", "U0LEFT"],
        "topic": "News for everybody in the coalition",
    },
    {
        "id": "C0OPENINTERNET",
        "name": "open-internet",
        "kind": "public",
        "members": [*WORKSPACE, "U0GUEST", BOT_USER],
        "topic": "Letters and actions for an open internet",
    },
    {
        "id": "C0STEERING",
        "name": "steering-group",
        "kind": "private",
        "members": ["U0ORGANISER", "U0SECOND", "U0MEMBER1"],
        "topic": "Invite the app to use it here",
    },
    {
        "id": "C0PARTNERS",
        "name": "partners",
        "kind": "shared",
        "members": ["U0ORGANISER", "U0SECOND", "U0MEMBER2", "U0VISITOR", BOT_USER],
        "topic": "Shared with another organisation",
    },
)


def plant(
    workspace: Workspace,
    *,
    seed: str = "demo",
    people: Iterable[dict[str, Any]] = (),
    channels: Iterable[dict[str, Any]] = (),
) -> None:
    """Empty a workspace and fill it again.

    Args:
        workspace: emptied in place.
        seed: `demo`, or `empty` for only the bot and Slackbot.
        people: further people, in the form of the endpoints.
        channels: further channels, in the form of the endpoints.

    Raises:
        ValueError: an unknown seed, or a malformed person or channel.
    """
    if seed not in {"demo", "empty"}:
        raise ValueError(f"no seed is called {seed}")
    workspace.clear()
    app = workspace.app
    workspace.people[app.bot_user] = Person(
        id=app.bot_user,
        team=workspace.team.id,
        name=app.name.lower().replace(" ", "_"),
        real_name=app.name,
        display_name=app.name,
        role="This app",
        color="0f766e",
        bot_id=app.bot_id,
    )
    workspace.people[SLACKBOT] = Person(
        id=SLACKBOT,
        team=workspace.team.id,
        name="slackbot",
        real_name="Slackbot",
        display_name="Slackbot",
        role="Slack itself",
    )
    for form in (*(DEMO_PEOPLE if seed == "demo" else ()), *people):
        person = read_person(form, workspace.people.get(str(form.get("id"))), workspace.team.id)
        workspace.people[person.id] = person
    for form in (*(DEMO_CHANNELS if seed == "demo" else ()), *channels):
        channel = channel_from(workspace, form)
        workspace.channels[channel.id] = channel


def channel_from(workspace: Workspace, form: dict[str, Any]) -> Channel:
    """Return a new channel from an endpoint's JSON: `{id, name, kind, members?, topic?}`.

    Raises:
        ValueError: the id or name is missing, the kind unknown, or a member is not here.
    """
    members = frozenset(form.get("members", ()))
    if nobody := members - set(workspace.people):
        raise ValueError(f"nobody here is {', '.join(sorted(nobody))}")
    kind = form.get("kind", "public")
    if kind not in {"public", "private", "shared"}:
        raise ValueError(f"no channel is {kind}")
    if not form.get("id") or not form.get("name"):
        raise ValueError("a channel needs an id and a name")
    return Channel(
        id=form["id"],
        name=form["name"],
        kind=kind,
        members=members,
        topic=form.get("topic", ""),
        is_archived=bool(form.get("is_archived")),
        is_general=form["name"] == "general",
        creator=next(iter(form.get("members", ())), ""),
        created=int(workspace.clock.now()),
    )


def new_workspace(app_name: str, clock: Clock) -> Workspace:
    """Return an empty workspace with the app installed."""
    app = Installation(app_id="A0APP", bot_id="B0BOT", bot_user=BOT_USER, name=app_name)
    return Workspace(team=TEAM, app=app, clock=clock)
