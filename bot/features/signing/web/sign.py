"""Signing on the web: a form, the entry as it will be listed, and the code that confirms it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from starlette.responses import Response

from bot.documents import phrases
from bot.features.signing.use_cases import approvals, codes, own_signature, signatures
from bot.features.signing.use_cases.codes import Asked, by_mail
from bot.features.signing.use_cases.signatures import SignRequest
from bot.features.signing.web.approvals import approver
from bot.features.signing.web.visits import MANY, READING, Visit
from bot.features.signing.web.words import consent_words, refusal_words, standing_words
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.entries import compose
from bot.letters.mail import normalised
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refusal, Refused
from bot.letters.standing import ON_LIST


async def sign(visit: Visit) -> Response:
    """Answer a request for the form, or the next step of signing."""
    if visit.request.method != "POST":
        if visit.refusal:
            return visit.refused(visit.refusal)
        return _form(visit, Facts(name=""), None)
    if number := visit.unsealed("code"):
        return await _typed(visit, number)
    if confirmed := visit.unsealed("confirm"):
        number, _, user = confirmed.partition("-")
        return await _sign(visit, number, Person.parse(f"mail:{user}"), confirms=True)
    if text := visit.unsealed("form"):
        return await _continue(visit, text)
    return visit.refused(Reason.CHANGED_MEANWHILE)


def _form(
    visit: Visit, facts: Facts, capacity: Capacity | None, *refusals: Refusal, **more: Any
) -> Response:
    sealed = visit.sealed("form", visit.letter.text_sha256, READING)
    return visit.own_form(sealed, facts, capacity, refusals, **more)


async def _continue(visit: Visit, text: str) -> Response:
    """Send a code for a signature that was typed, and show its entry."""
    if visit.refusal:
        return visit.refused(visit.refusal)
    if text != visit.letter.text_sha256:
        return visit.refused(Reason.TEXT_CHANGED)
    facts, capacity = visit.typed()
    address = visit.form.get("address", "")
    made = visit.composed(facts, capacity)
    wrong = [] if isinstance(made, Signature) else [*made]
    try:
        normalised(address)
    except Refused as refused:
        wrong.append(refused.refusal)
    if wrong or not isinstance(made, Signature):
        return _form(visit, facts, capacity, *wrong, address=address)
    given = {
        "capacity": capacity.value,
        "facts": asdict(made.facts),
        "text_sha256": made.text_sha256,
        "consent": made.consent,
        "late": visit.letter.phase is Phase.LATE,
    }
    try:
        number = await codes.ask(
            visit.database,
            letter=visit.letter.id,
            caller=visit.caller(address),
            keys=visit.keys,
            given=given,
        )
    except Refused as refused:
        if refused.refusal.field != "address":
            raise
        return _form(visit, facts, capacity, refused.refusal, address=address)
    return visit.approval(visit.sealed("code", number, READING), made)


async def _typed(visit: Visit, number: str) -> Response:
    """Take a typed code, or go back to the form."""
    asked = await codes.waiting(visit.database, number=number)
    if asked is None or asked.given is None:
        return visit.refused(Reason.CODE_OVER)
    facts, capacity = Facts(**asked.given["facts"]), Capacity(asked.given["capacity"])
    if visit.form.get("act") == "edit":
        address = await codes.address_of(
            visit.database, keys=visit.keys, workspace=visit.letter.workspace, person=asked.person
        )
        return _form(visit, facts, capacity, address=address)
    made, act = _made(visit, asked.given, asked.person), visit.form.get("act")
    if act in {"asks", "approval"}:
        made = replace(made, consent=consent_words(visit.words, visit.letter, made, asks=True))
    found = None if act == "asks" else await visit.code(number)
    if found is None or isinstance(found, Refusal):
        wrong = refusal_words(visit.words, found) if found else ""
        return visit.approval(visit.form["token"], made, wrong)
    if act == "approval":
        return await _ask(visit, number, asked.person, made)
    return await _sign(visit, number, asked.person)


def _made(visit: Visit, given: Mapping[str, Any], person: Person) -> Signature:
    made = compose(
        person,
        Capacity(given["capacity"]),
        Facts(**given["facts"]),
        sort_name="",
        language=visit.letter.language,
        text_sha256=given["text_sha256"],
        consent=given["consent"],
        locale=visit.words.language,
    )
    assert isinstance(made, Signature)  # noqa: S101 - it was composed before it was kept
    return made


async def _sign(visit: Visit, number: str, person: Person, *, confirms: bool = False) -> Response:
    """Sign with what was typed before the code, and say how it stands."""
    asked, source = await codes.may_sign(
        visit.database, number=number, person=person, keys=visit.keys
    )
    given = asked.given or {}
    made = _made(visit, given, person)
    request = SignRequest(
        letter=visit.letter.id,
        actor=by_mail(visit.letter, person),
        signature=made,
        trigger=f"code:{number}",
        knows_web=True,
        knows_late=given["late"],
        confirms=confirms,
        shown=visit.form.get("shown"),
        source=source,
    )
    try:
        signed = await signatures.sign(visit.database, request)
    except Refused as refused:
        if refused.refusal.reason is not Reason.ORGANISATION_SIGNED:
            raise
        return _signed_before(visit, asked, made, refused.refusal)
    found = await own_signature.entry(visit.database, endorsement=signed.endorsement, person=person)
    return done(visit, visit.say("Thank you! You’ve signed."), found, signed.entry)


async def _ask(visit: Visit, number: str, person: Person, made: Signature) -> Response:
    """Ask somebody to approve what was typed before the code."""
    asked, source = await codes.may_sign(
        visit.database, number=number, person=person, keys=visit.keys
    )
    late = (asked.given or {})["late"]
    try:
        until = await approvals.ask(
            visit.database,
            letter=visit.letter.id,
            actor=by_mail(visit.letter, person),
            signature=made,
            agreed={"knows_late": late, "knows_web": True, "source": source},
            approver=approver(visit),
            keys=visit.keys,
            trigger=f"asked:{number}",
        )
    except Refused as refused:
        if refused.refusal.field != "address" or refused.refusal.reason in MANY:
            raise
        wrong = refusal_words(visit.words, refused.refusal)
        return visit.approval(visit.form["token"], made, address=wrong)
    day = visit.words.local_day(until, visit.letter.tz)
    later = visit.say("We’ll write to you when they answer. They can answer until {day}.", day=day)
    mine = visit.say("Under “My signature” you can withdraw the question.")
    return visit.page("said.html", visit.say("We asked for approval."), after=(later, mine))


def _signed_before(visit: Visit, asked: Asked, made: Signature, refusal: Refusal) -> Response:
    entry = str(refusal.facts["entry"])
    both = visit.say("You can sign for it too. It counts once, with one more signer behind it.")
    return visit.page(
        "said.html",
        visit.say("This organisation has already signed"),
        sealed=visit.sealed("confirm", f"{asked.id}-{asked.person.user}"),
        reads=entry,
        after=(both,),
        consent=made.consent,
        given=(("shown", entry),),
        acts=(("", visit.say("Sign for it too")),),
    )


def done(visit: Visit, said: str, found: Any, entry: str) -> Response:
    """Return the thanks, with how the entry stands and where it can be changed."""
    party = found[2] if found else None
    stands = standing_words(visit.words, visit.letter, party) if party else ""
    # Under an embargo nobody can tell by this whether somebody of that name signed before.
    listed = party is not None and party.standing in ON_LIST and not visit.letter.is_veiled
    by_mail_too = visit.say("We’ve also sent you an email about it.")
    later = visit.say("You can change or withdraw it at any time under “My signature”.")
    return visit.page(
        "said.html",
        said,
        before=(visit.say("You’re listed as") if listed else visit.say("You’ll be listed as"),),
        reads=party.entry if party else entry,
        after=[one for one in (stands, by_mail_too, later) if one],
        link=(phrases.read_words(visit.words), "../"),
    )
