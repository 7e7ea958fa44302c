"""Somebody presses Sign: the form, the yes, a change, a withdrawal."""

from bot.letters.endorsement import Capacity, Endorsement, Facts, Signature
from bot.letters.letter import Letter
from bot.letters.refusals import Refusal, Refused
from bot.letters.signature import compose
from bot.slack import signing_views as views
from bot.slack.door import Door
from bot.slack.payloads import (
    Answer,
    Caller,
    Click,
    Command,
    OpenView,
    Reply,
    Submission,
    Values,
    field_errors,
    update,
)
from bot.slack.refusing import sentence
from bot.use_cases import posting, signing


def register(door: Door) -> None:
    """Registers the story of signing."""
    door.on_click("sign")(_open)
    door.on_click("sign.capacity")(_choose_capacity)
    door.on_click("sign.more")(_more)
    door.on_click("sign.change")(_change)
    door.on_click("sign.withdraw")(_withdraw)
    door.on_submit("sign")(_submit)
    door.on_command("mine")(_mine)


async def _open(click: Click) -> None:
    """Sign on a card, in a reminder, at home or in a list: the value is `letter:posting`."""
    number, _, card = click.value.partition(":")
    caller, bot = click.caller, click.bot
    if card and click.channel:
        await posting.adopt(
            bot.database,
            workspace=bot.workspace,
            posting=card,
            channel=click.channel,
            message_ts=click.message_ts,
        )
    opening = await signing.opening(bot.database, letter=int(number), actor=caller.actor)
    more = views.capacities(opening.letter, opening.held)
    if opening.held:
        await click.show(
            views.holdings(
                caller.t,
                opening.letter,
                opening.held,
                refusal=opening.refusal,
                more=more,
                from_home=click.at_home,
            )
        )
        return
    if opening.refusal is not None:
        raise Refused(opening.refusal)
    await click.show(_first_form(caller, opening.letter, more, from_home=click.at_home))


def _first_form(
    caller: Caller, letter: Letter, offered: list[Capacity], *, from_home: bool
) -> views.View:
    facts = Facts(name=caller.name)
    capacity = offered[0]
    shown = _compose(caller, letter.text_sha256, capacity, facts, "")
    return views.form(
        caller.t,
        letter,
        offered=offered,
        capacity=capacity,
        facts=facts,
        shown=shown if isinstance(shown, Signature) else None,
        from_home=from_home,
    )


def _compose(
    caller: Caller, sha256: str, capacity: Capacity, facts: Facts, sort_name: str
) -> Signature | tuple[Refusal, ...]:
    return compose(
        caller.actor.person,
        capacity,
        facts,
        sort_name=sort_name,
        text_sha256=sha256,
        consent=views.consent_words(caller.t),
    )


async def _choose_capacity(click: Click) -> None:
    """Another capacity was chosen: other fields, what was typed stays."""
    view, caller = click.view, click.caller
    assert view is not None  # noqa: S101 - the chooser stands in a modal only
    opening = await signing.opening(
        click.bot.database, letter=view.meta["letter"], actor=caller.actor
    )
    capacity, facts = Capacity(click.value), _facts(view.values)
    if not facts.name:
        facts = Facts(name=caller.name)
    shown = _compose(caller, view.meta["sha256"], capacity, facts, "")
    await click.update(
        views.form(
            caller.t,
            opening.letter,
            offered=[Capacity(one) for one in view.meta["offered"]],
            capacity=capacity,
            facts=facts,
            shown=shown if isinstance(shown, Signature) else None,
            changes=view.meta["changes"],
            from_home=view.meta["home"],
            take=view.meta["take"] + 1,
        )
    )


def _facts(values: Values) -> Facts:
    return Facts(
        name=values.text("name"),
        title=values.text("title"),
        affiliation=values.text("affiliation"),
        organisation=values.text("organisation"),
        country=values.text("country"),
        role=values.text("role"),
        authorised="yes" in values.choices("authorised"),
    )


async def _submit(submission: Submission) -> Answer:
    """Yes: what was shown is signed; where the line has changed since, it is shown first."""
    view, caller = submission.view, submission.caller
    capacity = Capacity(view.values.choice("capacity") or view.meta["capacity"])
    facts = _facts(view.values)
    typed_sort = view.values.text("sort")
    # An untouched suggestion follows the name; one that the signer wrote stays.
    own_sort = typed_sort if typed_sort != view.meta["sort"] else ""
    made = _compose(caller, view.meta["sha256"], capacity, facts, own_sort)
    if not isinstance(made, Signature):
        return field_errors(
            {
                view.values.block(one.field or "name") or "name": sentence(caller.t, one)
                for one in made
            }
        )
    if made.line != view.meta["line"]:
        return await _show_line(submission, capacity, made)
    actor, database = caller.actor, submission.bot.database
    if view.meta["changes"]:
        signed = await signing.change(
            database,
            endorsement=view.meta["changes"],
            actor=actor,
            signature=made,
            delivery=submission.delivery,
        )
    else:
        signed = await signing.sign(
            database,
            signing.SignRequest(
                letter=view.meta["letter"],
                actor=actor,
                signature=made,
                delivery=submission.delivery,
                from_home=view.meta["home"],
            ),
        )
    opening = await signing.opening(database, letter=view.meta["letter"], actor=actor)
    changed = bool(view.meta["changes"])
    return update(views.thanks(caller.t, opening.letter, signed.line, changed=changed))


async def _show_line(submission: Submission, capacity: Capacity, made: Signature) -> Answer:
    view, caller = submission.view, submission.caller
    opening = await signing.opening(
        submission.bot.database, letter=view.meta["letter"], actor=caller.actor
    )
    first = not view.meta["line"]
    return update(
        views.form(
            caller.t,
            opening.letter,
            offered=[Capacity(one) for one in view.meta["offered"]],
            capacity=capacity,
            facts=made.facts,
            shown=made,
            changes=view.meta["changes"],
            from_home=view.meta["home"],
            take=view.meta["take"] + 1,
            wrong=caller.t("Please check how it reads, then sign.")
            if first
            else caller.t("The line has changed. Please check it once more, then sign."),
        )
    )


async def _more(click: Click) -> None:
    """Somebody who signed already signs in another capacity too."""
    caller = click.caller
    opening = await signing.opening(click.bot.database, letter=int(click.value), actor=caller.actor)
    if opening.refusal is not None:
        raise Refused(opening.refusal)
    more = views.capacities(opening.letter, opening.held)
    await click.update(_first_form(caller, opening.letter, more, from_home=_from_home(click.view)))


async def _change(click: Click) -> None:
    """The form again, filled with what was signed."""
    caller = click.caller
    letter, held = await signing.held(
        click.bot.database, endorsement=click.value, actor=caller.actor
    )
    opening = await signing.opening(click.bot.database, letter=letter.id, actor=caller.actor)
    if opening.refusal is not None:
        raise Refused(opening.refusal)
    rest = tuple(one for one in opening.held if one.id != held.id)
    await click.update(
        views.form(
            caller.t,
            opening.letter,
            offered=views.capacities(opening.letter, rest),
            capacity=held.signature.capacity,
            facts=held.signature.facts,
            shown=_again(held, opening.letter),
            changes=held.id,
            from_home=_from_home(click.view),
        )
    )


def _again(held: Endorsement, letter: Letter) -> Signature | None:
    """What was signed, to be approved again; None where the text has changed since."""
    return held.signature if held.signature.text_sha256 == letter.text_sha256 else None


async def _withdraw(click: Click) -> None:
    caller = click.caller
    line = await signing.withdraw(
        click.bot.database, endorsement=click.value, actor=caller.actor, delivery=click.delivery
    )
    if click.view is None:
        await click.whisper(caller.t("Your signature is off the list."))
    else:
        await click.update(views.withdrawn(caller.t, line))


def _from_home(view: OpenView | None) -> bool:
    return bool(view and view.meta.get("home"))


async def _mine(command: Command) -> Reply:
    caller = command.caller
    held = await signing.mine(command.bot.database, actor=caller.actor)
    return Reply(*views.my_signatures(caller.t, held))
