"""Signatures given on the web that wait until an organiser accepts them."""

from bot.features.organisations import rows
from bot.features.organisations.use_cases.removals import judge
from bot.features.organisations.use_cases.shown import decided_on
from bot.features.organisations.use_cases.standing import find_party
from bot.features.withdrawals.use_cases import end
from bot.letters import notices
from bot.letters.endorsement import Event, domain_of
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.letters.standing import Waits
from bot.storage import endorsements, outbox, signatories
from bot.storage.database import Transaction, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once


@writing
def same_person(
    tx: Transaction, *, signatory: str, actor: Actor, read: str | None = None, trigger: str
) -> None:
    """End a signature given on the web by somebody who had signed in Slack.

    Raises:
        Refused: it doesn't wait for that, the actor does not run its letter, or it changed.
    """

    def act() -> None:
        letter, party = _waiting(tx, signatory, actor)
        if party.waits is not Waits.NAME:
            raise Refused.because(Reason.NOT_DISPUTED, entry=party.entry)
        decided_on(tx, read, party)
        for one in endorsements.of_party(tx, party.id):
            end(tx, letter, one, Event.MERGE)
            record(tx, letter, Act.REMOVED, actor.person, signatory=party.id, endorsement=one.id)
            if one.person:
                told = notices.receipt(letter.id, one.person, changed=True)
                outbox.owe(tx, letter.workspace, [told])

    once(tx, actor.workspace, trigger, act)


@writing
def refuse_domain(
    tx: Transaction,
    *,
    signatory: str,
    actor: Actor,
    why: str,
    read: str | None = None,
    trigger: str,
) -> int:
    """Refuse all that wait and were signed from the same domain, and all that follow; return how many.

    Raises:
        Refused: the entry doesn't wait, has no domain or changed, or the actor does not run its
            letter.
    """

    def act() -> dict[str, int]:
        letter, party = _waiting(tx, signatory, actor)
        domain = domain_of(endorsements.of_party(tx, party.id))
        if not domain:
            raise Refused.because(Reason.NOT_DISPUTED, entry=party.entry)
        decided_on(tx, read, party)
        rows.refuse_domain(tx, letter, domain)
        parties = {one.id: one for one in signatories.waiting_for_look(tx, letter.id)}
        count = 0
        for number, given in endorsements.of_parties(tx, set(parties)).items():
            if f".{domain_of(given)}".endswith(f".{domain}"):
                party = parties[number]
                letter = judge(tx, letter, party, actor, removed=True, why=why, told=why)
                count += 1
        return {"count": count}

    return once(tx, actor.workspace, trigger, act)["count"]


def _waiting(tx: Transaction, signatory: str, actor: Actor) -> tuple[Letter, Signatory]:
    letter = admit(tx, find_party(tx, signatory).letter, actor, Action.DECIDE)
    party = find_party(tx, signatory)
    if party.waits is Waits.NO or party.removed or not party.endorsements:
        raise Refused.because(Reason.NOT_DISPUTED, entry=party.entry)
    return letter, party
