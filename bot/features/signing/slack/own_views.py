"""Views of a person's signatures: on one letter ("My signature"), and on all letters."""

from collections.abc import Mapping, Sequence

from bot.features.amendments.slack import changes, messages
from bot.features.signing.slack.approvals import asked_blocks
from bot.features.signing.slack.form import capacity_labels, forget_button
from bot.features.signing.slack.thanks import remember_button
from bot.features.signing.use_cases.approvals import Approval
from bot.features.signing.use_cases.own_signature import Change, Own
from bot.letters.endorsement import Capacity, Endorsement, State
from bot.letters.entries import entry, with_name
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.refusals import Refusal
from bot.letters.signatory import Signatory
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
from bot.slack.entry_form import answer_blocks
from bot.slack.models.shapes import Begun, OfLetter
from bot.slack.page_parts import arrows, privacy_buttons
from bot.slack.text.escaping import clip, escape, isolate, moment
from bot.slack.words.phases import standing_words, title_line
from bot.slack.words.rules import choice_words, signer_standing


class Holdings(OfLetter, Begun):
    """Memory of a person's signatures on a letter."""


MOST = 40
"""The most signatures listed in one message."""
PAGE, ASKED_PAGE = 15, 10
"""Signatures per page; fewer if the signer is asked about any, which needs more blocks."""


def holdings(
    t: Words,
    letter: Letter,
    held: tuple[Endorsement, ...],
    parties: Mapping[str, Signatory],
    *,
    refusal: Refusal | None,
    own: Own,
    remembers: bool = False,
    more: list[Capacity],
    from_home: bool,
    waiting: Sequence[Approval] = (),
    page: int = 0,
) -> View:
    """Return a person's signatures on a letter, with buttons to change, withdraw and answer.

    Args:
        t: The signer's words.
        letter: The letter.
        held: The person's signatures on the letter; those with an open question are shown first.
        parties: The signatories of these signatures, by id.
        refusal: The reason why the person cannot sign again now, or None.
        own: The actions that the person can take.
        remembers: Whether the person has saved details for their next signature.
        more: The capacities in which the person may still sign.
        from_home: Whether the view was opened from the App Home.
        waiting: The person's open questions about approvals.
        page: The page, from 0; a number too high means the last page.
    """
    size, last = ASKED_PAGE if own.asked else PAGE, held[-1]
    page = max(0, min(page, (len(held) - 1) // size))
    start, ordered = page * size, sorted(held, key=lambda one: one.id not in own.asked)
    blocks: Blocks = [section(title_line(letter))]
    if len(held) > size:
        pages = -(-len(held) // size)
        shown = t("Page {number} of {count}", number=t.number(page + 1), count=t.number(pages))
        blocks.append(context(escape(shown)))
    for number, one in enumerate(ordered[start : start + size]):
        party = parties.get(one.signatory)
        blocks += _holding(t, letter, one, party, own, number if len(held) > 1 else None)
    turning = arrows(
        t,
        "holdings.page",
        back=str(page - 1) if page else None,
        on=str(page + 1) if start + size < len(held) else None,
    )
    if turning:
        blocks += [{"type": "divider"}, actions(*turning, block="turn")]
    for number, one in enumerate(waiting):
        blocks += asked_blocks(t, one, number)
    if refusal is not None:
        blocks.append(context(standing_words(t, letter, letter.phase)))
    elif more:
        as_person = Capacity.INDIVIDUAL in more
        label = t("Also sign as myself") if as_person else t("Also sign for an organisation")
        blocks += [{"type": "divider"}, actions(button(label, "sign.more", str(letter.id)))]
    details = [forget_button(t)] if remembers else [remember_button(t, last.id)]
    if last.signature.is_withheld and not remembers:
        details = []
    blocks.append(actions(*details, *privacy_buttons(t, letter), block="kept"))
    return modal(
        t("Your signature"),
        blocks,
        close=t("Close"),
        callback="holdings",
        meta=Holdings(letter=letter.id, from_home=from_home).kept(),
    )


def nothing_held(t: Words, letter: Letter) -> View:
    """Return the view for a person without a signature on a letter that accepts no more."""
    title = escape(isolate(letter.title))
    return modal(
        t("Your signature"),
        [
            section(f"*{title}*\n{t('You haven’t signed this letter.')}"),
            context(standing_words(t, letter, letter.phase)),
        ],
        close=t("Close"),
    )


def _holding(
    t: Words,
    letter: Letter,
    one: Endorsement,
    party: Signatory | None,
    own: Own,
    number: int | None,
) -> Blocks:
    """Return one signature with its buttons; `number` keeps the ids of several distinct."""
    at, change = number or 0, own.asked.get(one.id)
    stands, entry = "", one.signature.entry
    if party is not None:
        stands, entry = signer_standing(t, letter, party), party.entry
    how = capacity_labels(t)[one.signature.capacity]
    when = moment(t, one.signed_at)
    removed = party is not None and party.removed
    pressed = buttons(
        t, letter, one, at, change, delivered=one.id in own.delivered, removed=removed
    )
    may_change = own.may_change and not removed
    if may_change:
        correct = button(t("Change"), f"sign.change:{at}", one.id)
        # Buttons that answer a question are first.
        pressed = [*pressed, correct] if change else [correct, *pressed]
    if may_change and one.signature.is_withheld:
        pressed.append(button(t("Show my name"), f"sign.name:{at}", one.id))
    if number is not None:
        pressed = [of_row(element, one.signature.entry, number) for element in pressed]
    return [
        section(f"*{escape(isolate(entry))}*\n{escape(how)}, {when}"),
        *answer_blocks(t, one.signature.facts),
        *_about_text(t, letter, one, change),
        *([context(escape(stands))] if stands else []),
        *([context(escape(name_words(t, one)))] if one.signature.is_withheld else []),
        actions(*pressed, block=f"held.{at}"),
    ]


def name_words(t: Words, one: Endorsement) -> str:
    """Return how a signer who withholds their name is listed if they show it, as plain text."""
    reads = isolate(entry(*with_name(one.signature.facts)))
    return t("If you show your name, you’ll be listed as {entry}.", entry=reads)


def _about_text(t: Words, letter: Letter, one: Endorsement, change: Change | None) -> Blocks:
    if change is not None:
        asked = t("The text has changed in meaning. Do you want to keep this signature?")
        return [
            section(f":warning: {escape(asked)}\n{changes.answer_words(t, letter)}"),
            context(escape(changes.keep_consent(t))),
        ]
    if one.is_of_earlier_text(letter):
        return [context(escape(t("You signed an earlier version.")))]
    if one.kept_sha256:
        return [context(escape(t("You kept your signature for the new text.")))]
    return []


def buttons(
    t: Words,
    letter: Letter,
    one: Endorsement,
    number: int,
    change: Change | None,
    *,
    delivered: bool,
    removed: bool = False,
) -> Blocks:
    """Return Keep and Withdraw if the text changed (`change`), else Withdraw with a confirmation.

    `delivered` is true if the delivered copy contains the signature, `removed` if an organiser
    removed its entry.
    """
    if change is not None:
        return [*messages.answers(t, change, number), changes.changes_button(t, change.texts)]
    then = _leaves(t, letter, delivered=delivered)
    if removed and not delivered:
        then = t("Your signature stays off the list, even if an organiser restores the entry.")
    question = confirm(t, t("Withdraw"), then, danger=True)
    return [
        button(t("Withdraw"), f"sign.withdraw:{number}", one.id, style="danger", confirm=question)
    ]


def _leaves(t: Words, letter: Letter, *, delivered: bool) -> str:
    """Return the effect of withdrawing in the letter's phase, as at most 300 plain characters."""
    if delivered and letter.phase is not Phase.CANCELLED:
        return _delivered(t, letter)
    off = t("Your signature comes off the list right away.")
    if letter.phase is Phase.CANCELLED:
        return off
    if letter.phase.is_signable:
        return f"{off} {t('You can sign again while the letter is open.')}"
    return f"{off} {t('You can’t sign again, because the letter is closed.')}"


def _delivered(t: Words, letter: Letter) -> str:
    rule = choice_words(t, letter.rules.withdrawn_entry)
    return f"{t('The delivered copy can’t change.')} {rule}"


def withdrawn(t: Words, letter: Letter, one: Endorsement) -> View:
    """Return the confirmation that a signature was withdrawn."""
    said = t("Withdrawn: {entry}", entry=escape(isolate(one.signature.entry)))
    blocks: Blocks = [section(said)]
    if one.ended is State.WITHDRAWN_AFTER_DELIVERY:
        blocks.append(context(escape(_delivered(t, letter))))
    elif letter.phase.is_signable:
        blocks.append(context(escape(t("You can sign again while the letter is open."))))
    return modal(t("Withdrawn"), blocks, close=t("Done"))


def my_signatures(
    t: Words, held: list[tuple[Letter, Endorsement, Signatory]]
) -> tuple[str, Blocks]:
    """Return a person's signatures on all letters, for `/letter mine`."""
    title = t("You signed") if held else t("You haven’t signed any letters yet.")
    blocks: Blocks = [section(f"*{escape(title)}*" if held else title)]
    spoken = [title]
    for number, (letter, one, party) in enumerate(held[:MOST]):
        stands = signer_standing(t, letter, party)
        entry = one.signature.told if one.signature.is_withheld else party.entry
        spoken.append(f"{isolate(entry)}: {isolate(letter.title)}. {stands}".strip())
        lines = [f"*{escape(isolate(entry))}*", escape(isolate(letter.title))]
        row = section("\n".join([*lines, *([escape(stands)] if stands else [])]))
        view = button(t("Open"), f"sign:{number}", f"{letter.id}:")
        blocks.append(row | {"accessory": of_row(view, letter.title, number)})
    if len(held) > MOST:
        blocks.append(context(t.n("and {count} more", "and {count} more", len(held) - MOST)))
    blocks.append(actions(*privacy_buttons(t), block="kept"))
    return clip(escape(" ".join(spoken)), 3900), blocks
