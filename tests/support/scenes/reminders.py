from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.send_windows import Step, reminder_steps
from bot.storage.database import Database
from tests.support.letters import ORGANISER, a_trigger, rows


async def reminds(
    database: Database,
    letter: Letter,
    *named: Actor,
    actor: Actor = ORGANISER,
    when: When = When.NOW,
    trigger: str | None = None,
) -> int:
    """An organiser reminds all who are owed it, or those named; gives how many."""
    return await reminders.remind(
        database,
        letter=letter.id,
        actor=actor,
        when=when,
        named=[one.person for one in named],
        trigger=trigger or a_trigger(),
    )


async def planned(database: Database) -> list[tuple[str, str]]:
    """List who has a reminder of which step."""
    return sorted(
        (row["user"], row["step"].partition("@")[0]) for row in await rows(database, "reminders")
    )


def step_of(days: int, letter: Letter) -> Step:
    """The step some days before a letter's deadline."""
    (step,) = [one for one in reminder_steps(letter.deadline) if one.days == days]
    return step
