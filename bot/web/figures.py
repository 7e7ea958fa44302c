"""Metrics of a process in the text format of Prometheus.

`prometheus_client` and the web libraries are loaded only if metrics are served.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import Route

PREFIX = "undersigned_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The value of a metric at one time."""

    name: str
    about: str
    value: float
    grows: bool
    """True if the value never falls while the process runs (a counter)."""
    labels: dict[str, str] = field(default_factory=dict[str, str])


def gauge(name: str, about: str, value: float, **labels: str) -> Figure:
    """Return a metric that can rise and fall."""
    return Figure(name=name, about=about, value=float(value), grows=False, labels=labels)


def counter(name: str, about: str, value: float, **labels: str) -> Figure:
    """Return a metric that only grows; its name ends with `_total`."""
    return Figure(name=name, about=about, value=float(value), grows=True, labels=labels)


def figure_routes(figures: Callable[[], Awaitable[Sequence[Figure]]]) -> list["Route"]:
    """Return the route `/metrics`."""
    from prometheus_client import (  # noqa: PLC0415 - only if metrics are served
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        ProcessCollector,
        generate_latest,
    )
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily  # noqa: PLC0415
    from prometheus_client.registry import Collector  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    async def metrics(_: "Request") -> Response:
        families: dict[str, CounterMetricFamily | GaugeMetricFamily] = {}
        for one in await figures():
            make = CounterMetricFamily if one.grows else GaugeMetricFamily
            new = make(PREFIX + one.name, one.about, labels=list(one.labels))
            families.setdefault(one.name, new).add_metric(list(one.labels.values()), one.value)

        class Given(Collector):
            def collect(self) -> list[CounterMetricFamily | GaugeMetricFamily]:
                return list(families.values())

        registry = CollectorRegistry()
        registry.register(Given())
        ProcessCollector(registry=registry)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/metrics", metrics, methods=["GET"])]
