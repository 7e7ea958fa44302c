"""The App Home: what is open, what one signed, what one runs."""

from typing import Any

from bot.features.desk.use_cases.home import Held, HomePage
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, context, section
from bot.slack.letter_picker import command_button
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.words.letter_list import open_row, own_row
from bot.slack.words.phases import TAKING
from bot.slack.words.standing import signer_standing

MOST_OPEN, MOST_SIGNED, MOST_OWN = 15, 20, 15
"""Of 100 blocks: two for each open or own letter, one for each signature, and the words around."""


def home(t: Words, page: HomePage) -> dict[str, Any]:
    """The view of somebody's App Home."""
    blocks: Blocks = [
        {
            "type": "header",
            "text": {"type": "plain_text", "text": t("Undersigned"), "emoji": False},
        },
        section(t("Read and sign joint letters in this workspace, and see who signed.")),
    ]
    if page.may_start:
        start = command_button(t("Start a letter"), "new", style="primary")
        blocks.append(actions(start, block="start"))
    blocks += [{"type": "divider"}, *_open(t, page)]
    blocks += [{"type": "divider"}, *_signed(t, page)]
    if page.organised:
        blocks += [{"type": "divider"}, *_own(t, page)]
    hint = (
        t("For everything else, type `/letter help`.")
        if page.may_start
        else t("You can sign letters here. To start one, ask a full member of this workspace.")
    )
    blocks.append(context(hint))
    return {"type": "home", "blocks": blocks}


def _heading(words: str) -> dict[str, Any]:
    return section(f"*{escape(words)}*")


def _open(t: Words, page: HomePage) -> Blocks:
    if not page.open_letters:
        return [section(t("No letters are open right now. When one opens, you’ll see it here."))]
    blocks: Blocks = [_heading(t("Open for signatures"))]
    held = {one.letter.id for one in page.signed}
    for letter in page.open_letters[:MOST_OPEN]:
        blocks += open_row(t, letter, signed=letter.id in held)
    return blocks + _more(t, len(page.open_letters) - MOST_OPEN)


def _signed(t: Words, page: HomePage) -> Blocks:
    if not page.signed:
        return [section(t("You haven’t signed a letter yet."))]
    blocks: Blocks = [_heading(t("Your signatures"))]
    for number, one in enumerate(page.signed[:MOST_SIGNED]):
        blocks.append(_signature(t, one, number))
    return blocks + _more(t, len(page.signed) - MOST_SIGNED)


def _signature(t: Words, one: Held, number: int) -> dict[str, Any]:
    letter, line = one.letter, clip(one.endorsement.signature.line, 300)
    said = [f"*{escape(isolate(line))}*", escape(isolate(letter.title))]
    said += filter(None, [escape(signer_standing(t, letter, one.party))])
    row = section("\n".join(said), f"signed.{number}")
    changeable = letter.phase in TAKING
    label = t("Change or withdraw") if changeable else t("My signature")
    row["accessory"] = button(label, f"sign:{number}", f"{letter.id}:")
    return row


def _own(t: Words, page: HomePage) -> Blocks:
    blocks: Blocks = [_heading(t("Letters you organise"))]
    for letter in page.organised[:MOST_OWN]:
        blocks += own_row(t, letter)
    return blocks + _more(t, len(page.organised) - MOST_OWN)


def _more(t: Words, count: int) -> Blocks:
    return [] if count <= 0 else [context(t.n("and {count} more", "and {count} more", count))]
