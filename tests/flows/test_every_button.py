"""Everything that an organiser, a signer and a guest can press does something that they see."""

import json
from collections.abc import Awaitable, Callable

import pytest

from bot.demo import cast
from bot.doctor.screens import SCREENS
from bot.slack.features import Features
from bot.slack.models.shapes import OpenView
from tests.flows.conftest import RunningBot
from tests.flows.operators.test_statements import clicks_only
from tests.support.crawl.crawler import KINDS, Crawler, Found, watch
from tests.support.scenes.coalition import LETTERS, a_coalition

PAGES = "a page that is turned, where everything here fits on one"
ONE_OF_TWO = "of two answers to one question, or two ends of one entry, the other was given"
ON_PAPER = "only for what was collected outside Slack"
SEVERAL = "asks which of several entries of one name is meant"
BY_MAIL = "only where mails are set up, which test_approvals.py does"
HEADINGS = "only where the organisers gave the list headings of their own"
NEWS = "in a message that is sent at another time: see test_updates.py"
NOT_REACHED: dict[str, dict[str, str]] = {
    "clicks": {
        "amend.edit": ONE_OF_TWO,
        "amend.page": PAGES,
        "amend.undo": "only after a small fix, which is undone in test_undoing.py",
        "changes.page": PAGES,
        "correct.again": ONE_OF_TWO,
        "correct.off": ON_PAPER,
        "correct.this": SEVERAL,
        "correct.undo": "only after a correction, which is undone in test_undoing.py",
        "document": NEWS,
        "group": HEADINGS,
        "holdings.page": PAGES,
        "invite.again": "only for a letter that was started from another",
        "invitations.mail": "only where mails are set up, which test_inviting_by_mail.py does",
        "invitations.remove": ONE_OF_TWO,
        "merges.undo": "merged entries are listed without it after a delivery",
        "object.this": SEVERAL,
        "objection": ONE_OF_TWO,
        "organisations.accept": "for a person whose name reads like an organisation",
        "organisations.domain": "only for signatures from a letter's page on the web",
        "organisations.same": "only for signatures from a letter's page on the web",
        "pairs.choice": "asks which of more than two similar entries are the same",
        "pin.this": SEVERAL,
        "draft.undo": "only for a letter that was pasted from a mail",
        "remind.never": NEWS,
        "remind.resume": ONE_OF_TWO,
        "removals.restore": ONE_OF_TWO,
        "sign.another": "asks whether a similar name means the same organisation",
        **dict.fromkeys(("approval.end", "sign.ask", "sign.mail"), BY_MAIL),
        "sign.instead": "asks whether a name means an organisation",
        "sign.mean": "asks whether a similar name means the same organisation",
        "sign.name": "only for somebody who withheld their name, which few letters allow",
        "sign.quick": "only in a rush: see tests/flows/test_sign_in_a_rush.py",
        "signatures.restore": ONE_OF_TWO,
        "signers.first": PAGES,
        "signers.page": PAGES,
    },
    "rows": {
        "group": HEADINGS,
        "restore": "an entry that was removed is off the list of rows",
    },
}
"""The parts of the registry that the crawl does not reach, and why."""
UNSEEN: dict[tuple[str, str], str] = {
    ("", "Correct an entry"): ONE_OF_TWO,
    ("", "Choose a heading"): HEADINGS,
    ("", "Share link"): "only where letters have pages on the web",
    ("invite", "Send by email"): "only where mails are set up, which test_inviting_by_mail.py does",
    ("", "Text changed"): ONE_OF_TWO,
    ("", "What we keep"): "for who is known by nothing",
    ("", "Your signature"): ONE_OF_TWO,
    ("sign.approve", "Your signature"): ONE_OF_TWO,
    ("sign.mean", "How are you signing?"): "asks whether a name means an organisation",
    ("sign.mean", "Is it the same?"): "asks whether a similar name means the same organisation",
    ("which", "Which one?"): SEVERAL,
}
"""The modals that the crawl does not see, by callback id and title, and why."""


async def everything(one: Crawler) -> None:
    """Begin wherever a person can begin."""
    await one.messages("app")
    await one.messages(cast.OPEN_INTERNET)
    await one.home()
    typed = ["", *one.words, "sign #1", "read #3", "object #1 Lantern Collective", "object #4 Cent"]
    if one.user == cast.ORGANISER:
        typed += ["pin #4 Cent", "correct #4 Cent", "signers #10", "edit #2", "amend #10", "stauts"]
        words = ("status", "settings", "remove", "invitations", "history", "alike")
        typed += [f"{word} #{number}" for number in range(1, LETTERS + 1) for word in words]
    for words in typed:
        await one.command(cast.OPEN_INTERNET, f"/letter {words}")
    for name in ("my_letters", "start_letter"):
        await one.shortcut(name)
    await one.message_shortcut("make_letter", cast.OPEN_INTERNET)
    await one.finish()


async def crawl(
    bot: RunningBot,
    *users: str,
    begin: Callable[[Crawler], Awaitable[None]] = everything,
    broken: str = "",
) -> tuple[Found, Features]:
    """Let people press everything, perhaps with one handler taken out."""
    found = Found()
    async with clicks_only(bot) as process:
        await a_coalition(bot, process)
        process.features.clicks.pop(broken, None)
        watch(process.features, found)
        for user in users:
            await begin(Crawler(bot, process, user, found, backwards=user != cast.GUEST))
        return found, process.features


async def test_every_button(stopped_bot: RunningBot) -> None:
    """Each button, menu and form of the registry has a visible effect, and none logs an error."""
    found, features = await crawl(stopped_bot, cast.GUEST, cast.JUNIPER, cast.ORGANISER)

    assert not found.faults
    registered = {(kind, str(name)) for kind in KINDS for name in getattr(features, kind)}
    named = {(kind, name) for kind, names in NOT_REACHED.items() for name in names}
    assert sorted(registered - found.handled - named) == []
    assert sorted(named - (registered - found.handled)) == []
    drawn = (one["what"] for one in json.loads(SCREENS.read_text()) if "en-US" in one["name"])
    modals = {
        (view.get("callback_id", ""), view["title"]["text"])
        for view in drawn
        # The titles of some samples are made up too.
        if view.get("type") == "modal" and "<" not in f"{view.get('callback_id')}{view['title']}"
    }
    assert sorted(modals - found.views - set(UNSEEN)) == []
    assert sorted(set(UNSEEN) - (modals - found.views)) == []


async def from_all_letters(one: Crawler) -> None:
    """Read, sign and ask about privacy: four windows above each other."""
    await one.command(cast.OPEN_INTERNET, "/letter")
    await one.finish()


async def test_fourth_window(stopped_bot: RunningBot) -> None:
    """A fourth window takes the third's place, with a way back."""
    found, _ = await crawl(stopped_bot, cast.GUEST, begin=from_all_letters)

    assert not found.faults
    assert ("clicks", "back") in found.handled


async def test_fourth_window_pushed(
    stopped_bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The crawl finds a fourth window that is pushed."""
    monkeypatch.setattr(OpenView, "is_third", False)
    found, _ = await crawl(stopped_bot, cast.GUEST, begin=from_all_letters)

    assert any("push_limit_reached" in fault for fault in found.faults)


async def test_dead_button(stopped_bot: RunningBot) -> None:
    """The crawl finds a button without a handler."""
    found, _ = await crawl(stopped_bot, cast.GUEST, begin=from_all_letters, broken="read")

    [fault] = found.faults
    assert "Read letter (read): no visible effect" in fault
