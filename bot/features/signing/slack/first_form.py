"""The Sign form as it opens: on an invitation's organisation, on what was kept, or empty."""

from collections.abc import Sequence
from dataclasses import replace

from bot.features.signing.slack import form as views
from bot.features.signing.slack.delegates import nothing_alike
from bot.features.signing.slack.submission import composed
from bot.features.signing.use_cases import signatures
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.letter import Letter
from bot.slack.block_kit import View
from bot.slack.entry_form import identification_note
from bot.slack.payloads import Caller, Click, Command


async def first_form(
    asked: Click | Command, opening: signatures.Opening, *, from_home: bool, url: str = ""
) -> View:
    """Return the form for somebody who may sign: with what they kept, or their name alone."""
    caller, letter = asked.caller, opening.letter
    offered = views.capacities(letter, opening.held)
    kept = opening.remembered
    if kept is None or kept.capacity not in offered:
        signing_now = signing(letter, offered, offered[0], from_home=from_home, url=url)
        return shown_form(caller, letter, signing_now, Facts(name=caller.name))
    signing_now = signing(letter, offered, kept.capacity, from_home=from_home, url=url)
    # In the letter's own language.
    note = identification_note(letter.language) if kept.facts.note else ""
    typed = replace(kept.facts, note=note)
    return await _filled(
        asked, letter, replace(signing_now, remembered=True), typed, kept.sort_name
    )


async def invited_form(
    asked: Click | Command, opening: signatures.Opening, *, from_home: bool, url: str = ""
) -> View | None:
    """Return the form on the organisation whose invitation it was opened from; None without one."""
    invitation, letter = opening.invited, opening.letter
    offered = views.capacities(letter, opening.held)
    cannot = opening.refusal is not None or Capacity.ORGANISATION not in offered
    if invitation is None or cannot:
        return None
    signing_now = signing(letter, offered, Capacity.ORGANISATION, from_home=from_home, url=url)
    signing_now = replace(signing_now, invited=invitation.id)
    return await _filled(asked, letter, signing_now, invited_facts(invitation, asked.caller.name))


async def _filled(
    asked: Click | Command,
    letter: Letter,
    signing_now: views.Signing,
    typed: Facts,
    sort_name: str = "",
) -> View:
    made = composed(asked.caller, signing_now, typed, sort_name)
    # Another with its name is asked about before the entry is shown for a yes.
    shown = made if isinstance(made, Signature) else None
    if shown is not None and shown.capacity is Capacity.ORGANISATION:
        shown = shown if await nothing_alike(asked, signing_now, shown) else None
    return views.form(asked.caller.t, letter, signing_now, typed, shown)


def invited_facts(invitation: signatures.Invitation, name: str) -> Facts:
    """Return what an invitation says of the organisation, to fill in."""
    return Facts(
        name=name,
        organisation=invitation.organisation,
        country=invitation.country,
        authorised=True,
    )


def signing(
    letter: Letter, offered: Sequence[Capacity], chosen: Capacity, *, from_home: bool, url: str
) -> views.Signing:
    """Return a signing that begins."""
    return views.Signing(
        letter=letter.id,
        text_sha256=letter.text_sha256,
        language=letter.language,
        offered=tuple(offered),
        capacity=chosen,
        from_home=from_home,
        url=url,
    )


def shown_form(caller: Caller, letter: Letter, signing_now: views.Signing, typed: Facts) -> View:
    """Return the form with what is typed, and the entry where it can be signed as it is."""
    made = composed(caller, signing_now, typed)
    # With a title or an organisation there is more to type, so that nothing is signed here yet.
    alone = signing_now.capacity is Capacity.INDIVIDUAL
    shown = made if alone and isinstance(made, Signature) else None
    return views.form(caller.t, letter, signing_now, typed, shown)
