"""The Sign form, the view of the entry for approval, and the signature made from them."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from bot.documents.pasted.kinds import is_no_person
from bot.features.signing.use_cases.signatures import Intent
from bot.letters.endorsement import Capacity, Endorsement, Facts, Kind, Signature
from bot.letters.entries import ENTRY_MOST, NAME_MOST, compose, suggested_sort_name
from bot.letters.letter import Letter, Signers
from bot.letters.phases import Phase
from bot.letters.refusals import Refusal
from bot.letters.rules import Confirmation, MaySign, Names, Printing, PublicPage
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    context,
    field_block,
    modal,
    option,
    radio,
    section,
    text_input,
    tick_box,
)
from bot.slack.entry_form import (
    affiliation_fields,
    answer_blocks,
    organisation_fields,
    question_fields,
    withheld_note,
)
from bot.slack.models.shapes import MEMORY_MOST, Memory
from bot.slack.payloads import Caller
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.phases import late_blocks
from bot.slack.words.rules import before_signing, choice_words, web_words, who_sees_words


def consent_words(
    t: Words, organisation: str = "", *, withheld: bool = False, represented: bool = False
) -> str:
    """Return what a signer agrees to, for themselves or for an organisation; it is stored."""
    if withheld:
        said = t(
            "By signing, you agree that this entry is published with this letter as shown, "
            "without your name. You can withdraw, or show your name, at any time."
        )
        return f"{said} {who_sees_words(t)}"
    if not organisation:
        return t(
            "By signing, you agree that your name is published with this letter as shown. You can "
            "withdraw at any time."
        )
    if represented:
        return t(
            "By signing, you agree that {organisation} is published with this letter as shown, with "
            "your name. You can withdraw at any time.",
            organisation=organisation,
        )
    return t(
        "By signing, you agree that {organisation} is published with this letter as shown. Your "
        "own name isn’t published, but anyone who starts to sign for this organisation can see it. "
        "You can withdraw at any time.",
        organisation=organisation,
    )


def capacities(letter: Letter, held: tuple[Endorsement, ...]) -> list[Capacity]:
    """Return the capacities in which a holder of `held` may still sign, in the form's order."""
    signed_as_person = any(one.kind is Kind.PERSON for one in held)
    offered: list[Capacity] = []
    if letter.signers is not Signers.ORGANISATIONS and not signed_as_person:
        offered += [Capacity.INDIVIDUAL, Capacity.AFFILIATED]
        if letter.rules.names is Names.MAY_BE_WITHHELD:
            offered.append(Capacity.WITHHELD)
    if letter.signers is not Signers.PEOPLE:
        offered.append(Capacity.ORGANISATION)
    return offered


def capacity_labels(t: Words) -> dict[Capacity, str]:
    """Return the label of each capacity in the form."""
    return {
        Capacity.INDIVIDUAL: t("As myself"),
        Capacity.AFFILIATED: t("With title or affiliation"),
        Capacity.WITHHELD: t("Name withheld"),
        Capacity.ORGANISATION: t("For my organisation"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing(Intent):
    """State of one signing, passed from view to view."""

    text_sha256: str
    language: str
    """The letter's language, which also determines the order of its list."""
    offered: tuple[Capacity, ...]
    """The capacities that the signer can choose from."""
    capacity: Capacity
    """The chosen capacity."""
    entry: str = ""
    """The entry shown for approval; empty if the form shows none yet."""
    sort_name: str = ""
    """The suggested name to sort under, as shown; empty if the signer wrote one."""
    own_sort: str = ""
    """The name to sort under that the signer wrote; empty if the suggestion is used."""
    url: str = ""
    """The `response_url` of the first click, to answer "Nothing was signed"; may be empty."""
    invited: str = ""
    """The id of the organisation's invitation that the form was opened from; empty for none."""
    remembered: bool = False
    """True if the form was filled with details that the signer saved earlier."""
    question: str = ""
    """The letter's own question in the form; empty for none."""
    by_mail: bool = False
    """True if somebody can be asked by mail to approve the signature."""
    asks: bool = False
    """True if the signer needs somebody's approval, and asks for it by mail."""
    another: str = ""
    """The key of an organisation that the signer called different from those with similar names."""

    hidden: bool = False
    """True if an embargo hides the letter's names from the signer."""

    @property
    def agrees_to_authority(self) -> bool:
        """True if the consent includes that the signer is authorised, without a checkbox.

        The organisers invited them for the organisation, or they ticked the box once before.
        """
        known = self.remembered or bool(self.invited)
        return known and not self.asks and self.capacity is Capacity.ORGANISATION

    def asks_whose_name(self, made: Signature) -> bool:
        """Return whether to ask if a name that reads like an organisation is the signer's own."""
        asked = made.capacity.kind is Kind.PERSON and self.another != made.key
        known = not self.hidden or is_no_person(made.facts.name)
        return asked and known and Capacity.ORGANISATION in self.offered


class UnderWay(Memory):
    """Memory of a view that is part of a signing."""

    signing: Signing

    def kept(self) -> str:
        """Return this memory as stored text, without the `url` if it would be too long."""
        memory = super().kept()
        if len(memory) <= MEMORY_MOST or not self.signing.url:
            return memory
        return self.model_copy(update={"signing": replace(self.signing, url="")}).kept()


class Composed(UnderWay):
    """Memory of a view without fields, with the fields filled in before."""

    typed: Facts
    sort: str = ""
    """The name to sort under, typed with `typed`."""
    signatory: str = ""
    """The id of the organisation that signed already, if the view shows one."""


def composed(
    caller: Caller, signing: Signing, typed: Facts, sort_name: str = ""
) -> Signature | tuple[Refusal, ...]:
    """Return the signature made from the typed fields, or everything wrong with them."""
    if signing.capacity is Capacity.WITHHELD:
        typed = replace(typed, note=withheld_note(signing.language))
    if typed.answer or typed.quotable:
        answered = signing.question if typed.answer else ""
        language = str(caller.t.locale).replace("_", "-") if answered else ""
        quotable = typed.quotable and bool(answered)
        typed = replace(typed, question=answered, answer_language=language, quotable=quotable)
    made = compose(
        caller.actor.person,
        signing.capacity,
        typed,
        sort_name=sort_name,
        language=signing.language,
        text_sha256=signing.text_sha256,
        consent="",
        locale=str(caller.t.locale),
    )
    if not isinstance(made, Signature):
        return made
    return replace(made, consent=_agreed_words(caller.t, signing, made.facts))


def _agreed_words(t: Words, signing: Signing, facts: Facts) -> str:
    name = facts.organisation if signing.capacity is Capacity.ORGANISATION else ""
    withheld = signing.capacity is Capacity.WITHHELD
    consent = consent_words(t, name, withheld=withheld, represented=bool(facts.represented))
    if signing.knows_web:
        consent = f"{consent} {web_words(t)}"
    if not signing.agrees_to_authority:
        return consent
    return f"{consent} {t('You confirm that you’re authorised to sign for this organisation.')}"


def form(t: Words, letter: Letter, signing: Signing, typed: Facts, shown: Signature | None) -> View:
    """Return the Sign form.

    If the fields already make an entry (`shown`), the form shows it and its button signs. Otherwise
    the button is Continue, and `approval` shows the entry.
    """
    shown = None if signing.asks else shown
    blocks = _head(t, letter)
    if len(signing.offered) > 1:
        labels = capacity_labels(t)
        options = {one.value: option(labels[one], one.value) for one in signing.offered}
        chooser = radio("sign.capacity", options, signing.capacity.value)
        blocks.append(field_block("capacity", t("How are you signing?"), chooser, dispatch=True))
    blocks += _fields(t, signing, typed, letter.rules.printing)
    if letter.rules.question:
        blocks += question_fields(t, letter.rules.question, typed)
    for_organisation = signing.capacity is Capacity.ORGANISATION
    if signing.changes and for_organisation and not letter.phase.takes_signatures:
        blocks.append(context(t("The letter is closed, so you can’t change the organisation.")))
    if shown is not None:
        blocks.append(_entry(t, shown) | {"accessory": button(t("Edit"), "sign.sort")})
    blocks += _what_it_needs(t, letter, signing)
    blocks.append(consent_context(t, letter, signing, typed if shown is None else shown.facts))
    if signing.remembered:
        blocks.append(actions(forget_button(t)))
    memory = UnderWay(signing=_showing(t, letter, signing, shown))
    return _modal(t, blocks, memory, "sign", t("Continue") if shown is None else "")


def invited(t: Words, letter: Letter, signing: Signing, shown: Signature) -> View:
    """Return the form for an invited organisation: its entry, with a button to the fields."""
    blocks = [*_head(t, letter), _entry(t, shown)]
    return _approval(t, letter, signing, shown, blocks)


def approval(
    t: Words, letter: Letter, signing: Signing, shown: Signature, *, happened: str = ""
) -> View:
    """Return a view of the entry alone, to be approved, with a button back to the fields.

    `happened` explains why the view is shown, if the signer did not ask for it.
    """
    blocks = _head(t, letter)
    if happened:
        blocks.append(context(escape(happened)))
    sort_as = text_input(
        # The block's name depends on the entry, because Slack shows a new suggestion only in a
        # block with a new name.
        f"sort.{sha256(shown.entry.encode()).hexdigest()[:12]}",
        t("Sort as"),
        value=shown.sort_name,
        most=ENTRY_MOST,
        optional=True,
        hint=t("Only affects the order of the list. Spreadsheets of the list show it."),
    )
    act = _act(t, signing)
    blocks += [
        section(t(":point_right: Check how it will appear, then press *{button}*.", button=act)),
        _entry(t, shown),
        # A withheld name has no place on the list: the entry is sorted by its description.
        *([] if shown.is_withheld else [sort_as]),
    ]
    if shown.facts.affiliation:
        only = t("Your affiliation shows who you are. Your organisation isn’t signing.")
        blocks.append(context(escape(only)))
    return _approval(t, letter, signing, shown, blocks)


def _approval(t: Words, letter: Letter, signing: Signing, shown: Signature, blocks: Blocks) -> View:
    blocks += answer_blocks(t, shown.facts)
    blocks += _what_it_needs(t, letter, signing)
    more = [button(t("Edit"), "sign.again"), button(t("Privacy"), "privacy", str(letter.id))]
    if signing.asks:
        told = t(
            "We’ll email them the letter, your entry and your name. You aren’t listed until they "
            "say yes."
        )
        blocks.append(text_input("address", t("Email of the person to ask"), most=254, hint=told))
    elif signing.by_mail and not shown.is_withheld:
        more.insert(1, button(t("I need someone’s approval"), "sign.ask"))
    blocks += [consent_context(t, letter, signing, shown.facts), actions(*more)]
    # The question is known from the signing.
    typed = replace(shown.facts, question="")
    memory = Composed(signing=_showing(t, letter, signing, shown), typed=typed)
    return _modal(t, blocks, memory, "sign.approve")


def _modal(t: Words, blocks: Blocks, memory: UnderWay, callback: str, submit: str = "") -> View:
    return modal(
        t("Your signature") if memory.signing.changes else t("Sign the letter"),
        blocks,
        close=t("Cancel"),
        submit=submit or _act(t, memory.signing),
        callback=callback,
        meta=memory.kept(),
    ) | {"notify_on_close": bool(memory.signing.url)}


def _act(t: Words, signing: Signing) -> str:
    if signing.asks:
        return t("Ask for approval")
    return t("Save") if signing.changes else t("Sign")


def _head(t: Words, letter: Letter) -> Blocks:
    title = section(f"*{escape(isolate(letter.title))}*")
    return [title, *late_blocks(t, letter)] if letter.phase is Phase.LATE else [title]


def _showing(t: Words, letter: Letter, signing: Signing, shown: Signature | None) -> Signing:
    signing = _told(letter, signing)
    if shown is None:
        return replace(signing, entry="", sort_name="")
    suggested = suggested_sort_name(shown.capacity, shown.facts, str(t.locale), letter.language)
    own = "" if shown.sort_name == suggested else shown.sort_name
    sort_name = "" if own else suggested
    return replace(signing, entry=shown.entry, sort_name=sort_name, own_sort=own)


def _told(letter: Letter, signing: Signing) -> Signing:
    web = letter.rules.page is not PublicPage.OFF
    asked = letter.rules.question.asked if letter.rules.question else ""
    late = letter.phase is Phase.LATE
    return replace(signing, knows_late=late, knows_web=web, question=asked)


def _what_it_needs(t: Words, letter: Letter, signing: Signing) -> Blocks:
    if signing.capacity is not Capacity.ORGANISATION:
        reviewed = letter.rules.may_sign is MaySign.REVIEWED and not signing.changes
        return [context(escape(choice_words(t, MaySign.REVIEWED)))] if reviewed else []
    needs = letter.rules.confirmation
    return [] if needs is Confirmation.NONE else [context(escape(choice_words(t, needs)))]


def consent_context(t: Words, letter: Letter, signing: Signing, facts: Facts) -> dict[str, Any]:
    """Return the consent, with what happens if the text changes, as one paragraph."""
    name = facts.organisation.strip()
    signing = _told(letter, signing)
    shown = replace(facts, organisation=isolate(name) if name else t("this organisation"))
    agreed = _agreed_words(t, signing, shown)
    return context(escape(f"{agreed} {before_signing(t, letter)}"))


def _entry(t: Words, shown: Signature) -> dict[str, Any]:
    return section(t("You’ll be listed as\n*{entry}*", entry=escape(isolate(shown.entry))))


def _fields(t: Words, signing: Signing, facts: Facts, printing: Printing) -> Blocks:
    name = text_input("name", t("Your name"), value=facts.own_name, most=NAME_MOST)
    if signing.capacity is Capacity.INDIVIDUAL:
        return [name]
    if signing.capacity is Capacity.WITHHELD:
        hint = t("Such as “nurse, Leeds”. Everyone can read this.")
        described = text_input(
            "title", t("Describe yourself"), value=facts.title, most=NAME_MOST, optional=True,
            hint=hint,
        )  # fmt: skip
        return [name, described]
    if signing.capacity is Capacity.AFFILIATED:
        return [name, *affiliation_fields(t, facts)]
    role = text_input(
        "role",
        t("Your role there"),
        value=facts.role,
        most=NAME_MOST,
        optional=signing.agrees_to_authority,
        hint=t("Organisers see this, and so does anyone you ask for approval.")
        if printing.represented
        else t("Only organisers see this, and anyone you ask for approval."),
    )
    blocks = [*organisation_fields(t, facts, web=printing.web), name, role]
    if printing.represented:
        box, ticked = t("Add “represented by” with my name and role"), bool(facts.represented)
        blocks.append(
            tick_box("represented", t("On the letter"), box, ticked=ticked, optional=True)
        )
    if signing.agrees_to_authority:
        # The consent already includes that the signer is authorised, so there is no checkbox.
        return blocks
    label, said = t("Authorisation"), t("I’m authorised to sign for this organisation")
    if not signing.by_mail:
        return [*blocks, tick_box("authorised", label, said, ticked=facts.authorised)]
    asks = option(t("I need someone’s approval"), "asks", t("You’ll give their email next."))
    chosen = "asks" if signing.asks else "yes" if facts.authorised else ""
    either = radio("value", {"yes": option(said, "yes"), "asks": asks}, chosen)
    return [*blocks, field_block("authorised", label, either)]


def forget_button(t: Words) -> dict[str, Any]:
    """Return the button that deletes the saved details."""
    return button(t("Forget my details"), "sign.forget")
