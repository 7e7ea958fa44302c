from tests.torture.delivery import delivery
from tests.torture.report import a_seed


def test_delivery() -> None:
    """Workers that are killed while Slack fails in every way remind each person exactly once."""
    report = delivery(reminders=60, kills=6, faults=40, seed=a_seed())

    assert report.holds, report
