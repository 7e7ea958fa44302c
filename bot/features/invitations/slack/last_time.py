"""The form that invites those who signed the letter that a letter was started from."""

from collections.abc import Sequence

from bot.features.invitations.rules import WORDS_MOST, Invitee
from bot.features.invitations.slack.views import Inviting, entered_words
from bot.features.invitations.use_cases import last_time
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, context, modal, section
from bot.slack.models.shapes import OfLetter
from bot.slack.payloads import Answer, Click, Submission, update
from bot.slack.text.escaping import escape, isolate
from bot.slack.windows import fill, name_of_window
from bot.slack.words.invitations import is_now, when_field, words_field
from bot.slack.words.phases import title_line


async def again(click: Click) -> View:
    """Return the form, with how many signed last time."""
    letter = int(click.value)
    return form(
        click.t, *await last_time.last_time(click.database, letter=letter, actor=click.actor)
    )


def form(t: Words, letter: Letter, earlier: Letter, signed: Sequence[Invitee]) -> View:
    """Return the form; it names nobody."""
    people = sum(one.kind is Kind.PERSON for one in signed)
    others = len(signed) - people
    said = t(
        "Signed “{title}” and not invited here yet: {people}, {organisations}.",
        title=escape(isolate(earlier.title)),
        people=t.n("{count} person", "{count} people", people),
        organisations=t.n("{count} organisation", "{count} organisations", others),
    )
    left_out = t(
        "Signatures collected outside Slack aren’t included. Neither are people who withdrew, "
        "or turned off updates or reminders. All organisers of this letter will see who is invited."
    )
    fields: Blocks = [
        words_field(t, WORDS_MOST),
        when_field(t),
        actions(button(t("Preview"), "invite.preview", str(letter.id)), block="tools"),
    ]
    blocks = [section(title_line(letter)), section(said), context(escape(left_out))]
    return modal(
        t("Invite"),
        [*blocks, *(fields if signed else [])],
        close=t("Cancel"),
        submit=t("Send invitations") if signed else None,
        callback="invite",
        meta=Inviting(letter=letter.id, again=True).kept(),
    )


async def invite_all(submission: Submission) -> Answer:
    """Invite them in the background, since Slack waits for the answer, and show how many."""
    t, number, values = submission.t, OfLetter.of(submission.view).letter, submission.view.values
    letter = await submission.allowed(number, Action.INVITE)
    name = name_of_window("again", submission.trigger)

    async def invited() -> View:
        entered = await last_time.invite_again(
            submission.database,
            letter=number,
            actor=submission.actor,
            words=values.text("words"),
            at_once=is_now(values),
            trigger=submission.trigger,
        )
        said = f":white_check_mark: {entered_words(t, entered, letter)}"
        return modal(t("Invite"), [section(said)], close=t("Done"))

    fill(submission, name, invited)
    waits = modal(t("Invite"), [section(t("Sending…"))], close=t("Close"))
    return update(waits | {"external_id": name})
