"""Views for a second signer of an organisation: choose it, confirm its signature, or object."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.organisations.use_cases import matches, standing
from bot.features.signing.slack.form import Composed, Signing, consent_context
from bot.letters.endorsement import Facts, Signature
from bot.letters.entries import NAME_MOST
from bot.letters.letter import Letter, Sight
from bot.letters.signatory import Signatory
from bot.letters.standing import WAITING, Standing
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    context,
    modal,
    of_row,
    section,
    text_input,
)
from bot.slack.models.shapes import Memory
from bot.slack.text.escaping import escape, isolate, moment
from bot.slack.words.rules import choice_words, signer_standing


class Objected(Memory):
    """Memory of the objection form."""

    signatory: str
    entry: str
    read: str | None = None
    """The state that the form was made from (`use_cases/seen`)."""


def did_you_mean(
    t: Words, letter: Letter, signing: Signing, made: Signature, alike: Sequence[Signatory]
) -> View:
    """Return the organisations with a name like the typed one, each with a button to choose it."""
    question = t.n(
        ":mag: An organisation with a similar name has signed: *{name}*. Is it yours?",
        ":mag: Organisations with similar names have signed, such as *{name}*. Is one yours?",
        len(alike),
        name=escape(isolate(alike[0].entry)),
    )
    blocks: Blocks = [
        section(t("You’re signing *{title}*", title=escape(isolate(letter.title)))),
        section(question),
    ]
    for number, party in enumerate(alike):
        same = button(t("Yes, same one"), f"sign.mean:{number}", party.id)
        row = section(f"*{escape(isolate(party.entry))}*")
        blocks.append(row | {"accessory": of_row(same, party.entry, number)})
    another = button(t("No, a different one"), "sign.another")
    return _asks(t, t("Is it the same?"), blocks, [another], signing, made)


def reads_like_body(t: Words, letter: Letter, signing: Signing, made: Signature) -> View:
    """Ask whether a name that reads like an organisation is one."""
    question = t(
        "*{name}*: This reads like an organisation. Sign for it instead?",
        name=escape(isolate(made.facts.name)),
    )
    blocks: Blocks = [
        section(t("You’re signing *{title}*", title=escape(isolate(letter.title)))),
        section(question),
    ]
    buttons = [
        button(t("Yes, sign for it"), "sign.instead"),
        button(t("No, it’s my name"), "sign.another"),
    ]
    return _asks(t, t("How are you signing?"), blocks, buttons, signing, made)


def _asks(
    t: Words, title: str, blocks: Blocks, buttons: Blocks, signing: Signing, made: Signature
) -> View:
    blocks.append(actions(*buttons, button(t("Edit"), "sign.again")))
    return modal(
        title,
        blocks,
        close=t("Cancel"),
        callback="sign.mean",
        meta=Composed(signing=signing, typed=made.facts, sort=made.sort_name).kept(),
    )


def signed_already(
    t: Words, signing: Signing, typed: Facts, made: Signature, signed: matches.SignedFor
) -> View:
    """Return the view for an organisation that has signed, with buttons to confirm or object.

    Args:
        t: The words of the second signer.
        signing: The state of the second signer's form.
        typed: The fields that the second signer typed.
        made: The signature to add if they confirm, with the organisation's current entry.
        signed: The organisation's signature; an embargo hides its first signer from this person.
    """
    letter, party, speaker = signed.letter, signed.party, signed.speaker
    title, entry = escape(isolate(letter.title)), escape(isolate(made.entry))
    said = t(
        "If that’s right, confirm it. You’ll become a second signer, and your organisation will "
        "still appear once. If it’s wrong, object and the organisers will look into it."
    )
    blocks: Blocks = [
        section(t("*{entry}* has already signed *{title}*.", entry=entry, title=title))
    ]
    if letter.seen is not Sight.ALL:
        blocks.append(section(said))
    else:
        at, by = speaker.signed_at, escape(isolate(speaker.signature.facts.name))
        blocks.append(context(t("Signed by {name}, {when}.", name=by, when=moment(t, at))))
        blocks.append(section(said))
        if party.standing is Standing.DISPUTED:
            blocks.append(context(escape(signer_standing(t, letter, party))))
        elif party.standing in WAITING:
            blocks.append(context(escape(choice_words(t, letter.rules.confirmation))))
    objects = button(t("Object"), "objection", party.id, style="danger")
    blocks.append(consent_context(t, letter, signing, made.facts))
    blocks.append(actions(objects, button(t("Edit"), "sign.again")))
    shown = replace(signing, entry=made.entry)
    return modal(
        t("Already signed"),
        blocks,
        close=t("Cancel"),
        submit=t("Confirm"),
        callback="sign.confirm",
        meta=Composed(signing=shown, typed=typed, signatory=party.id).kept(),
    )


def objection(
    t: Words, signed: matches.SignedFor, entry: str, *, name: str = "", role: str = ""
) -> View:
    """Return the form for objecting to a signature, with name, role and reason.

    `entry` is the entry as the objector may see it. `name` and `role` prefill their fields.
    """
    said = t(
        "You’re objecting to *{entry}* being listed on *{title}*.",
        entry=escape(isolate(entry)),
        title=escape(isolate(signed.letter.title)),
    )
    blocks: Blocks = [
        section(f"{said} {_until_decided(t, is_off=signed.tied)}"),
        text_input("name", t("Your name"), value=name, most=NAME_MOST),
        text_input("role", t("Your role there"), value=role, most=NAME_MOST),
        text_input(
            "reason",
            t("Why it shouldn’t be listed"),
            most=standing.REASON_MOST,
            multiline=True,
            hint=t("Only organisers see this, with your name."),
        ),
    ]
    return modal(
        t("Object"),
        blocks,
        close=t("Cancel"),
        submit=t("Send objection"),
        callback="objection",
        meta=Objected(signatory=signed.party.id, entry=entry, read=signed.read).kept(),
    )


def _until_decided(t: Words, *, is_off: bool) -> str:
    if is_off:
        return t("It’s off the list until an organiser decides.")
    return t("It stays as it is until an organiser decides.")


def objected(t: Words, entry: str, *, is_off: bool) -> View:
    """Return the confirmation that an objection was saved; `is_off` if it took the entry off."""
    thanks = t(":white_check_mark: Thanks. The organisers have your objection.")
    said = f"{thanks} *{escape(isolate(entry))}*: {_until_decided(t, is_off=is_off)}"
    then = context(escape(t("We’ll tell you what they decide.")))
    return modal(t("Object"), [section(said), then], close=t("Done"))
