"""Progress of reminders, and the question before they are stopped."""

from bot.locales import Words


def stopped(t: Words, people: int) -> str:
    """Confirm that reminders were stopped; `mrkdwn`."""
    if not people:
        return t("Too late – all the reminders have gone out.")
    return t.n(
        "Stopped. *{count} person* won’t get the reminder.",
        "Stopped. *{count} people* won’t get the reminder.",
        people,
    )
