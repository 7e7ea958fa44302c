"""An organiser's views of a delivery: preview, delivered copy, late list."""

from datetime import datetime
from itertools import groupby
from typing import Any

from bot.features.delivery.rules import DeliveredCopy
from bot.features.delivery.use_cases.handover import Cut, Delivered
from bot.letters.letter import Tally
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, confirm, context, modal, section
from bot.slack.letter_picker import command_button, unveil_button
from bot.slack.page_parts import page_arrows, page_foot, texts
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, moment, plain
from bot.slack.text.letter_pages import pages
from bot.slack.windows import Part, Place, part_button
from bot.slack.words.phases import tally_words, title_line
from bot.slack.words.rules import choice_words, embargo_words

ENTRIES = 30
"""Signatories on a page."""
_MOST_WITHDRAWN = 20
_ENTRY = 120


def _counted(t: Words, copy: DeliveredCopy) -> str:
    tally = Tally(people=copy.people, organisations=copy.organisations)
    return escape(tally_words(t, tally))


def preview(t: Words, cut: Cut) -> View:
    """Return the preview of the delivery, without a Deliver button while signers can answer."""
    letter = cut.letter
    blocks: Blocks = [
        section(title_line(letter)),
        section(
            t(
                "This saves the final copy of the text, the list, the counts and the time. The "
                "copy can never change.\n*{tally}*",
                tally=escape(tally_words(t, letter.tally)),
            ),
            "tally",
        ),
    ]
    if letter.tally.waiting:
        blocks.append(section(clip(_waiting(t, cut), TEXT_LIMIT), "waiting"))
    if cut.answer_by is not None:
        blocks.append(section(_unanswered(t, cut, cut.answer_by), "unanswered"))
    elif cut.unanswered:
        earlier = t.n(
            "{count} signature is for an earlier version. The copy says which.",
            "{count} signatures are for an earlier version. The copy says which.",
            cut.unanswered,
        )
        blocks.append(section(earlier, "unanswered"))
    blocks.append(
        context(
            t(
                "You can’t reopen the letter after this. Late signers can go on a separate "
                "list if you open one. People who withdraw later stay in the delivered copy."
            )
        )
    )
    if cut.hidden:
        blocks.append(section(embargo_words(t, letter), "embargo"))
    offered: Blocks = []
    if cut.answer_by is None:
        sure = confirm(t, t("Deliver"), t("You can’t undo this."))
        offered.append(
            button(t("Deliver"), "deliver", str(letter.id), style="primary", confirm=sure)
        )
    if cut.can_end_sooner:
        offered.append(part_button(t("Settings"), Place(letter=letter.id, part=Part.SETTINGS)))
    if cut.hidden:
        offered.append(unveil_button(t, letter))
    blocks += [actions(*offered, block="deliver")] if offered else []
    return modal(t("Deliver"), blocks, close=t("Cancel"))


def _waiting(t: Words, cut: Cut) -> str:
    letter, names = cut.letter, [escape(isolate(clip(one.entry, _ENTRY))) for one in cut.waiting]
    rest = letter.tally.waiting - len(names)
    if rest > 0:
        names.append(t.n("and {count} more", "and {count} more", rest))
    return t.n(
        ":warning: *{count} organisation is left out* because it is unconfirmed or disputed: "
        "{names}. To see why, open *Signers*, then *Waiting or removed*.",
        ":warning: *{count} organisations are left out* because they are unconfirmed or "
        "disputed: {names}. To see why, open *Signers*, then *Waiting or removed*.",
        letter.tally.waiting,
        names="; ".join(names),
    )


def _unanswered(t: Words, cut: Cut, until: datetime) -> str:
    said = t.n(
        ":hourglass: *{count} signer can still answer the last text change* until {when}. You "
        "can deliver the letter after that.",
        ":hourglass: *{count} signers can still answer the last text change* until {when}. You "
        "can deliver the letter after that.",
        cut.unanswered,
        when=moment(t, until),
    )
    if not cut.can_end_sooner:
        return said
    sooner = t("In Settings you can shorten this time, to no less than 24 hours from now.")
    return f"{said} {sooner}"


def handed_over(t: Words, found: Delivered) -> View:
    """Return the view after delivery: facts of the saved copy, and buttons for next steps."""
    number = found.letter.id
    return modal(
        t("Delivered"),
        [
            section(f"{title_line(found.letter)}\n:white_check_mark: {t('Letter delivered')}"),
            section(_facts(t, found.copy)),
            actions(
                command_button(t("Get the letter"), "export", number),
                command_button(t("Delivered copy"), "delivered", number),
                command_button(t("Late signatures"), "late", number),
                block="next",
            ),
        ],
        close=t("Done"),
    )


def _facts(t: Words, copy: DeliveredCopy) -> str:
    """Return how many are on the copy, when and by whom it was saved, as `mrkdwn`."""
    saved = t("Saved {when} by <@{user}>.", when=moment(t, copy.cut_at), user=copy.by.user)
    return f"*{_counted(t, copy)}*\n{saved}"


def details_page(t: Words, found: Delivered) -> View:
    """Return the view with the SHA-256 hashes of the copy."""
    copy = found.copy
    lines = [
        f"{t('Title, sender and text')} (SHA-256): `{copy.text.sha256}`",
        f"{t('The whole copy')} (SHA-256): `{copy.copy_sha256}`",
    ]
    # Translators: the title of a window with technical facts.
    return modal(t.p("technical", "Details"), [section(line) for line in lines], close=t("Back"))


def copy(t: Words, found: Delivered) -> View:
    """Return the view of the delivered copy, and the signers who withdrew after delivery."""
    number = found.letter.id
    blocks: Blocks = [
        {"type": "header", "text": plain(found.copy.text.title, 150)},
        section(_facts(t, found.copy)),
        actions(
            button(t("The list"), "delivered.list", f"{number}:1"),
            button(t("The text"), "delivered.text", f"{number}:1"),
            command_button(t("Get the letter"), "export", number),
            button(t.p("technical", "Details"), "delivered.details", str(number)),
            block="copy",
        ),
    ]
    if found.withdrawn:
        blocks += [{"type": "divider"}, *_withdrawn(t, found)]
    return modal(t("Delivered copy"), blocks, close=t("Close"), callback="delivered")


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


def list_page(t: Words, found: Delivered, number: int) -> View:
    """Return a page of the list as delivered; names are plain text."""
    entries = found.copy.entries_read()
    count = max(1, -(-len(entries) // ENTRIES))
    number = min(max(number, 1), count)
    shown = entries[(number - 1) * ENTRIES : number * ENTRIES]
    blocks: Blocks = [context(_counted(t, found.copy))]
    grouped = found.letter.rules.grouped
    for heading, group in groupby(shown, lambda entry: _heading(t, entry, grouped=grouped)):
        blocks.append(section(f"*{escape(heading)}*"))
        lines = (isolate(str(entry["entry"])) for entry in group)
        blocks += [{"type": "section", "text": plain(text)} for text in texts(lines)]
    return _page(t, "delivered.list", found, blocks, number, count)


def _heading(t: Words, entry: dict[str, Any], *, grouped: bool) -> str:
    if entry["convener"]:
        return t("Conveners")
    if not grouped:
        return t("Signed by")
    return t("People") if entry["kind"] == "person" else t("Organisations")


def text_page(t: Words, found: Delivered, number: int) -> View:
    """Return a page of the text as delivered."""
    dealt = pages(found.copy.text.body)
    number = min(max(number, 1), len(dealt))
    return _page(t, "delivered.text", found, dealt[number - 1], number, len(dealt))


def _page(t: Words, name: str, found: Delivered, blocks: Blocks, number: int, count: int) -> View:
    """Return a page of the copy; `name` is the id of its arrows and of the window."""
    turns = page_arrows(t, name, str(found.letter.id), number, count)
    return modal(
        t("As delivered"),
        [*blocks, *page_foot(t, number, count, turns)],
        close=t("Back"),
        callback=name,
    )
