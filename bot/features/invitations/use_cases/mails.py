"""Invitations by mail, to those who were invited with an address."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import WORDS_MOST, Invitee
from bot.features.invitations.use_cases.entry import Entered, Entry
from bot.letters.invitation import Invitation
from bot.letters.letter import Letter
from bot.letters.mail import is_address
from bot.letters.people import Actor, Membership, Person
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import PublicPage
from bot.storage import workspaces
from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import addresses
from bot.storage.workspaces import Acquaintance
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once
from bot.use_cases.mail import Keyring


def may_mail(letter: Letter, keys: Keyring | None) -> bool:
    """Return whether a letter's invitations can be sent by mail: their links lead to its page."""
    return keys is not None and letter.rules.page is not PublicPage.OFF


@reading
def to_mail(
    tx: Transaction, *, letter: int, actor: Actor, invitation: str
) -> tuple[Letter, list[Invitation]]:
    """Return the invitations with an address that had no mail, or one of them by its id."""
    found = admit(tx, letter, actor, Action.INVITE, lock=False)
    return found, _addressed(tx, letter, invitation)


def _addressed(tx: Transaction, letter: int, invitation: str) -> list[Invitation]:
    found = invitation_rows.addressed(tx, letter)
    return [one for one in found if is_address(one.contact) and invitation in {"", one.id}]


@writing
def send(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    keys: Keyring | None,
    invitation: str = "",
    words: str = "",
    at_once: bool = False,
    trigger: str,
) -> Entered:
    """Send an invitation by mail to all who have an address and had none, or to one of them.

    Their addresses are encrypted from then on. Whoever signs with that address has answered.
    """

    def act() -> dict[str, int]:
        found = admit(tx, letter, actor, Action.INVITE)
        if keys is None or not may_mail(found, keys):
            raise Refused.because(Reason.NO_PAGE, title=found.title)
        if len(words) > WORDS_MOST:
            raise Refused.because(Reason.TOO_LONG, "words", most=WORDS_MOST, length=len(words))
        wanted = [
            Invitee(
                kind=one.kind,
                person=_meet(tx, keys, found, one.contact),
                name=one.name,
                organisation=one.organisation,
                country=one.country,
                words=words.strip(),
            )
            for one in _addressed(tx, letter, invitation)
        ]
        entry = Entry(tx, found, wanted, by=actor.person)
        for one in wanted:
            entry.add(one)
        entered = entry.write(at_once=at_once)
        record(tx, found, Act.INVITED, actor.person, count=entered.changed)
        return asdict(entered)

    return Entered(**once(tx, actor.workspace, trigger, act))


def _meet(tx: Transaction, keys: Keyring, letter: Letter, address: str) -> Person:
    """Keep an address, with the letter's daytime and language; return its person."""
    person = addresses.person_of(tx, keys, letter.workspace, address)
    if addresses.find(tx, keys, letter.workspace, person) is None:
        addresses.keep(tx, keys, letter.workspace, address, letter.language)
    met = Acquaintance(
        person=person,
        tz=letter.tz,
        membership=Membership.OUTSIDER,
        reachable=not addresses.is_barred(tx, letter.workspace, person),
    )
    workspaces.meet(tx, letter.workspace, [met])
    return person


def with_addresses(
    tx: Transaction, keys: Keyring | None, workspace: str, found: Sequence[Invitation]
) -> list[Invitation]:
    """Return invitations whose contacts are the addresses that they were mailed to, if kept."""
    shown: list[Invitation] = []
    for one in found:
        if keys and one.person and one.person.by_mail:
            kept = addresses.find(tx, keys, workspace, one.person)
            barred = not kept and addresses.is_barred(tx, workspace, one.person)
            error = "barred" if barred else one.mail_error
            one = replace(one, contact=kept.address if kept else "", mail_error=error)  # noqa: PLW2901
        shown.append(one)
    return shown
