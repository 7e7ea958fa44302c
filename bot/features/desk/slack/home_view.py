"""The App Home and its modal: a person's own letters, letters to sign, and signatures."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from bot.features.desk.slack.steps import row_steps
from bot.features.desk.use_cases.home import Held, HomePage, Own
from bot.features.desk.use_cases.needs import Need, NeedKind
from bot.letters.invitation import InvitationState
from bot.letters.letter import PostingState
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, context, modal, of_row, section
from bot.slack.letter_picker import command_button
from bot.slack.models.shapes import Memory
from bot.slack.page_parts import and_more, privacy_buttons
from bot.slack.text.escaping import clip, escape, isolate, moment
from bot.slack.windows import Part, Place, part_button
from bot.slack.words.invitations import STATE_WORDS
from bot.slack.words.phases import counted_words, open_row, title_line
from bot.slack.words.rules import signer_standing

MOST = 10
ENTRY_MOST = 200


def needs_blocks(
    t: Words, needs: tuple[Need, ...], *, of_one: bool = False, heading: str = ""
) -> Blocks:
    """Return a heading and a row for each need; [] if there are none.

    `needs` begins with the most urgent. `of_one` leaves out the letter's title, because all needs
    belong to the letter that is shown.
    """
    if not needs:
        return []
    heading = heading or t("Needs your attention")
    blocks: Blocks = [section(f"*{escape(heading)}*")]
    for number, need in enumerate(needs[:MOST]):
        said, answer = _need(t, need, number)
        title = "" if of_one else escape(isolate(need.letter.title))
        pressed = of_row(answer, need.entry or need.letter.title, number)
        blocks.append(section(f"{said}\n{title}".rstrip(), f"need.{number}", pressed))
    return blocks + and_more(t, len(needs) - MOST)


def _need(t: Words, need: Need, number: int) -> tuple[str, dict[str, Any]]:
    letter = need.letter.id
    match need.kind:
        case NeedKind.OBJECTION | NeedKind.WAITING if need.count:
            disputed = t.n(
                "*{count} entry* has an objection.",
                "*{count} entries* have objections.",
                need.count,
            )
            waiting = t.n(
                "*{count} entry* isn’t on the list yet.",
                "*{count} entries* aren’t on the list yet.",
                need.count,
            )
            said = disputed if need.kind is NeedKind.OBJECTION else waiting
            return said, command_button(t("Review"), "organisations", letter)
        case NeedKind.OBJECTION | NeedKind.WAITING:
            entry = escape(isolate(clip(need.entry, ENTRY_MOST)))
            said = t("*{entry}*: someone objects.", entry=entry)
            return said, button(t("Review"), f"organisations.open:{number}", need.signatory)
        case NeedKind.ALIKE:
            said = t.n(
                "*{count} group* of similar names.",
                "*{count} groups* of similar names.",
                need.count,
            )
            if need.more:
                said = t("*{count}+ groups* of similar names.", count=t.number(need.count))
            return said, command_button(t("Review"), "alike", letter)
        case NeedKind.SOON:
            said = t.n(
                "*{count} signature* to go. Deadline: {when}",
                "*{count} signatures* to go. Deadline: {when}",
                need.count,
                when=moment(t, need.letter.deadline),
            )
            return said, command_button(t("Remind"), "remind", letter)
        case NeedKind.UNANSWERED | NeedKind.AWAITING | NeedKind.INVITED:
            said, place = _unanswered(t, need)
            return said, part_button(t("Review"), place)
        case NeedKind.CARD if need.count:
            said = t.n(
                "*{count} card* may not be in its channel.",
                "*{count} cards* may not be in their channels.",
                need.count,
            )
            return said, part_button(t("Open"), Place(letter=letter, part=Part.OVERVIEW))
        case NeedKind.CARD:
            assert need.posting is not None  # noqa: S101 - every need of this kind has one
            where = f"<#{need.posting.channel}>"
            if need.posting.state is PostingState.UNKNOWN:
                said = t("Please check whether the card in {channel} was posted.", channel=where)
                return said, part_button(t("Open"), Place(letter=letter, part=Part.OVERVIEW))
            said = t("The card in {channel} couldn’t be posted.", channel=where)
            return said, command_button(t("Post again"), "post", letter)


def _unanswered(t: Words, need: Need) -> tuple[str, Place]:
    """Return whose answer is open before a delivery, and where it is seen."""
    invited = Place(letter=need.letter.id, part=Part.INVITED)
    match need.kind:
        case NeedKind.AWAITING:
            said = t.n(
                "*{count} invitation* is waiting for approval.",
                "*{count} invitations* are waiting for approval.",
                need.count,
            )
            return said, replace(invited, at=f"{InvitationState.AWAITING.value}:1")
        case NeedKind.INVITED:
            said = t.n(
                "*{count} invitation* has no answer.",
                "*{count} invitations* have no answer.",
                need.count,
            )
            return said, invited
        case _:
            said = t.n(
                "*{count} signer* can still answer the text change until {when}. You can "
                "deliver after that, or once they’ve answered.",
                "*{count} signers* can still answer the text change until {when}. You can "
                "deliver after that, or once they’ve all answered.",
                need.count,
                when=moment(t, need.until or need.letter.deadline),
            )
            return said, replace(invited, part=Part.SETTINGS)


MOST_OPEN, MOST_SIGNED = 12, 15
"""Limits for 100 blocks: an open or own letter takes two blocks, a signature one."""
HOPED = (InvitationState.INVITED, InvitationState.READING, InvitationState.AWAITING)
"""States of invitations that may still lead to a signature."""


def home(t: Words, page: HomePage) -> dict[str, Any]:
    """Return the view of somebody's App Home."""
    return {"type": "home", "blocks": _content(t, page)}


def window(t: Words, page: HomePage) -> dict[str, Any]:
    """Return the Home content as a modal, as Slack has no way to open the Home tab itself."""
    return modal(
        t("Letters"),
        _content(t, page),
        close=t("Close"),
        callback="window",
        meta=Memory(window=str(Place(at=str(page.at_page)))).kept(),
    )


def _content(t: Words, page: HomePage) -> Blocks:
    # A Remind button under "Needs you" isn't repeated in the letter's row.
    turned = page.at_page - 1
    needs, held_here = page.needs[MOST * turned :], page.signed[MOST_SIGNED * turned :]
    soon = {one.letter.id for one in needs[:MOST] if one.kind is NeedKind.SOON}
    own = [_own(t, one, reminds=one.letter.id not in soon) for one in page.organised]
    held = {one.letter.id for one in page.signed}
    unsigned = [one for one in page.open_letters if one.id not in held][MOST_OPEN * turned :]
    opened = [open_row(t, letter) for letter in unsigned[:MOST_OPEN]]
    signed = [[_signature(t, *one)] for one in enumerate(held_here[:MOST_SIGNED])]
    more = (len(needs) - MOST, len(unsigned) - MOST_OPEN, len(held_here) - MOST_SIGNED)
    turn = part_button(t("Show more"), Place(at=str(page.at_page + 1)))
    foot = [*([turn] if max(*more, page.more_organised) > 0 else []), *privacy_buttons(t)]
    parts = [
        needs_blocks(t, needs),
        _part(t, t("Your letters"), own, page.more_organised),
        _part(t, t("Open for your signature"), opened, more[1]),
        _part(t, t("You signed"), signed, more[2]),
    ]
    blocks: Blocks = []
    for part in filter(None, parts) if any(parts) else [_welcome(t, page)]:
        blocks += [*part, {"type": "divider"}]
    if page.may_start:
        start = command_button(t("Start a letter"), "new", style=None if any(parts) else "primary")
        return [*blocks, actions(start, *foot, block="start")]
    hint = t("You can sign letters here. To start one, ask a full member of this workspace.")
    return [*blocks, context(escape(hint)), actions(*foot, block="start")]


def _part(t: Words, heading: str, rows: Collection[Blocks], more: int) -> Blocks:
    if not rows:
        return []
    shown = [block for row in rows for block in row]
    return [section(f"*{escape(heading)}*"), *shown, *and_more(t, more)]


def _welcome(t: Words, page: HomePage) -> Blocks:
    what = t("*Joint letters, signed where you already talk*")
    how = t("Post a letter’s card in a channel. People can sign the letter in two clicks.")
    if page.may_start:
        start = t("Press *Start a letter*. Only you see it until you post it.")
    else:
        start = t("Letters you can sign appear here.")
    return [section(f"{what}\n{how}\n{start}")]


def _own(t: Words, own: Own, *, reminds: bool) -> Blocks:
    letter = own.letter
    return [
        section(f"{title_line(letter)}\n{own_words(t, own)}"),
        actions(*row_steps(t, letter, reminds=reminds), block=f"own.{letter.id}"),
    ]


def own_words(t: Words, own: Own) -> str:
    """Return an organiser's letter's state in one line, as `mrkdwn`."""
    letter, phase = own.letter, own.letter.phase
    said = [
        {
            Phase.DRAFT: t("Draft"),
            Phase.FOUNDING: t("First signers"),
            Phase.CLOSED: t("Closed"),
            Phase.DELIVERED: t("Delivered"),
            Phase.LATE: t("Late signatures"),
            Phase.CANCELLED: t("Cancelled"),
        }.get(phase, "")
    ]
    if phase not in {Phase.DRAFT, Phase.CANCELLED}:
        total = t.number(letter.tally.total)
        said.append(
            escape(counted_words(t, letter).rstrip("."))
            if letter.goal is None
            else t("{total} of {goal}", total=total, goal=t.number(letter.goal))
        )
    if phase.is_unclosed:
        said.append(moment(t, letter.deadline))
    # After its end nobody can sign the letter any more.
    hoped: Mapping[InvitationState, int] = {} if phase.has_ended else own.invited
    counts = ((state, hoped.get(state, 0)) for state in HOPED)
    said += [STATE_WORDS[state].many(t, count) for state, count in counts if count]
    return " · ".join(part for part in said if part)


def _signature(t: Words, number: int, one: Held) -> dict[str, Any]:
    letter, entry = one.letter, clip(one.party.entry, 300)
    said = [f"*{escape(isolate(letter.title))}*", escape(isolate(entry))]
    said += filter(None, [escape(signer_standing(t, letter, one.party))])
    mine = button(t("My signature"), f"sign:{number}", f"{letter.id}:")
    return section("\n".join(said), f"signed.{number}", of_row(mine, letter.title, number))
