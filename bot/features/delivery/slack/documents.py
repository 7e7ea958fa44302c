"""Sending of the letter as a file, in the organiser's direct message with the app."""

import asyncio
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.documents.making import DocumentFailed, available
from bot.documents.paper import Format
from bot.features.delivery.slack import document_views as views
from bot.features.delivery.use_cases import exports
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.rules import PublicPage
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import opens
from bot.slack.payloads import Answer, Click, Command, Submission, following, update
from bot.slack.refusal_words import notice_view
from bot.slack.uploads import UploadFailed, may_upload, send_file
from bot.slack.words.phases import title_line


def register(features: Features) -> None:
    """Register `/letter export` and its form."""
    features.on_command("export", opens(Action.EXPORT, _export))
    features.on_submit("documents.get", _get)
    features.on_click("document", _document)


async def _export(command: Command, letter: Letter) -> View:
    if not await may_upload(command.bot.client):
        return notice_view(command.t, views.grant_words(command.t))
    embargoed = await exports.under_embargo(command.database, letter=letter.id, actor=command.actor)
    # The names of the languages are read from Babel's files the first time.
    return await asyncio.to_thread(views.getting, command.t, letter, embargoed=embargoed)


async def _get(submission: Submission) -> Answer:
    wish = views.wish(submission.view)
    letter = await submission.allowed(wish.letter, Action.EXPORT)
    submission.bot.under_way.start(_send(submission, letter, wish))
    return update(views.making(submission.t, letter))


async def _send(submission: Submission, letter: Letter, wish: views.Wish) -> None:
    t, bot = submission.t, submission.bot

    async def told(number: int, count: int) -> None:
        await _show(submission, views.making(t, letter, (number, count)))

    try:
        command = wish.command(delivered=letter.delivered_at is not None)
        names = await bot.directory.names() if wish.what == views.STATUS else None
        data = await bot.documents.make(command, told, names)
        await send_file(
            bot.client,
            submission.actor.person.user,
            name=views.file_name(letter, wish.what),
            data=data,
            words=title_line(letter),
        )
    except DocumentFailed as failed:
        await _say(submission, views.failure_words(t, failed.failure))
    except UploadFailed as failed:
        await _say(submission, views.upload_words(t, failed.name))
    else:
        await _show(submission, views.sent(t))


async def _document(click: Click) -> None:
    """Give a reader the address of the letter's page, or send them its document."""
    letter = await click.allowed(int(click.value), Action.SEE_SIGNATORIES)
    if click.bot.public_url and letter.rules.page is not PublicPage.OFF:
        await click.whisper(f"{click.bot.public_url}{letter.page_path}")
    else:
        await click.whisper(click.t("We’ll send you the document in a direct message."))
        click.bot.under_way.start(_send_public(click, letter))


async def _send_public(click: Click, letter: Letter) -> None:
    form = next(one for one in (Format.PDF, Format.HTML) if available(one))
    try:
        data = await click.bot.documents.make(["document", str(letter.id), "--format", form])
        user, name = click.actor.person.user, views.file_name(letter, form)
        words = title_line(letter)
        await send_file(click.bot.client, user, name=name, data=data, words=words)
    except (DocumentFailed, UploadFailed):
        await click.whisper(click.t("Sorry, that didn’t work. Ask an organiser for the document."))


async def _say(submission: Submission, why: str) -> None:
    if not await _show(submission, views.failed(submission.t, why)):
        user = submission.actor.person.user
        await submission.bot.client.chat_postMessage(channel=user, text=why)


async def _show(submission: Submission, view: dict[str, Any]) -> bool:
    """Change the window if it is still open; return whether it was."""
    try:
        held = submission.view
        await submission.bot.client.views_update(
            view_id=held.id, view=following(held, view, submission.t)
        )
    except SlackApiError:
        return False
    return True
