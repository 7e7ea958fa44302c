"""A signer's views: the form with the entry, the thanks, all that they signed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from bot.features.amendments.slack.words import before_signing
from bot.features.signing.use_cases.signatures import Intent, Invitation
from bot.letters.endorsement import Capacity, Endorsement, Facts, Kind, Signature
from bot.letters.entries import ENTRY_MOST, NAME_MOST
from bot.letters.letter import Letter, Sight, Signers
from bot.letters.phases import Phase
from bot.letters.rules import Confirmation
from bot.letters.signatory import Signatory
from bot.letters.signature import suggested_sort_name
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    context,
    field_block,
    modal,
    of_row,
    option,
    radio,
    section,
    text_input,
)
from bot.slack.entry_form import affiliation_fields, organisation_fields
from bot.slack.models.memories import MEMORY_MOST, Memory
from bot.slack.page_parts import privacy_buttons
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.words.phases import late_blocks
from bot.slack.words.rules import confirmation_words
from bot.slack.words.standing import signer_standing


def consent_words(t: Words) -> str:
    """Return the consent sentence; it is kept with the endorsement."""
    return t(
        "By signing, you agree that your name is published with this letter as shown. You can "
        "withdraw at any time."
    )


def capacities(letter: Letter, held: tuple[Endorsement, ...]) -> list[Capacity]:
    """The capacities in which somebody may still sign, in the order in which they are offered."""
    signed_as_person = any(one.kind is Kind.PERSON for one in held)
    offered: list[Capacity] = []
    if letter.signers is not Signers.ORGANISATIONS and not signed_as_person:
        offered += [Capacity.INDIVIDUAL, Capacity.AFFILIATED]
    if letter.signers is not Signers.PEOPLE:
        offered.append(Capacity.ORGANISATION)
    return offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing(Intent):
    """One signing under way: what its views hand on to each other."""

    text_sha256: str
    language: str
    """The letter's, whose order its list follows."""
    offered: tuple[Capacity, ...]
    """The capacities that may be chosen."""
    capacity: Capacity
    """The one that is chosen."""
    entry: str = ""
    """The entry that is on the screen for a yes; empty where none could be made yet."""
    sort_name: str = ""
    """The name to sort under that is on the screen as our suggestion; empty for the signer's own."""
    own_sort: str = ""
    """The name to sort under that the signer wrote; empty for our suggestion."""
    url: str = ""
    """The address of the click that opened it, to say that nothing was signed; may be empty."""
    invited: str = ""
    """The id of the invitation for an organisation that it was begun from; empty for none."""
    remembered: bool = False
    """It was filled with what they kept of an earlier signature."""
    another: str = ""
    """The key of an organisation that they said is another one than those with names like it."""

    @property
    def agrees_to_authority(self) -> bool:
        """Return whether the consent says that they may sign for the organisation, without a box for it.

        The organisers invited them for it, or they said it of that organisation before.
        """
        known = bool(self.invited) or self.remembered
        return known and self.capacity is Capacity.ORGANISATION


class UnderWay(Memory):
    """Memory of a view of a signing."""

    signing: Signing

    def kept(self) -> str:
        """Return it as the view keeps it; without the address where names leave no room."""
        memory = super().kept()
        if len(memory) <= MEMORY_MOST:
            return memory
        shorter = replace(self.signing, url="")
        return super(UnderWay, self.model_copy(update={"signing": shorter})).kept()


class Composed(UnderWay):
    """Memory of a view without fields, of a signing whose fields were filled in."""

    typed: Facts
    sort: str = ""
    """The name to sort under that goes with them."""
    signatory: str = ""
    """The organisation that signed already, if one is shown."""


def agreed_words(t: Words, signing: Signing) -> str:
    """Return everything that a signer agrees to; it is kept with the endorsement.

    An invited organisation's contact says with the same click that they are authorised.
    """
    consent = consent_words(t)
    if not signing.agrees_to_authority:
        return consent
    authority = t("You confirm that you’re authorised to sign for this organisation.")
    return f"{consent} {authority}"


def form(t: Words, letter: Letter, signing: Signing, typed: Facts, shown: Signature | None) -> View:
    """The Sign form.

    Somebody who signs as themselves, answers an invitation for an organisation or changes what
    they signed finds their entry in the form, and the button signs. Otherwise it says Continue, and `approval` shows the entry.

    Args:
        t: The signer's words.
        letter: What is signed.
        signing: Where the signing stands.
        typed: What the fields start with.
        shown: The signature that the fields make as they are, if they make one.
    """
    blocks: Blocks = [_title(t, letter), *late_blocks(t, letter)]
    if len(signing.offered) > 1:
        labels = {
            Capacity.INDIVIDUAL: t("As myself"),
            Capacity.AFFILIATED: t("With title or affiliation"),
            Capacity.ORGANISATION: t("For my organisation"),
        }
        options = {one.value: option(labels[one], one.value) for one in signing.offered}
        chooser = radio("sign.capacity", options, signing.capacity.value)
        blocks.append(field_block("capacity", t("How are you signing?"), chooser, dispatch=True))
    blocks += _fields(t, signing, typed)
    fixed = bool(signing.changes) and not letter.phase.takes_signatures
    if fixed and signing.capacity is Capacity.ORGANISATION:
        blocks.append(context(t("The letter is closed, so the organisation can’t change.")))
    if shown is not None:
        entry = _entry(t, shown)
        entry["accessory"] = button(t("Edit"), "sign.sort")
        blocks.append(entry)
    blocks += _what_it_needs(t, letter, signing)
    blocks.append(consent_context(t, letter, signing))
    if signing.remembered:
        blocks.append(actions(forget_button(t)))
    yes = t("Save") if signing.changes else t("Sign")
    return modal(
        t("Your signature") if signing.changes else t("Sign the letter"),
        blocks,
        close=t("Cancel"),
        submit=t("Continue") if shown is None else yes,
        callback="sign",
        meta=UnderWay(signing=_showing(t, letter, signing, shown)).kept(),
    ) | {"notify_on_close": bool(signing.url)}


def approval(
    t: Words, letter: Letter, signing: Signing, shown: Signature, *, happened: str = ""
) -> View:
    """The entry alone, as it will read, for a yes; and the way back to the fields.

    `happened` says why it is shown where nobody asked for it.
    """
    blocks: Blocks = [
        _title(t, letter),
        *late_blocks(t, letter),
        *([context(escape(happened))] if happened else []),
        section(t(":point_right: Check how it will appear, then sign.")),
        _entry(t, shown),
        _sort(t, shown),
    ]
    if shown.facts.affiliation:
        blocks.append(
            context(
                escape(t("Your affiliation says who you are. Your organisation isn’t signing."))
            )
        )
    blocks += _what_it_needs(t, letter, signing)
    blocks.append(consent_context(t, letter, signing))
    privacy = button(t("Privacy"), "privacy", str(letter.id))
    blocks.append(actions(button(t("Edit"), "sign.again"), privacy))
    return modal(
        t("Your signature") if signing.changes else t("Sign the letter"),
        blocks,
        close=t("Cancel"),
        submit=t("Save") if signing.changes else t("Sign"),
        callback="sign.approve",
        meta=Composed(signing=_showing(t, letter, signing, shown), typed=shown.facts).kept(),
    ) | {"notify_on_close": bool(signing.url)}


def _showing(t: Words, letter: Letter, signing: Signing, shown: Signature | None) -> Signing:
    signing = replace(signing, knows_late=letter.phase is Phase.LATE)
    if shown is None:
        return replace(signing, entry="", sort_name="")
    suggested = suggested_sort_name(shown.capacity, shown.facts, str(t.locale))
    own = shown.sort_name != suggested
    return replace(
        signing,
        entry=shown.entry,
        sort_name="" if own else suggested,
        own_sort=shown.sort_name if own else "",
    )


def _what_it_needs(t: Words, letter: Letter, signing: Signing) -> Blocks:
    """Before somebody signs for an organisation: what it takes until it is on the list."""
    if signing.capacity is not Capacity.ORGANISATION:
        return []
    seen = t("Anyone who signs for this organisation will see that you did.")
    if letter.seen is not Sight.ALL:
        seen = t(
            "Once names are public, anyone who signs for this organisation will see that you did."
        )
    needs = letter.rules.confirmation
    said = [] if needs is Confirmation.NONE else [confirmation_words(t, needs)]
    return [context(escape(one)) for one in (*said, seen)]


def consent_context(t: Words, letter: Letter, signing: Signing) -> dict[str, Any]:
    """Return the one paragraph before signing: the consent, and what a changed text means."""
    agreed = agreed_words(t, signing)
    return context(escape(f"{agreed} {before_signing(t, letter, letter.phase)}"))


def _title(t: Words, letter: Letter) -> dict[str, Any]:
    del t
    return section(f"*{escape(isolate(letter.title))}*")


def _entry(t: Words, shown: Signature) -> dict[str, Any]:
    entry = escape(isolate(shown.entry))
    return section(t("You’ll be listed as\n*{entry}*", entry=entry))


def _sort(t: Words, shown: Signature) -> dict[str, Any]:
    return text_input(
        # Named after the entry: another entry has another suggestion, which Slack shows only in a
        # block that is new to it.
        f"sort.{sha256(shown.entry.encode()).hexdigest()[:12]}",
        t("Sort as"),
        value=shown.sort_name,
        most=ENTRY_MOST,
        optional=True,
        hint=t("Only affects the order of the list. It isn’t shown."),
    )


def _fields(t: Words, signing: Signing, facts: Facts) -> Blocks:
    capacity = signing.capacity
    name = text_input("name", t("Your name"), value=facts.name, most=NAME_MOST)
    if capacity is Capacity.INDIVIDUAL:
        return [name]
    if capacity is Capacity.AFFILIATED:
        return [name, *affiliation_fields(t, facts)]
    blocks = [
        *organisation_fields(t, facts),
        name,
        text_input(
            "role",
            t("Your role there"),
            value=facts.role,
            most=NAME_MOST,
            optional=signing.agrees_to_authority,
            hint=t("Only organisers see this."),
        ),
    ]
    if signing.agrees_to_authority:
        # The consent says it: the organisers chose this contact, and nothing is left to tick.
        return blocks
    ticked = option(t("I’m authorised to sign for this organisation"), "yes")
    box: dict[str, Any] = {"type": "checkboxes", "action_id": "value", "options": [ticked]}
    if facts.authorised:
        box["initial_options"] = [ticked]
    return [*blocks, field_block("authorised", t("Authority"), box)]


def remember_button(t: Words, endorsement: str) -> dict[str, Any]:
    """Return the button that keeps what somebody signed as, for their next signature."""
    return button(t("Remember my details"), "sign.remember", endorsement)


def forget_button(t: Words) -> dict[str, Any]:
    """Return the button that forgets what was kept."""
    return button(t("Forget my details"), "sign.forget")


def thanks(
    t: Words,
    entry: str,
    *,
    changed: bool,
    confirmed: bool = False,
    stands: Sequence[str] = (),
    unsigned: Invitation | None = None,
    to_remember: str = "",
) -> View:
    """The private confirmation, in the place of the form.

    Args:
        t: The signer's words.
        entry: How it reads on the letter.
        changed: It was signed before, and is changed now.
        confirmed: It confirms what somebody else signed.
        stands: Where an organisation's signature stands, in plain sentences.
        unsigned: The invitation that they answered as themselves, though it asked an organisation.
        to_remember: The id of the endorsement whose facts they may keep; empty for none.
    """
    first = t("Thank you! You’ve signed.")
    if confirmed:
        first = t("Thank you! You’ve signed.")
    elif changed:
        first = t("Saved.")
    return modal(
        t("Signed"),
        [
            section(f":white_check_mark: *{escape(first)}*"),
            section(t("You’re listed as\n*{entry}*", entry=escape(isolate(entry)))),
            *(section(escape(said)) for said in stands if said),
            *([] if unsigned is None else _waiting(t, unsigned)),
            *([actions(remember_button(t, to_remember))] if to_remember else []),
            context(t("You can change or withdraw your signature at any time.")),
        ],
        close=t("Done"),
    )


def organisation_waits(t: Words, unsigned: Invitation) -> str:
    """Say that an invited organisation hasn't signed, to its contact who signed alone; `mrkdwn`."""
    return t(
        "You signed as yourself. *{organisation}* hasn’t signed yet.",
        organisation=escape(isolate(unsigned.organisation)),
    )


def _waiting(t: Words, unsigned: Invitation) -> Blocks:
    more = button(t("Sign for it too"), f"sign.more:{unsigned.id}", str(unsigned.letter))
    return [section(f":warning: {organisation_waits(t, unsigned)}"), actions(more)]


def my_signatures(
    t: Words, held: list[tuple[Letter, Endorsement, Signatory]]
) -> tuple[str, Blocks]:
    """List a person's signatures on all letters, for `/letter mine`."""
    if not held:
        words = t("You haven’t signed any letters yet.")
        return words, [section(words), actions(*privacy_buttons(t), block="kept")]
    title = t("You signed")
    blocks: Blocks = [section(f"*{escape(title)}*")]
    spoken = [title]
    for number, (letter, one, party) in enumerate(held[:40]):
        entry, name = escape(isolate(one.signature.entry)), escape(isolate(letter.title))
        stands = signer_standing(t, letter, party)
        spoken.append(f"{isolate(one.signature.entry)}: {isolate(letter.title)}. {stands}".strip())
        block = section("\n".join(filter(None, (f"*{entry}*", name, escape(stands)))))
        view = button(t("Open"), f"sign:{number}", f"{letter.id}:")
        block["accessory"] = of_row(view, letter.title, number)
        blocks.append(block)
    if len(held) > 40:
        blocks.append(context(t.n("and {count} more", "and {count} more", len(held) - 40)))
    blocks.append(actions(*privacy_buttons(t), block="kept"))
    return clip(escape(" ".join(spoken)), 3900), blocks
