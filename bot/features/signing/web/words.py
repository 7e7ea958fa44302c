"""Sentences of the pages on which people sign, in the language of the page."""

from functools import cache
from importlib.resources import files

from bot.documents.paper_words import PaperWords
from bot.letters.endorsement import Capacity, Kind, Signature
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import Look, MaySign, PublicPage, WithdrawnEntry
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


def sentence(words: PaperWords, heading: str, **facts: str) -> str:
    """Return a sentence of `sentences.txt`."""
    return words.say("web", read_words("sentences.txt")[heading], **facts)


def consent_words(
    words: PaperWords, letter: Letter, signature: Signature, *, asks: bool = False
) -> str:
    """Return what a signer agrees to, who `asks` somebody for approval or is authorised; it is stored."""
    said = [sentence(words, "consent")]
    if signature.is_withheld:
        said = [sentence(words, "consent/withheld"), sentence(words, "consent/sees")]
    if signature.capacity is Capacity.ORGANISATION:
        name = f"\u2068{signature.facts.organisation}\u2069"
        said = [sentence(words, "consent/organisation", organisation=name)]
        said += [] if asks else [sentence(words, "consent/authorised")]
    if letter.rules.page is not PublicPage.OFF:
        said.append(sentence(words, "consent/web"))
    return " ".join(said)


def keep_consent(words: PaperWords) -> str:
    """Return what a signer agrees to who keeps a signature for a changed text; it is stored."""
    return sentence(words, "consent/keep")


def notes_before(words: PaperWords, letter: Letter, signature: Signature) -> list[str]:
    """Return what a signer needs to know beside the consent."""
    late = "late" if letter.phase is Phase.LATE else f"silence/{letter.rules.silence}"
    said = ["affiliation", late] if signature.facts.affiliation else [late]
    if letter.rules.withdrawn_entry is WithdrawnEntry.MARKED:
        said.append("marked")
    return [sentence(words, one) for one in said]


def standing_words(words: PaperWords, letter: Letter, party: Signatory) -> str:
    """Return why an entry is not on the list; "" if it is, or if it would tell a name under embargo."""
    match party.standing:
        case Standing.UNCONFIRMED if party.kind is Kind.PERSON and letter.is_veiled:
            rules = letter.rules
            all_wait = rules.look is Look.EVERYONE or rules.may_sign is MaySign.REVIEWED
            return sentence(words, f"waits/{Waits.LOOK}") if all_wait else ""
        case Standing.UNCONFIRMED if party.waits is not Waits.NO or party.doubted:
            waits = Waits.LOOK if party.waits is Waits.NO else party.waits
            return sentence(words, f"waits/{waits}")
        case Standing.UNCONFIRMED | Standing.CONFIRMED:
            return sentence(words, f"waits/{letter.rules.confirmation}")
        case Standing.REMOVED if party.waits is not Waits.NO:
            return sentence(words, "refused")
        case Standing.DISPUTED | Standing.REMOVED:
            return sentence(words, party.standing)
        case _:
            return ""


def asked_words(words: PaperWords, letter: Letter) -> list[str]:
    """Return the question about a text change, until when it can be answered, and what silence does."""
    said = [sentence(words, "asked")]
    if letter.answer_by is not None:
        said.append(sentence(words, "asked/by", day=words.local_day(letter.answer_by, letter.tz)))
    return [*said, sentence(words, f"asked/{letter.rules.silence}")]
