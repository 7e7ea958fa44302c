"""Standing of an organisation's signature in words, for signers and organisers."""

from bot.letters.endorsement import Kind
from bot.letters.letter import Letter, Tally
from bot.letters.signatory import Signatory
from bot.letters.standing import Need, Standing, still_needed
from bot.locales import Words


def signer_standing(t: Words, letter: Letter, party: Signatory) -> str:
    """Tell a signer for an organisation its standing; empty for a person. Plain text."""
    if party.kind is Kind.PERSON:
        return ""
    match party.standing:
        case Standing.LISTED:
            return t("It is on the list.")
        case Standing.UNCONFIRMED | Standing.CONFIRMED:
            return _waits(t, letter, party)
        case Standing.DISPUTED:
            return t(
                "Somebody of the organisation objects to it: it is off the list until an organiser "
                "decides."
            )
        case Standing.REMOVED:
            return t("An organiser took it off the list. Write to one of them if that is wrong.")
        case Standing.MARKED | Standing.GONE:
            return ""


def _waits(t: Words, letter: Letter, party: Signatory) -> str:
    missing = _missing(letter, party)
    if missing == (Need.SECOND,):
        waits = t(
            "It is not on the list yet: somebody else who may sign for the organisation has to "
            "press Sign and confirm it."
        )
    elif missing == (Need.RECORD,):
        waits = t(
            "It is not on the list yet: an organiser has to record who in the organisation allowed "
            "it."
        )
    else:
        waits = t(
            "It is not on the list yet: somebody else who may sign for the organisation has to "
            "press Sign and confirm it, and an organiser has to record who allowed it."
        )
    told = t("You will be told when it is on the list.")
    if party.standing is Standing.UNCONFIRMED:
        return f"{waits} {told}"
    done = (
        t("An organiser has confirmed it.")
        if party.confirmed
        else t("A second person has confirmed it.")
    )
    return f"{done} {waits} {told}"


def organiser_standing(t: Words, letter: Letter, party: Signatory) -> str:
    """The same for those who run the letter, short. Plain text."""
    match party.standing:
        case Standing.LISTED:
            return t("On the list")
        case Standing.UNCONFIRMED | Standing.CONFIRMED:
            return _waits_for(t, _missing(letter, party))
        case Standing.DISPUTED:
            return t("Contested: off the list until one of you decides")
        case Standing.REMOVED:
            return t("Struck: an organiser took it off the list")
        case Standing.MARKED:
            return t("Withdrawn after the letter was handed over")
        case Standing.GONE:
            return t("Taken back by everybody who signed for it")


def both_numbers(t: Words, tally: Tally) -> str:
    """Say how many organisations are on the list, and how many wait. Plain text, for organisers."""
    listed = tally.organisations + tally.late_organisations
    on_list = t.n("{count} organisation on the list", "{count} organisations on the list", listed)
    waiting = t.n("{count} waiting", "{count} waiting", tally.waiting)
    return t("{listed}, {waiting}", listed=on_list, waiting=waiting)


def _waits_for(t: Words, missing: tuple[Need, ...]) -> str:
    if missing == (Need.SECOND,):
        return t("Waits for a second person")
    if missing == (Need.RECORD,):
        return t("Waits for your record")
    return t("Waits for a second person and for your record")


def _missing(letter: Letter, party: Signatory) -> tuple[Need, ...]:
    return still_needed(
        letter.rules.confirmation, voices=party.endorsements, by_organiser=party.confirmed
    )
