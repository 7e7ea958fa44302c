"""An idle process has loaded web, documents, languages and migrations only when they are used."""

import asyncio
import json
import sys

from tests.flows.conftest import RunningBot
from tests.support.commands import environment
from tests.support.shared import ROOT
from tests.support.simulator import Simulator

IDLE = """
import asyncio, json, sys
import bot.cli
from bot.commands import processes
from bot.settings import Need, read
from bot.wiring import connected

async def idle():
    async with connected(read(Need.BOT_TOKEN, Need.APP_TOKEN)) as process:
        async with processes._working(process):
            socket = process.socket()
            await socket.open()
            await asyncio.sleep(1)
            await socket.close()

asyncio.run(idle())
print(json.dumps(sorted(sys.modules)))
"""
HEAVY = (
    "aiosmtplib", "alembic", "asyncpg", "bot.documents.writers.docx", "bot.documents.writers.pdf",
    "bot.documents.writing", "cryptography", "docx", "fontpkg_amiri", "icu", "jinja2", "mako", "manimgx_fonts", "markdown_it", "matplotlib", "openpyxl",
    "rapidfuzz", "sqlalchemy.ext.asyncio", "sqlalchemy.orm", "starlette", "typst", "uvicorn",
    "xlsxwriter",
)  # fmt: skip
"""Modules that only some processes, or some moments, need."""


async def test_nothing_heavy(stopped_bot: RunningBot) -> None:
    """A process on SQLite that runs and waits holds nothing that only web, papers or upgrades need."""
    settings = {
        "SLACK_BOT_TOKEN": Simulator.bot_token,
        "SLACK_APP_TOKEN": Simulator.app_token,
        "SLACK_API_URL": stopped_bot.simulator.api_url,
        "DATABASE_URL": stopped_bot.settings.database_url,
    }
    async with stopped_bot.working():
        pass  # The first start makes the schema.

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", IDLE, cwd=ROOT, env=environment(**settings),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()

    loaded = set(json.loads(out.splitlines()[-1]))
    assert "slack_bolt" in loaded
    assert [name for name in HEAVY if name in loaded] == []
