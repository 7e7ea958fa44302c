"""Signing where Slack opens no more windows: in a message that only the signer sees.

Slack opens about a hundred windows a minute for a workspace. An answer through a click's own
`response_url` isn't counted, so that everybody who presses Sign in a rush can sign.
"""

from bot.features.amendments.slack.words import before_signing
from bot.features.signing.slack import form as views
from bot.features.signing.slack.submission import composed
from bot.features.signing.use_cases import signatures
from bot.features.signing.use_cases.signatures import Opening
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.entries import NAME_MOST
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.refusals import Refused
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, context, section, text_input
from bot.slack.features import Features
from bot.slack.models.values import Shape
from bot.slack.payloads import Caller, Click
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.phases import late_blocks

VALUE_MOST = 2000
"""Characters of a button's value (limits.json)."""


class _Shown(Shape):
    """The content of a message: the value of its button."""

    letter: int
    text: str
    language: str
    late: bool = False
    name: str = ""
    invited: str = ""


def register(features: Features) -> None:
    """Register the button that signs in a message."""
    features.on_click("sign.quick", _sign)


async def offer(click: Click, opening: Opening) -> None:
    """Answer a press of Sign in a message: the entry, the consent, and a button that signs."""
    await click.whisper(*offered(click.caller, opening))


def offered(caller: Caller, opening: Opening) -> tuple[str, Blocks]:
    """Return the message: with a field for the name where Slack didn't say it."""
    t, letter = caller.t, opening.letter
    title = escape(isolate(letter.title))
    first = t("Slack is busy, so sign *{title}* here.", title=title)
    consent = escape(f"{views.consent_words(t)} {before_signing(t, letter, letter.phase)}")
    shown = _shown(caller, opening)
    alone = Capacity.INDIVIDUAL in views.capacities(letter, opening.held)
    other = button(t("Other ways to sign"), _sign_action(opening), f"{letter.id}:")
    if not alone:
        return first, [section(first), actions(other)]
    blocks: Blocks = [section(first), *late_blocks(t, letter)]
    said = [first]
    if shown is None:
        blocks.append(text_input("name", t("Your name"), most=NAME_MOST))
    else:
        entry = t("You’ll be listed as\n*{entry}*", entry=escape(isolate(shown.entry)))
        blocks.append(section(entry))
        said.append(entry)
    value = _value(letter, "" if shown is None else _name(caller, opening), opening)
    sign = button(t("Sign as myself"), "sign.quick", value, style="primary")
    blocks += [context(consent), actions(sign, other)]
    return "\n".join([*said, consent]), blocks


def _sign_action(opening: Opening) -> str:
    """Return the action that opens the form, on the organisation that is invited, if one is."""
    return "sign" if opening.invited is None else f"sign:{opening.invited.id}"


def _value(letter: Letter, name: str, opening: Opening) -> str:
    """Remember what the message shows, which is what its button signs."""
    return _Shown(
        letter=letter.id,
        text=letter.text_sha256,
        language=letter.language,
        late=letter.phase is Phase.LATE,
        name=name,
        invited="" if opening.invited is None else opening.invited.id,
    ).model_dump_json(exclude_defaults=True)


def _shown(caller: Caller, opening: Opening) -> Signature | None:
    letter = opening.letter
    signing_now = _signing(letter.id, letter.text_sha256, letter.language)
    name = _name(caller, opening)
    made = composed(caller, signing_now, Facts(name=name))
    fits = len(_value(letter, name, opening)) <= VALUE_MOST
    return made if isinstance(made, Signature) and fits else None


def _name(caller: Caller, opening: Opening) -> str:
    """Return the name that they kept, or that Slack says."""
    kept = opening.remembered
    return kept.facts.name if kept is not None else caller.name


def _signing(letter: int, text_sha256: str, language: str) -> views.Signing:
    return views.Signing(
        letter=letter,
        text_sha256=text_sha256,
        language=language,
        offered=(Capacity.INDIVIDUAL,),
        capacity=Capacity.INDIVIDUAL,
    )


async def _sign(click: Click) -> None:
    """Sign what the message showed, or the name that was typed into it.

    Raises:
        Refused: The name is missing, or it cannot be signed like that now.
    """
    shown = _Shown.model_validate_json(click.value)
    signing_now = _signing(shown.letter, shown.text, shown.language)
    name = shown.name or click.values.text("name")
    made = composed(click.caller, signing_now, Facts(name=name))
    if not isinstance(made, Signature):
        raise Refused(made[0])
    request = signatures.SignRequest(
        letter=signing_now.letter,
        actor=click.caller.actor,
        signature=made,
        trigger=click.trigger,
        knows_late=shown.late,
    )
    signed = await signatures.sign(click.bot.database, request)
    unsigned = None
    if shown.invited:
        unsigned = await signatures.unsigned_invitation(
            click.bot.database,
            letter=signing_now.letter,
            invitation=shown.invited,
            actor=click.caller.actor,
        )
    text, blocks = signed_message(click.caller.t, signing_now.letter, signed, unsigned)
    await click.replace(text, blocks)


def signed_message(
    t: Words,
    letter: int,
    signed: signatures.Signed,
    unsigned: signatures.Invitation | None = None,
) -> tuple[str, Blocks]:
    """Return the thanks, in the place of the offer.

    `unsigned` is the invitation that they answered as themselves, though it asked an organisation.
    """
    thanks = t("Thank you! You’ve signed.")
    listed = t("You’re listed as\n*{entry}*", entry=escape(isolate(signed.entry)))
    own = button(t("My signature"), "sign", f"{letter}:")
    said = f"*{escape(thanks)}*\n{listed}"
    remember = views.remember_button(t, signed.endorsement)
    blocks = [section(f":white_check_mark: {said}"), actions(own, remember)]
    if unsigned is not None:
        waits = views.organisation_waits(t, unsigned)
        more = button(t("Sign for it too"), f"sign:{unsigned.id}", f"{letter}:")
        blocks = [blocks[0], section(f":warning: {waits}"), actions(more, own)]
        listed = f"{listed} {waits}"
    return f"{thanks} {listed}", blocks
