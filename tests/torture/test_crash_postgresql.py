from tests.torture.crash_postgresql import crash_postgresql
from tests.torture.report import a_seed


def test_crash_postgresql() -> None:
    """Replicas that are killed and a database that is stopped lose, double and halve nothing."""
    report = crash_postgresql(signatures=60, kills=2, stops=1, replicas=2, seed=a_seed())

    assert report.holds, report
