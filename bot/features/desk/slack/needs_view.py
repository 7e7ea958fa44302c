"""The needs of an organiser's letters, each with a line and a button."""

from dataclasses import replace
from typing import Any

from bot.features.desk.use_cases.needs import Need, NeedKind
from bot.letters.invitation import InvitationState
from bot.letters.posting import PostingState
from bot.locales import Words
from bot.slack.block_kit import Blocks, button, of_row, section
from bot.slack.letter_picker import command_button
from bot.slack.page_parts import and_more
from bot.slack.text.escaping import clip, escape, isolate, moment
from bot.slack.windows import Part, Place, part_button

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
                "*{count} group of names* looks alike.",
                "*{count} groups of names* look alike.",
                need.count,
            )
            if need.more:
                said = t("*{count}+ groups of names* look alike.", count=t.number(need.count))
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
                said = t("Slack didn’t say if the card in {channel} was posted.", channel=where)
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
                "*{count} signer* can still answer the text change until {when}. You can deliver "
                "after that.",
                "*{count} signers* can still answer the text change until {when}. You can deliver "
                "after that.",
                need.count,
                when=moment(t, need.until or need.letter.deadline),
            )
            return said, replace(invited, part=Part.SETTINGS)
