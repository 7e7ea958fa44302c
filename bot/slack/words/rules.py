"""A letter's rules, each in one plain sentence."""

from bot.letters.letter import Letter
from bot.letters.rules import (
    Confirmation,
    Embargo,
    Hidden,
    Ordering,
    Reminded,
    Rules,
    Silence,
    WithdrawnLine,
)
from bot.locales import Words
from bot.slack.times import moment

RULES = ("confirmation", "silence", "withdrawn", "embargo", "reminded", "order")
"""Names of the rules, in the order of their sentences."""


def rule_sentences(t: Words, letter: Letter) -> list[str]:
    """All rules of a letter, for those who run it; `mrkdwn`, in the order of `RULES`."""
    rules = letter.rules
    return [
        confirmation_words(t, rules.confirmation),
        silence_words(t, rules.silence),
        withdrawn_words(t, rules.withdrawn_line),
        embargo_words(t, letter),
        reminded_words(t, rules.reminded),
        order_words(t, rules),
    ]


def confirmation_words(t: Words, confirmation: Confirmation) -> str:
    """Say what an organisation's signature needs."""
    return {
        Confirmation.NONE: t("An organisation is listed as soon as one person signs for it."),
        Confirmation.SECOND: t(
            "An organisation is listed once a second person there signs for it too."
        ),
        Confirmation.ORGANISER: t(
            "An organisation is listed once an organiser has recorded who gave permission."
        ),
        Confirmation.BOTH: t(
            "An organisation is listed once a second person there signs too. An organiser also "
            "has to record who gave permission."
        ),
    }[confirmation]


def silence_words(t: Words, silence: Silence) -> str:
    """Say what happens where a signer doesn't answer an amendment."""
    if silence is Silence.KEEP:
        return t(
            "If the meaning changes, signers who don’t answer stay listed for the version they "
            "signed."
        )
    return t("If the meaning changes, signers who don’t answer in time are removed.")


def withdrawn_words(t: Words, rule: WithdrawnLine) -> str:
    """Say what happens to an entry whose signer withdraws after delivery."""
    if rule is WithdrawnLine.REMOVED:
        return t("Anyone who withdraws after delivery is removed from the current list.")
    return t(
        "Anyone who withdraws after delivery stays on the current list, marked and not counted."
    )


def embargo_words(t: Words, letter: Letter, *, plain_text: bool = False) -> str:
    """Say what an embargo hides, and until when; `mrkdwn`, or plain text."""
    embargo = letter.rules.embargo
    if embargo is None:
        return t("Everyone can see who signed.")
    if letter.unveiled_at is not None:
        return t("The embargo is over. Everyone can see who signed.")
    return _hidden_words(t, embargo, plain_text=plain_text)


def _hidden_words(t: Words, embargo: Embargo, *, plain_text: bool) -> str:
    names = embargo.hides is Hidden.NAMES
    until, listed = embargo.until, embargo.until_listed or 0
    when = "" if until is None else moment(t, until, plain_text=plain_text)
    if until is None:
        return (
            t.n(
                "Names stay hidden until there is {count} signature.",
                "Names stay hidden until there are {count} signatures.",
                listed,
            )
            if names
            else t.n(
                "Names and numbers stay hidden until there is {count} signature.",
                "Names and numbers stay hidden until there are {count} signatures.",
                listed,
            )
        )
    if not listed:
        return (
            t("Names stay hidden until {when}.", when=when)
            if names
            else t("Names and numbers stay hidden until {when}.", when=when)
        )
    return (
        t.n(
            "Names stay hidden until {when} or until there is {count} signature, whichever "
            "comes first.",
            "Names stay hidden until {when} or until there are {count} signatures, whichever "
            "comes first.",
            listed,
            when=when,
        )
        if names
        else t.n(
            "Names and numbers stay hidden until {when} or until there is {count} signature, "
            "whichever comes first.",
            "Names and numbers stay hidden until {when} or until there are {count} signatures, "
            "whichever comes first.",
            listed,
            when=when,
        )
    )


def reminded_words(t: Words, reminded: Reminded) -> str:
    """Say who gets a letter's reminders."""
    if reminded is Reminded.INVITED:
        return t("Only people who were invited get reminders.")
    return t("People in the channels who haven’t signed get reminders. So do people you invite.")


def order_words(t: Words, rules: Rules) -> str:
    """Name the order of the list."""
    if rules.grouped:
        return {
            Ordering.ALPHABETICAL: t("The list is alphabetical, with organisations first."),
            Ordering.COUNTRY: t("The list is by country, with organisations first."),
            Ordering.TIME: t("The list is by date signed, with organisations first."),
        }[rules.ordering]
    return {
        Ordering.ALPHABETICAL: t("The list is alphabetical, organisations and people together."),
        Ordering.COUNTRY: t("The list is by country, with organisations and people together."),
        Ordering.TIME: t("The list is by date signed, with organisations and people together."),
    }[rules.ordering]
