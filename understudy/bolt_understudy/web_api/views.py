from typing import Any

from bolt_understudy.errors import SlackError, invalid_arguments
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.modals import (
    check_hash,
    checked_content,
    open_modal,
    publish_home,
    push_modal,
    update_view,
)
from bolt_understudy.web_api.arguments import Arguments
from bolt_understudy.workspace.triggers import Trigger
from bolt_understudy.workspace.views import View

NOT_JSON = "invalid_arguments"


def open_(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """views.open."""
    trigger = _trigger(slack, args)
    content = checked_content(slack, args.structure("view", NOT_JSON), "modal")
    return _answer(open_modal(slack, trigger, content))


def push(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """views.push: the trigger must come from a modal that is still open."""
    trigger = _trigger(slack, args)
    content = checked_content(slack, args.structure("view", NOT_JSON), "modal")
    below = slack.workspace.views.get(trigger.view_id)
    if below is None:
        raise SlackError("not_found", "the trigger does not come from an open modal")
    return _answer(push_modal(slack, content, on=below, trigger=trigger))


def update(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """views.update, by `view_id` or `external_id`."""
    if view_id := args.text("view_id"):
        view = slack.workspace.views.get(view_id)
    elif external_id := args.text("external_id"):
        view = slack.workspace.view_called(external_id)
    else:
        raise invalid_arguments("missing required field: view_id")
    if view is None:
        raise SlackError("not_found")
    content = checked_content(slack, args.structure("view", NOT_JSON), view.type, of=view)
    check_hash(view, args.text("hash"))
    return _answer(update_view(slack, view, content))


def publish(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """views.publish."""
    user = args.required("user_id")
    if not slack.manifest.home_tab:
        raise SlackError("not_enabled")
    if user not in slack.workspace.people:
        raise invalid_arguments("invalid `user_id`")
    known = slack.workspace.home(user)
    content = checked_content(slack, args.structure("view", NOT_JSON), "home", of=known)
    check_hash(known, args.text("hash"))
    return _answer(publish_home(slack, user, content))


def _trigger(slack: LocalSlack, args: Arguments) -> Trigger:
    given = args.text("trigger_id") or args.text("interactivity_pointer")
    if not given:
        raise invalid_arguments("missing required field: trigger_id")
    return slack.triggers.look_up(given)


def _answer(view: View) -> dict[str, Any]:
    return {"ok": True, "view": view.form(with_state=False)}
