"""A letter's privacy notice, and the stored data about its reader, who can delete it."""

from bot.features.privacy.slack import kept_views, notice_views
from bot.features.privacy.use_cases import erasure, notice
from bot.features.privacy.use_cases.erasure import Kept
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.page_parts import turn
from bot.slack.payloads import Click, above
from bot.slack.windows import fill, name_of_window


def register(features: Features) -> None:
    """Register the Privacy window, and the window of kept data with its details and Delete."""
    features.on_click("privacy", _notice)
    features.on_click("kept", _kept)
    features.on_click("kept.details", _details)
    features.on_click("kept.back", _back)
    features.on_click("kept.delete", _delete)


async def _notice(click: Click) -> None:
    """Show a letter's privacy notice; the value begins with the letter's number."""
    caller = click.caller
    found = await notice.notice(
        click.bot.database, letter=int(click.value.partition(":")[0]), actor=caller.actor
    )
    await click.show(notice_views.notice_view(caller.t, found))


async def _kept(click: Click) -> None:
    """Open a window immediately and fill it later, because the whole workspace is searched."""
    t = click.caller.t

    async def look() -> View:
        return above(click.view, kept_views.kept_view(t, await _about(click)))

    name = name_of_window("kept", click.trigger)
    await click.show(kept_views.looking(t, name))
    fill(click.bot, click.caller, name, look)


async def _details(click: Click) -> None:
    # In the same view, since Slack stacks at most three, and this may be the third.
    await turn(click, kept_views.details_view(click.caller.t, await _about(click)))


async def _back(click: Click) -> None:
    await turn(click, kept_views.kept_view(click.caller.t, await _about(click)))


async def _about(click: Click) -> Kept:
    actor = click.caller.actor
    return await erasure.kept_about(
        click.bot.database, workspace=actor.workspace, person=actor.person
    )


async def _delete(click: Click) -> None:
    caller = click.caller
    erased = await erasure.erase_person(
        click.bot.database, workspace=caller.actor.workspace, person=caller.actor.person
    )
    await turn(click, kept_views.deleted_view(caller.t, erased))
