"""Names that an organiser looks at before they are believed, and people who sign for several."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from bot.documents.pasted.kinds import is_no_person
from bot.features.invitations.use_cases.signed import bodies_of
from bot.features.signing import rows
from bot.letters import notices
from bot.letters.endorsement import ORGANISATIONS_SEEN, Endorsement, Kind, Signature
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, Notice
from bot.letters.people import Person
from bot.letters.rules import Confirmation, Look, MaySign
from bot.letters.signatory import Signatory, probes_of
from bot.letters.standing import ON_LIST, Waits
from bot.storage import endorsements, letters, name_index, outbox
from bot.storage.database import Transaction
from bot.use_cases.parties import carrying

SEEN = ORGANISATIONS_SEEN
NEAREST = 20
"""People of the same name who are looked at."""
HOUR = timedelta(hours=1)


def is_doubted(signature: Signature, body: Signatory | None, *, invited: bool) -> bool:
    """Return whether an organiser is to look at a person's name.

    `body` is an organisation of that name; `invited` is true if one is invited.
    """
    signed, name = body is not None and body.endorsements > 0, signature.facts.name
    # A withheld name is not on the list, and what is said of it would tell others about it.
    return bool(name) and (signed or invited or is_no_person(name))


def why_it_waits(
    tx: Transaction,
    letter: Letter,
    new: Endorsement,
    before: Signatory | None,
    came: Collection[Endorsement] = (),
    *,
    doubted: bool = False,
) -> Waits:
    """Return why a signatory waits for an organiser once a signature is added or changed.

    Only signatures given on the web make it wait, unless the letter's rule says who may sign.
    `before` is the signatory, if it has signers, and `came` are signatures of the same batch.
    `doubted` is true if a person's name reads like an organisation.
    """
    listed = before is not None and before.endorsements and before.standing in ON_LIST
    if new.person is None or listed:
        return Waits.NO
    if letter.rules.may_sign is not MaySign.READERS and _is_looked_at(tx, letter, new, new.person):
        return Waits.LOOK
    if not new.person.by_mail:
        return Waits.NO
    under = probes_of(new.signature) if new.kind is Kind.PERSON else frozenset[str]()
    near = {one.id for _, one in name_index.sharing(tx, letter.id, under, limit=NEAREST)}
    for others in endorsements.of_parties(tx, near - {new.signatory}).values():
        if any(one.kind is Kind.PERSON and one.in_slack for one in others):
            return Waits.NAME
    if name_index.is_of_removed(tx, letter.id, under):
        return Waits.LOOK
    look = letter.rules.look
    as_body = doubted or new.kind is Kind.ORGANISATION
    if look is Look.EVERYONE or (look is Look.ORGANISATIONS and as_body):
        return Waits.LOOK
    hour = rows.signed_since(tx, letter.id, tx.now - HOUR)
    hour += sum(one.on_web for one in came)
    return Waits.LOOK if hour >= letter.rules.hourly else Waits.NO


def _is_looked_at(tx: Transaction, letter: Letter, new: Endorsement, person: Person) -> bool:
    """Return whether an organiser looks at a signature where not all readers are believed."""
    if letters.organises(tx, letter.id, person):
        return False
    if new.kind is Kind.PERSON or letter.rules.may_sign is MaySign.REVIEWED:
        return letter.rules.may_sign is MaySign.REVIEWED
    return new.signature.key not in bodies_of(tx, letter.id, person)


def beside_waiting(
    letter: Letter, party: Signatory, first: Endorsement | None, new: Endorsement, waits: Waits
) -> tuple[Signatory, Waits]:
    """Return an entry that waits for a look once somebody joins it, and why it waits now.

    Somebody in Slack speaks for what only the web stood for, or is the second person that the
    letter asks for. Otherwise the look stays due. `first` is the speaker.
    """
    on_web = first is not None and first.on_web
    if not new.in_slack or on_web is (letter.rules.confirmation is Confirmation.SECOND):
        return party, Waits.LOOK
    return carrying(party, new) if on_web else party, waits


def told_of_several(tx: Transaction, one: Endorsement) -> list[Notice]:
    """Return the notices to organisers about a person who signs for several organisations.

    They get one a day, however often the person withdraws and signs again.
    """
    facts = {"name": one.signature.facts.name, "count": SEEN}
    told = [
        replace(
            notices.word(
                LetterTopic.SIGNED_FOR_SEVERAL,
                one.letter,
                organiser,
                signatory=one.signatory,
                of=one.id,
                **facts,
            ),
            key=f"several:{one.letter}:{one.person}:{organiser}",
        )
        for organiser in letters.organisers_of(tx, one.letter)
    ]
    known = outbox.owed_since(tx, [each.key for each in told], tx.now - timedelta(days=1))
    return [each for each in told if each.key not in known]
