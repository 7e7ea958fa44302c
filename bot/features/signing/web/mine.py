"""“My signature” on the web: what a typed code opens for half an hour."""

import secrets
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.features.amendments.use_cases import amendments
from bot.features.privacy.use_cases import erasure
from bot.features.signing.use_cases import approvals, codes, own_signature
from bot.features.signing.use_cases.codes import by_mail
from bot.features.signing.use_cases.own_signature import Own
from bot.features.signing.use_cases.signatures import SignRequest
from bot.features.signing.web.objecting import object_to
from bot.features.signing.web.sign import done
from bot.features.signing.web.visits import READING, Visit
from bot.features.signing.web.words import asked_words, keep_consent, refusal_words, standing_words
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Kind, Signature
from bot.letters.ids import revision
from bot.letters.people import Actor, Person
from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refusal, Refused


async def mine(visit: Visit) -> Response:
    """Ask for an address, then for its code; then show the person's signatures, and act on them."""
    if visit.request.method != "POST":
        return _address(visit)
    if (user := visit.unsealed("mine")) is not None:
        act = object_to if visit.form.get("act", "").startswith("object") else _act
        return await act(visit, by_mail(visit.letter, Person.parse(f"mail:{user}")))
    if number := visit.unsealed("open"):
        return await _typed(visit, number)
    if visit.unsealed("address") is None:
        return visit.refused(Reason.CODE_OVER)
    try:
        number = await codes.ask(
            visit.database,
            letter=visit.letter.id,
            caller=visit.caller(visit.form.get("address", "")),
            keys=visit.keys,
            given=None,
        )
    except Refused as refused:
        if refused.refusal.reason not in {Reason.NO_ADDRESS, Reason.EMPTY}:
            raise
        return _address(visit, refused.refusal)
    return _code(visit, visit.sealed("open", number, READING))


def _address(visit: Visit, wrong: Refusal | None = None) -> Response:
    return visit.page(
        "address.html",
        visit.say("My signature"),
        422 if wrong else 200,
        sealed=visit.sealed("address", lives=READING),
        wrong={"address": refusal_words(visit.words, wrong)} if wrong else {},
    )


def _code(visit: Visit, sealed: str, wrong: str = "") -> Response:
    return visit.page(
        "code.html",
        visit.say("My signature"),
        422 if wrong else 200,
        sealed=sealed,
        button=visit.say("Continue"),
        wrong={"code": wrong},
    )


async def _typed(visit: Visit, number: str) -> Response:
    found = await visit.code(number)
    if isinstance(found, Refusal):
        return _code(visit, visit.form["token"], refusal_words(visit.words, found))
    person = found[1].person
    return await _page(visit, by_mail(visit.letter, person), visit.sealed("mine", person.user))


async def _act(visit: Visit, actor: Actor) -> Response:
    """Do what was pressed; the token of the form proves whose signatures they are."""
    said, act = visit.form.get, visit.form.get("act", "")
    endorsement, sealed = said("endorsement", ""), said("token", "")
    trigger, over = f"web:{sealed[-40:]}:{act}:{endorsement}", ""
    if act == "end":
        await approvals.withdraw(visit.database, number=said("of", ""), actor=actor)
        over = visit.say("You withdrew the question. Nothing was signed.")
    match act:
        case "withdraw":
            _, found = await withdrawals.held(visit.database, endorsement=endorsement, actor=actor)
            return visit.page(
                "said.html",
                visit.say("Withdraw your signature?"),
                sealed=sealed,
                reads=found.signature.entry,
                given=(("endorsement", endorsement),),
                acts=(("withdrawn", visit.say("Withdraw")), ("", visit.say("Keep"))),
            )
        case "withdrawn":
            await withdrawals.withdraw(
                visit.database, endorsement=endorsement, actor=actor, trigger=trigger
            )
            return await _page(visit, actor, sealed, visit.say("You withdrew your signature."))
        case "keep":
            await amendments.keep(
                visit.database,
                endorsement=endorsement,
                actor=actor,
                text=said("text", ""),
                consent=keep_consent(visit.words),
                trigger=f"{trigger}:{said('text', '')}",
            )
            return await _page(visit, actor, sealed, visit.say("You kept your signature."))
        case "change" | "check" | "save":
            return await _change(visit, actor, act, endorsement)
        case "kept":
            return await _kept(visit, actor)
        case "delete":
            sure = visit.say(
                "Your signatures will be withdrawn from every letter here, and everything about "
                "you will be deleted. Delivered copies will show a gap. You can’t undo this."
            )
            asked = visit.say("Delete everything about you?")
            acts = (("", visit.say("Back")), ("deleted", visit.say("Delete")))
            return visit.page("said.html", asked, sealed=sealed, before=(sure,), acts=acts)
        case "deleted":
            await erasure.erase_person(
                visit.database, workspace=actor.workspace, person=actor.person
            )
            return visit.page("said.html", visit.say("Everything about you was deleted."))
        case _:
            return await _page(visit, actor, sealed, over)


async def _page(visit: Visit, actor: Actor, sealed: str, said: str = "") -> Response:
    """Return the person's signatures on the letter, each with what can be done."""
    words, own = visit.words, Own(may_change=False, asked={})
    held = await own_signature.mine(visit.database, actor=actor)
    here = [(one, party) for letter, one, party in held if letter.id == visit.letter.id]
    if here:
        own = await own_signature.own_on(visit.database, letter=visit.letter.id, actor=actor)
    shown: list[dict[str, Any]] = []
    for one, party in here:
        notes = [standing_words(words, visit.letter, party)]
        if one.id in own.delivered:
            late = "The delivered copy can’t change, but your entry comes off this list."
            notes.append(words.say("web", late))
        asked = None
        if one.id in own.asked:
            notes += asked_words(words, visit.letter)
            asked = {"consent": keep_consent(words), "text": visit.letter.text_sha256}
        changes = own.may_change and not party.removed
        shown.append(
            {
                "id": one.id,
                "reads": party.entry,
                "said": [*filter(None, notes)],
                "asked": asked,
                "changes": changes,
            }
        )
    return visit.page(
        "mine.html",
        visit.say("My signature"),
        sealed=sealed,
        held=shown,
        waits=await approvals.waiting(visit.database, letter=visit.letter.id, person=actor.person),
        day=words.day,
        done=said,
    )


async def _change(visit: Visit, actor: Actor, act: str, endorsement: str) -> Response:
    """Show the fields of a signature, then its entry, then save it."""
    _, found = await withdrawals.held(visit.database, endorsement=endorsement, actor=actor)
    sealed, before = visit.form["token"], found.signature
    if act == "change":
        return visit.own_form(sealed, before.facts, before.capacity, change=endorsement)
    facts, capacity = visit.typed()
    made = visit.composed(facts, capacity)
    if not isinstance(made, Signature):
        return visit.own_form(sealed, facts, capacity, made, change=endorsement)
    if act == "check":
        own = {"act", "token", "endorsement"}
        given = [(name, value) for name, value in visit.form.items() if name not in own]
        given += [("endorsement", endorsement), ("read", revision(before)), ("act", "save")]
        # Whoever changes to and fro within one token saves each time; a form sent twice saves once.
        given.append(("check", secrets.token_hex(8)))
        save = visit.say("Save")
        return visit.approval(sealed, made, given=given, button=save)
    own = made if made.capacity.kind is Kind.ORGANISATION else replace(made, key=str(actor.person))
    digest = revision(own, visit.form.get("check", ""))
    request = SignRequest(
        letter=visit.letter.id,
        changes=found.id,
        read=visit.form.get("read", ""),
        actor=actor,
        signature=own,
        trigger=f"web:{visit.form['token'][-40:]}:{found.id}:{digest}",
        knows_web=True,
        knows_late=visit.letter.phase is Phase.LATE,
        source=found.source,
    )
    signed = await own_signature.change(visit.database, request)
    after = await own_signature.entry(
        visit.database, endorsement=signed.endorsement, person=actor.person
    )
    return done(visit, visit.say("Saved."), after, signed.entry)


async def _kept(visit: Visit, actor: Actor) -> Response:
    """Show what is kept about the person."""
    workspace, person = actor.workspace, actor.person
    kept = await erasure.kept_about(visit.database, workspace=workspace, person=person)
    say, column = visit.say, partial(visit.words.say, "column")
    shown = ("entry", "name", "title", "affiliation", "organisation")
    labels = {name: column(name.capitalize()) for name in shown} | {
        "withheld": column("Name"),
        "role": say("Your role"),
        "source": say("The part of your address after the @"),
        "consent": say("You agreed to"),
    }
    address = await codes.address_of(
        visit.database, keys=visit.keys, workspace=workspace, person=person
    )
    rows: list[tuple[str, list[tuple[str, str]]]] = [
        (say("Your address"), [(say("Email"), address)] if address else [])
    ]
    own = [one for one in kept.tables.get("approvals", []) if one["decided_user"] == person.user]
    for row in [*kept.tables.get("endorsements", []), *own]:
        row["source"] = row.get("source", f", {row.get('domain')}").partition(", ")[2]
        facts = [(label, str(row[name])) for name, label in labels.items() if row.get(name)]
        if row.get("answer"):
            facts.append((str(row["question"]), str(row["answer"])))
        rows.append((kept.titles.get(row["letter"], ""), facts))
    more = say("We also keep technical records, such as when emails were sent to you.")
    return visit.page(
        "said.html",
        say("What we keep about you"),
        sealed=visit.form["token"],
        kept=[one for one in rows if one[1]],
        after=(more,),
        acts=(("", say("Back")), ("delete", say("Delete everything about me"))),
    )
