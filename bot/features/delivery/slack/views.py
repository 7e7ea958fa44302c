"""An organiser's views of a delivery: the last look before it, and the delivered copy."""

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from bot.features.delivery.rules import DeliveredCopy, canonical_entries
from bot.features.delivery.use_cases.handover import Delivered, LastLook, seen
from bot.features.desk.slack.home_view import needs_blocks
from bot.letters.letter import Letter, Tally
from bot.letters.order import own_heading
from bot.letters.rules import Rules
from bot.locales import Words
from bot.slack.block_kit import (
    DIVIDER,
    Blocks,
    View,
    actions,
    button,
    confirm,
    context,
    modal,
    of_row,
    plain_section,
    section,
)
from bot.slack.letter_picker import command_button
from bot.slack.page_parts import head_blocks, page_arrows, page_foot, texts
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, moment
from bot.slack.text.paging import pages
from bot.slack.windows import Place, frame, page_turns
from bot.slack.words.phases import tally_words
from bot.slack.words.rules import choice_words, embargo_words

ENTRIES = 30
"""Signatories on a page."""
_MOST_WITHDRAWN, _MOST_COPIES = 20, 10
_ENTRY = 120


def _counted(t: Words, copy: DeliveredCopy) -> str:
    tally = Tally(people=copy.people, organisations=copy.organisations)
    return escape(tally_words(t, tally))


def last_look(t: Words, look: LastLook, place: Place, said: str) -> View:
    """Return what is still open, the list as it would be delivered, and the Deliver button."""
    letter = look.letter
    blocks = needs_blocks(t, look.needs, of_one=True, heading=t("Before you deliver"))
    if letter.tally.waiting:
        blocks.append(context(t("Entries that aren’t confirmed, or are disputed, are left out.")))
    if look.hidden:
        blocks.append(context(embargo_words(t, letter)))
    heading = t("The list as it will be delivered")
    blocks += [DIVIDER, section(f"*{escape(heading)}*")]
    entries = json.loads(canonical_entries(look.listed))
    blocks += _entries(t, entries, letter.rules)
    blocks += page_turns(t, place, look.listed[-1].id if look.more else "")
    blocks += [DIVIDER, section(f"*{escape(tally_words(t, letter.tally))}*", "tally")]
    if look.behind:
        earlier = t.n(
            "{count} signature is for an earlier version. The copy marks it.",
            "{count} signatures are for an earlier version. The copy marks them.",
            look.behind,
        )
        blocks.append(section(earlier))
    saved = t(
        "Delivering saves the text and this list. People who withdraw later stay in the copy."
    )
    blocks.append(context(saved))
    if not look.waits:
        value = f"{letter.id}:{seen(letter)}"
        blocks.append(
            actions(button(t("Deliver"), "deliver", value, style="primary"), block="deliver")
        )
    return frame(t, letter, place, blocks, said=said)


def _entries(t: Words, entries: Iterable[dict[str, Any]], rules: Rules) -> Blocks:
    blocks: Blocks = []
    for heading, group in groupby(entries, lambda entry: _heading(t, entry, rules)):
        blocks.append(section(f"*{escape(heading)}*"))
        lines = (isolate(str(entry["entry"])) for entry in group)
        blocks += [plain_section(text) for text in texts(lines)]
    return blocks


def _facts(t: Words, copy: DeliveredCopy) -> str:
    saved = t("Saved {when} by <@{user}>.", when=moment(t, copy.cut_at), user=copy.by.user)
    return f"*{_counted(t, copy)}*\n{saved}"


def details_page(t: Words, copy: DeliveredCopy) -> View:
    """Return the view with the SHA-256 hashes of the copy."""
    lines = [
        f"{t('What people signed')} (SHA-256): `{copy.text.sha256}`",
        f"{t('The whole copy')} (SHA-256): `{copy.copy_sha256}`",
    ]
    # Translators: the title of a window with technical facts.
    return modal(t.p("technical", "Details"), [section(line) for line in lines], close=t("Back"))


def delivered(t: Words, found: Delivered, place: Place, said: str) -> View:
    """Return the part with the delivered copy, and the signers who withdrew after delivery."""
    number = found.letter.id
    blocks: Blocks = []
    for index, copy in enumerate(found.copies[:_MOST_COPIES]):
        at, row = f"{number}:{copy.number}", t.number(copy.number)
        buttons = (
            button(t("The list"), "delivered.list", f"{at}:1"),
            button(t("The text"), "delivered.text", f"{at}:1"),
            button(t.p("technical", "Details"), "delivered.details", at),
        )
        blocks += [
            section(_facts(t, copy)),
            actions(*(of_row(one, row, index) for one in buttons), block=f"copy.{index}"),
        ]
    get = [command_button(t("Get the letter"), "export", number)]
    if found.again:
        does = t("Deliver again with late signatures")
        sure = confirm(t, t("Deliver again"), t("This saves one more copy. Earlier copies stay."))
        get.append(button(does, "delivered.again", str(number), confirm=sure))
    blocks.append(actions(*get, block="get"))
    if found.until is not None:
        said_until = t(
            "You can undo the delivery until {when}. The delivery stays once late signatures "
            "open, or someone makes a file, withdraws or is told about it.",
            when=moment(t, found.until),
        )
        back = button(t("Undo delivery"), "delivered.undo", str(number))
        blocks.append(section(said_until, "undo", back))
    if found.withdrawn:
        blocks += [DIVIDER, *_withdrawn(t, found)]
    return frame(t, found.letter, place, blocks, said=said)


def _withdrawn(t: Words, found: Delivered) -> Blocks:
    count = len(found.withdrawn)
    heading = t.n(
        "{count} signer withdrew after delivery.", "{count} signers withdrew after delivery.", count
    )
    lines = [f"*{escape(heading)}*"]
    for one in found.withdrawn[:_MOST_WITHDRAWN]:
        entry = escape(isolate(clip(one.signature.entry, _ENTRY)))
        when = "" if one.withdrawn_at is None else moment(t, one.withdrawn_at)
        lines.append(f"• {entry}, {when}")
    if count > _MOST_WITHDRAWN:
        lines.append(t.n("and {count} more", "and {count} more", count - _MOST_WITHDRAWN))
    rule = choice_words(t, found.letter.rules.withdrawn_entry)
    return [section(clip("\n".join(lines), TEXT_LIMIT)), context(escape(rule))]


def list_page(t: Words, letter: Letter, copy: DeliveredCopy, number: int) -> View:
    """Return a page of the list as delivered; names are plain text."""
    entries = copy.entries_read()
    count = max(1, -(-len(entries) // ENTRIES))
    number = min(max(number, 1), count)
    shown = entries[(number - 1) * ENTRIES : number * ENTRIES]
    blocks = [
        context(_counted(t, copy)),
        *_entries(t, shown, letter.rules),
    ]
    return _page(t, "delivered.list", copy, blocks, number, count)


def _heading(t: Words, entry: dict[str, Any], rules: Rules) -> str:
    if entry["convener"]:
        return t("Conveners")
    if own := own_heading(entry.get("heading", ""), rules, late="signed_on" in entry):
        return own
    if not rules.grouped:
        return t("Signed by")
    return t("People") if entry["kind"] == "person" else t("Organisations")


def text_page(t: Words, copy: DeliveredCopy, number: int) -> View:
    """Return a page of the text as delivered."""
    dealt = pages(copy.text.body)
    number = min(max(number, 1), len(dealt))
    blocks = [*head_blocks(t, copy.text), *dealt[number - 1]]
    return _page(t, "delivered.text", copy, blocks, number, len(dealt))


def _page(
    t: Words, name: str, copy: DeliveredCopy, blocks: Blocks, number: int, count: int
) -> View:
    turns = page_arrows(t, name, f"{copy.letter}:{copy.number}", number, count)
    return modal(
        t("As delivered"),
        [*blocks, *page_foot(t, number, count, turns)],
        close=t("Back"),
        callback=name,
    )
