"""Progress of reminders, and the question before they are stopped."""

from bot.locales import Words


def stopped(t: Words, people: int) -> str:
    """Confirm that reminders were stopped; `mrkdwn`."""
    if not people:
        return t("There was nothing left to stop: all of them have gone out.")
    return t.n(
        "Stopped: *{count} person* gets no reminder. `/letter remind` asks anew.",
        "Stopped: *{count} people* get no reminder. `/letter remind` asks anew.",
        people,
    )
