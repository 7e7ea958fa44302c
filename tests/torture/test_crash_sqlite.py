from tests.torture.crash_sqlite import crash_sqlite
from tests.torture.report import a_seed


def test_crash_sqlite() -> None:
    """A process that is killed while people sign loses nothing, doubles nothing, halves nothing."""
    report = crash_sqlite(signatures=120, kills=3, seed=a_seed())

    assert report.holds, report
