from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.web_api.arguments import Arguments
from bolt_understudy.web_api.paging import MOST, page
from bolt_understudy.workspace.people import Person


def info(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """users.info, which includes people of other workspaces."""
    person = slack.workspace.people.get(args.required("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"ok": True, "user": user_object(slack, person, locale=args.flag("include_locale"))}


def list_(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """users.list: the accounts of this workspace, including deactivated ones and bots."""
    workspace = slack.workspace
    own = [person for person in workspace.people.values() if person.team == workspace.team.id]
    own.sort(key=lambda person: person.id)
    if not args.text("limit") and len(own) > MOST:
        raise SlackError("limit_required")
    shown, metadata = page(args, own, word="user", key=lambda one: one.id, default=MOST)
    locale = args.flag("include_locale")
    return {
        "ok": True,
        "members": [user_object(slack, person, locale=locale) for person in shown],
        "cache_ts": int(slack.clock.now()),
        "response_metadata": metadata,
    }


def user_object(slack: LocalSlack, person: Person, *, locale: bool = False) -> dict[str, Any]:
    """Return Slack's user object as visible to this app."""
    workspace = slack.workspace
    return person.user_object(
        now=slack.clock.now(),
        home_team=workspace.team.id,
        is_stranger=workspace.is_stranger(person.id),
        include_locale=locale,
        app_id=workspace.app.app_id,
    )
