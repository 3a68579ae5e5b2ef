"""Alarm thresholds from volumes.

Counts of rare, independent events follow a Poisson law; a count above mean + 3·√mean is a signal (c-chart, Shewhart 1931;
NIST/SEMATECH e-Handbook 6.3.3.1), and silence longer than ln(1000)/rate happens by chance once in a thousand. Days differ by more
than chance, so daily counts are taken as Poisson with a gamma-distributed mean (negative binomial; for the same reason Laney
widens the limits, Quality Engineering 14, 2002) and the limit is set by the false alarms it makes. Below a mean of 5 (opslead's own
bound) a limit finds little: a running sum does better (CUSUM for counts, Lucas, Technometrics 27, 1985: k = (μ₁ - μ₀)/ln(μ₁/μ₀)),
its interval by the Markov chain of Brook and Evans (Biometrika 59, 1972).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

from opslead.quantities.lognormal import normal_cdf, normal_quantile

LOW = 5.0
"""Mean count a day below which a running sum replaces a limit."""
_EXACT = 4_000.0
"""Mean from which a gamma law stands in for the exact sum (Wilson and Hilferty, PNAS 17, 1931)."""


def upper_control_limit(mean: float) -> int:
    """The smallest whole count that is a signal for a count with this mean: above mean + 3·√mean, at least 2."""
    return max(2, math.floor(mean + 3 * math.sqrt(mean)) + 1)


def suspicious_silence(per_hour: float) -> timedelta:
    """How long nothing may come at this rate before silence itself is a signal (p < 0.001), in whole minutes."""
    return timedelta(minutes=max(1, math.ceil(math.log(1000) / per_hour * 60)))


def _law(mean: float, varies: float) -> tuple[int, float, Callable[[int], float]]:
    """Where the law begins to matter (eight deviations below the mean), the chance there, and P(k + 1) / P(k)."""
    start = max(0, math.floor(mean - 8 * math.sqrt(mean + (varies * mean) ** 2)))
    if varies <= 0:
        first = math.exp(start * math.log(mean) - mean - math.lgamma(start + 1))
        return start, first, lambda k: mean / (k + 1)
    r = 1 / varies**2
    share = mean / (mean + r)
    first = math.exp(
        math.lgamma(start + r)
        - math.lgamma(r)
        - math.lgamma(start + 1)
        + r * math.log1p(-share)
        + start * math.log(share)
    )
    return start, first, lambda k: (k + r) / (k + 1) * share


def _shape(mean: float, varies: float) -> float:
    """The shape of the gamma law with this mean and the count's variance."""
    return mean * mean / (mean + (varies * mean) ** 2)


def _gamma_point(mean: float, varies: float, z: float) -> float:
    shape = _shape(mean, varies)
    return float(mean * max(0.0, 1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3)


def count_at_least(least: int, mean: float, varies: float = 0.0) -> float:
    """P(count >= least) for a Poisson count whose mean itself varies by the share `varies` (negative binomial)."""
    if mean > _EXACT:
        shape = _shape(mean, varies)
        z = (((least - 0.5) / mean) ** (1 / 3) - 1 + 1 / (9 * shape)) * 3 * math.sqrt(shape)
        return normal_cdf(-z)
    k, chance, ratio = _law(mean, varies)
    below = 0.0
    while k < least:
        below += chance
        chance *= ratio(k)
        k += 1
    return max(0.0, 1 - below)


@lru_cache(maxsize=256)
def count_limit(mean: float, varies: float, chance: float) -> int:
    """The smallest count that is reached with at most `chance` in a period; at least 2. Mean above 0."""
    if mean > _EXACT:
        return math.ceil(_gamma_point(mean, varies, normal_quantile(1 - chance)) + 0.5)
    k, here, ratio = _law(mean, varies)
    below = 0.0
    while 1 - below > chance:
        below += here
        here *= ratio(k)
        k += 1
    return max(2, k)


@lru_cache(maxsize=256)
def count_floor(mean: float, varies: float, chance: float) -> int:
    """The largest count below which a period falls, or which it meets, with at most `chance`; -1 where even none is likelier."""
    if mean > _EXACT:
        return math.floor(_gamma_point(mean, varies, -normal_quantile(1 - chance)) - 0.5)
    k, here, ratio = _law(mean, varies)
    below = here
    while below <= chance:
        here *= ratio(k)
        k += 1
        below += here
    return k - 1


def reference_value(mean: float, times: float = 2.0) -> int:
    """Lucas' reference value k for a mean that rises to `times` its usual, as a whole number of at least 1."""
    return max(1, round(mean * (times - 1) / math.log(times)))


def run_length(mean: float, k: int, h: int) -> float:
    """Average days until the running sum max(0, S + count - k) reaches h, from 0, at this mean (Brook and Evans 1972)."""
    pmf = [math.exp(-mean)]
    for n in range(h + k + 1):
        pmf.append(pmf[-1] * mean / (n + 1))
    rows = []
    for s in range(h):
        row = [-pmf[t - s + k] if t - s + k >= 0 else 0.0 for t in range(h)]
        row[0] = -sum(pmf[: k - s + 1]) if k >= s else 0.0
        row[s] += 1.0
        rows.append([*row, 1.0])
    return _solve(rows)[0]


def _solve(rows: list[list[float]]) -> list[float]:
    """Gaussian elimination; the matrices here are diagonally dominant."""
    n = len(rows)
    for i in range(n):
        for j in range(i + 1, n):
            if rows[j][i]:
                factor = rows[j][i] / rows[i][i]
                rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    found = [0.0] * n
    for i in reversed(range(n)):
        found[i] = (rows[i][n] - sum(rows[i][j] * found[j] for j in range(i + 1, n))) / rows[i][i]
    return found


@lru_cache(maxsize=64)
def decision_interval(mean: float, k: int, between: float) -> int:
    """The smallest h with at least `between` days between false alarms."""
    h = 2
    while h < 60 and run_length(mean, k, h) < between:
        h += 1
    return h
