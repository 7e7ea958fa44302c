"""The App Home, and the window with the same content: what one runs, may sign, and signed."""

from collections.abc import Mapping
from typing import Any

from bot.features.desk.slack.needs_view import MOST, needs_blocks
from bot.features.desk.slack.steps import row_steps
from bot.features.desk.use_cases.home import Held, HomePage, Own
from bot.features.desk.use_cases.needs import NeedKind
from bot.letters.invitation import InvitationState
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, context, modal, of_row, section
from bot.slack.letter_picker import command_button
from bot.slack.models.memories import Memory
from bot.slack.page_parts import privacy_buttons
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.windows import Place
from bot.slack.words.invitations import STATE_WORDS
from bot.slack.words.letter_list import open_row, title_line
from bot.slack.words.phases import PHASE_WORDS, counted_words, deadline_words
from bot.slack.words.standing import signer_standing

MOST_OPEN, MOST_SIGNED = 12, 15
"""Of 100 blocks: two for each open or own letter, one for each signature, and the words around."""


def home(t: Words, page: HomePage) -> dict[str, Any]:
    """Return the view of somebody's App Home."""
    return {"type": "home", "blocks": _content(t, page)}


def window(t: Words, page: HomePage) -> dict[str, Any]:
    """Return the same as a modal: Slack has no way to open the Home tab itself."""
    return modal(
        t("Letters"),
        _content(t, page),
        close=t("Close"),
        callback="window",
        meta=Memory(window=str(Place())).kept(),
    )


def _content(t: Words, page: HomePage) -> Blocks:
    parts = [needs_blocks(t, page.needs), _own(t, page), _open(t, page), _signed(t, page)]
    blocks: Blocks = []
    for part in parts:
        if part:
            blocks += [*part, {"type": "divider"}]
    if not blocks:
        blocks += [*_welcome(t, page), {"type": "divider"}]
    if page.may_start:
        style = None if any(parts) else "primary"
        start = command_button(t("Start a letter"), "new", style=style)
        return [*blocks, actions(start, *privacy_buttons(t), block="start")]
    hint = t("You can sign letters here. To start one, ask a full member of this workspace.")
    return [*blocks, context(escape(hint)), actions(*privacy_buttons(t), block="start")]


def _welcome(t: Words, page: HomePage) -> Blocks:
    """Tell a newcomer what this is and how to start."""
    what = t("*Joint letters, signed where you already talk*")
    how = t("Post a letter’s card in a channel, and people sign it in two clicks.")
    if page.may_start:
        start = t("Press *Start a letter*. Only you see it until you post it.")
    else:
        start = t("A letter that you can sign appears here.")
    return [section(f"{what}\n{how}\n{start}")]


def _heading(words: str) -> dict[str, Any]:
    return section(f"*{escape(words)}*")


def _own(t: Words, page: HomePage) -> Blocks:
    if not page.organised:
        return []
    blocks: Blocks = [_heading(t("Your letters"))]
    # Where Remind stands under what is needed, it does not stand here too.
    soon = {one.letter.id for one in page.needs[:MOST] if one.kind is NeedKind.SOON}
    for own in page.organised:
        letter = own.letter
        blocks += [
            section(f"{title_line(letter)}\n{own_words(t, own)}"),
            actions(*row_steps(t, letter, reminds=letter.id not in soon), block=f"own.{letter.id}"),
        ]
    return blocks + _more(t, page.more_organised)


HOPED = (InvitationState.INVITED, InvitationState.READING, InvitationState.AWAITING)
"""States of the invited who may still sign."""


def own_words(t: Words, own: Own) -> str:
    """Say in one line how far a letter of one's own is; `mrkdwn`."""
    letter = own.letter
    said = [_so_far(t, own)]
    if letter.phase.is_unclosed:
        said.append(deadline_words(t, letter))
    # Those who can't sign any more are waited for no longer.
    hoped: Mapping[InvitationState, int] = {} if letter.phase.has_ended else own.invited
    counts = ((state, hoped.get(state, 0)) for state in HOPED)
    said += [STATE_WORDS[state].many(t, count) for state, count in counts if count]
    return " · ".join(part for part in said if part)


def _so_far(t: Words, own: Own) -> str:
    letter = own.letter
    of_phase = PHASE_WORDS[letter.phase]
    state = of_phase.state(t)
    if not of_phase.counts:
        return state
    counted = (
        t("{total} of {goal}", total=t.number(letter.tally.total), goal=t.number(letter.goal))
        if letter.goal is not None
        else escape(counted_words(t, letter).rstrip("."))
    )
    return " · ".join(part for part in (state, counted) if part)


def _open(t: Words, page: HomePage) -> Blocks:
    held = {one.letter.id for one in page.signed}
    unsigned = [one for one in page.open_letters if one.id not in held]
    if not unsigned:
        return []
    blocks: Blocks = [_heading(t("Open for your signature"))]
    for letter in unsigned[:MOST_OPEN]:
        blocks += open_row(t, letter)
    return blocks + _more(t, len(unsigned) - MOST_OPEN)


def _signed(t: Words, page: HomePage) -> Blocks:
    if not page.signed:
        return []
    blocks: Blocks = [_heading(t("You signed"))]
    for number, one in enumerate(page.signed[:MOST_SIGNED]):
        blocks.append(_signature(t, one, number))
    return blocks + _more(t, len(page.signed) - MOST_SIGNED)


def _signature(t: Words, one: Held, number: int) -> dict[str, Any]:
    letter, entry = one.letter, clip(one.endorsement.signature.entry, 300)
    said = [f"*{escape(isolate(letter.title))}*", escape(isolate(entry))]
    said += filter(None, [escape(signer_standing(t, letter, one.party))])
    row = section("\n".join(said), f"signed.{number}")
    mine = button(t("My signature"), f"sign:{number}", f"{letter.id}:")
    row["accessory"] = of_row(mine, letter.title, number)
    return row


def _more(t: Words, count: int) -> Blocks:
    return [] if count <= 0 else [context(t.n("and {count} more", "and {count} more", count))]
