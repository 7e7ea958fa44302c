"""Conveners: signatories that an organiser puts at the top of the list."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.letters.endorsement import Endorsement
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.names import filing
from bot.storage import endorsements, letters, signatories
from bot.storage.database import Transaction, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, card_changed, repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """One of several signatories that match a name."""

    party: Signatory
    speaker: Endorsement
    """The endorsement with the signatory's entry, signed here or collected."""


@writing
def pin(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    name: str = "",
    signatory: str = "",
    trigger: str | None = None,
    up: bool = True,
    heading: str | None = None,
) -> Signatory:
    """Put a signatory at the top of the list as a convener, after earlier ones; or under a heading.

    Args:
        tx: The transaction.
        letter: The letter.
        actor: The organiser.
        name: The exact entry, or the name of the organisation or person.
        signatory: The signatory's id, if known, instead of the name.
        trigger: Slack's id of the click, if there was one.
        up: False moves a convener back to its normal place in the list.
        heading: The heading of the letter's to put it under instead; "" for none of them.

    Raises:
        Refused: the actor does not organise the letter, or the name matches none or several.
    """
    again = repeated(tx, letter, actor, trigger)
    found = again or admit(tx, letter, actor, Action.PIN)
    if signatory:
        party = signatories.kept(tx, [signatory]).get(signatory)
        if party is None or party.letter != letter or party.endorsements == 0:
            raise Refused.because(Reason.SIGNATURE_GONE)
    else:
        party = party_named(tx, letter, name)
    if again is None and heading is not None:
        signatories.put(tx, [replace(party, heading=heading)], found.workspace, found.rules)
        letters.change(tx, letter)
        record(tx, found, Act.GROUPED, actor.person, signatory=party.id)
    elif again is None and not (up and party.pinned):
        rank = signatories.last_pin(tx, letter) + 1 if up else 0
        signatories.put(tx, [replace(party, pinned=rank)], found.workspace, found.rules)
        letters.change(tx, letter)
        card_changed(tx, found)
        record(tx, found, Act.PINNED if up else Act.UNPINNED, actor.person, signatory=party.id)
    return party


def party_named(
    tx: Transaction, letter: int, name: str, is_known: Callable[[Signatory], bool] | None = None
) -> Signatory:
    """Return the signatory with a given entry, or name of an organisation or person.

    `is_known`: whether the asker may know of a signatory; an organiser may know of all.

    Raises:
        Refused: the name matches no current signatory, or several, which are then listed in the
            facts as `fitting`.
    """
    folds, key = filing.possible_folds(name), filing.organisation_key(name)
    meant = [*filter(is_known, signatories.named(tx, letter, name, folds, key))]
    chosen = [party for party in meant if party.entry == name] or meant
    if not chosen:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name=name)
    if len(chosen) > 1:
        entries = [party.entry for party in chosen]
        given = [(party, endorsements.find(tx, party.speaker)) for party in chosen]
        fitting = tuple(Fitting(party=party, speaker=one) for party, one in given if one)
        raise Refused.because(
            Reason.SEVERAL_SIGNATORIES, name=name, entries=entries, fitting=fitting
        )
    return chosen[0]
