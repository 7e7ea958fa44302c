"""An organiser stops reminders that are on their way."""

from bot.features.reminders.slack import progress_views
from bot.features.reminders.use_cases import progress
from bot.slack.features import Features
from bot.slack.payloads import Click
from bot.slack.refusal_words import notice_view


def register(features: Features) -> None:
    """Register the button that stops them; it asks first."""
    features.on_click("reminders.stop", _stop)


async def _stop(click: Click) -> None:
    caller = click.caller
    people = await progress.stop(
        click.bot.database, letter=int(click.value), actor=caller.actor, trigger=click.trigger
    )
    said = progress_views.stopped(caller.t, people)
    if click.response_url:
        await click.whisper(said)
    else:
        await click.show(notice_view(caller.t, said))
