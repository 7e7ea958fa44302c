"""`/letter update`: an update under a letter, and a message to everyone who signed."""

from dataclasses import replace
from typing import Any

from bot.features.delivery.use_cases import updates
from bot.letters.draft import SUMMARY_MOST
from bot.letters.letter import Letter, Sight
from bot.letters.notices import NoticeKind
from bot.letters.phases import Action
from bot.letters.send_windows import NotNow
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    Message,
    View,
    actions,
    button,
    context,
    modal,
    section,
    text_input,
    tick_box,
)
from bot.slack.features import Envelope, Features
from bot.slack.letter_picker import opens
from bot.slack.models.shapes import OfLetter
from bot.slack.page_parts import done_view, shows
from bot.slack.payloads import Answer, Click, Command, Submission
from bot.slack.text.escaping import clip, escape, isolate, plain
from bot.slack.topic_messages import MOST, title_of
from bot.slack.windows import finish
from bot.slack.words.phases import title_line


def register(features: Features) -> None:
    """Register the form, its preview, and the message."""
    features.on_command("update", opens(Action.UPDATE, _open))
    features.on_click("update.preview", shows(_preview))
    features.on_submit("update", _publish)
    features.on_message(NoticeKind.NEWS, _told, message)


async def _open(command: Command, letter: Letter) -> View:
    found = await updates.reach(command.database, letter=letter.id, actor=command.actor)
    return form(command.t, letter, found)


async def _preview(click: Click) -> View:
    letter = await click.allowed(int(click.value), Action.UPDATE)
    _, blocks = message(
        click.t, replace(letter, told_words=click.modal.values.text("note").strip())
    )
    shown = [one for one in blocks if one["type"] != "actions"]
    return modal(click.t("Preview"), shown, close=click.t("Back"))


async def _publish(submission: Submission) -> Answer:
    t, values, number = submission.t, submission.view.values, OfLetter.of(submission.view).letter
    of: dict[str, Any] = {"letter": number, "actor": submission.actor}
    tells = bool(values.choices("tells"))
    told = await updates.publish(
        submission.database,
        **of,
        words=values.text("note"),
        shows=bool(values.choices("shows")),
        tells=await updates.reach(submission.database, **of) if tells else None,
        trigger=submission.trigger,
    )
    said = t("Saved.")
    if told:
        said = t.n("{count} person gets a message.", "{count} people get a message.", told)
    return finish(submission, said, done_view(t, said))


async def _told(envelope: Envelope) -> Letter | NotNow | None:
    letter, number = envelope.subject["letter"], envelope.subject["number"]
    return await updates.told(
        envelope.database, letter=letter, number=number, person=envelope.person
    )


def form(t: Words, letter: Letter, reached: int) -> View:
    """Return the form; if `reached` signers can be told, it offers that."""
    hint = t("The update isn’t part of what people signed. To remove it, leave this field empty.")
    shown: dict[str, Any] = {"value": letter.news, "most": SUMMARY_MOST, "hint": hint}
    blocks: Blocks = [
        section(title_line(letter)),
        text_input("note", t("Update"), multiline=True, optional=True, **shown),
        tick_box(
            "shows",
            t("Show the update"),
            t("On the card and the letter’s page"),
            ticked=True,
            optional=True,
        ),
    ]
    if reached:
        who = t.n("To {count} person who signed", "To {count} people who signed", reached)
        once = t(
            "Each signer gets one message with the letter, during their working hours. People "
            "who withdrew, or turned off updates or reminders, get none. If you only show the "
            "update, people who asked for updates on the web still get an email. You can send "
            "two updates for each letter."
        )
        blocks += [
            tick_box("tells", t("Send the update"), who, ticked=False, optional=True),
            context(escape(once)),
            actions(button(t("Preview"), "update.preview", str(letter.id)), block="tools"),
        ]
    meta = OfLetter(letter=letter.id).kept()
    close, submit = t("Cancel"), t("Publish")
    return modal(t("Update"), blocks, close=close, submit=submit, callback="update", meta=meta)


def message(t: Words, letter: Letter) -> Message:
    """Return the message to a signer, with the letter and its document."""
    number, own = letter.id, letter.told_words
    said = t("An update about *{title}*, which you signed:", title=title_of(letter))
    steps = [button(t("Read letter"), "read", f"{number}:")]
    if letter.seen is Sight.ALL:
        steps.append(button(t("Get the letter"), "document", str(number)))
    steps.append(button(t("No more updates about this letter"), "remind.never", str(number)))
    text: Blocks = [{"type": "section", "text": plain(own)}] if own else []
    return clip(f"{said} {escape(isolate(own))}", MOST), [section(said), *text, actions(*steps)]
