"""Direct messages: a signer's receipt, a reminder, a word to an organiser."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.features.corrections.slack import views as correcting_views
from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.signatory import Signatory
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, context, section
from bot.slack.error_advice import advice, doubt, personal_advice
from bot.slack.letter_picker import command_button
from bot.slack.text.escaping import clip, date_token, escape, isolate, plain
from bot.slack.words.phases import (
    counted_words,
    deadline_words,
    hidden_words,
    standing_words,
    tally_words,
)
from bot.slack.words.standing import signer_standing

Message = tuple[str, Blocks]
"""The text, which says all, and the blocks."""


def receipt(t: Words, letter: Letter, signed: Endorsement, party: Signatory) -> Message:
    """Return the receipt of a signature, for its signer to keep."""
    line = isolate(signed.signature.line)
    title = escape(isolate(letter.title))
    first = t("You signed *{title}*. It reads on the letter:", title=title)
    facts = t(
        "Signature {id}, given {when}, of the text {sha256}.",
        id=f"`{signed.id}`",
        when=_moment(t, signed.changed_at or signed.signed_at),
        sha256=f"`{signed.signature.text_sha256[:16]}`",
    )
    if signed.kept_sha256:
        kept = t("You kept it for the text {sha256}.", sha256=f"`{signed.kept_sha256[:16]}`")
        facts = f"{facts} {kept}"
    then = t("You can change this or take it back at any time.")
    if party.late:
        late = t("It stands on the late list, behind those that were handed over.")
        then = f"{late} {then}"
    hidden = hidden_words(t, letter)
    if hidden:
        then = f"{then} {hidden}"
    stands = escape(signer_standing(t, letter, party))
    value = f"{letter.id}:"
    blocks: Blocks = [
        section(first),
        {"type": "section", "text": plain(line)},
        *([section(stands)] if stands else []),
        context(facts),
        context(then),
        actions(button(t("My signature"), "sign", value), button(t("Read"), "read", value)),
    ]
    spoken = t(
        "You signed {title}. It reads on the letter: {line}.",
        title=title,
        line=escape(clip(line, 600)),
    )
    return " ".join(filter(None, (spoken, stands, then))), blocks


def reminder(t: Words, letter: Letter) -> Message:
    """Ask somebody who has not signed, kindly, and say how to be left in peace."""
    title = escape(isolate(letter.title))
    deadline = deadline_words(t, letter)
    asked = (
        t("{who} asks for your signature:", who=escape(isolate(letter.asked_by)))
        if letter.asked_by
        else t("Your signature is asked for:")
    )
    until = t("You can sign until *{deadline}*.", deadline=deadline)
    if letter.phase is Phase.CLOSING:
        until = standing_words(t, letter, Phase.CLOSING)
    blocks: Blocks = [section(f"{asked}\n*{title}*")]
    if letter.summary:
        blocks.append({"type": "section", "text": plain(letter.summary)})
    number = str(letter.id)
    blocks += [
        section(f"{until}\n{escape(counted_words(t, letter))}"),
        actions(
            button(t("Sign"), "sign", f"{number}:", style="primary"),
            button(t("Read"), "read", f"{number}:"),
            button(t("Later"), "remind.later", number),
            button(t("No more of these"), "remind.stop", number),
            block="reminder",
        ),
        context(
            t(
                "You get this because you are in a channel with this letter, or its organisers named "
                "you. *Later* asks you again tomorrow; *No more of these* ends the reminders of this "
                "letter."
            )
        ),
    ]
    return clip(f"{asked} {title}. {escape(letter.summary)} {until}", 3900), blocks


_Say = Callable[[Words, Letter, Mapping[str, Any]], tuple[str, Blocks]]


def word(t: Words, about: str, letter: Letter, facts: Mapping[str, Any]) -> Message:
    """Something that an organiser is told: what happened, and what they can do.

    Args:
        t: Their words.
        about: The name of the sentence.
        letter: The letter as it is now.
        facts: What the sentence names, of JSON types.

    Raises:
        KeyError: there is no such sentence.
    """
    said, steps = _SENTENCES[about](t, letter, facts)
    blocks: Blocks = [section(said)]
    if steps:
        blocks.append(actions(*steps))
    return clip(said, 3900), blocks


def _closed(t: Words, letter: Letter, facts: Mapping[str, Any]) -> tuple[str, Blocks]:
    del facts
    said = t(
        "The deadline of *{title}* has come, and it is closed. {tally}\n`/letter deliver #{number}` "
        "cuts the list that is handed over; you can also reopen the letter.",
        title=_title(letter),
        tally=escape(tally_words(t, letter.tally, may_sign=False)),
        number=letter.id,
    )
    return said, [
        command_button(t("Status"), "status", letter.id),
        command_button(t("Hand over"), "deliver", letter.id),
        command_button(t("Reopen"), "reopen", letter.id),
    ]


def _made_organiser(t: Words, letter: Letter, facts: Mapping[str, Any]) -> tuple[str, Blocks]:
    said = t(
        "<@{by}> made you an organiser of *{title}*. You can see how it stands, remind people, and "
        "close it.",
        by=str(facts.get("by", "")),
        title=_title(letter),
    )
    return said, [
        command_button(t("Status"), "status", letter.id),
        button(t("Read"), "read", f"{letter.id}:"),
    ]


def _card_failed(t: Words, letter: Letter, facts: Mapping[str, Any]) -> tuple[str, Blocks]:
    said = t(
        "The card of *{title}* did not get through to <#{channel}>.\n{advice}",
        title=_title(letter),
        channel=str(facts.get("channel", "")),
        advice=advice(t, str(facts.get("error", ""))),
    )
    return said, [
        command_button(t("Post the card"), "post", letter.id),
        command_button(t("Status"), "status", letter.id),
    ]


def _card_unknown(t: Words, letter: Letter, facts: Mapping[str, Any]) -> tuple[str, Blocks]:
    said = t(
        "Delivery unknown: the card of *{title}* in <#{channel}>.\n{advice}",
        title=_title(letter),
        channel=str(facts.get("channel", "")),
        advice=doubt(t),
    )
    return said, [
        command_button(t("Take it down"), "takedown", letter.id),
        command_button(t("Status"), "status", letter.id),
    ]


def _reminders_failed(t: Words, letter: Letter, facts: Mapping[str, Any]) -> tuple[str, Blocks]:
    said = t(
        "Some reminders of *{title}* did not get through.\n{advice}",
        title=_title(letter),
        advice=personal_advice(t, str(facts.get("error", ""))),
    )
    return said, [command_button(t("Status"), "status", letter.id)]


def _receipts_failed(t: Words, letter: Letter, facts: Mapping[str, Any]) -> tuple[str, Blocks]:
    said = t(
        "Some people who signed *{title}* did not get their receipt. Their signatures are kept, and "
        "`/letter mine` shows them.\n{advice}",
        title=_title(letter),
        advice=personal_advice(t, str(facts.get("error", ""))),
    )
    return said, [command_button(t("Status"), "status", letter.id)]


def _not_told(
    sentence: Callable[[Words, str], str],
) -> _Say:
    def say(t: Words, letter: Letter, facts: Mapping[str, Any]) -> tuple[str, Blocks]:
        advised = personal_advice(t, str(facts.get("error", "")))
        said = f"{sentence(t, _title(letter))}\n{advised}"
        return said, [command_button(t("Status"), "status", letter.id)]

    return say


def _contested(t: Words, letter: Letter, facts: Mapping[str, Any]) -> tuple[str, Blocks]:
    said = t(
        "Somebody of *{line}* objects to its signature of *{title}*. It is off the list until an "
        "organiser decides.",
        line=escape(isolate(str(facts.get("line", "")))),
        title=_title(letter),
    )
    return said, [
        command_button(t("Decide"), "organisations", letter.id, style="primary"),
        command_button(t("Status"), "status", letter.id),
    ]


def _contest_upheld(t: Words, letter: Letter, facts: Mapping[str, Any]) -> tuple[str, Blocks]:
    said = t(
        "You objected to the signature of *{line}* under *{title}*. An organiser looked into it and "
        "lets it stand. If you think that is wrong, please write to an organiser.",
        line=_organisation(t, facts),
        title=_title(letter),
    )
    return said, [button(t("Read"), "read", f"{letter.id}:")]


def _contest_struck(t: Words, letter: Letter, facts: Mapping[str, Any]) -> tuple[str, Blocks]:
    said = t(
        "You objected to the signature of *{line}* under *{title}*. An organiser took it off the "
        "list. Thank you for saying so.",
        line=_organisation(t, facts),
        title=_title(letter),
    )
    return said, [button(t("Read"), "read", f"{letter.id}:")]


def _organisation(t: Words, facts: Mapping[str, Any]) -> str:
    line = str(facts.get("line", ""))
    return escape(isolate(line)) if line else t("your organisation")


_SENTENCES: dict[str, _Say] = {
    "contested": _contested,
    "contest_upheld": _contest_upheld,
    "contest_struck": _contest_struck,
    "correction_accepted": correcting_views.accepted,
    "correction_declined": correcting_views.declined,
    "signers_not_told": _not_told(
        lambda t, title: t(
            "Some people who signed *{title}* could not be told something about their signature.",
            title=title,
        )
    ),
    "founders_not_told": _not_told(
        lambda t, title: t(
            "Some of those who shall sign *{title}* first could not be told.", title=title
        )
    ),
    "asks_not_told": _not_told(
        lambda t, title: t(
            "Some of those who are asked to sign *{title}* got no message.", title=title
        )
    ),
    "closed": _closed,
    "made_organiser": _made_organiser,
    "card_failed": _card_failed,
    "card_unknown": _card_unknown,
    "reminders_failed": _reminders_failed,
    "receipts_failed": _receipts_failed,
}


def _title(letter: Letter) -> str:
    return escape(isolate(letter.title))


def _moment(t: Words, at: datetime) -> str:
    return date_token(int(at.timestamp()), "{date_short_pretty} {time}", t.moment(at))
