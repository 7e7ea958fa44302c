"""Handlers for an organiser's correction of an entry, and for the signer's answer."""

from bot.features.corrections import rules
from bot.features.corrections import use_cases as corrections
from bot.features.corrections.slack import views
from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.notices import SignatureTopic
from bot.letters.phases import Action
from bot.letters.signatory import Signatory
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, View, actions, button, context, section
from bot.slack.entry_form import typed_facts
from bot.slack.features import Edited, Envelope, Features, RowAct
from bot.slack.letter_picker import draws_part
from bot.slack.page_parts import shows
from bot.slack.payloads import Answer, Click, Command, Submission, update
from bot.slack.text.escaping import clip, escape, isolate, plain
from bot.slack.which_signatory import for_named
from bot.slack.windows import Part, may


def register(features: Features) -> None:
    """Register `/letter correct`, and the signer's buttons."""
    # Without a name, the signers are shown to choose from.
    signers = draws_part(features, Part.SIGNERS)
    row = RowAct(
        label=lambda t: t("Correct entry"),
        offered=lambda letter, party: may(letter, Action.CORRECT) and not party.withheld,
        act=_correct_row,
    )
    features.on_command("correct", for_named(Action.CORRECT, _named, "correct.this", signers))
    features.on_row("correct", row)
    features.on_click("correct.this", _this)
    features.on_click("correct.again", _again)
    features.on_click("correct.accept", lambda click: _answer(click, yes=True))
    features.on_click("correct.decline", lambda click: _answer(click, yes=False))
    features.on_submit("correct", _submit)
    features.on_click("correct.yes", _yes)
    features.on_click("correct.undo", shows(_undo))

    async def asked(envelope: Envelope) -> tuple[Letter, rules.Correction] | None:
        return await corrections.asked(
            envelope.database, correction=envelope.facts["correction"], person=envelope.person
        )

    async def stands(envelope: Envelope) -> tuple[Letter, rules.Correction, bool] | None:
        return await corrections.standing(
            envelope.database, correction=envelope.facts["correction"], person=envelope.person
        )

    def edited(t: Words, found: tuple[Letter, rules.Correction, bool]) -> Edited:
        letter, this, waits = found
        return Edited((message if waits else answered)(t, letter, this), last=not waits)

    for topic in (SignatureTopic.ASKED_TO_CORRECT, SignatureTopic.CORRECTED):
        features.on_message(topic, asked, lambda t, found: message(t, *found))
    features.on_edit(SignatureTopic.ASKED_TO_CORRECT, stands, edited)


async def _named(command: Command, letter: Letter, name: str) -> View:
    entry = await corrections.named(
        command.database, letter=letter.id, actor=command.actor, name=name
    )
    return views.form(command.t, entry)


async def _this(click: Click) -> None:
    _, _, endorsement = click.value.partition(":")
    entry = await corrections.entry(click.database, endorsement=endorsement, actor=click.actor)
    await click.update(views.form(click.t, entry))


async def _correct_row(click: Click, party: Signatory) -> str:
    entry = await corrections.entry(click.database, endorsement=party.speaker, actor=click.actor)
    await click.show(views.form(click.t, entry))
    return ""


async def _submit(submission: Submission) -> Answer:
    view = submission.view
    memory, sort_name = views.Correcting.of(view), view.values.text("sort")
    looked = await corrections.look(
        submission.database,
        endorsement=memory.endorsement,
        actor=submission.actor,
        facts=typed_facts(view.values, memory.language),
        # A suggested sort name that was left alone follows the name; a typed one stays.
        sort_name=sort_name if sort_name != memory.suggested else "",
    )
    asks = view.values.choice("how") != views.MAKE
    return update(views.look(submission.t, looked, asks=asks, read=memory.read))


async def _again(click: Click) -> None:
    memory = views.Corrected.of(click.modal)
    entry = await corrections.entry(
        click.database, endorsement=memory.endorsement, actor=click.actor
    )
    await click.update(
        views.form(
            click.t,
            entry,
            memory.facts,
            sort_name=memory.sort_name,
            asks=memory.asks,
            read=memory.read,
        )
    )


async def _yes(click: Click) -> None:
    memory = views.Corrected.of(click.modal)
    correction = await corrections.correct(
        click.database,
        endorsement=memory.endorsement,
        actor=click.actor,
        facts=memory.facts,
        sort_name=memory.sort_name,
        asks=memory.asks,
        read=memory.read,
        trigger=click.trigger,
    )
    await click.update(views.done(click.t, correction))


async def _answer(click: Click, *, yes: bool) -> None:
    correction = await corrections.answer(
        click.database, correction=click.value, actor=click.actor, yes=yes, trigger=click.trigger
    )
    letter = await click.allowed(correction.letter, Action.READ)
    await click.rewrite(*answered(click.t, letter, correction))
    await click.says_what_happened(letter.id)


async def _undo(click: Click) -> View:
    """Return the preview of the entry as it was before a correction."""
    looked, asks = await corrections.look_back(
        click.database, correction=click.value, actor=click.actor
    )
    read = revision(looked.entry.endorsement.signature)
    return views.look(click.t, looked, asks=asks, read=read)


def message(t: Words, letter: Letter, correction: rules.Correction) -> Message:
    """Return the message that asks a signer about a correction, or informs them of one."""
    title = escape(isolate(letter.title))
    if correction.answer is None:
        said = t(
            "An organiser of *{title}* suggests a correction to how you’re listed. Nothing "
            "changes unless you agree.",
            title=title,
        )
        steps = [
            button(t("Yes, change it"), "correct.accept", correction.id, style="primary"),
            button(t("No, keep it"), "correct.decline", correction.id),
        ]
    else:
        said = t(
            "An organiser of *{title}* corrected how you’re listed. If that’s wrong, press *My "
            "signature*.",
            title=title,
        )
        steps = [button(t("My signature"), "sign", f"{letter.id}:")]
    old, new = isolate(correction.old), isolate(correction.entry)
    blocks: Blocks = [
        section(said),
        context(escape(t("Before:"))),
        {"type": "section", "text": plain(old)},
        context(escape(t("After:"))),
        {"type": "section", "text": plain(new)},
        actions(*steps),
    ]
    both = f"{t('Before:')} {escape(old)} {t('After:')} {escape(new)}"
    return clip(f"{said} {both}", 3900), blocks


def answered(t: Words, letter: Letter, correction: rules.Correction) -> Message:
    """Return the message that replaces the question after its answer."""
    title = escape(isolate(letter.title))
    if correction.answer not in {rules.Answer.YES, rules.Answer.NO}:
        over = f"*{title}*\n{t('This request is no longer open.')}"
        return over, [section(over)]
    entry = correction.entry if correction.answer is rules.Answer.YES else correction.old
    said = t("On *{title}*, you’re listed as:", title=title)
    blocks: Blocks = [
        section(f":white_check_mark: {said}"),
        {"type": "section", "text": plain(isolate(entry))},
    ]
    return clip(f"{said} {escape(isolate(entry))}", 3900), blocks
