"""Codes by mail, with which people sign on the web and open their own signatures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any

from bot.features.signing import rows, rules
from bot.features.signing.rows import Asked
from bot.letters import notices
from bot.letters.endorsement import WEB
from bot.letters.letter import Letter, refuse
from bot.letters.mail import normalised
from bot.letters.notices import MailTopic
from bot.letters.people import Actor, Membership, Person, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal, Refused, raise_for
from bot.letters.rules import PublicPage
from bot.storage import endorsements, letters, outbox, rate_limits
from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import addresses, approvals
from bot.use_cases.mail import Keyring


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who asks for a code."""

    address: str
    network: str
    """A digest of their network (`rules.network_of`)."""
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A code that was asked for, as its mail needs it."""

    letter: Letter
    code: str
    signs: bool
    """Whether it confirms a signature, or opens the person's own."""


waiting = reading(rows.find)


@reading
def secret(tx: Transaction, *, keys: Keyring, workspace: str) -> bytes:
    """Return the key from which codes and tokens are made."""
    return addresses.derived(tx, keys, workspace, "codes")


def by_mail(letter: Letter, person: Person) -> Actor:
    """Return a person without an account as one who acts on a letter."""
    return Actor(workspace=letter.workspace, person=person, membership=Membership.OUTSIDER)


@writing
def ask(
    tx: Transaction,
    *,
    letter: int,
    caller: Caller,
    keys: Keyring,
    given: Mapping[str, Any] | None,
) -> str:
    """Owe somebody a code, to give a signature or to open their own (`given` is None).

    Nothing depends on whether the address is known. Return the id of the code.

    Raises:
        Refused: it is no address, nobody can sign on the web now, the organisers refuse signatures
            from its domain, or too many codes were asked for.
    """
    found = _signable(tx, letter, signs=given is not None)
    if given is not None:
        refuse_domain(tx, letter, caller.address, Reason.DOMAIN_REFUSED)
    return owe(tx, found, caller, keys, given)


def owe(
    tx: Transaction,
    found: Letter,
    caller: Caller,
    keys: Keyring,
    given: Mapping[str, Any] | None,
    *,
    only: Person | None = None,
) -> str:
    """Owe an address a code within the bounds, if it is that of `only` this person; return its id."""
    letter = found.id
    person = addresses.person_of(tx, keys, found.workspace, caller.address)
    buckets = (f"code:{person.user}", f"code:{caller.network}", f"codes:{letter}")
    # Those who ask at the same time are counted one after the other.
    rate_limits.locked(tx, [(found.workspace, one) for one in buckets])
    hour, day = tx.now - rules.HOUR, tx.now - rules.DAY
    asked = partial(rows.of_address, tx, person, signs=given is not None)
    # A stranger can't use up what opens a person's own signatures from another network.
    more = given is None and not asked(day, network=caller.network)
    most = rules.ADDRESS_DAILY * (2 if more else 1)
    if asked(day) >= most or (asked(hour) >= rules.ADDRESS_HOURLY and not more):
        raise Refused.because(Reason.MANY_CODES, "address")
    if rows.of_network(tx, caller.network, hour) >= rules.NETWORK_HOURLY:
        raise Refused.because(Reason.MANY_FORMS)
    since = tx.now - rules.UNCONFIRMED
    if given is not None and rows.unconfirmed(tx, letter, since) >= rules.LETTER_MOST:
        raise Refused.because(Reason.MANY_UNCONFIRMED)
    if only not in {None, person}:
        return ""
    addresses.keep(tx, keys, found.workspace, caller.address, caller.language)
    number = rows.add(tx, found, person, given, caller.network)
    approval = (given or {}).get("approval", "")
    about = MailTopic.APPROVAL if approval else MailTopic.CODE
    owed = notices.mail(about, number, letter, person, code=number, approval=approval)
    outbox.owe(tx, found.workspace, [owed])
    return number


@writing
def typed(
    tx: Transaction, *, number: str, code: str, keys: Keyring
) -> tuple[Letter, Asked] | Refusal:
    """Check a typed code; return the letter and what the code is for, or a refusal.

    A refusal is returned, because the try is recorded.
    """
    asked = rows.find(tx, number, lock=True)
    letter = letters.find(tx, asked.letter) if asked else None
    if asked is None or letter is None or tx.now > asked.made_at + rules.LIVES:
        return Refusal(Reason.CODE_OVER, "code")
    if asked.tries >= rules.TRIES:
        return Refusal(Reason.CODE_TRIES, "code")
    right = rules.is_code(addresses.derived(tx, keys, letter.workspace, "codes"), number, code)
    rows.tried(tx, number, right=right)
    if right:
        return letter, asked
    left = rules.TRIES - asked.tries - 1
    return Refusal(Reason.CODE_WRONG if left else Reason.CODE_TRIES, "code", {"count": left})


@reading
def may_sign(tx: Transaction, *, number: str, person: Person, keys: Keyring) -> tuple[Asked, str]:
    """Return a signature whose code was typed, and its source (`Endorsement.source`).

    The source has the domain of the signer's address, unless that is of a public mail provider.

    Raises:
        Refused: there is none of this person, their address was forgotten, nobody can sign on the
            web now, or the organisers refuse signatures from the domain.
    """
    asked = rows.find(tx, number)
    if asked is None or asked.person != person or asked.given is None:
        raise Refused.because(Reason.CODE_OVER, "code")
    letter = _signable(tx, asked.letter, signs=True)
    found = addresses.find(tx, keys, letter.workspace, person)
    if found is None:
        # Without its address, nobody could tell whether its domain is refused.
        raise Refused.because(Reason.CODE_OVER, "code")
    domain = found.address.rpartition("@")[2]
    refuse_domain(tx, letter.id, found.address, Reason.DOMAIN_REFUSED)
    return asked, WEB if domain in public_providers() else f"{WEB}, {domain}"


def refuse_domain(tx: Transaction, letter: int, address: str, reason: Reason) -> None:
    """Raise a refusal for this reason if a letter's organisers refuse an address's domain."""
    if addresses.is_refused(tx, letter, normalised(address).rpartition("@")[2]):
        raise Refused.because(reason, "address")


@cache
def public_providers() -> frozenset[str]:
    """Return domains whose addresses say nothing about an organisation."""
    text = files("bot.features.signing").joinpath("providers.txt").read_text("utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


@reading
def page_of(tx: Transaction, *, share_id: str) -> tuple[Letter, Refusal | None, datetime] | None:
    """Return the letter with an id in its address, why it can't be signed there, and the time.

    Signatures can be withdrawn even where the page was turned off.
    """
    found = letters.by_share_id(tx, share_id)
    if found is None:
        return None
    return found.as_seen_by(Role.OUTSIDER, tx.now), _refuse(tx, found), tx.now


def _refuse(tx: Transaction, letter: Letter) -> Refusal | None:
    if letter.rules.page is not PublicPage.SIGNING or letter.web_sight(tx.now) is None:
        return Refusal(Reason.NO_PAGE, facts={"title": letter.title})
    return refuse(letter, Action.SIGN, Role.OUTSIDER, tx.now)


def _signable(tx: Transaction, letter: int, *, signs: bool) -> Letter:
    found = letters.find(tx, letter)
    if found is None or found.share_id is None:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    raise_for(_refuse(tx, found) if signs else None)
    return found


@reading
def address_of(tx: Transaction, *, keys: Keyring, workspace: str, person: Person) -> str:
    """Return the address that is kept of a person; "" if none is."""
    found = addresses.find(tx, keys, workspace, person)
    return found.address if found else ""


@reading
def sent(tx: Transaction, *, number: str, keys: Keyring) -> Sent | None:
    """Return a code for its mail; None if it is too late, or for a stranger when the page is off."""
    asked = rows.find(tx, number)
    letter = letters.find(tx, asked.letter) if asked else None
    if asked is None or letter is None or tx.now > asked.made_at + rules.LIVES:
        return None
    signer = (letter.id, asked.person)
    signed = endorsements.held_by(tx, [signer]) or endorsements.ended_of(tx, *signer)
    if not (signed or asked.given) and letter.web_sight(tx.now) is None:
        return None
    key = addresses.derived(tx, keys, letter.workspace, "codes")
    return Sent(letter=letter, code=rules.code_of(key, number), signs=asked.given is not None)


@writing
def forget_old(tx: Transaction) -> None:
    """Delete signatures that nobody confirmed, and the addresses that came with them."""
    approvals.forget(tx, tx.now - rules.UNCONFIRMED)
    rows.forget(tx, tx.now - rules.UNCONFIRMED, tx.now - rules.KEPT, tx.now - rules.NEWS_KEPT)
