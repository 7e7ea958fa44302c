"""Standing of a signature in words, for signers and organisers."""

from bot.letters.endorsement import Endorsement, Kind, State
from bot.letters.letter import Letter
from bot.letters.rules import Confirmation
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing
from bot.locales import Words
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.rules import withdrawn_words


def signer_standing(t: Words, letter: Letter, party: Signatory) -> str:
    """Tell a signer the standing of their entry; empty for a person on the list. Plain text."""
    if party.kind is Kind.PERSON and party.standing is not Standing.REMOVED:
        return ""
    match party.standing:
        case Standing.LISTED:
            return t("On the list")
        case Standing.UNCONFIRMED | Standing.CONFIRMED:
            needs = (
                t("A second person at the organisation needs to press Sign and confirm.")
                if letter.rules.confirmation is Confirmation.SECOND
                else t("An organiser needs to record who gave permission.")
            )
            then = t("We’ll tell you when it’s on the list.")
            return f"{t('Not on the list yet.')} {needs} {then}"
        case Standing.DISPUTED:
            return organiser_standing(t, letter, party)
        case Standing.REMOVED:
            wrong = t("If that’s wrong, please contact an organiser.")
            return f"{organiser_standing(t, letter, party)}. {wrong}"
        case Standing.MARKED | Standing.GONE:
            return ""


def organiser_standing(t: Words, letter: Letter, party: Signatory) -> str:
    """The same for those who run the letter, short. Plain text."""
    match party.standing:
        case Standing.LISTED:
            return t("On the list")
        case Standing.UNCONFIRMED | Standing.CONFIRMED:
            if letter.rules.confirmation is Confirmation.SECOND:
                return t("Needs a second signer")
            return t("Needs proof of permission")
        case Standing.DISPUTED:
            return t("Disputed: off the list until an organiser decides")
        case Standing.REMOVED:
            return t("Removed by an organiser")
        case Standing.MARKED:
            return t("Withdrawn after delivery")
        case Standing.GONE:
            return t("Withdrawn by everyone who signed for it")


def ended_words(t: Words, letter: Letter, signed: Endorsement) -> str:
    """Say how a signature ended that its signer gave; `mrkdwn`."""
    title = escape(isolate(letter.title))
    if signed.ended is State.DROPPED:
        return dropped_words(t, title)
    said = t("You withdrew your signature from *{title}*.", title=title)
    if signed.ended is State.WITHDRAWN_AFTER_DELIVERY:
        rule = withdrawn_words(t, letter.rules.withdrawn_entry)
        return f"{said} {t('The delivered copy can’t change.')} {rule}"
    return said


def dropped_words(t: Words, title: str) -> str:
    """Say that silence ended a signature; `title` is escaped, and the entry follows."""
    return t(
        "The text of *{title}* changed, and we didn’t hear from you in time. Under the "
        "letter’s rules, your signature was removed:",
        title=title,
    )
