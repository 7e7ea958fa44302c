"""Handlers for drafts: the form, the preview, and deleting."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.documents.characters import one_line, sound
from bot.documents.mail import is_salutation, read_mail, whole
from bot.documents.markdown_reading import read_markdown
from bot.features.cards.slack import handlers as posting
from bot.features.drafts.slack import views
from bot.features.drafts.use_cases import drafts
from bot.letters.draft import TITLE_MOST, Draft, as_draft
from bot.letters.letter import Letter, Signers
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Rules
from bot.letters.text import canonical, first_heading, split_title
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter, opens
from bot.slack.models.shapes import Edited
from bot.slack.page_parts import shows, turns
from bot.slack.payloads import Answer, Click, Command, Reply, Shortcut, Submission, Values, update
from bot.slack.refusal_words import notice_view
from bot.slack.text.escaping import clip, width
from bot.slack.text.mrkdwn import read_mrkdwn
from bot.slack.text.rich_text import (
    fits_form,
    message_to_markdown,
    pasted_to_markdown,
    retyped,
)
from bot.slack.windows import Part, Place, finish
from bot.slack.words.deadlines import read_grace
from bot.use_cases import letter_lookup

_NUMBER = re.compile(r"#\d{1,9}")
"""The letter from which `/letter new #7` starts, unlike the title in `/letter new title`."""

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
    features.on_click("draft.undo", turns(_undo))
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


async def _new(command: Command) -> Reply | None:
    if _NUMBER.fullmatch(command.rest.strip()):
        return await for_letter(Action.SEE_STATUS, _next)(command)
    draft = replace(await _begun(command), title=command_title(command.rest))
    await command.open(views.form(command.caller.t, draft))
    return None


async def _next(command: Command, letter: Letter) -> None:
    draft = replace(
        await _begun(command), sender=letter.sender, signers=letter.signers, grace=letter.grace
    )
    await command.open(views.form(command.t, draft, whole=True, start=letter.id))


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
        found = read_mail(markdown)
        title, body = title_and_text(found.body)
        if found.subject:
            title, body = clip(found.subject, TITLE_MOST), found.body
        body = without_title(body, title)
        return views.form(t, replace(draft, title=title, body=body), left_out=found.left_out)

    await shortcut.open(await asyncio.to_thread(filled))


async def _begun(asked: Command | Shortcut | Click) -> Draft:
    """Return an empty draft; refuse people who may not start a letter."""
    caller = asked.caller
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
    memory, draft = views.NewLetter.of(click.modal), await _typed(click, click.modal.values)
    left = memory.left_out if memory.is_read else None
    return await asyncio.to_thread(views.form, click.t, draft, whole=True, left_out=left)


async def _undo(click: Click) -> View:
    """Return the form with a part of a mail in its place again."""
    memory, values = views.NewLetter.of(click.modal), click.modal.values
    draft = await _typed(click, values)
    one = memory.left_out[int(click.value)]
    rest = [other for other in memory.left_out if other is not one]
    draft = replace(draft, body=one.put_back(draft.body))
    again: dict[str, Any] = {"whole": values.block("signers") is not None, "start": memory.start}
    return await asyncio.to_thread(views.form, click.t, draft, **again, left_out=rest)


async def _typed(asked: Click | Submission, values: Values, before: Draft | None = None) -> Draft:
    """Return the draft as typed in the form; `before` is the saved one."""
    # Slack does not send a form without a deadline, and if it did, the deadline would be refused.
    deadline = values.moment("deadline") or datetime.fromtimestamp(0, UTC)
    draft = Draft(
        title=one_line(values.text("title")),
        body=await asyncio.to_thread(_body, values, before.body if before else ""),
        deadline=deadline,
        sender=one_line(values.text("sender")),
        addressee=before.addressee if before else "",
        subject=before.subject if before else "",
        language=before.language if before else asked.t.locale.language,
        # The deadline is in the time zone of the person who chose it.
        tz=before.tz if before and before.deadline == deadline else asked.caller.tz,
        rules=before.rules if before else Rules(),
    )
    if values.block("signers") is None:
        return draft
    return replace(
        draft,
        summary=one_line(values.text("summary")),
        addressee=sound(values.text("addressee")).strip(),
        subject=one_line(values.text("subject")),
        signers=Signers(values.choice("signers")),
        goal=values.number("goal"),
        grace=read_grace(values),
    )


async def _save(submission: Submission) -> int | View:
    """Save the draft and return its number, or the form again.

    The form comes again if the draft changed meanwhile, or parts of a mail were left out of it.
    """
    t, memory, database = submission.t, views.NewLetter.of(submission.view), submission.database
    number, values = memory.letter, submission.view.values
    before = await _saved(submission, number) if number else None
    draft = await _typed(submission, values, before)
    act: dict[str, Any] = {"actor": submission.actor, "trigger": submission.trigger}
    if not number:
        found = await asyncio.to_thread(read_mail, draft.body)
        if not memory.is_read:
            draft = replace(draft, body=without_title(found.body, draft.title))
        if found.left_out and not memory.is_read:
            whole = values.block("signers") is not None
            again: dict[str, Any] = {"whole": whole, "start": memory.start}
            form = partial(views.form, t, draft, **again, left_out=found.left_out)
            return await asyncio.to_thread(form)
        return await drafts.create(database, draft=draft, start=memory.start, **act)
    try:
        await drafts.edit(database, letter=number, draft=draft, read=memory.read, **act)
    except Refused as refused:
        if refused.refusal.reason is not Reason.CHANGED_MEANWHILE:
            raise
        saved = await _saved(submission, number)
        form = partial(views.form, t, draft, letter=number, saved=saved)
        return await asyncio.to_thread(form)
    return number


def _body(values: Values, before: str) -> str:
    """Return the text in the form, or `before` if the form had no text field for a long text."""
    if values.block("body") is None:
        return before
    typed = values.rich_text("body")
    return retyped(typed, before) if before else canonical(pasted_to_markdown(typed))


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


BEGINNING = 10
"""The number of lines that may repeat the title."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_TYPED_HEADING = re.compile(r"#{1,6}\s+")


def title_and_text(markdown: str) -> tuple[str, str]:
    """Return the title that a text suggests, and the text below it.

    If the text begins with a heading or a separate first line, that is the title and is removed
    from the text. Otherwise the title is the first heading or the first sentence, if it fits, and
    the text stays complete. A salutation is no title.
    """
    if is_salutation(markdown.partition("\n")[0]):
        return "", canonical(markdown)
    title, under = split_title(markdown)
    if title and under and width(title) <= TITLE_MOST:
        return title, under
    whole = canonical(markdown)
    first, _, rest = whole.partition("\n\n")
    line = _plain(first)
    if rest and "\n" not in first.strip() and 0 < width(line) <= TITLE_MOST:
        return line, canonical(rest)
    title = first_heading(whole) or _SENTENCE_END.split(_plain(first.partition("\n")[0]))[0]
    return title if width(title) <= TITLE_MOST else "", whole


def without_title(markdown: str, title: str) -> str:
    """Return a text without the lines near its beginning that repeat its title."""
    lines = markdown.split("\n")
    for place in reversed(range(min(len(lines), BEGINNING))):
        for end in (place + 1, place + 2):  # a long title may take two lines
            if title and _folded(_plain(" ".join(lines[place:end]))) == _folded(title):
                del lines[place:end]
    return whole(lines)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def command_title(rest: str) -> str:
    """Return the title in `/letter new title`, as plain text."""
    return clip(one_line(" ".join(one.visible for one in read_mrkdwn(rest))), TITLE_MOST)


def _plain(markdown: str) -> str:
    """Return the words of a line of Markdown, without the `#` of a typed heading."""
    words = " ".join(one.visible for one in read_markdown(markdown))
    return _TYPED_HEADING.sub("", words, count=1)
