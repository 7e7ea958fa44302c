"""State of a letter in words, by its phase."""

from bot.features.desk.use_cases.status import Status
from bot.letters.letter import Letter, Sight
from bot.letters.people import Role
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.text.escaping import escape
from bot.slack.times import moment, span
from bot.slack.words.deadlines import closing_words, grace_words
from bot.slack.words.phases import deadline_words, standing_words
from bot.slack.words.rules import embargo_words


def standing(t: Words, status: Status, phase: Phase) -> str:
    """Describe the letter's state, deadline and embargo; `mrkdwn`."""
    said = [_standing(t, status, phase)]
    letter = status.letter
    if phase is not Phase.CANCELLED and letter.sight(Role.MEMBER, status.now) is not Sight.ALL:
        said.append(embargo_words(t, letter))
    return "\n".join(part for part in said if part)


def _standing(t: Words, status: Status, phase: Phase) -> str:
    letter = status.letter
    match phase:
        case Phase.DRAFT:
            said = t(
                "Draft. Planned deadline: {deadline}. Post it to open it for signatures.",
                deadline=deadline_words(t, letter),
            )
            return _with_grace(t, letter, said)
        case Phase.FOUNDING:
            said = t.n(
                "Open to {count} first signer until {deadline}. No one else can see it. Post "
                "it to open it to everyone.",
                "Open to {count} first signers until {deadline}. No one else can see it. Post "
                "it to open it to everyone.",
                status.first_signers,
                deadline=deadline_words(t, letter),
            )
            return _with_grace(t, letter, said)
        case Phase.OPEN:
            said = t(
                "Open until *{deadline}* – {left} left.",
                deadline=deadline_words(t, letter),
                left=escape(span(t, letter.deadline - status.now)),
            )
            return _with_grace(t, letter, said)
        case Phase.CLOSING:
            said = standing_words(t, letter, phase)
            left = escape(span(t, letter.closes_at - status.now))
            return t("{standing} {left} left.", standing=said, left=left)
        case Phase.CLOSED:
            # Its deadline may have come without anybody having written that down.
            since = letter.closed_at or letter.closes_at
            return t("*Closed* since {when}.", when=moment(t, since))
        case _:
            said = [standing_words(t, letter, phase)]
            if status.withdrawn:
                said.append(
                    t.n(
                        "{count} signer withdrew after delivery.",
                        "{count} signers withdrew after delivery.",
                        status.withdrawn,
                    )
                )
            return " ".join(said)


def _with_grace(t: Words, letter: Letter, said: str) -> str:
    """The deadline with the one at which it truly closes, and why that is another."""
    later = [closing_words(t, letter), grace_words(t, letter.grace)]
    return "\n".join([said, " ".join(part for part in later if part)]).rstrip()
