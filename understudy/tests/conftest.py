from collections.abc import AsyncGenerator, Generator

import hypothesis
import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.doors import Doors
from tests.support.machine.manifests import small_manifest
from tests.support.simulator import Simulator, simulator_thread

from .bolt import client_of

# A test is never timed: the machines that run it are noisy.
hypothesis.settings.register_profile("understudy", deadline=None)
hypothesis.settings.load_profile("understudy")


@pytest.fixture(scope="session")
def doors() -> Generator[Doors]:
    """One local Slack for the tests that only need a fresh workspace in it."""
    with simulator_thread(manifest=small_manifest()) as doors:
        yield doors


@pytest.fixture
async def session() -> AsyncGenerator[ClientSession]:
    """An HTTP session for the SDK and for bare requests."""
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def simulator(doors: Doors) -> Simulator:
    """The shared local Slack with a fresh demo workspace."""
    simulator = Simulator(doors)
    await simulator.reset()
    return simulator


@pytest.fixture
def client(simulator: Simulator, session: ClientSession) -> AsyncWebClient:
    """The real SDK's client with the bot's token."""
    return client_of(simulator, session)
