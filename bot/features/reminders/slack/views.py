"""Views for reminding, and answers to those who respond to a reminder."""

from datetime import datetime
from typing import Any

from bot.features.invitations.slack.words import invited_words, not_reminded_words
from bot.features.reminders.use_cases.reminders import Reach, When
from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    actions,
    button,
    context,
    field_block,
    modal,
    option,
    radio,
    section,
)
from bot.slack.payloads import Caller, remember
from bot.slack.text.escaping import date_token, escape, isolate

View = dict[str, Any]

MOST_NAMED = 20
"""People that may be named at once: each is looked up while the organiser waits."""


def looking(t: Words, letter: Letter, name: str) -> View:
    """Show that people are being looked up; `name` finds the view again."""
    view = modal(
        t("Remind people"),
        [
            section(f"*{escape(isolate(letter.title))}*"),
            section(t("Looking whom it will reach…")),
        ],
        close=t("Never mind"),
    )
    return view | {"external_id": name}


def asking(caller: Caller, reach: Reach, *, channels: int, seen: int) -> View:
    """Ask who is reminded, and when.

    Args:
        caller: Who asks.
        reach: Whom it would reach now.
        channels: In how many channels the card is.
        seen: In how many of them Slack said who is there.
    """
    t, letter = caller.t, reach.letter
    blocks: Blocks = [section(f"*{escape(isolate(letter.title))}*")]
    invited = letter.has_invitations
    blocks.append(
        section(invited_words(t, reach.people) if invited else _reached(t, reach.people, channels))
    )
    if seen < channels:
        blocks.append(
            context(
                t.n(
                    ":warning: In {count} channel I could not see who is there. Invite me to it to "
                    "reach its members.",
                    ":warning: In {count} channels I could not see who is there. Invite me to them "
                    "to reach their members.",
                    channels - seen,
                )
            )
        )
    last = t("Nobody is woken at night.")
    if reach.last is not None:
        last = t("The last gets it {when}", when=t.moment(reach.last, caller.tz))
    options = {
        When.IN_DAYTIME.value: option(
            t("In each person’s next daytime window"), When.IN_DAYTIME.value, last
        ),
        When.NOW.value: option(
            t("Now"), When.NOW.value, t("At once, whatever the hour is for them.")
        ),
    }
    blocks.append(
        field_block(
            "when",
            t("When?"),
            radio("value", options, When.IN_DAYTIME.value),
            hint=t("Daytime is 9:00 to 18:00 on weekdays, in each person’s own time zone."),
        )
    )
    people = {
        "type": "multi_users_select",
        "action_id": "value",
        "max_selected_items": MOST_NAMED,
    }
    blocks.append(
        field_block(
            "named",
            t("Only these people"),
            people,
            optional=True,
            hint=t("Leave it empty for all of them.")
            if invited
            else t(
                "Leave it empty for all of them. Guests and people from other organisations are "
                "reminded only when you name them here."
            ),
        )
    )
    blocks.append(
        context(
            not_reminded_words(t)
            if invited
            else t(
                "Not reminded: who has signed in any capacity, who asked for no more, bots and "
                "closed accounts."
            )
        )
    )
    return modal(
        t("Remind people"),
        blocks,
        close=t("Never mind"),
        submit=t("Remind"),
        callback="remind",
        meta=remember(letter=letter.id),
    )


def _reached(t: Words, people: int, channels: int) -> str:
    if not channels:
        return t(
            "The card is in no channel now, so there is nobody to remind unless you name them. "
            "`/letter post` puts it in one."
        )
    where = t.n("{count} channel", "{count} channels", channels)
    if not people:
        return t(
            "It would reach *nobody*: in {channels} everybody has signed or wants no more reminders. "
            "You can still name people below.",
            channels=where,
        )
    who = t.n("{count} person", "{count} people", people)
    return t("It will reach *{people}* in {channels}, who have not signed.", people=who,
             channels=where)  # fmt: skip


def under_way(t: Words, count: int, when: When, *, of: int) -> View:
    """After reminders were owed; `of` is how many people were named, 0 for none."""
    if when is When.NOW:
        words = t.n(
            "*{count} reminder* is on its way.", "*{count} reminders* are on their way.", count
        )
    else:
        words = t.n(
            "*{count} reminder* is planned for the person’s next daytime.",
            "*{count} reminders* are planned, each for the person’s next daytime.",
            count,
        )
    blocks: Blocks = [section(words)]
    if of > count:
        blocks.append(
            section(
                t.n(
                    "{count} of those you named gets none: they have signed, want no more, or "
                    "cannot be written to.",
                    "{count} of those you named get none: they have signed, want no more, or cannot "
                    "be written to.",
                    of - count,
                )
            )
        )
    blocks.append(
        context(t("Who signs before theirs goes out gets none. `/letter status` counts them."))
    )
    return modal(t("Remind people"), blocks, close=t("Done"))


def later_words(t: Words, at: datetime | None) -> str:
    """Confirm that somebody will be reminded later; `mrkdwn`."""
    if at is None:
        return t(
            "The letter closes before I could ask you again. If you want to sign, please do it "
            "before then; you need not do anything otherwise."
        )
    when = date_token(int(at.timestamp()), "{date_short_pretty} {time}", t.moment(at))
    return t("All right. I will ask you again {when}.", when=when)


def stopped(t: Words, letter: Letter) -> tuple[str, Blocks]:
    """Confirm that somebody gets no more reminders, with a way back."""
    words = t(
        "You get no more reminders of “{title}”. You can still sign it: `/letter list` shows it.",
        title=escape(isolate(letter.title)),
    )
    undo = button(t("Undo"), "remind.resume", str(letter.id))
    return words, [section(words), actions(undo)]


def resumed_words(t: Words, letter: Letter) -> str:
    """Confirm that reminders are on again; `mrkdwn`."""
    return t(
        "All right: you may get reminders of “{title}” again.", title=escape(isolate(letter.title))
    )
