"""A letter's rules, each in one plain sentence."""

from bot.letters.letter import Letter
from bot.letters.rules import Confirmation, Embargo, Hidden, Ordering, Rules, Silence, WithdrawnLine
from bot.locales import Words
from bot.slack.times import moment


def rule_sentences(t: Words, letter: Letter) -> list[str]:
    """All rules of a letter, for those who run it; `mrkdwn`."""
    rules = letter.rules
    return [
        confirmation_words(t, rules.confirmation),
        silence_words(t, rules.silence),
        withdrawn_words(t, rules.withdrawn_line),
        embargo_words(t, letter),
        order_words(t, rules),
    ]


def confirmation_words(t: Words, confirmation: Confirmation) -> str:
    """Say what an organisation's signature needs."""
    return {
        Confirmation.NONE: t("An organisation is on the list as soon as somebody signs for it."),
        Confirmation.SECOND: t(
            "An organisation is on the list once a second person of it signs for it too."
        ),
        Confirmation.ORGANISER: t(
            "An organisation is on the list once an organiser has recorded who gave permission."
        ),
        Confirmation.BOTH: t(
            "An organisation is on the list once a second person of it signs for it too and an "
            "organiser has recorded who gave permission."
        ),
    }[confirmation]


def silence_words(t: Words, silence: Silence) -> str:
    """Say what happens where a signer doesn't answer an amendment."""
    if silence is Silence.KEEP:
        return t(
            "Whoever does not answer a change of the text stays on the list, with the text that "
            "they signed."
        )
    return t("Whoever does not answer a change of the text in time is off the list.")


def withdrawn_words(t: Words, rule: WithdrawnLine) -> str:
    """Say what happens to an entry whose signer withdraws after delivery."""
    if rule is WithdrawnLine.REMOVED:
        return t("Whoever withdraws after the letter was handed over leaves the living list.")
    return t(
        "Whoever withdraws after the letter was handed over stays on the living list with a mark, "
        "and is not counted."
    )


def embargo_words(t: Words, letter: Letter, *, plain_text: bool = False) -> str:
    """Say what an embargo hides, and until when; `mrkdwn`, or plain text."""
    embargo = letter.rules.embargo
    if embargo is None:
        return t("Everybody sees who signed.")
    if letter.unveiled_at is not None:
        return t("The embargo is over: everybody sees who signed.")
    return _hidden_words(t, embargo, plain_text=plain_text)


def _hidden_words(t: Words, embargo: Embargo, *, plain_text: bool) -> str:
    names = embargo.hides is Hidden.NAMES
    until, listed = embargo.until, embargo.until_listed or 0
    when = "" if until is None else moment(t, until, plain_text=plain_text)
    if until is None:
        return (
            t.n(
                "Names are hidden until {count} signature is listed.",
                "Names are hidden until {count} signatures are listed.",
                listed,
            )
            if names
            else t.n(
                "Names and numbers are hidden until {count} signature is listed.",
                "Names and numbers are hidden until {count} signatures are listed.",
                listed,
            )
        )
    if not listed:
        return (
            t("Names are hidden until {when}.", when=when)
            if names
            else t("Names and numbers are hidden until {when}.", when=when)
        )
    return (
        t.n(
            "Names are hidden until {when}, or until {count} signature is listed if that is sooner.",
            "Names are hidden until {when}, or until {count} signatures are listed if that is "
            "sooner.",
            listed,
            when=when,
        )
        if names
        else t.n(
            "Names and numbers are hidden until {when}, or until {count} signature is listed if "
            "that is sooner.",
            "Names and numbers are hidden until {when}, or until {count} signatures are listed if "
            "that is sooner.",
            listed,
            when=when,
        )
    )


def order_words(t: Words, rules: Rules) -> str:
    """In which order the list stands."""
    if rules.grouped:
        return {
            Ordering.ALPHABETICAL: t("The list is alphabetical, organisations before people."),
            Ordering.COUNTRY: t("The list goes by country, organisations before people."),
            Ordering.TIME: t("The list goes by the time of signing, organisations before people."),
        }[rules.ordering]
    return {
        Ordering.ALPHABETICAL: t("The list is alphabetical, organisations and people together."),
        Ordering.COUNTRY: t("The list goes by country, organisations and people together."),
        Ordering.TIME: t(
            "The list goes by the time of signing, organisations and people together."
        ),
    }[rules.ordering]
