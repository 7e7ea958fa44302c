"""The processes that stay until they are told to stop."""

import subprocess
import sys

ASKED = """
from bot.commands.processes import warm_up
from bot.names import countries, filing, vocabulary
from bot.slack.models.shapes import BlockActions

tables = vocabulary._vocabulary, countries._codes, filing._sort_key
assert not BlockActions.__pydantic_complete__
assert not any(table.cache_info().currsize for table in tables)
warm_up()
assert BlockActions.__pydantic_complete__
assert all(table.cache_info().currsize for table in tables)
"""


def test_the_first_click_builds_nothing() -> None:
    """A process that is ready has built the shapes of payloads and read the tables of names."""
    subprocess.run([sys.executable, "-c", ASKED], check=True)
