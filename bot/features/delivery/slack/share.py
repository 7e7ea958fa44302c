"""The link to a letter's public page, to copy or to scan."""

from typing import Any

from bot.features.delivery.use_cases import public_page
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, context, modal, preformatted, section
from bot.slack.features import Features
from bot.slack.letter_picker import opens
from bot.slack.payloads import Command
from bot.slack.text.escaping import escape, plain
from bot.slack.words.phases import title_line


def register(features: Features) -> None:
    """Register the command that shows the link."""
    features.on_command("share", opens(Action.PUBLISH, _share))


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
