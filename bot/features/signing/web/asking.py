"""Mails that nobody waits for: invitations, reminders of them, and news for those who signed."""

from bot.documents import phrases
from bot.documents.paper_words import PaperWords
from bot.features.delivery.use_cases import updates
from bot.features.invitations.use_cases import answers
from bot.features.reminders.use_cases import reminders
from bot.features.signing.web.messages import framed
from bot.features.signing.web.words import sentence
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
    features.on_mail(NoticeKind.NEWS, _news, _write_news)


async def _invited(envelope: Envelope) -> _Asked | NotNow | None:
    letter, person = envelope.subject["letter"], envelope.person
    found = await answers.first(envelope.database, letter=letter, person=person)
    return found if isinstance(found, NotNow) else _with_page(envelope, found)


async def _reminded(envelope: Envelope) -> _Asked | NotNow | None:
    subject, database, person = envelope.subject, envelope.database, envelope.person
    due = await reminders.due_now(
        database, letter=subject["letter"], person=person, step=subject["step"]
    )
    if not isinstance(due, Letter):
        return due
    return _with_page(envelope, await answers.to_remind(database, letter=due.id, person=person))


def _with_page(envelope: Envelope, found: answers.Addressee | None) -> _Asked | None:
    if found is None or found.letter.rules.page is PublicPage.OFF:
        return None
    return envelope, found


async def _news(envelope: Envelope) -> tuple[Envelope, Letter] | NotNow | None:
    subject, person = envelope.subject, envelope.person
    found = await updates.told(
        envelope.database, letter=subject["letter"], number=subject["number"], person=person
    )
    return (envelope, found) if isinstance(found, Letter) else found


def _write_news(language: str, told: tuple[Envelope, Letter]) -> Mail:
    (envelope, letter), words = told, PaperWords(language)
    own = letter.news if envelope.subject["number"] == updates.UPDATE else letter.told_words
    return _mail(words, envelope, letter, "news", [own], "end")


def write(language: str, asked: _Asked) -> Mail:
    """Return a mail that asks somebody to sign, and says why they get it and how to end it."""
    (envelope, addressee), words = asked, PaperWords(language)
    letter, first = addressee.letter, addressee.invitations[0]
    reminds = envelope.subject["kind"] == NoticeKind.REMINDER
    own = str(envelope.subject.get("words", "")) or first.words
    closes = words.local_day(letter.deadline, letter.tz)
    of, name = ("organisation", first.organisation) if first.organisation else ("person", "")
    until = words.day(day_of(first.until)) if first.until else ""
    on_page = letter.rules.page is PublicPage.SIGNING
    said = [
        sentence(words, f"asked/{of}", organisation=f"\u2068{name}\u2069"),
        f"“\u2068{own}\u2069”" if own else "",
        letter.summary,
        sentence(words, "asked/until", day=closes),
        sentence(words, "asked/approval", day=until) if until else "",
        sentence(words, "asked/sign" if on_page else "asked/write"),
        sentence(words, "asked/why"),
    ]
    about, ends = ("reminder", "end") if reminds else ("invited", "")
    return _mail(words, envelope, letter, about, said, ends)


def _mail(
    words: PaperWords, envelope: Envelope, letter: Letter, about: str, said: list[str], ends: str
) -> Mail:
    """Return a mail with a link to the letter, and one that `ends` such mails, unless that is ""."""
    root, tail = f"{envelope.public_url}{letter.page_path}", f"?lang={words.language}"
    has_page = letter.rules.page is not PublicPage.OFF
    stop = (sentence(words, ends), f"{root}/stop/{envelope.person.user}/{tail}") if ends else None
    link = (phrases.read_words(words), f"{root}/{tail}") if has_page else None
    return framed(words, envelope, letter, about, said, link=link, end=stop, unsubscribe=True)
