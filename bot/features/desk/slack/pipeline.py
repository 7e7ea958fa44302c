"""The pipeline of those who were asked, in a letter's status."""

from bot.features.desk.use_cases.status import Status
from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action
from bot.locales import Words
from bot.slack.text.escaping import escape
from bot.slack.times import moment
from bot.slack.words.invitations import pipeline_words
from bot.slack.words.rules import silence_words


def pipeline(t: Words, status: Status) -> str:
    """List how many invited stand in each state, under a heading; empty without invitations."""
    if not status.invitations:
        return ""
    heading = t("Invited to sign")
    phase = status.letter.phase_at(status.now)
    awaited = status.awaited if phase.is_signable else None
    words = pipeline_words(t, status.invitations, awaited)
    return f"*{escape(heading)}*\n{words}"


def answers_words(t: Words, status: Status) -> str:
    """For organisers: what was said of the last amendment that signers were asked about; `mrkdwn`."""
    answers = status.answers
    if answers is None:
        return ""
    heading = t("Text change")
    made, until = answers.amendment.made_at, answers.amendment.answer_by
    phase = status.letter.phase_at(status.now)
    can_answer = Role.MEMBER in ALLOWED[Action.KEEP][phase]
    said = [
        t.n("{count} kept", "{count} kept", answers.kept),
        t.n("{count} withdrew", "{count} withdrew", answers.withdrew),
    ]
    if answers.dropped:
        said.append(
            t.n("{count} removed (no answer)", "{count} removed (no answer)", answers.dropped)
        )
    if answers.silent:
        said.append(t.n("{count} not answered yet", "{count} not answered yet", answers.silent))
    lines = [
        f"*{escape(heading)}*, {moment(t, made)}",
        escape(
            t.n(
                "{count} signer was asked: {answers}.",
                "{count} signers were asked: {answers}.",
                answers.asked,
                answers=t(", ").join(said),
            )
        ),
    ]
    if can_answer and until is not None and until > status.now:
        rule = silence_words(t, status.letter.rules.silence)
        then = t("Signers can answer until {when}.", when=moment(t, until))
        lines.append(f"{then} {escape(rule)}")
    else:
        lines.append(escape(t("The time to answer has passed.")))
    return "\n".join(lines)
