from tests.torture.delivery import delivery
from tests.torture.report import a_seed


def test_delivery() -> None:
    """Workers that are killed while Slack fails in every way remind each person exactly once."""
    report = delivery(reminders=24, kills=2, faults=18, seed=a_seed())

    assert report.holds, report
