from tests.torture.killed import killed
from tests.torture.report import a_seed


def test_killed() -> None:
    """A command that is killed leaves nothing half done, and can be run again."""
    report = killed(kills=6, seed=a_seed())

    assert report.holds, report
