"""What "My signature" says of an amendment, and of taking a signature back in each phase."""

from typing import Any

from bot.letters.endorsement import Endorsement, State
from bot.letters.letter import Letter
from bot.letters.phases import SIGNABLE, Phase
from bot.letters.rules import WithdrawnLine
from bot.locales import Words
from bot.slack.amendment_messages import answers
from bot.slack.amendment_words import answer_words, keep_consent
from bot.slack.changes import changes_button
from bot.slack.elements import Blocks, button, confirm, context, modal, section
from bot.slack.text.escaping import escape, isolate
from bot.use_cases.amended_texts import Change

View = dict[str, Any]


def about_text(t: Words, letter: Letter, one: Endorsement, change: Change | None) -> Blocks:
    """Which text a signature stands for, and the question where that is open."""
    if change is not None:
        asked = t("The text has changed in its meaning. Does your signature stand for it as it is?")
        return [
            section(f":warning: {escape(asked)}\n{answer_words(t, letter)}"),
            context(escape(keep_consent(t))),
        ]
    if one.is_of_earlier_text(letter):
        return [context(escape(t("It stands for the text as it was when you signed.")))]
    if one.kept_sha256:
        return [context(escape(t("You kept it for the changed text.")))]
    return []


def buttons(
    t: Words, letter: Letter, one: Endorsement, number: int, change: Change | None
) -> Blocks:
    """Keep and Withdraw where that is asked, else Withdraw after a question."""
    if change is not None:
        return [*answers(t, change, number), changes_button(t, change.texts)]
    question = confirm(
        t("Take it back?"),
        _leaves(t, letter, one),
        t("Take it back"),
        t("Keep it"),
        danger=True,
    )
    return [
        button(t("Withdraw"), f"sign.withdraw:{number}", one.id, style="danger", confirm=question)
    ]


def _leaves(t: Words, letter: Letter, one: Endorsement) -> str:
    """What taking it back does, by the phase; plain text of at most 300 characters."""
    if letter.phase is Phase.CANCELLED:
        return t("The letter was cancelled. Your line leaves its list at once.")
    if not _handed_over(letter, one):
        if letter.phase in SIGNABLE:
            return t(
                "Your line leaves the list at once. You can sign again while the letter is open."
            )
        return t("Your line leaves the list at once. The letter takes no new signatures now.")
    if letter.rules.withdrawn_line is WithdrawnLine.MARKED:
        return t(
            "The letter was handed over, and that cannot change. On the list here your line is "
            "marked as withdrawn and not counted any more."
        )
    return t(
        "The letter was handed over, and that cannot change. Your line leaves the list here, and the "
        "organisers see that you withdrew."
    )


def _handed_over(letter: Letter, one: Endorsement) -> bool:
    return letter.delivered_at is not None and one.signed_at < letter.delivered_at


def withdrawn(t: Words, letter: Letter, one: Endorsement) -> View:
    """After somebody took a signature back."""
    line = escape(isolate(one.signature.line))
    after_delivery = one.ended is State.WITHDRAWN_AFTER_DELIVERY
    if after_delivery and letter.rules.withdrawn_line is WithdrawnLine.MARKED:
        said = t("*{line}* is marked as withdrawn and not counted any more.", line=line)
    else:
        said = t("*{line}* is off the list.", line=line)
    then = t("Nothing more to do.")
    if after_delivery:
        then = t("What was handed over cannot change; the organisers see that you withdrew.")
    elif letter.phase in SIGNABLE:
        then = t("Nothing more to do. You can sign again while the letter is open.")
    return modal(t("Withdrawn"), [section(said), context(escape(then))], close=t("Done"))
