"""Signatories that the first release wrote get what later versions keep beside them.

A replica of the first release may still be at work while later ones are: whatever it writes is
filed by a worker within moments. Until then it stands at the top of its group.
"""

from dataclasses import replace

from bot.letters.endorsement import Endorsement, Kind
from bot.letters.letter import Letter
from bot.letters.pairs import probes_of
from bot.letters.signatory import Signatory
from bot.names import filing
from bot.names.collation import collation_key
from bot.storage import endorsements, letters, name_index, signatories
from bot.storage.database import Database, Transaction, writing
from bot.use_cases.parties import country_fold

AT_A_TIME = 200


async def file_released(database: Database) -> int:
    """File what is not filed, some at a time; return how many signatories."""
    filed = 0
    while some := await _file_some(database):
        filed += some
    return filed


@writing
def _file_some(tx: Transaction) -> int:
    parties = {party.id: party.letter for party in signatories.unfiled(tx, AT_A_TIME)}
    found = letters.find_many(tx, set(parties.values()), lock=True)
    # Read again: somebody may have signed for one before its letter was ours.
    for party in signatories.find_many(tx, parties).values():
        if not party.sort_key:
            _file(tx, found[party.letter], party)
    return len(parties)


def _file(tx: Transaction, letter: Letter, party: Signatory) -> None:
    for one in endorsements.of_party(tx, party.id):
        endorsements.file(tx, one.id, collation_key(one.signature.sort_name, letter.language),
                          _country(one))  # fmt: skip
    speaker = endorsements.find(tx, party.speaker)
    if speaker is None:
        filed = replace(party, sort_key=collation_key(party.line, letter.language))
    else:
        filed = replace(
            party,
            sort_key=collation_key(speaker.signature.sort_name, letter.language),
            country=_country(speaker),
            country_fold=country_fold(speaker.signature.facts.country),
        )
        under = {party.id: probes_of(speaker.signature)}
        name_index.add(tx, letter.id, letter.workspace, under)
    signatories.put(tx, [filed], letter.workspace, letter.rules)


def _country(one: Endorsement) -> str:
    if one.signature.capacity.kind is Kind.PERSON:
        return ""
    facts = one.signature.facts
    return filing.organisation_country(facts.organisation, facts.country)
