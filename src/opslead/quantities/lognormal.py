"""The lognormal law by its median and 95% point: times to pay, answer times, amounts.

Times and amounts of people are skewed and positive; the lognormal is the usual one-peaked law for them (Johnson, Kotz and
Balakrishnan, Continuous Univariate Distributions 1, 1994, chapter 14). For a call centre's handling times it is measured (Brown et
al., JASA 100, 2005); for times to pay, answer times and sums it is opslead's assumption.
"""

from __future__ import annotations

import math

Z95 = 1.6448536269514722
"""The 95% point of the standard normal law."""


def normal_cdf(z: float) -> float:
    return math.erfc(-z / math.sqrt(2)) / 2


def normal_quantile(p: float) -> float:
    """The point below which the share `p` (between 0 and 1) lies, by bisection to 1e-9."""
    low, high = -9.0, 9.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if normal_cdf(middle) < p else (low, middle)
    return (low + high) / 2


def spread(median: float, p95: float) -> float:
    """Sigma of the law with this median and 95% point; both above 0, the second not below the first."""
    return max(math.log(p95 / median) / Z95, 1e-6)


def share_above(x: float, median: float, p95: float) -> float:
    """The share above `x`."""
    return 1.0 if x <= 0 else normal_cdf(-math.log(x / median) / spread(median, p95))


def density(x: float, median: float, p95: float) -> float:
    """The density at `x`, 0 at and below 0."""
    if x <= 0:
        return 0.0
    sigma = spread(median, p95)
    z = math.log(x / median) / sigma
    return math.exp(-z * z / 2) / (x * sigma * math.sqrt(2 * math.pi))


def quantile(p: float, median: float, p95: float) -> float:
    """The value below which the share `p` lies."""
    return median * math.exp(spread(median, p95) * normal_quantile(p))
