"""The views behind "My signature"."""

from collections.abc import Mapping
from typing import Any

from bot.features.amendments.slack.changes import changes_button
from bot.features.amendments.slack.messages import answers
from bot.features.amendments.slack.words import answer_words, keep_consent
from bot.features.amendments.use_cases.texts import Change
from bot.features.signing.slack.form import forget_button, remember_button
from bot.features.signing.use_cases.own_signature import Own
from bot.letters.endorsement import Capacity, Endorsement, State
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
from bot.slack.models.memories import Begun, OfLetter
from bot.slack.page_parts import privacy_buttons
from bot.slack.pagination import arrows
from bot.slack.text.escaping import date_token, escape, isolate
from bot.slack.words.letter_list import title_line
from bot.slack.words.phases import standing_words
from bot.slack.words.rules import withdrawn_words
from bot.slack.words.standing import signer_standing


class Holdings(OfLetter, Begun):
    """Memory of a person's signatures on a letter."""


PAGE, ASKED_PAGE = 15, 10
"""Signatures a page; fewer while their signer is asked about them, for that takes more words."""


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
    page: int = 0,
) -> View:
    """Show a person's signatures on a letter, with ways to change, withdraw and answer.

    Args:
        t: The signer's words.
        letter: The letter.
        held: All that they hold on it; what they are asked about is shown first.
        parties: The organisations among these, by id.
        refusal: Why nothing new can be signed now, if so.
        own: What they can do with it.
        remembers: They kept details for their next signature.
        more: The capacities in which they may still sign.
        from_home: It was opened from the App Home.
        page: Which page, from 0; the last one where there are fewer.
    """
    size = ASKED_PAGE if own.asked else PAGE
    page = max(0, min(page, (len(held) - 1) // size))
    start, ordered = page * size, sorted(held, key=lambda one: one.id not in own.asked)
    blocks: Blocks = [section(title_line(letter))]
    if len(held) > size:
        pages = -(-len(held) // size)
        shown = t("Page {number} of {count}", number=t.number(page + 1), count=t.number(pages))
        blocks.append(context(escape(shown)))
    for number, one in enumerate(ordered[start : start + size]):
        blocks += _holding(t, letter, one, own, number if len(held) > 1 else None)
        party = parties.get(one.signatory)
        stands = "" if party is None else signer_standing(t, letter, party)
        if stands:
            # Between the entry and its buttons.
            blocks.insert(-1, context(escape(stands)))
    turning = arrows(
        t,
        "holdings.page",
        back=str(page - 1) if page else None,
        on=str(page + 1) if start + size < len(held) else None,
    )
    if turning:
        blocks += [{"type": "divider"}, actions(*turning, block="turn")]
    if refusal is not None:
        blocks.append(context(standing_words(t, letter, letter.phase)))
    elif more:
        as_person = Capacity.INDIVIDUAL in more
        label = t("Also sign as myself") if as_person else t("Also sign for an organisation")
        blocks.append({"type": "divider"})
        blocks.append(actions(button(label, "sign.more", str(letter.id))))
    details = _details(t, held, remembers=remembers)
    blocks.append(actions(details, *privacy_buttons(t, letter), block="kept"))
    return modal(
        t("Your signature"),
        blocks,
        close=t("Close"),
        callback="holdings",
        meta=Holdings(letter=letter.id, from_home=from_home).kept(),
    )


def _details(t: Words, held: tuple[Endorsement, ...], *, remembers: bool) -> dict[str, Any]:
    """Return the button that forgets what they kept, or keeps what they signed last."""
    if remembers:
        return forget_button(t)
    return remember_button(t, held[-1].id)


def nothing_held(t: Words, letter: Letter) -> View:
    """Say that somebody has no signature on a letter that takes no more."""
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
    t: Words, letter: Letter, one: Endorsement, own: Own, number: int | None = None
) -> Blocks:
    """Return one signature with its buttons; `number` tells several of one view apart."""
    at = number or 0
    how = {
        Capacity.INDIVIDUAL: t("As myself"),
        Capacity.AFFILIATED: t("With title or affiliation"),
        Capacity.ORGANISATION: t("For my organisation"),
    }[one.signature.capacity]
    when = date_token(
        int(one.signed_at.timestamp()), "{date_short_pretty}", t.moment(one.signed_at)
    )
    change = own.asked.get(one.id)
    pressed = buttons(t, letter, one, at, change, delivered=one.id in own.delivered)
    if own.may_change:
        correct = button(t("Change"), f"sign.change:{at}", one.id)
        # The answer to a question stands before everything else.
        pressed = [*pressed, correct] if change else [correct, *pressed]
    if number is not None:
        pressed = [of_row(element, one.signature.entry, number) for element in pressed]
    return [
        section(f"*{escape(isolate(one.signature.entry))}*\n{escape(how)}, {when}"),
        *about_text(t, letter, one, change),
        actions(*pressed, block=f"held.{at}"),
    ]


def about_text(t: Words, letter: Letter, one: Endorsement, change: Change | None) -> Blocks:
    """Name the text that a signature is for, and ask where that is open."""
    if change is not None:
        asked = t("The text has changed in meaning. Do you want to keep this signature?")
        return [
            section(f":warning: {escape(asked)}\n{answer_words(t, letter)}"),
            context(escape(keep_consent(t))),
        ]
    if one.is_of_earlier_text(letter):
        return [context(escape(t("For the version you signed.")))]
    if one.kept_sha256:
        return [context(escape(t("You kept it for the new text.")))]
    return []


def buttons(
    t: Words,
    letter: Letter,
    one: Endorsement,
    number: int,
    change: Change | None,
    *,
    delivered: bool,
) -> Blocks:
    """Keep and Withdraw where that is asked, else Withdraw after a question.

    `delivered` says that the signature is behind an entry of the delivered copy.
    """
    if change is not None:
        return [*answers(t, change, number), changes_button(t, change.texts)]
    question = confirm(t, t("Withdraw"), _leaves(t, letter, delivered=delivered), danger=True)
    return [
        button(t("Withdraw"), f"sign.withdraw:{number}", one.id, style="danger", confirm=question)
    ]


def _leaves(t: Words, letter: Letter, *, delivered: bool) -> str:
    """Say what withdrawing does in this phase; plain text of at most 300 characters."""
    if letter.phase is Phase.CANCELLED:
        return t("Your signature comes off the list right away.")
    off = t("Your signature comes off the list right away.")
    if not delivered:
        if letter.phase.is_signable:
            return f"{off} {t('You can sign again while the letter is open.')}"
        return f"{off} {t('You can’t sign again, because the letter is closed.')}"
    fixed = t("The delivered copy can’t change.")
    return f"{fixed} {withdrawn_words(t, letter.rules.withdrawn_entry)}"


def withdrawn(t: Words, letter: Letter, one: Endorsement) -> View:
    """After somebody took a signature back."""
    entry = escape(isolate(one.signature.entry))
    said = t("Withdrawn: {entry}", entry=entry)
    then = ""
    if one.ended is State.WITHDRAWN_AFTER_DELIVERY:
        rule = withdrawn_words(t, letter.rules.withdrawn_entry)
        then = f"{t('The delivered copy can’t change.')} {rule}"
    elif letter.phase.is_signable:
        then = t("You can sign again while the letter is open.")
    blocks: Blocks = [section(said), *([context(escape(then))] if then else [])]
    return modal(t("Withdrawn"), blocks, close=t("Done"))
