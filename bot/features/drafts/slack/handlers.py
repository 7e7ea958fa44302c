"""An organiser writes a letter: the form, the preview, a change of mind."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from bot.documents.characters import one_line
from bot.features.cards.slack import handlers as posting
from bot.features.drafts.slack import views
from bot.features.drafts.slack.first_words import command_title, title_and_text
from bot.features.drafts.use_cases import drafts, start
from bot.letters.draft import Draft, as_draft
from bot.letters.letter import Signers
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Rules
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import choose, shows_part
from bot.slack.models.memories import Edited
from bot.slack.pagination import turn
from bot.slack.payloads import (
    Answer,
    Caller,
    Click,
    Command,
    Reply,
    Shortcut,
    Submission,
    Values,
    update,
)
from bot.slack.refusal_words import notice_view
from bot.slack.text.rich_text import fits_form, message_to_markdown
from bot.slack.text.round_trip import retyped
from bot.slack.windows import Part
from bot.slack.words.deadlines import read_grace
from bot.use_cases import letter_lookup
from bot.use_cases.letter_lookup import Whole


def register(features: Features) -> None:
    """Register the story of a draft."""
    features.on_command("new", _new)
    features.on_command("edit", _edit)
    features.on_command("discard", shows_part(features, Action.DISCARD, Part.SETTINGS))
    features.on_shortcut("make_letter", _from_message)
    features.on_shortcut("start_letter", _from_anywhere)
    features.on_submit("draft", _save)
    features.on_click("preview.post", _post)
    features.on_click("draft.more", _more)
    features.on_click("preview.page", _turn)
    features.on_click("preview.edit", _edit_again)
    features.on_click("discard", _discard)


async def _new(command: Command) -> None:
    caller = command.caller
    deadline = await start.start(command.bot.database, actor=caller.actor, tz=caller.tz)
    draft = _draft(caller, deadline, title=command_title(command.rest))
    await command.open(views.form(caller.t, draft))


async def _from_anywhere(shortcut: Shortcut) -> None:
    """Start a letter from Slack's menu of shortcuts."""
    caller = shortcut.caller
    deadline = await start.start(shortcut.bot.database, actor=caller.actor, tz=caller.tz)
    await shortcut.open(views.form(caller.t, _draft(caller, deadline)))


async def _from_message(shortcut: Shortcut) -> None:
    """Make this a letter: the form, filled with the words of a message."""
    caller = shortcut.caller
    deadline = await start.start(shortcut.bot.database, actor=caller.actor, tz=caller.tz)
    # A text is read in a thread, here and everywhere: a long one would hold up everybody's clicks.
    await shortcut.open(await asyncio.to_thread(_filled, caller, deadline, shortcut))


def _filled(caller: Caller, deadline: datetime, shortcut: Shortcut) -> View:
    markdown = message_to_markdown(shortcut.text, shortcut.blocks)
    if not markdown.strip():
        return notice_view(caller.t, views.no_words(caller.t))
    if not fits_form(markdown):
        return notice_view(caller.t, views.too_long_words(caller.t))
    title, body = title_and_text(markdown)
    return views.form(caller.t, _draft(caller, deadline, title=title, body=body))


def _draft(caller: Caller, deadline: datetime, *, title: str = "", body: str = "") -> Draft:
    language = caller.t.locale.language
    return Draft(title=title, body=body, deadline=deadline, language=language, tz=caller.tz)


async def _edit(command: Command) -> Reply | None:
    letter = await choose(command, Action.EDIT)
    if isinstance(letter, Reply):
        return letter
    caller = command.caller
    whole = await letter_lookup.editable(command.bot.database, letter=letter.id, actor=caller.actor)
    await command.open(await _form(caller, whole))
    return None


async def _edit_again(click: Click) -> None:
    """Edit in the preview: the form takes its place."""
    caller = click.caller
    whole = await letter_lookup.editable(
        click.bot.database, letter=int(click.value), actor=caller.actor
    )
    await turn(click, await _form(caller, whole))


async def _form(caller: Caller, whole: Whole) -> View:
    return await asyncio.to_thread(views.form, caller.t, _draft_of(whole), letter=whole.letter.id)


async def _more(click: Click) -> None:
    """Ask the rest of a new letter, below what was typed."""
    caller, values = click.caller, click.modal.values
    deadline = values.moment("deadline")
    if deadline is None:
        deadline = await start.start(click.bot.database, actor=caller.actor, tz=caller.tz)
    body = await asyncio.to_thread(_body, values, "")
    draft = _draft(caller, deadline, title=values.text("title"), body=body)
    draft = replace(draft, sender=values.text("sender"))
    await turn(click, await asyncio.to_thread(views.form, caller.t, draft, whole=True))


def _draft_of(whole: Whole) -> Draft:
    return as_draft(whole.letter, whole.body)


async def _save(submission: Submission) -> Answer:
    """The form was sent: the draft is kept, and shown as people will see it."""
    caller, database, values = submission.caller, submission.bot.database, submission.view.values
    memory, actor = Edited.of(submission.view), caller.actor
    number = memory.letter
    before = await letter_lookup.editable(database, letter=number, actor=actor) if number else None
    # Slack does not send a form without a deadline; if it did, the deadline is refused.
    deadline = values.moment("deadline") or datetime.fromtimestamp(0, UTC)
    draft = Draft(
        title=one_line(values.text("title")),
        body=await asyncio.to_thread(_body, values, before.body if before else ""),
        deadline=deadline,
        sender=one_line(values.text("sender")),
        language=before.letter.language if before else caller.t.locale.language,
        tz=_tz(caller, deadline, before),
        rules=before.letter.rules if before else Rules(),
    )
    if values.block("signers") is not None:
        draft = replace(
            draft,
            summary=one_line(values.text("summary")),
            signers=Signers(values.choice("signers")),
            goal=values.number("goal"),
            grace=read_grace(values),
        )
    if before:
        try:
            await drafts.edit(
                database,
                letter=number,
                actor=actor,
                draft=draft,
                read=memory.read,
                trigger=submission.trigger,
            )
        except Refused as refused:
            if refused.refusal.reason is not Reason.CHANGED_MEANWHILE:
                raise
            return update(await _changed(submission, number, draft))
    else:
        number = await drafts.create(database, actor=actor, draft=draft, trigger=submission.trigger)
    whole = await letter_lookup.editable(database, letter=number, actor=actor)
    return update(await asyncio.to_thread(views.preview, caller.t, whole))


async def _changed(submission: Submission, number: int, mine: Draft) -> View:
    """The form with what was typed, beside the draft as somebody else saved it."""
    caller = submission.caller
    whole = await letter_lookup.editable(submission.bot.database, letter=number, actor=caller.actor)
    return await asyncio.to_thread(
        views.form, caller.t, mine, letter=number, saved=_draft_of(whole)
    )


def _tz(caller: Caller, deadline: datetime, before: Whole | None) -> str:
    """Return the zone in which the day of the deadline is meant: of the one who chose it."""
    if before is not None and before.letter.deadline == deadline:
        return before.letter.tz
    return caller.tz


def _body(values: Values, before: str) -> str:
    """The text in the form, or the one from before where it was too long for the form."""
    if values.block("body") is None:
        return before
    return retyped(values.rich_text("body"), before)


async def _turn(click: Click) -> None:
    letter, _, number = click.value.partition(":")
    caller = click.caller
    whole = await letter_lookup.editable(click.bot.database, letter=int(letter), actor=caller.actor)
    await turn(click, await asyncio.to_thread(views.preview, caller.t, whole, int(number)))


async def _post(click: Click) -> None:
    """Post it in the preview, with the text that is shown."""
    letter, _, text = click.value.partition(":")
    await click.show(await posting.opening(click.bot, click.caller, int(letter), text=text))


async def _discard(click: Click) -> None:
    """Delete a draft, after the button's question."""
    title = await drafts.discard(
        click.bot.database, letter=int(click.value), actor=click.caller.actor,
        trigger=click.trigger,
    )  # fmt: skip
    view = views.discarded(click.caller.t, title)
    await (click.show(view) if click.view is None else turn(click, view))
