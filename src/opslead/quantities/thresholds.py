"""Alarm thresholds from volumes.

Counts of rare, independent events follow a Poisson law; a count above mean + 3·√mean is a signal (c-chart, Shewhart 1931;
NIST/SEMATECH e-Handbook 6.3.3.1), and silence longer than ln(1000)/rate happens by chance once in a thousand.
"""

from __future__ import annotations

import math
from datetime import timedelta


def upper_control_limit(mean: float) -> int:
    """The smallest whole count that is a signal for a count with this mean: above mean + 3·√mean, at least 2."""
    return max(2, math.floor(mean + 3 * math.sqrt(mean)) + 1)


def suspicious_silence(per_hour: float) -> timedelta:
    """How long nothing may come at this rate before silence itself is a signal (p < 0.001), in whole minutes."""
    return timedelta(minutes=max(1, math.ceil(math.log(1000) / per_hour * 60)))
