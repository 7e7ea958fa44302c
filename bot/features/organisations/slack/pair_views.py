"""An organiser's views of two names that may be one party."""

from collections.abc import Sequence
from typing import Any

from bot.features.organisations.slack.memories import Listing
from bot.features.organisations.use_cases.merge_history import MergedPair
from bot.features.organisations.use_cases.merges import Likely, Organisation
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    confirm,
    context,
    modal,
    of_row,
    section,
)
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.times import moment
from bot.slack.words.standing import organiser_standing

PAIRS = 5
"""Enough for one page; what was looked through besides is never left out."""
MOST_SHOWN = 15


def pairs_page(
    t: Words,
    letter: Letter,
    found: Sequence[Likely],
    *,
    after: str,
    end: str | None,
    done: str = "",
) -> View:
    """Pairs to decide, and the way on to where nobody has looked yet.

    Args:
        t: The organiser's words.
        letter: The letter.
        found: The pairs.
        after: Where looking began.
        end: Where it ended; None where all were looked at.
        done: What was just done, if something was.
    """
    blocks: Blocks = []
    if done:
        blocks.append(section(f":white_check_mark: {done}"))
    if not found and end is None:
        blocks.append(section(escape(t("No possible duplicates left to check."))))
    for number, likely in enumerate(found[:MOST_SHOWN]):
        blocks += _pair(t, letter, likely, number)
    rest = len(found) - MOST_SHOWN
    if rest > 0:
        blocks.append(context(t.n("and {count} more", "and {count} more", rest)))
    buttons: Blocks = []
    if end is not None and rest <= 0:
        buttons.append(button(t("Keep checking"), "pairs", f"from:{end}"))
    buttons.append(button(t("Undo a merge"), "merges"))
    buttons.append(button(t("Back"), "organisations.page"))
    blocks.append(actions(*buttons, block="turn"))
    return modal(
        t("Possible duplicates"),
        blocks,
        close=t("Close"),
        callback="organisations",
        meta=Listing(letter=letter.id, after=after).kept(),
    )


def merges_page(t: Words, letter: Letter, merged: Sequence[MergedPair], *, done: str = "") -> View:
    """List the last merges, each with its undoing where that can still be done.

    Args:
        t: The organiser's words.
        letter: The letter.
        merged: The merges, the newest first.
        done: What was just done, if something was; `mrkdwn`.
    """
    blocks: Blocks = [section(f":white_check_mark: {done}")] if done else []
    if not merged:
        blocks.append(section(escape(t("No entries are merged."))))
    elif letter.delivered_at is not None:
        blocks.append(context(escape(t("After delivery, a merge can’t be undone."))))
    for number, one in enumerate(merged):
        said = t(
            "Merged: {other} into {entry}",
            other=escape(isolate(clip(one.gone, 300))),
            entry=escape(isolate(clip(one.kept, 300))),
        )
        row = section(f"{said}\n<@{one.by.user}>, {moment(t, one.made_at)}")
        if one.may_undo:
            undo = button(t("Undo"), f"merges.undo:{number}", one.merge)
            row["accessory"] = of_row(undo, one.gone, number)
        blocks.append(row)
    blocks.append(actions(button(t("Back"), "pairs", "from:"), block="turn"))
    return modal(
        t("Merged entries"),
        blocks,
        close=t("Close"),
        callback="organisations",
        meta=Listing(letter=letter.id).kept(),
    )


def undone_words(t: Words, party: Signatory) -> str:
    """Say that a merge was undone; `mrkdwn`."""
    return t("Restored: {entry}", entry=escape(isolate(clip(party.entry, 300))))


def _pair(t: Words, letter: Letter, likely: Likely, number: int) -> Blocks:
    one, other = likely.one, likely.other
    if one.party.kind is Kind.PERSON:
        return _namesakes(t, likely, number)
    blocks: Blocks = [
        *_between(number),
        section(_described(t, letter, one)),
        section(_described(t, letter, other)),
    ]
    if (
        one.party.removed
        or other.party.removed
        or Standing.DISPUTED in {one.party.standing, other.party.standing}
    ):
        blocks.append(
            context(escape(t("If you merge them, both stay off the list until you decide.")))
        )
    blocks.append(
        actions(
            of_row(
                _one(t, t("Keep the first"), "first", one.party, other.party),
                one.party.entry,
                number,
            ),
            of_row(
                _one(t, t("Keep the second"), "second", other.party, one.party),
                other.party.entry,
                number,
            ),
            _apart(t, one.party, other.party, number),
            block=f"pair.{number}",
        )
    )
    return blocks


def _between(number: int) -> Blocks:
    """Return what parts a pair from the one above it."""
    return [{"type": "divider"}] if number else []


def _namesakes(t: Words, likely: Likely, number: int) -> Blocks:
    """Two people of one name, of whom the second was added from elsewhere."""
    one, other = likely.one.party, likely.other.party
    asked = confirm(
        t,
        t("Merge"),
        t(
            "The signature collected outside Slack is removed, and “{entry}” stays. You can "
            "undo this until delivery.",
            entry=isolate(clip(one.entry, 120)),
        ),
    )
    value = f"{one.id}:{other.id}"
    return [
        *_between(number),
        section(_given(t, likely.one)),
        section(_given(t, likely.other)),
        actions(
            of_row(
                button(t("Keep the first"), "pairs.one:first", value, confirm=asked),
                one.entry,
                number,
            ),
            _apart(t, one, other, number),
            block=f"pair.{number}",
        ),
    ]


def _apart(t: Words, one: Signatory, other: Signatory, number: int) -> dict[str, Any]:
    pressed = button(t("Not the same"), "pairs.two", f"{one.id}:{other.id}")
    return of_row(pressed, one.entry, number)


def _given(t: Words, one: Organisation) -> str:
    first = one.endorsements[0]
    when = moment(t, first.signed_at)
    said = (
        f"{t('Collected outside Slack')}, {when}"
        if first.person is None
        else f"<@{first.person.user}>, {when}"
    )
    return f"*{escape(isolate(one.party.entry))}*\n{said}"


def _described(t: Words, letter: Letter, one: Organisation) -> str:
    first = one.endorsements[0]
    facts = first.signature.facts
    parts = [clip(part, 100) for part in (facts.name, facts.role) if part]
    who = ", ".join(escape(isolate(part)) for part in parts)
    said = [
        escape(organiser_standing(t, letter, one.party)),
        who,
        moment(t, first.signed_at),
    ]
    more = len(one.endorsements) - 1
    if more > 0:
        said.append(t.n("and {count} more", "and {count} more", more))
    return f"*{escape(isolate(one.party.entry))}*\n{', '.join(said)}"


def _one(t: Words, label: str, which: str, keeps: Signatory, goes: Signatory) -> dict[str, Any]:
    asked = confirm(
        t,
        t("Merge"),
        t(
            "All signers of both are listed under “{entry}”, and those who move get a message. "
            "You can undo this until delivery.",
            entry=isolate(clip(keeps.entry, 120)),
        ),
    )
    return button(label, f"pairs.one:{which}", f"{keeps.id}:{goes.id}", confirm=asked)


def merged_words(t: Words, party: Signatory) -> str:
    """After two were made one; `mrkdwn`."""
    signers = t.n("{count} signer", "{count} signers", party.endorsements)
    return f"*{escape(isolate(party.entry))}* · {signers}"
