from tests.torture.forged import forged
from tests.torture.report import a_seed


def test_forged() -> None:
    """Nobody but Slack is heard; nonsense is answered calmly, and no word of it is in the log."""
    report = forged(requests=150, seed=a_seed())

    assert report.holds, report
