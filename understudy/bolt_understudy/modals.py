"""Opening, changing and closing of views: modals in their stacks, and App Homes."""

from dataclasses import replace
from typing import Any

import orjson

from bolt_understudy.block_kit import check_view
from bolt_understudy.errors import SlackError, invalid_arguments
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.workspace.blocks import with_ids
from bolt_understudy.workspace.inputs import first_values, kept_values
from bolt_understudy.workspace.triggers import Trigger
from bolt_understudy.workspace.views import View

LARGEST_VIEW = 250 * 1000
DEEPEST_STACK = 3


def checked_content(
    slack: LocalSlack, content: Any, kind: str, *, of: View | None = None
) -> dict[str, Any]:
    """Return a view's content as Slack stores it, with an id on each block.

    Args:
        slack: the local Slack.
        content: the content that the bot sent.
        kind: `modal` or `home`.
        of: the view to change, which may keep its own `external_id`.

    Raises:
        SlackError: `invalid_arguments` with a JSON pointer for each problem, `view_too_large`,
            `duplicate_external_id`.
    """
    if not isinstance(content, dict):
        raise invalid_arguments("missing required field: view")
    if len(orjson.dumps(content)) > LARGEST_VIEW:
        raise SlackError("view_too_large")
    if content.get("type") != kind:
        raise invalid_arguments(f"must be of type {kind} [json-pointer:/view/type]")
    if problems := check_view(content):
        raise invalid_arguments(*(str(problem) for problem in problems))
    external_id: str = content.get("external_id") or ""
    if external_id:
        other = slack.workspace.view_called(external_id)
        if other and (of is None or other.id != of.id):
            raise SlackError("duplicate_external_id")
    return {**content, "blocks": with_ids(content["blocks"])}


def open_modal(slack: LocalSlack, trigger: Trigger, content: dict[str, Any]) -> View:
    """Open a modal in the trigger's window, in place of any that is open there."""
    slack.triggers.exchange(trigger)
    _forget(slack, trigger.user, trigger.window)
    view = _new_view(
        slack, content, user=trigger.user, window=trigger.window, channel=trigger.channel
    )
    return _put_on_top(slack, view)


def push_modal(
    slack: LocalSlack, content: dict[str, Any], *, on: View, trigger: Trigger | None = None
) -> View:
    """Open a modal on top of the stack of `on`.

    Raises:
        SlackError: `push_limit_reached` if three are open.
    """
    stack = slack.workspace.stacks.get((on.user, on.window), [])
    if len(stack) >= DEEPEST_STACK:
        raise SlackError("push_limit_reached")
    if trigger:
        slack.triggers.exchange(trigger)
    view = _new_view(slack, content, user=on.user, window=on.window, channel=on.channel)
    return _put_on_top(slack, replace(view, root=on.root, previous=stack[-1] if stack else None))


def update_view(slack: LocalSlack, view: View, content: dict[str, Any]) -> View:
    """Replace a view's content; inputs with the same ids keep their typed values."""
    updated = replace(
        view,
        content=content,
        values=kept_values(content["blocks"], view.values),
        hash=slack.workspace.new_hash(),
    )
    slack.workspace.views[view.id] = updated
    show(slack, updated)
    return updated


def publish_home(slack: LocalSlack, user: str, content: dict[str, Any]) -> View:
    """Set a person's App Home."""
    known = slack.workspace.home(user)
    if known:
        return update_view(slack, known, content)
    view = _new_view(slack, content, user=user, window="", channel="")
    slack.workspace.views[view.id] = view
    slack.workspace.homes[user] = view.id
    show(slack, view)
    return view


def check_hash(view: View | None, given: str) -> None:
    """Check that a change was made from the current version of a view.

    Raises:
        SlackError: `hash_conflict`.
    """
    if given and (view is None or view.hash != given):
        raise SlackError("hash_conflict")


def close(slack: LocalSlack, view: View, *, whole_stack: bool = False) -> None:
    """Close a modal and those above it, or its whole stack."""
    key = (view.user, view.window)
    stack = slack.workspace.stacks.get(key, [])
    if view.id not in stack:
        return
    staying = 0 if whole_stack else stack.index(view.id)
    for gone in stack[staying:]:
        del slack.workspace.views[gone]
    slack.workspace.stacks[key] = stack[:staying]
    _show_stack(slack, view.user, view.window)


def hold(slack: LocalSlack, view: View, values: Any) -> View:
    """Store the values that a person entered; `values` is a complete state."""
    held = replace(view, values=values)
    slack.workspace.views[view.id] = held
    return held


def show(slack: LocalSlack, view: View) -> None:
    """Send a view to the pages that show it."""
    if view.type == "home":
        slack.stream.tell("home", {"view": view.form()}, to=view.user)
    else:
        _show_stack(slack, view.user, view.window)


def _show_stack(slack: LocalSlack, user: str, window: str) -> None:
    if user in slack.stream.watchers():
        stack = [view.form() for view in slack.workspace.stack(user, window)]
        slack.stream.tell("views", {"stack": stack}, to=user, window=window)


def _new_view(
    slack: LocalSlack, content: dict[str, Any], *, user: str, window: str, channel: str
) -> View:
    workspace = slack.workspace
    view_id = workspace.new_id("V")
    return View(
        id=view_id,
        team=workspace.people[user].team,
        user=user,
        window=window,
        content=content,
        values=first_values(content["blocks"], channel),
        hash=workspace.new_hash(),
        root=view_id,
        previous=None,
        app=workspace.app.app_id,
        installed_team=workspace.team.id,
        bot=workspace.app.bot_id,
        channel=channel,
    )


def _put_on_top(slack: LocalSlack, view: View) -> View:
    workspace = slack.workspace
    workspace.views[view.id] = view
    workspace.stacks.setdefault((view.user, view.window), []).append(view.id)
    _show_stack(slack, view.user, view.window)
    return view


def _forget(slack: LocalSlack, user: str, window: str) -> None:
    for view_id in slack.workspace.stacks.pop((user, window), []):
        del slack.workspace.views[view_id]
