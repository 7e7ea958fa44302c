"""Handlers for drafts: the form, the preview, and deleting."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from bot.documents.characters import one_line
from bot.features.cards.slack import handlers as posting
from bot.features.drafts.slack import views
from bot.features.drafts.slack.first_words import command_title, title_and_text
from bot.features.drafts.use_cases import drafts
from bot.letters.draft import Draft, as_draft
from bot.letters.letter import Letter, Signers
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Rules
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter, opens
from bot.slack.models.shapes import Edited
from bot.slack.page_parts import shows, turns
from bot.slack.payloads import Answer, Click, Command, Shortcut, Submission, Values, update
from bot.slack.refusal_words import notice_view
from bot.slack.text.rich_text import fits_form, message_to_markdown, retyped
from bot.slack.windows import Part, Place, finish
from bot.slack.words.deadlines import read_grace
from bot.use_cases import letter_lookup

# Long texts are parsed and rendered in threads, so that they do not block the event loop.


def register(features: Features) -> None:
    """Register the commands, forms and buttons of drafts."""
    features.on_command("new", _new)
    features.on_command("edit", for_letter(Action.EDIT, _edit))
    features.on_command("discard", opens(Action.DISCARD, _ask))
    features.on_shortcut("make_letter", _from_message)
    features.on_shortcut("start_letter", _from_anywhere)
    features.on_click("draft.post", shows(_post))
    features.on_click("draft.more", turns(_more))
    features.on_click("discard", turns(_discard))

    async def save(submission: Submission) -> Answer:
        """Save a draft, and show it in its window."""
        saved = await _save(submission)
        if not isinstance(saved, int):
            return update(saved)
        place = Place(letter=saved, part=Part.OVERVIEW)
        view = await features.parts[place.part](submission.bot, submission.caller, place, "")
        is_new = not Edited.of(submission.view).letter
        return update(view) if is_new else finish(submission, submission.t("Saved."), view)

    features.on_submit("draft", save)


async def _new(command: Command) -> None:
    draft = replace(await _begun(command), title=command_title(command.rest))
    await command.open(views.form(command.caller.t, draft))


async def _from_anywhere(shortcut: Shortcut) -> None:
    await shortcut.open(views.form(shortcut.caller.t, await _begun(shortcut)))


async def _from_message(shortcut: Shortcut) -> None:
    t, used, draft = shortcut.caller.t, shortcut.used, await _begun(shortcut)

    def filled() -> View:
        markdown = message_to_markdown(used.message_text or "", used.message_blocks)
        if not markdown.strip():
            return notice_view(t, views.no_words(t))
        if not fits_form(markdown):
            return notice_view(t, views.too_long_words(t))
        title, body = title_and_text(markdown)
        return views.form(t, replace(draft, title=title, body=body))

    await shortcut.open(await asyncio.to_thread(filled))


async def _begun(asked: Command | Shortcut | Click, deadline: datetime | None = None) -> Draft:
    """Return an empty draft; refuse people who may not start a letter."""
    caller = asked.caller
    if deadline is None:
        deadline = await drafts.start(asked.bot.database, actor=caller.actor, tz=caller.tz)
    language = caller.t.locale.language
    return Draft(title="", body="", deadline=deadline, language=language, tz=caller.tz)


async def _edit(command: Command, letter: Letter) -> None:
    draft = await _saved(command, letter.id)
    form = partial(views.form, command.t, draft, letter=letter.id)
    await command.open(await asyncio.to_thread(form))


async def _ask(command: Command, letter: Letter) -> View:
    return views.discarding(command.t, letter)


async def _saved(asked: Command | Submission, number: int) -> Draft:
    actor = asked.caller.actor
    whole = await letter_lookup.editable(asked.bot.database, letter=number, actor=actor)
    return as_draft(whole.letter, whole.body)


async def _more(click: Click) -> View:
    """Show all fields of a new letter, with the typed values."""
    values = click.modal.values
    draft = replace(
        await _begun(click, values.moment("deadline")),
        title=values.text("title"),
        body=await asyncio.to_thread(_body, values, ""),
        sender=values.text("sender"),
    )
    return await asyncio.to_thread(views.form, click.t, draft, whole=True)


async def _save(submission: Submission) -> int | View:
    """Save the draft and return its number; if it changed meanwhile, return the form with both."""
    caller, database, values = submission.caller, submission.bot.database, submission.view.values
    memory, trigger = Edited.of(submission.view), submission.trigger
    number = memory.letter
    # Slack does not send a form without a deadline, and if it did, the deadline would be refused.
    deadline = values.moment("deadline") or datetime.fromtimestamp(0, UTC)
    before = await _saved(submission, number) if number else None
    draft = Draft(
        title=one_line(values.text("title")),
        body=await asyncio.to_thread(_body, values, before.body if before else ""),
        deadline=deadline,
        sender=one_line(values.text("sender")),
        language=before.language if before else caller.t.locale.language,
        # The deadline is in the time zone of the person who chose it.
        tz=before.tz if before and before.deadline == deadline else caller.tz,
        rules=before.rules if before else Rules(),
    )
    if values.block("signers") is not None:
        draft = replace(
            draft,
            summary=one_line(values.text("summary")),
            signers=Signers(values.choice("signers")),
            goal=values.number("goal"),
            grace=read_grace(values),
        )
    if not number:
        number = await drafts.create(database, actor=caller.actor, draft=draft, trigger=trigger)
    else:
        try:
            await drafts.edit(
                database,
                letter=number,
                actor=caller.actor,
                draft=draft,
                read=memory.read,
                trigger=trigger,
            )
        except Refused as refused:
            if refused.refusal.reason is not Reason.CHANGED_MEANWHILE:
                raise
            saved = await _saved(submission, number)
            form = partial(views.form, caller.t, draft, letter=number, saved=saved)
            return await asyncio.to_thread(form)
    return number


def _body(values: Values, before: str) -> str:
    """Return the text in the form, or `before` if the form had no text field for a long text."""
    if values.block("body") is None:
        return before
    return retyped(values.rich_text("body"), before)


async def _post(click: Click) -> View:
    """Return the form for posting a draft; it remembers the text that the window showed."""
    letter, _, text = click.value.partition(":")
    return await posting.opening(click, int(letter), text=text)


async def _discard(click: Click) -> View:
    title = await drafts.discard(
        click.bot.database, letter=int(click.value), actor=click.caller.actor,
        trigger=click.trigger,
    )  # fmt: skip
    return views.discarded(click.t, title)
