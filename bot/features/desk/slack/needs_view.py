"""Needs of an organiser's letters: a line and a button each."""

from typing import Any

from bot.features.desk.use_cases.needs import Need, NeedKind
from bot.letters.posting import PostingState
from bot.locales import Words
from bot.slack.block_kit import Blocks, button, context, of_row, section
from bot.slack.letter_picker import command_button
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.windows import Part, Place, part_button
from bot.slack.words.phases import deadline_words

MOST = 10
ENTRY_MOST = 200


def needs_blocks(t: Words, needs: tuple[Need, ...], *, of_one: bool = False) -> Blocks:
    """Return a heading and a row for each need; nothing where nothing is needed.

    Args:
        t: The organiser's words.
        needs: The needs, the most urgent first.
        of_one: They are all of the letter that is shown, and its title is left out.
    """
    if not needs:
        return []
    heading = t("Needs you")
    rows = [_row(t, need, number, of_one=of_one) for number, need in enumerate(needs[:MOST])]
    blocks: Blocks = [section(f"*{escape(heading)}*"), *rows]
    if len(needs) > MOST:
        rest = len(needs) - MOST
        blocks.append(context(t.n("and {count} more", "and {count} more", rest)))
    return blocks


def _row(t: Words, need: Need, number: int, *, of_one: bool) -> dict[str, Any]:
    title = "" if of_one else escape(isolate(need.letter.title))
    row = section(f"{need_words(t, need)}\n{title}".rstrip(), f"need.{number}")
    row["accessory"] = of_row(_answer(t, need, number), need.entry or need.letter.title, number)
    return row


def need_words(t: Words, need: Need) -> str:
    """Say what is needed, without the letter's title; `mrkdwn`."""
    match need.kind:
        case NeedKind.OBJECTION:
            entry = escape(isolate(clip(need.entry, ENTRY_MOST)))
            return t("*{entry}*: someone objects.", entry=entry)
        case NeedKind.WAITING:
            return t.n(
                "*{count} organisation* isn’t confirmed yet.",
                "*{count} organisations* aren’t confirmed yet.",
                need.count,
            )
        case NeedKind.ALIKE:
            return t.n(
                "*{count} pair of names* looks alike.",
                "*{count} pairs of names* look alike.",
                need.count,
            )
        case NeedKind.SOON:
            return t.n(
                "*{count} signature* to go. Deadline: {when}",
                "*{count} signatures* to go. Deadline: {when}",
                need.count,
                when=deadline_words(t, need.letter),
            )
        case NeedKind.CARD:
            assert need.posting is not None  # noqa: S101 - a need of this kind has one
            where = f"<#{need.posting.channel}>"
            if need.posting.state is PostingState.UNKNOWN:
                return t("Slack didn’t say if the card in {channel} was posted.", channel=where)
            return t("The card in {channel} couldn’t be posted.", channel=where)


def _answer(t: Words, need: Need, number: int) -> dict[str, Any]:
    letter = need.letter.id
    match need.kind:
        case NeedKind.OBJECTION:
            return button(t("Review"), f"organisations.open:{number}", need.signatory)
        case NeedKind.WAITING:
            return command_button(t("Review"), "organisations", letter)
        case NeedKind.ALIKE:
            return command_button(t("Review"), "alike", letter)
        case NeedKind.SOON:
            return command_button(t("Remind"), "remind", letter)
        case NeedKind.CARD:
            if need.posting is not None and need.posting.state is PostingState.UNKNOWN:
                return part_button(t("Open"), Place(letter=letter, part=Part.OVERVIEW))
            return command_button(t("Post again"), "post", letter)
