"""A letter's privacy notice, and the stored data about its reader, who can delete it."""

from bot.features.privacy.slack import kept_views, notice_views
from bot.features.privacy.use_cases import erasure, notice
from bot.features.privacy.use_cases.erasure import Kept
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.page_parts import shows, turns
from bot.slack.payloads import Click
from bot.slack.windows import fill, name_of_window


def register(features: Features) -> None:
    """Register the Privacy window, and the window of kept data with its details and Delete."""
    features.on_click("privacy", shows(_notice))
    features.on_click("kept", _open)
    # In the same view, since Slack stacks at most three, and this may be the third.
    features.on_click("kept.details", turns(_details))
    features.on_click("kept.back", turns(_kept))
    features.on_click("kept.delete", turns(_delete))


async def _notice(click: Click) -> View:
    found = await notice.notice(
        click.database, letter=int(click.value.partition(":")[0]), actor=click.actor
    )
    return notice_views.notice_view(click.t, found)


async def _open(click: Click) -> None:
    name = name_of_window("kept", click.trigger)
    await click.show(kept_views.looking(click.t, name))
    fill(click, name, lambda: _kept(click))


async def _details(click: Click) -> View:
    return kept_views.details_view(click.t, await _about(click))


async def _kept(click: Click) -> View:
    return kept_views.kept_view(click.t, await _about(click))


async def _about(click: Click) -> Kept:
    return await erasure.kept_about(
        click.database, workspace=click.actor.workspace, person=click.actor.person
    )


async def _delete(click: Click) -> View:
    erased = await erasure.erase_person(
        click.database, workspace=click.actor.workspace, person=click.actor.person
    )
    return kept_views.deleted_view(click.t, erased)
