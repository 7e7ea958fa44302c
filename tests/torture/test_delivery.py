from tests.torture.delivery import delivery
from tests.torture.report import a_seed


def test_delivery() -> None:
    """Workers that are killed while Slack fails in every way remind each person exactly once."""
    report = delivery(reminders=40, kills=4, faults=30, seed=a_seed())

    assert report.holds, report
