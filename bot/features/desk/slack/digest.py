"""The morning digest, as a direct message: letters with news, and what requires attention."""

from datetime import date, timedelta

from bot.features.desk.slack.home_view import needs_blocks, own_words
from bot.features.desk.use_cases import digest
from bot.features.desk.use_cases.digest import Digest, News
from bot.letters.notices import NoticeKind
from bot.locales import Words
from bot.slack.api_errors import personal_advice
from bot.slack.block_kit import Blocks, Message, of_row, section
from bot.slack.features import Envelope, Features
from bot.slack.page_parts import and_more
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape
from bot.slack.topic_messages import MOST
from bot.slack.windows import Part, Place, part_button
from bot.slack.words.phases import title_line

MOST_LETTERS = 12


def register(features: Features) -> None:
    """Register the message, and the job that queues it."""
    features.on_message(NoticeKind.DIGEST, _read, message)
    features.every(timedelta(minutes=1), "digest", lambda bot: digest.plan(bot.database))


async def _read(envelope: Envelope) -> Digest | None:
    return await digest.digest(
        envelope.database,
        workspace=str(envelope.subject["workspace"]),
        person=envelope.person,
        day=date.fromisoformat(str(envelope.subject["day"])),
    )


def message(t: Words, found: Digest) -> Message:
    """Return the digest: each letter's state, its changes, and what requires attention."""
    first = t("Since yesterday morning")
    blocks: Blocks = [section(f"*{escape(first)}*")]
    said = [escape(first)]
    for number, news in enumerate(found.news[:MOST_LETTERS]):
        letter = news.own.letter
        words = f"{title_line(letter)}\n{own_words(t, news.own)}\n{_news_words(t, news)}"
        opens = part_button(t("Open"), Place(letter=letter.id, part=Part.OVERVIEW))
        pressed = of_row(opens, f"#{letter.id} {letter.title}")
        blocks.append(section(clip(words, TEXT_LIMIT), f"news.{number}", pressed))
        said.append(words)
    blocks += and_more(t, len(found.news) - MOST_LETTERS)
    if needed := needs_blocks(t, found.needs):
        blocks += [{"type": "divider"}, *needed]
    return clip("\n\n".join(said), MOST), blocks


def _news_words(t: Words, news: News) -> str:
    happened: list[str] = []
    if news.came:
        happened.append(t.n("{count} new on the list", "{count} new on the list", news.came))
    if news.left:
        happened.append(t.n("{count} left the list", "{count} left the list", news.left))
    if answered := news.answered + news.accepted + news.declined:
        happened.append(t.n("{count} answered", "{count} answered", answered))
    if news.changes:
        happened.append(
            t.n(
                "{count} change by other organisers",
                "{count} changes by other organisers",
                news.changes,
            )
        )
    lines = [" · ".join(happened)]
    for error, count in sorted(news.missed.items()):
        said = t.n(
            ":warning: {count} message couldn’t be sent.",
            ":warning: {count} messages couldn’t be sent.",
            count,
        )
        lines.append(f"{said} {personal_advice(t, error)}")
    return "\n".join(lines).strip()
