import gc
import os
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import hypothesis
import pytest

from bot import logs
from bot.features.lifecycle import use_cases as lifecycle
from bot.storage.database import Database
from tests.support import databases
from tests.support.clock import Clock
from tests.support.databases import PostgresServer
from tests.support.letters import WORKSPACE
from tests.support.machine.checkers import left_out, unchecked
from tests.support.machine.scratch import scratch
from tests.support.shared import SHARED

# As in production: otherwise an error is painted with all its locals, which on a busy machine takes
# longer than Slack waits for an answer.
logs.configure()

# A test is never timed: the machines that run it are noisy.
hypothesis.settings.register_profile("undersigned", deadline=None)
hypothesis.settings.load_profile("undersigned")

if memory := scratch():
    # Where pytest makes `tmp_path`. A test that stops a machine asks for a folder on the disk itself.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))

collect_ignore = [*([] if SHARED.exists() else ["reference"]), *left_out()]
"""A fork without the reference files skips nothing: what only compares with them is not a test of
it, and all that it needs of them is kept in `tests/facts`. Nor does a machine without a program of
the distribution; which tests it leaves out is said at the end."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was not checked, because this machine has no program that checks it."""
    for line in unchecked():
        terminalreporter.write_line(line)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what another database decides no differently, and share what takes long.

    Each worker begins with as many tests as the others, in this order, and takes from the others'
    ends when it is done.
    """
    items[:] = [item for item in items if not _is_decided_on_sqlite(item)]
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    shares: list[list[pytest.Item]] = [[] for _ in range(workers)]
    others: list[pytest.Item] = []
    for item in items:
        share = _share(item)
        (others if share is None else shares[share % workers]).append(item)
    size = len(items) // workers
    ordered: list[pytest.Item] = []
    for share in shares:
        fill = max(size - len(share), 0)
        ordered += [*share, *others[:fill]]
        del others[:fill]
    items[:] = [*ordered, *others]


def _is_decided_on_sqlite(item: pytest.Item) -> bool:
    """Return whether a test on PostgreSQL says no more than the same one on SQLite has said.

    A feature's rules, views and words don't depend on the database. Where its statements, locks,
    transactions or types do, its test is marked `on_both`: so each statement runs on both.
    """
    callspec = getattr(item, "callspec", None)
    on_postgresql = callspec is not None and callspec.params.get("database_url") == "postgresql"
    of_feature = "features" in item.path.relative_to(item.config.rootpath).parts
    return on_postgresql and of_feature and item.get_closest_marker("on_both") is None


def _share(item: pytest.Item) -> int | None:
    """Return whose share a long test is: those that start the same programs stay together."""
    folder, module = item.path.parent.name, item.path.stem
    if folder == "browser":
        return 0 if module.startswith("test_page_") else 1
    if "torture" in item.path.parts:
        return 2 if module in {"test_sending", "test_inbound", "test_soak"} else 3
    return 2 if module in {"test_life", "test_installed", "test_privacy_commands"} else None


def pytest_collection_finish() -> None:
    """Keep what was imported out of each further search for garbage."""
    gc.freeze()


@pytest.fixture
def clock() -> Clock:
    """The one clock of a test: Tuesday, 3 March 2026, 10:00 UTC, until the test moves it."""
    return Clock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    return databases.migrated_file(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Generator[PostgresServer]:
    """One real PostgreSQL server for the session (under xdist: for each worker)."""
    with databases.postgres_server(durable=False) as server:
        yield server


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh, migrated SQLite file."""
    return databases.sqlite_url(databases.copied(sqlite_template, tmp_path))


@pytest.fixture
async def postgres_url(postgres: PostgresServer) -> AsyncGenerator[str]:
    """A migrated PostgreSQL database without rows."""
    async with postgres.emptied() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database: a test that asks for it runs on both, one of a feature if marked."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture
async def database(database_url: str, clock: Clock) -> AsyncGenerator[Database]:
    """An open database that knows the workspace and goes by the test's clock, on both."""
    async with Database(database_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Open Web Coalition")
        yield database


@pytest.fixture
async def postgres_empty_url(postgres: PostgresServer) -> AsyncGenerator[str]:
    """A PostgreSQL database with nothing in it."""
    async with postgres.fresh("template0") as url:
        yield url
