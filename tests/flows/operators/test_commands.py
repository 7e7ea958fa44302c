"""The command line: letters come in and go out, and what is wrong is one line."""

import asyncio
import shlex
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.flows.conftest import RunningBot
from tests.support.commands import undersigned, undersigned_in
from tests.support.exporting import stretches
from tests.support.scenes.published import LETTERS, Published
from tests.support.simulator import Simulator
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for


def settings_of(bot: RunningBot) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": Simulator.bot_token,
        "SLACK_API_URL": bot.simulator.api_url,
        "DATABASE_URL": bot.settings.database_url,
    }


@pytest.mark.parametrize("letter", LETTERS, ids=str)
async def test_import_the_published_letter(stopped_bot: RunningBot, letter: Published) -> None:
    """A letter of over 4,000 characters comes in from a file, whole; its number is the last line."""
    file = letter.markdown

    done = await undersigned(
        "letters", "import", str(file), "--organiser", "U0ORGANISER", **settings_of(stopped_bot)
    )

    assert done.code == 0, done.err
    number = int(done.out.splitlines()[-1])
    async with Database(stopped_bot.settings.database_url) as database:
        (export,) = await stretches(database, number)
    assert export.letter.title == letter.title
    words = file.read_text().partition("\n")[2].split()
    assert export.body.split() == words


async def test_import_with_names(running_bot: RunningBot, tmp_path: Path) -> None:
    """Names at the end and a past date are left out, a title is taken once; a command adds names."""
    await running_bot.at(datetime.now(UTC) + timedelta(minutes=5))
    settings, file = settings_of(running_bot), tmp_path / "a letter.md"
    names = ["Bookends House", "Centre for Lending", "CityShelf Institute", "Vera Inkwell, Pioneer"]
    text = "Dear Minister,\n\nPlease keep libraries open on Sundays, as people are free to read.\n"
    head = "---\ntitle: Keep it open\ndate: 2019-12-09\n---\n# Keep it open\n"
    file.write_text("\n".join([head, text, "Signatories:\n", *names, ""]))
    done = await undersigned("letters", "import", str(file), *BY, **settings)
    said, number = done.out.splitlines()[0], done.out.split()[-1]
    assert "Left out: the date 2019-12-09" in done.err
    (export,) = await stretches(running_bot.process.database, int(number))
    assert export.body == text
    await undersigned("letters", "post", number, "--channel", "C0OPENINTERNET", **settings)
    words = shlex.split(said.partition(": undersigned ")[2])
    added = await undersigned(*words, "--yes", **settings)
    assert "Added: 4" in added.out, added.err


async def test_import_and_post(running_bot: RunningBot, tmp_path: Path) -> None:
    """An imported letter is posted in Slack by its organiser, or from the command line."""
    file = tmp_path / "letter.md"
    file.write_text("# Keep it open\n\nPlease keep it open.\n")
    # The command goes by the machine's clock; the bot of this test must not live before it.
    await running_bot.at(datetime.now(UTC) + timedelta(minutes=5))
    settings = settings_of(running_bot)

    done = await undersigned(
        "letters", "import", str(file), "--organiser", "U0ORGANISER", "--goal", "5", **settings
    )
    number = done.out.split()[-1]
    posted = await undersigned("letters", "post", number, "--channel", "C0OPENINTERNET", **settings)

    assert posted.code == 0, posted.err
    await running_bot.member.sees("Keep it open", channel=CHANNEL)


@pytest.mark.parametrize(
    ("text", "organiser", "said"),
    [
        (b"# Title\n\nBody", "U0GUEST", "Only full members"),
        (b"# Title\n\nBody", "U0NOBODY", "Slack doesn't know user U0NOBODY"),
        (b"# Title\n\nBody", "U0LEFT", "Only full members"),
        (b"# Title\n\nBody", "U0OTHERBOT", "Only full members"),
        (b"Body", "U0ORGANISER", "give --title"),
        (b"", "U0ORGANISER", "Please fill this in"),
        (b"# \xff\xfe", "U0ORGANISER", "isn't UTF-8 text"),
    ],
)
async def test_import_refused(
    stopped_bot: RunningBot, tmp_path: Path, text: bytes, organiser: str, said: str
) -> None:
    """A file that cannot be imported is refused in one line, with exit code 1."""
    file = tmp_path / "letter.md"
    file.write_bytes(text)

    done = await undersigned(
        "letters", "import", str(file), "--organiser", organiser, **settings_of(stopped_bot)
    )

    assert done.code == 1
    assert said in done.err
    assert len(done.err.splitlines()) == 1


async def test_import_again(stopped_bot: RunningBot, tmp_path: Path) -> None:
    """A corrected file under the same title is a draft of its own, with the corrected words."""
    file, settings = tmp_path / "letter.md", settings_of(stopped_bot)
    numbers: list[int] = []
    for text in ("# Keep it open\n\nWith a mistake.\n", "# Keep it open\n\nWithout one.\n"):
        file.write_text(text)
        done = await undersigned(
            "letters", "import", str(file), "--organiser", "U0ORGANISER", **settings
        )
        numbers.append(int(done.out.split()[-1]))

    async with Database(stopped_bot.settings.database_url) as database:
        (export,) = await stretches(database, numbers[1])
    assert numbers[0] != numbers[1]
    assert export.body.strip() == "Without one."


async def test_post_again(running_bot: RunningBot) -> None:
    """A card that was taken down goes up again by the same command."""
    await running_bot.at(datetime.now(UTC) + timedelta(minutes=5))
    number = str(await a_posted_letter(running_bot))
    organiser, settings = running_bot.organiser, settings_of(running_bot)

    for _ in range(2):
        await organiser.command(CHANNEL, f"/letter takedown #{number}")
        await organiser.sees_modal("Remove a card")
        await organiser.click("Remove")
        await organiser.close(everything=True)
        await organiser.sees_no("One Internet", channel=CHANNEL)
        done = await undersigned(
            "letters", "post", number, "--channel", "C0OPENINTERNET", **settings
        )
        assert done.code == 0, done.err
        await organiser.sees("One Internet", channel=CHANNEL)


async def test_post_by_name(stopped_bot: RunningBot) -> None:
    """A channel's name is no id, and nothing is promised."""
    done = await undersigned(
        "letters", "post", "1", "--channel", "#general", **settings_of(stopped_bot)
    )

    assert done.code == 1
    assert "isn't a channel ID" in done.err


async def test_missing_file(stopped_bot: RunningBot) -> None:
    """A file that is not there is named."""
    done = await undersigned(
        "letters", "import", "nowhere.md", "--organiser", "U0ORGANISER", **settings_of(stopped_bot)
    )

    assert done.code == 1
    assert "nowhere.md" in done.err


async def test_list_and_export(running_bot: RunningBot) -> None:
    """The list is exported as lines, as CSV and as Markdown while the bot runs."""
    number = await a_posted_letter(running_bot)
    await sign_as_oneself(running_bot.member, name="=Ada Lovelace")
    await sign_for(running_bot.another, "TEDIC", country="Paraguay")
    settings = settings_of(running_bot)

    listed = await undersigned("letters", "list", **settings)
    lines = await undersigned("letters", "export", str(number), **settings)
    table = await undersigned("letters", "export", str(number), "--format", "csv", **settings)
    document = await undersigned(
        "letters", "export", str(number), "--format", "markdown", **settings
    )

    assert "One Internet" in listed.out
    assert lines.out == "TEDIC (Paraguay)\n=Ada Lovelace\n"
    assert "'=Ada Lovelace" in table.out
    assert "Director" not in table.out
    assert "- TEDIC (Paraguay)" in document.out


@pytest.mark.parametrize("number", ["77", "9" * 30])
async def test_export_of_nothing(stopped_bot: RunningBot, number: str) -> None:
    """A number that is no letter's is one line."""
    done = await undersigned("letters", "export", number, **settings_of(stopped_bot))

    assert done.code == 1
    assert "I can’t find that letter. It may have been deleted" in done.err


SERVER = "postgresql://me:secretword@127.0.0.1:9/nothing"


@pytest.mark.parametrize(
    ("command", "address"),
    [
        (["migrate"], "sqlite+aiosqlite:////proc/nowhere/x.db"),
        (["migrate"], SERVER),
        (["letters", "list"], SERVER),
    ],
)
async def test_unreachable_database(command: list[str], address: str) -> None:
    """A database that cannot be opened is one line that shows no password."""
    done = await undersigned(*command, DATABASE_URL=address)

    assert done.code == 1
    assert done.err.startswith("undersigned: DATABASE_URL can't be opened")
    assert len(done.err.splitlines()) == 1
    assert "secretword" not in done.err


async def test_another_organiser(running_bot: RunningBot) -> None:
    """A letter gets another organiser from the command line, who hears of it and runs it."""
    await running_bot.at(datetime.now(UTC) + timedelta(minutes=5))
    number = str(await a_posted_letter(running_bot))

    command, settings = ("letters", "organisers", number, "add"), settings_of(running_bot)

    guest = await undersigned(*command, "U0GUEST", **settings)
    done = await undersigned(*command, "U0SECOND", **settings)

    assert guest.code == 1
    assert "Only full members" in guest.err
    assert done.code == 0, done.err
    assert "U0SECOND is now an organiser of “One Internet" in done.out
    await running_bot.second.sees("You’re now an organiser of", channel="app")
    await running_bot.second.command(CHANNEL, f"/letter history #{number}")
    await running_bot.second.sees_modal("History")
    await running_bot.second.sees("The app’s operator")


@pytest.mark.parametrize(
    ("user", "said"),
    [
        ("U0NOBODY", "Slack doesn't know user U0NOBODY"),
        ("@somebody", "isn't a member ID"),
        ("U0SECOND", "can’t find that letter"),
    ],
)
async def test_another_organiser_refused(stopped_bot: RunningBot, user: str, said: str) -> None:
    """An organiser who cannot be one, or of no letter, is refused in one line."""
    done = await undersigned("letters", "organisers", "1", "add", user, **settings_of(stopped_bot))

    assert done.code == 1
    assert said in done.err
    assert len(done.err.splitlines()) == 1


NUMBER, FILE = "1", "table.csv"
BY = ("--organiser", "U0ORGANISER")


@pytest.mark.parametrize(
    "command",
    [
        ("letters", "list"),
        ("letters", "export", NUMBER),
        ("letters", "delivered", NUMBER),
        ("letters", "post", NUMBER, "--channel", "C0OPENINTERNET"),
        ("letters", "add", NUMBER, FILE, *BY),
        ("letters", "amend", NUMBER, FILE, *BY, "--kind", "cosmetic", "--note", "a"),
        ("letters", "invite", NUMBER, FILE, *BY),
        ("letters", "invitations", "export", NUMBER),
        ("letters", "organisers", NUMBER, "add", "U0ORGANISER"),
        ("backup", "copy.db"),
    ],
    ids=" ".join,
)
async def test_mistyped_database(
    stopped_bot: RunningBot, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A command that makes no database says that there is none, and leaves none behind."""
    (tmp_path / FILE).write_text("kind,name,source\n")
    mistyped = f"sqlite:///{tmp_path}/vra/undersigned.db"

    done = await undersigned_in(
        tmp_path, *command, **settings_of(stopped_bot) | {"DATABASE_URL": mistyped}
    )

    assert done.code == 1
    assert f"There's no database in {tmp_path}/vra/undersigned.db" in done.err
    assert len(done.err.splitlines()) == 1
    assert not (tmp_path / "vra").exists()


@pytest.mark.parametrize("content", [b"", b"This is no database, but a long enough text." * 30])
async def test_other_file(tmp_path: Path, content: bytes) -> None:
    """A file with nothing in it is no database either, and one of another kind is named as such."""
    file = tmp_path / "other.db"
    file.write_bytes(content)

    done = await undersigned("letters", "list", DATABASE_URL=f"sqlite:///{file}")

    assert done.code == 1
    assert ("isn't a SQLite database" if content else "There's no database") in done.err
    assert len(done.err.splitlines()) == 1
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "command",
    [("migrate",), ("letters", "list"), ("people", "export", "U0MEMBER1"), ("doctor",)],
    ids=" ".join,
)
async def test_another_history(sqlite_url: str, command: tuple[str, ...]) -> None:
    """A database whose tables are not those of its revision belongs to another version."""
    file = sqlite_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(file)) as other:
        other.execute("ALTER TABLE letters DROP COLUMN meaning")
        other.execute("UPDATE alembic_version SET version_num = '0012'")
        other.commit()

    done = await undersigned(*command, DATABASE_URL=sqlite_url)

    assert done.code == 1
    assert "belongs to another version of Undersigned" in done.out + done.err
    assert "may be down" not in done.out + done.err


async def test_missing_settings() -> None:
    """`run` without its tokens names both, a line each, and says where to get them."""
    done = await undersigned("run")

    assert done.code == 1
    first, *lines = done.err.splitlines()
    assert first == "undersigned: these settings are missing or wrong:"
    assert [line.split()[:3] for line in lines] == [
        ["SLACK_BOT_TOKEN", "isn't", "set:"],
        ["SLACK_APP_TOKEN", "isn't", "set:"],
    ]
    assert all("api.slack.com/apps" in line for line in lines)


async def test_env_file(stopped_bot: RunningBot, tmp_path: Path) -> None:
    """Settings that the environment lacks are read from the file `.env` in the folder."""
    await undersigned("migrate", **settings_of(stopped_bot))
    (tmp_path / ".env").write_text(f"DATABASE_URL={stopped_bot.settings.database_url}\n")

    done = await undersigned_in(tmp_path, "letters", "list")

    assert (done.code, done.err) == (0, "")


async def test_refused_token(stopped_bot: RunningBot) -> None:
    """A token that Slack does not take is one line with Slack's reason."""
    settings = settings_of(stopped_bot) | {
        "SLACK_BOT_TOKEN": "xoxb-wrong",
        "SLACK_APP_TOKEN": "xapp-wrong",
    }

    done = await undersigned("run", **settings)

    assert done.code == 1
    assert "invalid_auth" in done.err
    assert "xoxb-wrong" not in done.err


async def test_refused_app_token(stopped_bot: RunningBot) -> None:
    """An app-level token that Slack does not take ends the start too, in one line."""
    settings = settings_of(stopped_bot) | {"SLACK_APP_TOKEN": "xapp-wrong"}

    async with asyncio.timeout(60):
        done = await undersigned("run", **settings)

    assert done.code == 1
    assert done.err.startswith("undersigned: Slack doesn't accept SLACK_APP_TOKEN (invalid_auth)")
    assert len(done.err.splitlines()) == 1


async def test_unreachable_slack(stopped_bot: RunningBot, tmp_path: Path) -> None:
    """A command that needs Slack now says in one line that it cannot be reached, and where."""
    file = tmp_path / "letter.md"
    file.write_text("# Title\n\nBody")
    settings = settings_of(stopped_bot) | {"SLACK_API_URL": "http://127.0.0.1:9/api/"}

    done = await undersigned(
        "letters", "import", str(file), "--organiser", "U0ORGANISER", **settings
    )

    assert done.code == 1
    assert "http://127.0.0.1:9/api/" in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("command", [["worker"], ["serve"]])
async def test_sqlite_is_one_process(stopped_bot: RunningBot, command: list[str]) -> None:
    """A separate web or worker process on a SQLite file is refused, with the way out."""
    settings = settings_of(stopped_bot) | {"SLACK_SIGNING_SECRET": "s"}

    done = await undersigned(*command, **settings)

    assert done.code == 1
    assert "--with-worker" in done.err
