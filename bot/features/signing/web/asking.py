"""Mails that ask people to sign: invitations, and reminders of them."""

from bot.documents import phrases
from bot.documents.paper_words import PaperWords
from bot.features.invitations.use_cases import answers
from bot.features.reminders.use_cases import reminders
from bot.features.signing.web.words import read_words, sentence
from bot.letters.deadlines import zone_of
from bot.letters.invitation import day_of
from bot.letters.letter import Letter
from bot.letters.mail import Mail
from bot.letters.notices import NoticeKind
from bot.letters.rules import PublicPage
from bot.letters.send_windows import NotNow
from bot.slack.features import Envelope, Features

_Asked = tuple[Envelope, answers.Addressee]


def register(features: Features) -> None:
    """Register the mails."""
    features.on_mail(NoticeKind.INVITATION, _invited, write)
    features.on_mail(NoticeKind.REMINDER, _reminded, write)


async def _invited(envelope: Envelope) -> _Asked | None:
    letter, person = envelope.subject["letter"], envelope.person
    found = await answers.first(envelope.database, letter=letter, person=person)
    return _with_page(envelope, found)


async def _reminded(envelope: Envelope) -> _Asked | NotNow | None:
    subject, database, person = envelope.subject, envelope.database, envelope.person
    due = await reminders.due_now(
        database, letter=subject["letter"], person=person, step=subject["step"]
    )
    if not isinstance(due, Letter):
        return due
    return _with_page(envelope, await answers.to_remind(database, letter=due.id, person=person))


def _with_page(envelope: Envelope, found: answers.Addressee | None) -> _Asked | None:
    # Its links would lead nowhere.
    if found is None or found.letter.rules.page is PublicPage.OFF:
        return None
    return envelope, found


def write(language: str, asked: _Asked) -> Mail:
    """Return a mail that asks somebody to sign, and says why they get it and how to end it."""
    (envelope, addressee), words = asked, PaperWords(language)
    letter, first = addressee.letter, addressee.invitations[0]
    reminds = envelope.subject["kind"] == NoticeKind.REMINDER
    own = str(envelope.subject.get("words", "")) or first.words
    title = f"\u2068{letter.title}\u2069"
    who = f"\u2068{letter.sender or sentence(words, 'asked/organisers')}\u2069"
    subject, opening = read_words("mails.txt")["reminder" if reminds else "invited"].split(" | ")
    closes = words.day(letter.deadline.astimezone(zone_of(letter.tz)).date())
    of, name = ("organisation", first.organisation) if first.organisation else ("person", "")
    said = [
        words.say("web", opening, title=title, who=who),
        sentence(words, f"asked/{of}", organisation=f"\u2068{name}\u2069"),
        f"“\u2068{own}\u2069”" if own else "",
        letter.summary,
        sentence(words, "asked/until", day=closes),
        sentence(words, "asked/approval", day=words.day(day_of(first.until)))
        if first.until
        else "",
        sentence(words, "asked/sign" if letter.rules.page is PublicPage.SIGNING else "asked/write"),
        sentence(words, "asked/why"),
    ]
    root, tail = f"{envelope.public_url}{letter.page_path}", f"?lang={language}"
    stop = f"{root}/stop/{envelope.person.user}/{tail}"
    return Mail(
        subject=words.say("web", subject, title=title),
        paragraphs=tuple(one for one in said if one),
        link=(phrases.read_words(words), f"{root}/{tail}"),
        end=(sentence(words, "stop"), stop) if reminds else None,
        foot=tuple(
            phrases.foot_words(words, responsible=letter.responsible, contact=envelope.contact)
        ),
        never=words.say("web", "Never write to this address again"),
        unsubscribe=True,
    )
