"""The time to answer a text change: the form that lets it end earlier."""

from datetime import datetime
from typing import Any

from bot.features.amendments.use_cases import amendments
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.locales import Words
from bot.slack.block_kit import Blocks, field_block, modal, section
from bot.slack.features import Features
from bot.slack.letter_picker import choose
from bot.slack.page_parts import done_view
from bot.slack.payloads import Answer, Command, Reply, Submission, field_errors, remember, update
from bot.slack.text.escaping import escape, isolate
from bot.slack.times import moment


def register(features: Features) -> None:
    """Register `/letter answers`."""
    features.on_command("answers", _answers)
    features.on_submit("answers", _bring_forward)


async def _answers(command: Command) -> Reply | None:
    letter = await choose(command, Action.AMEND)
    if isinstance(letter, Reply):
        return letter
    if letter.answer_by is None:
        raise Refused.because(Reason.NO_ANSWERS_OPEN)
    await command.open(form(command.caller.t, letter, letter.answer_by))
    return None


def form(t: Words, letter: Letter, answer_by: datetime) -> dict[str, Any]:
    """Return the form that asks for an earlier time."""
    picker: dict[str, Any] = {
        "type": "datetimepicker",
        "action_id": "value",
        "initial_date_time": int(answer_by.timestamp()),
    }
    blocks: Blocks = [
        section(
            t(
                "Signers of *{title}* can answer until {when}.",
                title=escape(isolate(letter.title)),
                when=moment(t, answer_by),
            )
        ),
        field_block(
            "answer_by",
            t("Answer by"),
            picker,
            hint=t("Earlier than now set, and at least one day from now. We’ll tell them."),
        ),
    ]
    return modal(
        t("Time to answer"),
        blocks,
        close=t("Never mind"),
        submit=t("Save"),
        callback="answers",
        meta=remember(letter=letter.id),
    )


async def _bring_forward(submission: Submission) -> Answer:
    caller, view = submission.caller, submission.view
    t, answer_by = caller.t, view.values.moment("answer_by")
    if answer_by is None:
        return field_errors({"answer_by": t("Choose a date and time.")})
    letter, told = await amendments.bring_forward(
        submission.bot.database,
        letter=int(view.meta["letter"]),
        actor=caller.actor,
        answer_by=answer_by,
        delivery=submission.delivery,
    )
    said = t(
        ":white_check_mark: Signers of *{title}* can now answer until {when}.",
        title=escape(isolate(letter.title)),
        when=moment(t, answer_by),
    )
    return update(
        done_view(
            t, said, t.n("We’re telling {count} person.", "We’re telling {count} people.", told)
        )
    )
