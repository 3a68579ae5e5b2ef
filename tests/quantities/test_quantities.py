"""Numbers against independent ways of computing them."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.quantities.staffing import erlang_b, erlang_c, mean_wait_minutes, servers_for
from opslead.quantities.thresholds import suspicious_silence, upper_control_limit


@given(st.floats(0.01, 30), st.integers(1, 40))
def test_erlang_b_against_its_sum(load, servers):
    terms = [load**n / math.factorial(n) for n in range(servers + 1)]
    assert erlang_b(load, servers) == pytest.approx(terms[-1] / sum(terms), rel=1e-9)


def test_erlang_c_against_a_simulation():
    rng = random.Random(7)
    per_hour, minutes, servers, cases = 10.0, 10.0, 2, 200_000
    free, now, waited = [0.0] * servers, 0.0, 0.0
    for _ in range(cases):
        now += rng.expovariate(per_hour / 60)
        first = min(range(servers), key=free.__getitem__)
        start = max(now, free[first])
        waited += start - now
        free[first] = start + rng.expovariate(1 / minutes)
    assert mean_wait_minutes(per_hour, minutes, servers) == pytest.approx(waited / cases, rel=0.05)


def test_more_work_than_people_waits_for_ever():
    assert mean_wait_minutes(13, 10, 2) == math.inf
    assert erlang_c(2.0, 2) == 1.0


@given(st.floats(0.5, 60), st.floats(1, 30), st.floats(0.5, 30))
def test_the_fewest_people_that_keep_the_wait(per_hour, minutes, limit):
    servers = servers_for(per_hour, minutes, limit)
    assert mean_wait_minutes(per_hour, minutes, servers) <= limit
    assert servers == 1 or mean_wait_minutes(per_hour, minutes, servers - 1) > limit


@given(st.floats(0, 10_000))
def test_a_control_limit_is_past_three_deviations(mean):
    limit = upper_control_limit(mean)
    assert limit > mean + 3 * math.sqrt(mean) or limit == 2
    assert limit - 1 <= mean + 3 * math.sqrt(mean) or limit == 2


@given(st.floats(0.1, 1000))
def test_silence_happens_by_chance_once_in_a_thousand(per_hour):
    hours = suspicious_silence(per_hour).total_seconds() / 3600
    assert math.exp(-per_hour * hours) <= 0.001 + 1e-9
