"""A letter's status, as far as it goes by the phase: how it stands, what one would do next."""

from bot.features.desk.slack.status_progress import stop_button
from bot.features.desk.use_cases.status import Status
from bot.letters.letter import Letter, Sight
from bot.letters.people import Role
from bot.letters.phases import Phase
from bot.letters.posting import PostingState
from bot.locales import Words
from bot.slack.block_kit import Blocks, button
from bot.slack.letter_picker import command_button
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
                "Open to {count} first signers until {deadline}. No one else can see it. Post "
                "it to open it to everyone.",
                "With {count} first signers until {deadline}: nobody else sees it. Post it, and "
                "everybody can sign.",
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


def next_steps(t: Words, status: Status, phase: Phase) -> Blocks:
    """Buttons for what an organiser would do next."""
    number = status.letter.id
    signers = button(t("Who signed"), "signers", f"{number}:")
    match phase:
        case Phase.DRAFT:
            return [
                command_button(t("Post"), "post", number, style="primary"),
                command_button(t("Edit"), "edit", number),
                command_button(t("First signers"), "found", number),
                command_button(t("Organisers"), "organisers", number),
            ]
        case Phase.FOUNDING:
            return [
                command_button(t("Post"), "post", number, style="primary"),
                command_button(t("First signers"), "found", number),
                command_button(t("Close"), "close", number),
                signers,
            ]
        case Phase.OPEN | Phase.CLOSING:
            up = any(one.state is not PostingState.FAILED for one in status.postings)
            return [
                command_button(t("Remind"), "remind", number),
                *stop_button(t, status),
                command_button(t("Extend"), "extend", number),
                command_button(
                    t("Post in another channel") if up else t("Post the card"), "post", number
                ),
                command_button(t("Remove a card"), "takedown", number),
                command_button(t("Close"), "close", number),
                signers,
            ]
        case Phase.CLOSED:
            return [
                command_button(t("Deliver"), "deliver", number),
                command_button(t("Reopen"), "reopen", number),
                command_button(t("Get the letter"), "export", number),
                signers,
            ]
        case Phase.DELIVERED | Phase.LATE:
            late = t("Late signatures") if phase is Phase.DELIVERED else t("Stop late signatures")
            return [
                command_button(t("Delivered copy"), "delivered", number),
                command_button(late, "late", number),
                command_button(t("Get the letter"), "export", number),
                signers,
            ]
        case Phase.CANCELLED:
            return []


def hint(t: Words, status: Status, phase: Phase) -> str:
    """Suggest what else can be done; `mrkdwn`."""
    number = status.letter.id
    match phase:
        case Phase.DRAFT:
            return ""
        case Phase.FOUNDING:
            return t("To cancel the letter: `/letter cancel #{number}`.", number=number)
        case Phase.OPEN | Phase.CLOSING:
            return t(
                "To list a convener first: `/letter pin #{number} NAME`. To cancel the letter: "
                "`/letter cancel #{number}`.",
                number=number,
            )
        case Phase.DELIVERED | Phase.LATE:
            return t(
                "To get the delivered list as a file, ask the person who runs Undersigned.",
                number=number,
            )
        case _:
            return t(
                "To get the list as a file, ask the person who runs Undersigned.",
                number=number,
            )
