"""Objecting on the web to an organisation's signature."""

from collections import defaultdict

from starlette.responses import Response

from bot.features.organisations.use_cases import matches, standing
from bot.features.signing.web.visits import Visit
from bot.features.signing.web.words import refusal_words, sentence
from bot.letters.letter import Sight
from bot.letters.people import Actor
from bot.letters.refusals import Reason, Refusal, Refused
from bot.letters.standing import Standing


async def object_to(visit: Visit, actor: Actor) -> Response:
    """Show the form for an objection, or send it; the token proves whose it is."""
    said, wrong = defaultdict(str, visit.form), dict[str, str]()
    token, is_shown = said["token"], visit.letter.web_sight(visit.now) is Sight.ALL
    if said["act"] == "objected":
        try:
            signed = await matches.named(
                visit.database, letter=visit.letter.id, actor=actor, name=said["organisation"]
            )
            party = await standing.object_to(
                visit.database,
                signatory=signed.party.id,
                actor=actor,
                **{name: said[name] for name in ("name", "role", "reason")},
                read=signed.read,
                trigger=f"web:{token[-40:]}:{signed.party.id}",
            )
        except Refused as refused:
            refusal = refused.refusal
            if refusal.reason is Reason.NO_SUCH_SIGNATORY and not is_shown:
                refusal = Refusal(Reason.UNDER_EMBARGO)
            wrong = {refusal.field or "organisation": refusal_words(visit.words, refusal)}
        else:
            is_off = party.standing is Standing.DISPUTED
            then = sentence(visit.words, "disputed" if is_off else "objection/stays")
            told = visit.say("We’ll tell you by email what they decide.")
            thanks = visit.say("Thank you. The organisers have your objection.")
            return visit.page("said.html", thanks, reads=party.entry, after=(then, told))
    status, title = 422 if wrong else 200, visit.say("Object to an entry")
    how = visit.say("Write it as it appears on the list.") if is_shown else ""
    more = {"sealed": token, "typed": said, "how": how}
    return visit.page("object.html", title, status, wrong=wrong, **more)
