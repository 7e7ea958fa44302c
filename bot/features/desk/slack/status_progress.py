"""Progress of reminders, in a status."""

from bot.features.desk.use_cases.status import Status
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.block_kit import Blocks, button, confirm
from bot.slack.error_advice import hindrance
from bot.slack.text.escaping import escape
from bot.slack.times import moment


def progress(t: Words, status: Status, phase: Phase) -> str:
    """Say how many reminders were sent and how many wait; `mrkdwn`, empty for a draft."""
    found = status.reminders
    if phase.is_unposted and not found.sent:
        return ""
    counts = [t.n("{count} sent", "{count} sent", found.sent)] if found.sent else []
    heading = t("Reminders")
    lines = [f"*{escape(heading)}*"]
    if phase.is_running:
        if found.waiting:
            counts.append(t.n("{count} being sent", "{count} being sent", found.waiting))
        if found.later:
            counts.append(t.n("{count} scheduled", "{count} scheduled", found.later))
    if counts:
        lines.append(t(", ").join(counts))
    if phase.is_running:
        lines += _ahead(t, status)
    if found.failed:
        lines.append(
            t.n(
                ":warning: {count} message couldn’t be delivered.",
                ":warning: {count} messages couldn’t be delivered.",
                found.failed,
            )
        )
    return "\n".join(lines) if lines[1:] else ""


def _ahead(t: Words, status: Status) -> list[str]:
    """Say what comes next, and what blocks it."""
    found = status.reminders
    lines: list[str] = []
    if found.waiting:
        stopped_by = hindrance(t, found.hindrance)
        if stopped_by:
            lines.append(t(":warning: Paused. {why}", why=stopped_by))
        elif found.hindrance:
            lines.append(t("Slack isn’t accepting messages right now. We’ll keep trying."))
    if status.next_reminder is not None and status.next_reminder > status.now:
        lines.append(t("Next reminders: {when}.", when=moment(t, status.next_reminder)))
    return lines


def stop_button(t: Words, status: Status) -> Blocks:
    """A button that stops what is planned, after a question; none where nothing is."""
    found = status.reminders
    if not found.waiting + found.later:
        return []
    question = confirm(
        t,
        t("Stop reminders"),
        t(
            "Reminders that haven’t gone out are cancelled. People who asked for a later "
            "reminder still get it, and so do the scheduled ones."
        ),
    )
    number = str(status.letter.id)
    return [button(t("Stop reminders"), "reminders.stop", number, confirm=question)]
