"""Names that an organiser looks at before they are believed, and people who sign for several."""

from bot.documents.pasted.kinds import is_no_person
from bot.letters import notices
from bot.letters.backing import have_one_name
from bot.letters.endorsement import ORGANISATIONS_SEEN, Endorsement, Kind, Signature
from bot.letters.notices import LetterTopic, Notice
from bot.letters.signatory import PartyKey, Signatory
from bot.names.filing import organisation_key
from bot.storage import letters
from bot.storage.database import Transaction

SEEN = ORGANISATIONS_SEEN


def body_named(letter: int, signature: Signature) -> PartyKey:
    """Return the key of the organisation that a signer's own name may be."""
    return letter, Kind.ORGANISATION, organisation_key(signature.facts.name)


def is_doubted(signature: Signature, body: Signatory | None, *, invited: bool) -> bool:
    """Return whether an organiser is to look at a person's name.

    `body` is an organisation of that name; `invited` is true if one is invited.
    """
    signed, name = body is not None and body.endorsements > 0, signature.facts.name
    # A withheld name is not on the list, and what is said of it would tell others about it.
    return bool(name) and (signed or invited or is_no_person(name))


def shares_name(party: Signatory, first: Endorsement | None, new: Endorsement) -> bool:
    """Return whether everyone who signs for an organisation has the name of the new signer."""
    same = first is not None and have_one_name([first, new])
    return same and (party.doubted or party.endorsements == 1)


def told_of_several(tx: Transaction, one: Endorsement) -> list[Notice]:
    """Return the notices to organisers about a person who signs for several organisations."""
    facts = {"name": one.signature.facts.name, "count": SEEN}
    return [
        notices.word(
            LetterTopic.SIGNED_FOR_SEVERAL,
            one.letter,
            organiser,
            signatory=one.signatory,
            of=one.id,
            **facts,
        )
        for organiser in letters.organisers_of(tx, one.letter)
    ]
