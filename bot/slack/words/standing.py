"""Standing of a signature in words, for signers and organisers."""

from bot.letters.endorsement import Endorsement, Kind, State
from bot.letters.letter import Letter, Tally
from bot.letters.rules import WithdrawnLine
from bot.letters.signatory import Signatory
from bot.letters.standing import Need, Standing, still_needed
from bot.locales import Words
from bot.slack.text.escaping import escape, isolate


def signer_standing(t: Words, letter: Letter, party: Signatory) -> str:
    """Tell a signer the standing of their entry; empty for a person on the list. Plain text."""
    if party.kind is Kind.PERSON and party.standing is not Standing.REMOVED:
        return ""
    match party.standing:
        case Standing.LISTED:
            return t("It is on the list.")
        case Standing.UNCONFIRMED | Standing.CONFIRMED:
            return _waits(t, letter, party)
        case Standing.DISPUTED:
            return t(
                "Someone at the organisation objects. It’s off the list until an organiser decides."
            )
        case Standing.REMOVED:
            return t(
                "An organiser removed this from the list. If that’s wrong, please contact "
                "an organiser."
            )
        case Standing.MARKED | Standing.GONE:
            return ""


def _waits(t: Words, letter: Letter, party: Signatory) -> str:
    missing = _missing(letter, party)
    if missing == (Need.SECOND,):
        waits = t(
            "Not on the list yet. A second person at the organisation needs to press Sign and "
            "confirm."
        )
    elif missing == (Need.RECORD,):
        waits = t(
            "Not on the list yet. An organiser needs to record who at the organisation gave "
            "permission."
        )
    else:
        waits = t(
            "Not on the list yet. A second person at the organisation needs to press Sign and "
            "confirm. An organiser also needs to record who gave permission."
        )
    told = t("We’ll tell you when it’s on the list.")
    if party.standing is Standing.UNCONFIRMED:
        return f"{waits} {told}"
    done = (
        t("Confirmed by an organiser.") if party.confirmed else t("Confirmed by a second person.")
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
            return t("Disputed: off the list until an organiser decides")
        case Standing.REMOVED:
            return t("Removed by an organiser")
        case Standing.MARKED:
            return t("Withdrawn after delivery")
        case Standing.GONE:
            return t("Withdrawn by everyone who signed for it")


def both_numbers(t: Words, tally: Tally) -> str:
    """Say how many organisations are on the list, and how many wait. Plain text, for organisers."""
    listed = tally.organisations + tally.late_organisations
    on_list = t.n("{count} organisation listed", "{count} organisations listed", listed)
    waiting = t.n("{count} waiting", "{count} waiting", tally.waiting)
    return t("{listed}, {waiting}", listed=on_list, waiting=waiting)


def _waits_for(t: Words, missing: tuple[Need, ...]) -> str:
    if missing == (Need.SECOND,):
        return t("Needs a second signer")
    if missing == (Need.RECORD,):
        return t("Needs proof of permission")
    return t("Needs a second signer and proof of permission")


def _missing(letter: Letter, party: Signatory) -> tuple[Need, ...]:
    return still_needed(
        letter.rules.confirmation, voices=party.endorsements, by_organiser=party.confirmed
    )


def ended_words(t: Words, letter: Letter, signed: Endorsement) -> str:
    """Say how a signature ended that its signer gave; `mrkdwn`."""
    title = escape(isolate(letter.title))
    if signed.ended is State.DROPPED:
        return dropped_words(t, title)
    said = t(
        "You withdrew your signature from *{title}*. You’re off the list.",
        title=title,
    )
    marked = letter.rules.withdrawn_line is WithdrawnLine.MARKED
    if marked and signed.ended is State.WITHDRAWN_AFTER_DELIVERY:
        said = t(
            "You withdrew your signature from *{title}*. The letter was already delivered. "
            "The list now shows your signature as withdrawn and no longer counts it.",
            title=title,
        )
    return said


def dropped_words(t: Words, title: str) -> str:
    """Say that silence ended a signature; `title` is escaped, and the line follows."""
    return t(
        "The text of *{title}* changed, and we didn’t hear from you in time. Under the "
        "letter’s rules, your signature was removed:",
        title=title,
    )
