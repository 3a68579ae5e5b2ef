"""Waiting and workload: Erlang C and utilisation.

Erlang C after A. K. Erlang (1917), in the recursive form through Erlang B (e.g. Cooper, Introduction to Queueing Theory, 1981).
"""

from __future__ import annotations

import math


def offered_load(per_hour: float, minutes: float) -> float:
    """Work arriving in Erlang: how many people are busy on average if nobody waits."""
    return per_hour * minutes / 60


def erlang_b(load: float, servers: int) -> float:
    """Probability that an arrival finds all servers busy, with nobody waiting."""
    blocking = 1.0
    for n in range(1, servers + 1):
        blocking = load * blocking / (n + load * blocking)
    return blocking


def erlang_c(load: float, servers: int) -> float:
    """Probability that an arrival has to wait; 1 when the load is not below the servers."""
    if servers <= 0 or load >= servers:
        return 1.0
    blocking = erlang_b(load, servers)
    return blocking / (1 - load / servers * (1 - blocking))


def mean_wait_minutes(per_hour: float, minutes: float, servers: int) -> float:
    """Average wait of all arrivals in minutes; infinite when work arrives faster than it can be done."""
    load = offered_load(per_hour, minutes)
    if servers <= 0 or load >= servers:
        return math.inf
    return erlang_c(load, servers) * minutes / (servers - load)


def servers_for(per_hour: float, minutes: float, max_wait_minutes: float) -> int:
    """The fewest people with whom the average wait stays within the limit."""
    servers = max(1, math.floor(offered_load(per_hour, minutes)) + 1)
    while mean_wait_minutes(per_hour, minutes, servers) > max_wait_minutes:
        servers += 1
    return servers
