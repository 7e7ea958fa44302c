"""Whether a process can do its work now, and the facts behind that."""

from typing import Any

from bot.logs import name_of
from bot.use_cases import Database
from bot.use_cases.upkeep import ping


class Health:
    """The health of one process. It is there before the process has reached its database and Slack."""

    def __init__(self) -> None:
        """Begin as a process that has reached nothing yet."""
        self.database: Database | None = None

    async def ready(self) -> tuple[bool, dict[str, Any]]:
        """Say whether work gets done, with the facts."""
        if self.database is None:
            return False, {"slack": "not reached yet"}
        try:
            await ping(self.database)
        except Exception as error:  # noqa: BLE001 - whatever it is, no work gets done
            return False, {"database": name_of(error)}
        return True, {"database": "ok"}
