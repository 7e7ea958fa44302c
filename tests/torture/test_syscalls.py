import pytest

from tests.torture.report import a_seed
from tests.torture.strace import missing
from tests.torture.syncs import syncs
from tests.torture.syscalls import syscalls


@pytest.fixture(autouse=True)
def _strace() -> None:
    reason = missing()
    if reason:
        pytest.skip(reason)


def test_syscalls() -> None:
    """Whichever call to the kernel fails or is the last one, a signature is whole or not there."""
    report = syscalls(injections=24, seed=a_seed())

    assert report.holds, report


def test_syncs() -> None:
    """No answer leaves the server before its signature is on the disk."""
    report = syncs(commits=30, seed=a_seed())

    assert report.holds, report
