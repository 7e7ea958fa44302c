"""Signing in a private message, for when Slack opens no more windows.

Slack opens about a hundred windows a minute for a workspace. Answers through a click's own
`response_url` are not counted, so everybody can sign even when very many press Sign at once.
"""

from bot.features.signing.slack import form as views
from bot.features.signing.slack.form import Signing, composed
from bot.features.signing.slack.thanks import organisation_waits, remember_button
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.signing.use_cases.signatures import Invitation, Opening, Signed, SignRequest
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.entries import NAME_MOST
from bot.letters.phases import Phase
from bot.letters.refusals import Refusal, Refused
from bot.letters.rules import PublicPage
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, context, section, text_input
from bot.slack.features import Features
from bot.slack.models.values import Shape
from bot.slack.payloads import Caller, Click
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.phases import late_blocks
from bot.slack.words.rules import before_signing, web_words

VALUE_MOST = 2000
"""The most characters of a button's value (limits.json)."""


class _Shown(Shape):
    """The data stored in the value of the message's button."""

    letter: int
    text: str
    language: str
    late: bool = False
    web: bool = False
    name: str = ""
    invited: str = ""

    def kept(self) -> str:
        """Return this data as the text of the button's value."""
        return self.model_dump_json(exclude_defaults=True)

    def signature(self, caller: Caller, name: str) -> Signature | tuple[Refusal, ...]:
        """Return the caller's signature as an individual, or all problems with the name."""
        signing = Signing(
            letter=self.letter,
            text_sha256=self.text,
            language=self.language,
            offered=(Capacity.INDIVIDUAL,),
            capacity=Capacity.INDIVIDUAL,
            knows_web=self.web,
        )
        return composed(caller, signing, Facts(name=name))


def register(features: Features) -> None:
    """Register the button that signs in a message."""
    features.on_click("sign.quick", _sign)


def offered(caller: Caller, opening: Opening) -> tuple[str, Blocks]:
    """Return the message that answers Sign: the entry, the consent, and a button that signs.

    If the name in Slack is not usable, the message has a field for the name.
    """
    t, letter, kept = caller.t, opening.letter, opening.remembered
    first = t(
        "Slack is busy right now, so please sign *{title}* here.",
        title=escape(isolate(letter.title)),
    )
    invited = "" if opening.invited is None else opening.invited.id
    sign = f"sign:{invited}" if invited else "sign"
    other = button(t("Other ways to sign"), sign, f"{letter.id}:")
    asks = letter.rules.question is not None and letter.rules.question.required
    if asks or Capacity.INDIVIDUAL not in views.capacities(letter, opening.held):
        return first, [section(first), actions(other)]
    shown = _Shown(
        letter=letter.id,
        text=letter.text_sha256,
        language=letter.language,
        late=letter.phase is Phase.LATE,
        web=letter.rules.page is not PublicPage.OFF,
        name=caller.name if kept is None else kept.facts.name,
        invited=invited,
    )
    blocks: Blocks = [section(first), *late_blocks(t, letter)]
    said = [first]
    made = shown.signature(caller, shown.name)
    if not isinstance(made, Signature) or len(shown.kept()) > VALUE_MOST:
        shown = shown.model_copy(update={"name": ""})
        blocks.append(text_input("name", t("Your name"), most=NAME_MOST))
    else:
        entry = t("You’ll be listed as\n*{entry}*", entry=escape(isolate(made.entry)))
        blocks.append(section(entry))
        said.append(entry)
    web = f" {web_words(t)}" if shown.web else ""
    consent = escape(f"{views.consent_words(t)}{web} {before_signing(t, letter)}")
    yes = button(t("Sign as myself"), "sign.quick", shown.kept(), style="primary")
    blocks += [context(consent), actions(yes, other)]
    return "\n".join([*said, consent]), blocks


async def _sign(click: Click) -> None:
    shown = _Shown.model_validate_json(click.value)
    made = shown.signature(click.caller, shown.name or click.values.text("name"))
    if not isinstance(made, Signature):
        raise Refused(made[0])
    request = SignRequest(
        letter=shown.letter,
        actor=click.actor,
        signature=made,
        trigger=click.trigger,
        knows_late=shown.late,
        knows_web=shown.web,
    )
    signed = await signatures.sign(click.database, request)
    unsigned = None
    if shown.invited:
        unsigned = await own_signature.unsigned_invitation(
            click.database, letter=shown.letter, invitation=shown.invited, actor=click.actor
        )
    await click.replace(*signed_message(click.t, shown.letter, signed, unsigned))


def signed_message(
    t: Words, letter: int, signed: Signed, unsigned: Invitation | None
) -> tuple[str, Blocks]:
    """Return the thanks that replace the offer to sign.

    `unsigned` is the invitation of an organisation whose contact signed as an individual instead.
    """
    thanks = t("Thank you! You’ve signed.")
    listed = t("You’re listed as\n*{entry}*", entry=escape(isolate(signed.entry)))
    if signed.doubted:
        listed = t("Not on the list yet. An organiser needs to confirm this name.")
    own = button(t("My signature"), "sign", f"{letter}:")
    blocks: Blocks = [section(f":white_check_mark: *{escape(thanks)}*\n{listed}")]
    if unsigned is None:
        blocks.append(actions(own, remember_button(t, signed.endorsement)))
        return f"{thanks} {listed}", blocks
    waits = organisation_waits(t, unsigned)
    more = button(t("Sign for it too"), f"sign:{unsigned.id}", f"{letter}:")
    blocks += [section(f":warning: {waits}"), actions(more, own)]
    return f"{thanks} {listed} {waits}", blocks
