from collections.abc import Callable

import pytest

from tests.torture.report import Report, a_seed
from tests.torture.web.two_doors import on_postgresql, on_sqlite


@pytest.mark.parametrize("torture", [on_sqlite, on_postgresql])
def test_two_doors(torture: Callable[..., Report]) -> None:
    """People on the web and in Slack sign once each, whatever fails and is killed meanwhile."""
    report = torture(people=10, in_common=4, kills=2, seed=a_seed())

    assert report.holds, report
