"""An organiser stops reminders that are on their way."""

from bot.features.reminders.slack import progress_views as views
from bot.features.reminders.use_cases import progress as sending
from bot.slack.door import Door
from bot.slack.payloads import Click
from bot.slack.refusal_words import notice_view


def register(door: Door) -> None:
    """Registers the button that stops them; it asks first."""
    door.on_click("reminders.stop")(_stop)


async def _stop(click: Click) -> None:
    caller = click.caller
    people = await sending.stop(
        click.bot.database, letter=int(click.value), actor=caller.actor, delivery=click.delivery
    )
    said = views.stopped(caller.t, people)
    if click.response_url:
        await click.whisper(said)
    else:
        await click.show(notice_view(caller.t, said))
