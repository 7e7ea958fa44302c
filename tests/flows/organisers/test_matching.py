"""Names of a pasted list are matched with members, who then get a message like everybody else."""

from bot.features.invitations import rows as invitation_rows
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_invitation_tables import kept, pastes
from tests.flows.organisers.test_inviting import invites_people, opens_list
from tests.support.scenes.passing import until_quiet
from tests.support.stories import a_posted_letter

NINE = [
    "Ada Quill", "Bo Lund", "Cara Ivory", "Dele Marsh", "Esme Vantongeren", "Finn O’Hara",
    "Gül Öztürk", "Hana Kimura", "Ines Prado",
]  # fmt: skip
"""Members of the workspace."""
OTHERS = ["Jon Farrow", "Kay Winter", "Lea Monte"]
"""People without an account."""


async def with_members(bot: RunningBot) -> None:
    """The workspace has nine more members, and a guest and a former member of two others' names."""
    for number, name in enumerate(NINE):
        await bot.simulator.change_person(f"U0NINE{number}", real_name=name, tz="Europe/Berlin")
    await bot.simulator.change_person("U0GUEST", real_name="Jon Farrow")
    await bot.simulator.change_person("U0LEFT", real_name="Kay Winter")


async def told(bot: RunningBot, *users: str) -> list[int]:
    """Count the messages that each of these people has."""
    return [len(await bot.person(user).messages("app")) for user in users]


async def test_twelve_names(stopped_bot: RunningBot) -> None:
    """Nine of twelve pasted names get a message, and the preview says who gets none; nobody is twice."""
    bot, organiser = stopped_bot, stopped_bot.organiser
    await with_members(bot)
    users = [f"U0NINE{number}" for number in range(9)]
    async with bot.working():
        await a_posted_letter(bot)
        await opens_list(bot)
        pasted = [f"@{NINE[0]}", NINE[1].upper(), "Gul Ozturk", *NINE[2:6], *NINE[7:], *OTHERS]
        await pastes(bot, "\n".join(pasted))
        said = await organiser.sees("9 get a message · 3 get no message in Slack")
        assert said.count("Gets a message.") == 9
        assert said.count("Gets no message in Slack.") == 3
        await organiser.fill({"Your own words": "We met on Friday.", "when": "now"})
        assert await organiser.submit() is None
        await organiser.sees("12 added. 9 get a message · 3 get no message in Slack.")
        await until_quiet(bot)
        assert await told(bot, *users, "U0GUEST") == [1] * 9 + [0]
        await bot.person("U0NINE6").sees("We met on Friday.", channel="app")
        # The same people again, once as a list and once by their accounts.
        await pastes(bot, "\n".join([*NINE, *OTHERS]))
        assert (await organiser.sees("Already invited")).count("Already invited") == 12
        assert await organiser.submit() is None
        await organiser.sees("12 were already invited.")
        await invites_people(bot, *users)
        await until_quiet(bot)
        assert len(await kept(bot)) == 12
        assert await told(bot, *users) == [1] * 9


async def test_asked_about(stopped_bot: RunningBot) -> None:
    """A name of two members, and one with an organisation or an address, is asked about."""
    bot, organiser = stopped_bot, stopped_bot.organiser
    await with_members(bot)
    await bot.simulator.change_person("U0TWO", real_name="Bo Lund")
    async with bot.working():
        await a_posted_letter(bot)
        await opens_list(bot)
        pasted = "Cara Ivory\nAda Quill, Tide Lab\nDele Marsh <dele@marsh.example>\nBo Lund\n"
        await pastes(bot, pasted)
        said = await organiser.sees("1 gets a message · 3 get no message in Slack")
        assert said.count("A member has this name.") == 2
        assert "2 members have this name." in said
        # One is the member, one is not the member who has her name.
        await corrects(bot, "Ada Quill", {})
        said = await organiser.sees("2 get a message · 2 get no message in Slack")
        await corrects(bot, "Cara Ivory", {"Account": None})
        said = await organiser.sees("1 gets a message · 3 get no message in Slack")
        await corrects(bot, "Bo Lund", {"Account": "U0TWO"})
        await organiser.sees("2 get a message · 2 get no message in Slack")
        assert await organiser.submit() is None
        await organiser.sees("4 added.")
        assert {name: user for name, user, _ in await kept(bot)} == {
            "Cara Ivory": "", "Ada Quill": "U0NINE0", "Dele Marsh": "", "Bo Lund": "U0TWO",
        }  # fmt: skip


async def corrects(bot: RunningBot, name: str, values: dict[str, object]) -> None:
    """The organiser opens an entry from its menu, fills in its form and saves it."""
    view = await bot.organiser.view() or {}
    (row,) = [one for one in view["blocks"] if name in str(one.get("text", {}))]
    await bot.organiser.click(row["accessory"]["options"][-1]["value"])
    await bot.organiser.sees_modal("Edit entry")
    await bot.organiser.fill(values)
    assert await bot.organiser.submit() is None
    await bot.organiser.sees_modal("Invite from a list")


async def test_gets_an_account(stopped_bot: RunningBot) -> None:
    """Someone invited by name alone, and then by account, has one invitation and one message."""
    bot, organiser = stopped_bot, stopped_bot.organiser
    await with_members(bot)
    async with bot.working():
        await a_posted_letter(bot)
        await opens_list(bot)
        await pastes(bot, "Ada Quill\nBo Lund")
        for name in ("Ada Quill", "Bo Lund"):
            await corrects(bot, name, {"Account": None})
        assert await organiser.submit() is None
        await organiser.sees("2 added. 2 get no message in Slack.")
        await invites_people(bot, "U0NINE0")
        await pastes(bot, "Bo Lund")
        await organiser.sees("1 gets a message")
        await organiser.fill({"when": "now"})
        assert await organiser.submit() is None
        await organiser.sees("1 updated. 1 gets a message.")
        await until_quiet(bot)
        assert [(name, user) for name, user, _ in await kept(bot)] == [
            ("Ada Quill", "U0NINE0"),
            ("Bo Lund", "U0NINE1"),
        ]
        assert await told(bot, "U0NINE0", "U0NINE1") == [1, 1]
        # The account is what a signature is compared with from now on.
        found = await bot.process.database.read(lambda tx: invitation_rows.of_letter(tx, 1))
        assert [one.key.endswith(f"U0NINE{number}") for number, one in enumerate(found)] == [
            True
        ] * 2
