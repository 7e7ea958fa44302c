"""An organiser's views of reminders, and replies to people who press a reminder's buttons."""

from datetime import datetime
from typing import Any

from bot.features.reminders.use_cases.reminders import WORDS_MOST, Reach, When
from bot.letters.letter import Letter
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import Reminded
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    context,
    field_block,
    modal,
    option,
    people_picker,
    radio,
    section,
)
from bot.slack.models.shapes import OfLetter
from bot.slack.payloads import Caller
from bot.slack.refusal_words import sentence
from bot.slack.text.escaping import escape, isolate, moment
from bot.slack.words.invitations import channels_field, words_field

MOST_NAMED = 20
"""The most people to choose at once, because each is looked up while the organiser waits."""


def looking(t: Words, letter: Letter, name: str) -> View:
    """Return the view while people are looked up; `name` is its external id."""
    blocks = [
        section(f"*{escape(isolate(letter.title))}*"),
        section(t("Checking who will get it…")),
    ]
    return modal(t("Remind people"), blocks, close=t("Cancel")) | {"external_id": name}


def asking(caller: Caller, reach: Reach, *, channels: int, seen: int) -> View:
    """Return the form for sending reminders: to whom, and when.

    Args:
        caller: The organiser.
        reach: The people whom a reminder would reach now.
        channels: The number of channels with the card.
        seen: The number of these channels whose members are known.
    """
    t, letter = caller.t, reach.letter
    blocks: Blocks = [section(f"*{escape(isolate(letter.title))}*"), _whom(t, reach, channels)]
    if reach.left_out:
        today = t.n(
            "{count} person has already had a reminder today and won’t get another one today.",
            "{count} people have already had a reminder today and won’t get another one today.",
            reach.left_out,
        )
        blocks.append(context(today))
    if seen < channels:
        unseen = t.n(
            ":warning: I can’t see who is in {count} channel. Invite me there to reach "
            "its members.",
            ":warning: I can’t see who is in {count} channels. Invite me there to "
            "reach their members.",
            channels - seen,
        )
        blocks.append(context(unseen))
    last = t("No one gets a message at night.")
    if reach.last is not None:
        last = t("The last person gets it {when}.", when=t.moment(reach.last, caller.tz))
    offered = {
        When.IN_DAYTIME: (t("During each person’s working hours"), last),
        When.NOW: (t("Now"), t("Even at night, but about three of your letters a day at most.")),
    }
    options = {when.value: option(said, when.value, then) for when, (said, then) in offered.items()}
    hours = t("Working hours are 9:00 to 18:00 on weekdays, in each person’s time zone.")
    only = t(
        "If you choose people here, only they get a reminder. Guests and people from other "
        "organisations need to be invited or chosen here."
    )
    skipped = t(
        "Organisers don’t get one. Neither do people who signed, declined, are waiting for "
        "approval or turned reminders off."
    )
    when = radio("value", options, When.IN_DAYTIME.value)
    blocks += [
        field_block("when", t("When?"), when, hint=hours),
        field_block(
            "named", t("Only these people"), people_picker(MOST_NAMED), optional=True, hint=only
        ),
        channels_field(t),
        words_field(t, WORDS_MOST),
        context(skipped),
    ]
    return modal(
        t("Remind people"),
        blocks,
        close=t("Cancel"),
        submit=t("Remind"),
        callback="remind",
        meta=OfLetter(letter=letter.id).kept(),
    )


def _whom(t: Words, reach: Reach, channels: int) -> dict[str, Any]:
    letter = reach.letter
    if letter.has_invitations:
        offered = {
            Reminded.EVERYONE: t(
                "Everyone invited or in the channels who hasn’t signed ({count})",
                count=t.number(reach.everyone),
            ),
            Reminded.INVITED: t("Only those invited ({count})", count=t.number(reach.invited)),
        }
        options = {one.value: option(said, one.value) for one, said in offered.items()}
        hint = t("People who said they’re reading or who withdrew count as invited.")
        chooser = radio("value", options, letter.rules.reminded.value)
        return field_block("whom", t("Who?"), chooser, hint=hint)
    if not channels:
        return section(t("This letter isn’t in any channel, so choose who to remind."))
    if not reach.everyone:
        return section(sentence(t, Refusal(Reason.NOBODY_TO_REMIND)))
    who = t.n("{count} person", "{count} people", reach.everyone)
    return section(t("This goes to *{people}* who haven’t signed.", people=who))


def under_way(t: Words, count: int, when: When, *, of: int) -> View:
    """Return the confirmation that reminders were queued; `of` is how many people were chosen."""
    if when is When.NOW:
        words = t.n(
            "We’re sending *{count} reminder*.", "We’re sending *{count} reminders*.", count
        )
    else:
        words = t.n(
            "*{count} reminder* will go out during the person’s next working hours.",
            "*{count} reminders* will go out during each person’s next working hours.",
            count,
        )
    blocks: Blocks = [section(words)]
    if of > count:
        others = t.n(
            "{count} of the people you chose won’t get one. They run the letter, have signed or "
            "declined, are waiting for approval, or can’t get messages. Others had a reminder "
            "today, or turned reminders off.",
            "{count} of the people you chose won’t get one. They run the letter, have signed or "
            "declined, are waiting for approval, or can’t get messages. Others had a reminder "
            "today, or turned reminders off.",
            of - count,
        )
        blocks.append(section(others))
    return modal(t("Remind people"), blocks, close=t("Done"))


def later_words(t: Words, at: datetime | None) -> str:
    """Return when somebody is reminded again, or that it is too late (None), as `mrkdwn`."""
    if at is None:
        return t(
            "The letter closes before your next reminder, so this was the last one. If you "
            "want to sign, please do it before then."
        )
    return t("OK. Next reminder: {when}.", when=moment(t, at))


def all_stopped(t: Words, people: int) -> str:
    """Return the confirmation that an organiser stopped planned reminders, as `mrkdwn`."""
    if not people:
        return t("Too late – all the reminders have gone out.")
    return t.n(
        "Stopped. *{count} person* won’t get the reminder.",
        "Stopped. *{count} people* won’t get the reminder.",
        people,
    )
