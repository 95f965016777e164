"""Turning samples into one number."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def p95(samples: Sequence[float]) -> float:
    """The value that 95 % of the samples do not exceed."""
    return percentile(samples, 95)


def percentile(samples: Sequence[float], percent: float) -> float:
    """The value that ``percent`` of the samples do not exceed."""
    return sorted(samples)[max(0, round(len(samples) * percent / 100) - 1)]


def median_ms(act: Callable[[], object], times: int = 9) -> float:
    """Median milliseconds of calling ``act``, after one call to warm up."""
    act()
    samples = []
    for _count in range(times):
        start = time.perf_counter()
        act()
        samples.append((time.perf_counter() - start) * 1000)
    return statistics.median(samples)
