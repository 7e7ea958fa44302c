"""Sentences of the pages on which people sign, in the language of the page."""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.documents.paper_words import PaperWords
from bot.letters.endorsement import Capacity, Signature
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import Confirmation, PublicPage, Silence, WithdrawnEntry
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing, Waits


@cache
def read_words(name: str) -> dict[str, str]:
    """Return the sentences of a file of this room by their headings, as `slack/words` has them."""
    table: dict[str, str] = {}
    for line in files(__package__ or "").joinpath(name).read_text("utf-8").splitlines():
        headings, _, said = line.partition(": ")
        if said and not line.startswith("#"):
            table |= dict.fromkeys(headings.split(", "), said)
    return table


def refusal_words(words: PaperWords, refusal: Refusal | Reason) -> str:
    """Return what is said for a refusal."""
    said = read_words("refusals.txt")
    reason = refusal.reason if isinstance(refusal, Refusal) else refusal
    return words.say("web", said.get(reason, said["other"]))


def consent_words(words: PaperWords, letter: Letter, signature: Signature) -> str:
    """Return what a signer agrees to; it is stored."""
    if signature.capacity is Capacity.ORGANISATION:
        said = [
            words.say(
                "web",
                "By signing, you agree that {organisation} is published with this letter as shown. "
                "Your own name isn’t published, but others who sign for this organisation can see "
                "it. You can withdraw at any time.",
                organisation=f"\u2068{signature.facts.organisation}\u2069",
            ),
            words.say("web", "You confirm that you’re authorised to sign for this organisation."),
        ]
    else:
        said = [
            words.say(
                "web",
                "By signing, you agree that your name is published with this letter as shown. You "
                "can withdraw at any time.",
            )
        ]
    if letter.rules.page is not PublicPage.OFF:
        published = "The list is also published on the web, where anyone can read it."
        said.append(words.say("web", published))
    return " ".join(said)


def notes_before(words: PaperWords, letter: Letter, signature: Signature) -> list[str]:
    """Return what a signer needs to know beside the consent."""
    said: list[str] = []
    if signature.facts.affiliation:
        only = "Your organisation isn’t signing. It only shows who you are."
        said.append(words.say("web", only))
    if letter.phase is Phase.LATE:
        late = "The letter was delivered already. You’ll be on the list of late signatures."
        said.append(words.say("web", late))
    elif letter.rules.silence is Silence.KEEP:
        kept = "If the meaning changes, we’ll ask you again. If you don’t answer, you stay listed."
        said.append(words.say("web", kept))
    else:
        dropped = (
            "If the meaning changes, we’ll ask you again. If you don’t answer in time, your "
            "signature comes off the list."
        )
        said.append(words.say("web", dropped))
    if letter.rules.withdrawn_entry is WithdrawnEntry.MARKED:
        marked = "If you withdraw after delivery, your entry stays, marked as withdrawn."
        said.append(words.say("web", marked))
    return said


def standing_words(words: PaperWords, letter: Letter, party: Signatory) -> str:
    """Return why an entry is not on the list; "" if it is."""
    match party.standing:
        case Standing.UNCONFIRMED if party.waits is Waits.NAME:
            said = (
                "It isn’t on the list yet. Somebody of the same name may have signed already. An "
                "organiser first checks whether that’s you."
            )
        case Standing.UNCONFIRMED if party.waits is Waits.LOOK or party.doubted:
            said = "It isn’t on the list yet. An organiser looks at it first."
        case Standing.UNCONFIRMED | Standing.CONFIRMED:
            if letter.rules.confirmation is Confirmation.SECOND:
                said = (
                    "It isn’t on the list yet. A second person at the organisation needs to sign."
                )
            else:
                said = "It isn’t on the list yet. An organiser needs to record who gave permission."
        case Standing.DISPUTED:
            said = "It’s off the list until an organiser decides about an objection."
        case Standing.REMOVED:
            said = "An organiser removed it. If that’s wrong, please write to them."
        case _:
            return ""
    return words.say("web", said)


def keep_consent(words: PaperWords) -> str:
    """Return what a signer agrees to who keeps a signature for a changed text; it is stored."""
    return words.say(
        "web",
        "By keeping your signature, you agree that it stands for the letter’s new text. You can "
        "withdraw at any time.",
    )


def asked_words(words: PaperWords, letter: Letter) -> list[str]:
    """Return the question about a text change, until when it can be answered, and what silence does."""
    changed = "The text changed in meaning after you signed. Do you want to keep your signature?"
    said = [words.say("web", changed)]
    if letter.answer_by is not None:
        day = words.day(letter.answer_by.astimezone(ZoneInfo(letter.tz)).date())
        said.append(words.say("web", "Please answer by {day}.", day=day))
    if letter.rules.silence is Silence.KEEP:
        silent = "If you don’t answer, you stay on the list, for the version you signed."
    else:
        silent = "If you don’t answer in time, your signature comes off the list."
    return [*said, words.say("web", silent)]
