"""Handlers for delivering a letter, its copy, late signatures, documents and the link to share."""

import asyncio
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.documents.making import DocumentFailed, available
from bot.documents.paper import Format
from bot.features.delivery.rules import DeliveredCopy
from bot.features.delivery.slack import document_views, views
from bot.features.delivery.use_cases import exports, handover, public_page
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Refused
from bot.letters.rules import PublicPage
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, context, modal, preformatted, section
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.letter_picker import finish_click, opens, shows_part
from bot.slack.page_parts import shows
from bot.slack.payloads import Answer, Caller, Click, Command, Submission, following, update
from bot.slack.refusal_words import notice_view, sentence
from bot.slack.text.escaping import escape, plain
from bot.slack.uploads import UploadFailed, may_upload, send_file
from bot.slack.windows import Part, Place
from bot.slack.words.phases import title_line


def register(features: Features) -> None:
    """Register the part of the window, and `/letter deliver`, `delivered` and `late`."""
    for word, action, part in (
        ("deliver", Action.DELIVER, Part.DELIVERY),
        ("delivered", Action.SEE_STATUS, Part.DELIVERY),
        ("late", Action.SEE_STATUS, Part.SETTINGS),
    ):
        features.on_command(word, shows_part(features, action, part))
    features.on_part(Part.DELIVERY, _draw)
    features.on_click("delivered.list", shows(_list))
    features.on_click("delivered.text", shows(_text))
    features.on_click("delivered.details", shows(_details))

    async def deliver(click: Click) -> None:
        number, _, read = click.value.partition(":")
        letter, trigger = int(number), click.trigger
        await handover.deliver(
            click.database, letter=letter, actor=click.actor, read=read or None, trigger=trigger
        )
        await finish_click(features, click, click.t("Letter delivered"))

    async def undo(click: Click) -> None:
        letter, trigger = int(click.value), click.trigger
        await handover.take_back(click.database, letter=letter, actor=click.actor, trigger=trigger)
        await finish_click(features, click, click.t("Delivery undone"))

    async def again(click: Click) -> None:
        letter, trigger = int(click.value), click.trigger
        await handover.deliver_again(
            click.database, letter=letter, actor=click.actor, trigger=trigger
        )
        await finish_click(features, click, click.t("Letter delivered"))

    async def late(click: Click) -> None:
        t, opens = click.t, click.about == "open"
        act = handover.open_late if opens else handover.close_late
        letter = await act(
            click.database, letter=int(click.value), actor=click.actor, trigger=click.trigger
        )
        done = t("Late signatures opened") if opens else t("Late signatures stopped")
        await finish_click(features, click, f"{title_line(letter)}\n{done}")

    features.on_click("deliver", deliver)
    features.on_click("delivered.undo", undo)
    features.on_click("delivered.again", again)
    features.on_click("late", late)
    features.on_command("share", opens(Action.PUBLISH, _share))
    features.on_command("export", opens(Action.EXPORT, _export))
    features.on_submit("documents.get", _get)
    features.on_click("document", _document)


async def _draw(bot: Bot, caller: Caller, place: Place, said: str) -> View:
    letter, actor = place.letter, caller.actor
    look = await handover.look(bot.database, letter=letter, actor=actor, after=place.at)
    if look is not None:
        return views.last_look(caller.t, look, place, said)
    found = await handover.delivered(bot.database, letter=letter, actor=actor)
    return views.delivered(caller.t, found, place, said)


async def _found(click: Click) -> tuple[Letter, DeliveredCopy, int]:
    """Return the letter, copy and page in a value of the form `letter:copy:page`."""
    letter, number, page = (int(one) for one in f"{click.value}:1".split(":")[:3])
    found = await handover.delivered(click.database, letter=letter, actor=click.actor)
    copy = next((one for one in found.copies if one.number == number), found.copy)
    return found.letter, copy, page


async def _details(click: Click) -> View:
    _, copy, _ = await _found(click)
    return views.details_page(click.t, copy)


async def _list(click: Click) -> View:
    return views.list_page(click.t, *await _found(click))


async def _text(click: Click) -> View:
    _, copy, page = await _found(click)
    return await asyncio.to_thread(views.text_page, click.t, copy, page)


async def _share(command: Command, letter: Letter) -> View:
    found = await public_page.shared(command.database, letter=letter.id, actor=command.actor)
    return share_view(command.t, found, f"{command.bot.public_url}{found.page_path}")


def share_view(t: Words, letter: Letter, address: str) -> View:
    """Return the address in a field to copy, and as a QR code where Slack can fetch that."""
    blocks: Blocks = [section(title_line(letter)), preformatted(address)]
    if address.startswith("https:"):
        said = t("QR code of the link")
        code: dict[str, Any] = {"type": "image", "image_url": f"{address}/qr.png"}
        blocks.append(code | {"alt_text": said, "title": plain(said)})
    note = t("Anyone with this link can read the letter. The link stays the same for good.")
    return modal(t("Share link"), [*blocks, context(escape(note))], close=t("Close"))


async def _export(command: Command, letter: Letter) -> View:
    if not await may_upload(command.bot.client):
        return notice_view(command.t, document_views.grant_words(command.t))
    embargoed = await exports.under_embargo(command.database, letter=letter.id, actor=command.actor)
    # The names of the languages are read from Babel's files the first time.
    return await asyncio.to_thread(document_views.getting, command.t, letter, embargoed=embargoed)


async def _get(submission: Submission) -> Answer:
    wish = document_views.wish(submission.view)
    letter = await submission.allowed(wish.letter, Action.EXPORT)
    submission.bot.under_way.start(_send(submission, letter, wish))
    return update(document_views.making(submission.t, letter))


async def _send(submission: Submission, letter: Letter, wish: document_views.Wish) -> None:
    t, bot = submission.t, submission.bot

    async def told(number: int, count: int) -> None:
        await _show(submission, document_views.making(t, letter, (number, count)))

    try:
        command = wish.command(delivered=letter.delivered_at is not None)
        names = await bot.directory.names() if wish.what == document_views.STATUS else None
        data = await bot.documents.make(command, told, names)
        # They may have been removed while it was made, or while others were.
        await submission.allowed(letter.id, Action.EXPORT)
        await send_file(
            bot.client,
            submission.actor.person.user,
            name=document_views.file_name(letter, wish.what),
            data=data,
            words=title_line(letter),
        )
    except Refused as refused:
        await _show(submission, notice_view(t, sentence(t, refused.refusal)))
    except DocumentFailed as failed:
        await _say(submission, document_views.failure_words(t, failed.failure))
    except UploadFailed as failed:
        await _say(submission, document_views.upload_words(t, failed.name))
    else:
        await _show(submission, document_views.sent(t))


async def _document(click: Click) -> None:
    """Give a reader the address of the letter's page, or send them its document."""
    letter = await click.allowed(int(click.value), Action.SEE_SIGNATORIES)
    if click.bot.public_url and letter.rules.page is not PublicPage.OFF:
        await click.whisper(f"{click.bot.public_url}{letter.page_path}")
    else:
        await click.whisper(click.t("We’ll send you the letter as a file in a direct message."))
        click.bot.under_way.start(_send_public(click, letter))


async def _send_public(click: Click, letter: Letter) -> None:
    form = next(one for one in (Format.PDF, Format.HTML) if available(one))
    try:
        data = await click.bot.documents.make(["document", str(letter.id), "--format", form])
        await click.allowed(letter.id, Action.SEE_SIGNATORIES)
        user, name = click.actor.person.user, document_views.file_name(letter, form)
        words = title_line(letter)
        await send_file(click.bot.client, user, name=name, data=data, words=words)
    except (DocumentFailed, UploadFailed, Refused):
        await click.whisper(click.t("Sorry, we couldn’t make the file. Ask an organiser for it."))


async def _say(submission: Submission, why: str) -> None:
    if not await _show(submission, document_views.failed(submission.t, why)):
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
