from tests.torture.report import a_seed
from tests.torture.sending import sending


def test_sending() -> None:
    """Workers that are killed while Slack fails in every way remind each person exactly once."""
    report = sending(reminders=24, kills=2, faults=18, seed=a_seed())

    assert report.holds, report
