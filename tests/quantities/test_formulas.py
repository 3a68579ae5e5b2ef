"""The formulas against SciPy, ciw and small simulations, and their properties."""

import math
import random

import ciw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from opslead.quantities.backlog import hours_to_clear, pile
from opslead.quantities.buffer import count_days, reserve
from opslead.quantities.compensation import alone_limit
from opslead.quantities.desk import people_for
from opslead.quantities.hold_time import best_length, lost_in_rush, lost_sales
from opslead.quantities.inputs import nice, usable_minutes
from opslead.quantities.lognormal import density, normal_quantile, quantile, share_above, spread
from opslead.quantities.outage import slips
from opslead.quantities.overbooking import binomial_at_least, oversell
from opslead.quantities.reconciliation import interval_days, rhythm
from opslead.quantities.retry import quarantine, schedule
from opslead.quantities.settlement import cost_of_wait, payable_days
from opslead.quantities.staffing import erlang_a, erlang_c, mean_wait_minutes, waits_over_a_day
from opslead.quantities.thresholds import (
    count_at_least,
    count_floor,
    count_limit,
    decision_interval,
    reference_value,
    run_length,
)
from opslead.quantities.two_person import money_above, threshold

SHARES = st.floats(0.02, 0.9)


def law(median, p95):
    return stats.lognorm(spread(median, p95), scale=median)


@given(st.floats(0.1, 100), st.floats(1.2, 20), st.floats(0.01, 1000))
def test_the_lognormal_against_scipy(median, ratio, x):
    p95 = median * ratio
    assert share_above(x, median, p95) == pytest.approx(law(median, p95).sf(x), abs=1e-9)
    assert density(x, median, p95) == pytest.approx(law(median, p95).pdf(x), rel=1e-6, abs=1e-12)
    assert share_above(p95, median, p95) == pytest.approx(0.05, abs=1e-9)
    assert quantile(0.99, median, p95) == pytest.approx(law(median, p95).ppf(0.99), rel=1e-6)


@given(st.floats(1e-6, 1 - 1e-6))
def test_the_normal_quantile_against_scipy(p):
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), abs=1e-7)


# Hold time


def test_lost_sales_against_a_simulation():
    rng, lost, holds = random.Random(5), 0.0, 100_000
    buyers, never, away, gone, median, p95, minutes = 6.0, 0.3, 0.5, 0.4, 2.5, 9.0, 8.0
    for _ in range(holds):
        if rng.random() < never:
            first = rng.expovariate(buyers / 60 * away)  # the first turned away who buys nothing else
            lost += first < minutes
        elif rng.lognormvariate(math.log(median), spread(median, p95)) > minutes:
            lost += rng.random() < gone
    assert lost_sales(minutes, buyers, never, away, gone, median, p95) == pytest.approx(lost / holds, rel=0.02)


def test_lost_in_a_rush_against_a_simulation():
    rng, lost, holds = random.Random(6), 0.0, 100_000
    rush, never, away, gone, median, p95, minutes = 10.0, 0.3, 0.5, 0.4, 2.5, 9.0, 6.0
    for _ in range(holds):
        if rng.random() < never:
            lost += rng.random() * rush + minutes > rush and rng.random() < away
        elif rng.lognormvariate(math.log(median), spread(median, p95)) > minutes:
            lost += rng.random() < gone
    assert lost_in_rush(minutes, rush, never, away, gone, median, p95) == pytest.approx(lost / holds, rel=0.02)


@given(st.floats(0.01, 20), st.floats(0.05, 0.6), SHARES, SHARES, st.floats(0.5, 5), st.floats(1.5, 8))
def test_a_best_hold_is_no_worse_than_its_neighbours(buyers, never, away, gone, median, ratio):
    p95 = median * ratio

    def cost(minutes):
        return lost_sales(minutes, buyers, never, away, gone, median, p95)

    best, low, high = best_length(cost, median, p95)
    assert low <= best <= high
    assert all(cost(best) <= 1.01 * cost(t) for t in (low, high, median / 2, median, p95, 2 * p95))  # a grid of 5%
    assert cost(low) <= 1.1001 * cost(best)
    assert cost(high) <= 1.1001 * cost(best)


@given(st.floats(0.02, 5), st.floats(1.1, 10))
def test_more_buyers_never_lengthen_the_hold(buyers, times):
    def best(rate):
        return best_length(lambda t: lost_sales(t, rate, 0.3, 0.5, 0.5, 2.5, 9.0), 2.5, 9.0)[0]

    assert (
        best(buyers * times) <= best(buyers) + 1e-9 or best(buyers * times) > 80
    )  # saturated: the sale is lost anyhow


# Overbooking and reserve


@given(st.integers(0, 60), st.integers(0, 200), st.floats(0, 1))
def test_the_binomial_tail_against_scipy(least, trials, p):
    assert binomial_at_least(least, trials, p) == pytest.approx(stats.binom.sf(least - 1, trials, p), abs=1e-9)


def profit(units, extra, show, margin, walk):
    sold = units + extra
    people = range(sold + 1)
    sent = sum(max(0, k - units) * stats.binom.pmf(k, sold, show) for k in people)
    return margin * sold - walk * sent


@pytest.mark.parametrize(("units", "show", "walk"), [(20, 0.9, 3.0), (50, 0.85, 2.0), (12, 0.7, 5.0), (1, 0.96, 3.0)])
def test_overselling_has_the_highest_profit(units, show, walk):
    most = max(1, math.floor(0.2 * units))
    best = max(range(most + 1), key=lambda b: profit(units, b, show, 1.0, walk))
    assert oversell(units, show, 1.0, walk) == best


@given(st.integers(1, 200), st.floats(0.5, 0.99), st.floats(1.05, 10))
def test_overselling_is_bounded_and_falls_with_the_cost_of_sending_away(units, show, walk):
    extra = oversell(units, show, 1.0, walk)
    assert 0 <= extra <= max(1, 0.2 * units)
    assert oversell(units, show, 1.0, 2 * walk) <= extra


def test_what_is_promised_by_name_is_not_sold_twice():
    assert oversell(1, 0.96, 72_000, 3 * 72_000) == 0
    assert oversell(1, 0.5, 1.0, 5.0) == 0


@pytest.mark.parametrize(
    ("units", "fails", "walk"), [(42, 0.02, 3.0), (64, 0.02, 3.0), (4, 0.02, 3.0), (100, 0.05, 5.0)]
)
def test_a_reserve_costs_least(units, fails, walk):
    def cost(kept):
        short = sum(max(0, k - kept) * stats.binom.pmf(k, units, fails) for k in range(units + 1))
        return kept + walk * short

    assert reserve(units, fails, walk) == min(range(units + 1), key=cost)


@given(st.floats(1, 1e5), st.floats(0.1, 1e4), st.floats(1e-4, 0.1), st.floats(1e-3, 0.2))
def test_counting_more_moves_comes_round_sooner(units, moves, wrong, bearable):
    days = count_days(units, moves, wrong, bearable)
    assert wrong * moves * days / units == pytest.approx(bearable)
    assert count_days(units, 2 * moves, wrong, bearable) == pytest.approx(days / 2)


# Waiting


def simulate(arrivals, services, servers, until, **more):
    ciw.seed(3)
    network = ciw.create_network(
        arrival_distributions=[arrivals], service_distributions=[services], number_of_servers=[servers], **more
    )
    run = ciw.Simulation(network)
    run.simulate_until_max_time(until)
    return run.get_all_records()


def test_erlang_a_against_ciw():
    # 24 an hour, 6 minutes, 3 people, patience 5 minutes
    records = simulate(
        ciw.dists.Exponential(0.4),
        ciw.dists.Exponential(1 / 6),
        3,
        60_000,
        reneging_time_distributions=[ciw.dists.Exponential(1 / 5)],
    )
    found = erlang_a(24, 6, 3, 5)
    assert found.abandons == pytest.approx(sum(r.record_type == "renege" for r in records) / len(records), rel=0.05)
    assert found.wait == pytest.approx(sum(r.waiting_time for r in records) / len(records), rel=0.05)
    assert found.waits == pytest.approx(sum(r.waiting_time > 0 for r in records) / len(records), rel=0.05)


@given(st.floats(1, 40), st.integers(1, 12))
def test_erlang_a_with_endless_patience_is_erlang_c(per_hour, servers):
    if per_hour * 6 / 60 < 0.9 * servers:
        assert erlang_a(per_hour, 6, servers, 1e8).waits == pytest.approx(erlang_c(per_hour / 10, servers), rel=1e-3)
        assert erlang_a(per_hour, 6, servers, 1e8).wait == pytest.approx(
            mean_wait_minutes(per_hour, 6, servers), rel=1e-3
        )


@given(st.floats(0.5, 200), st.floats(1, 30), st.integers(1, 30), st.floats(0.5, 60))
def test_more_people_lose_fewer(per_hour, minutes, servers, patience):
    few, many = (erlang_a(per_hour, minutes, n, patience) for n in (servers, servers + 1))
    assert 0 <= many.abandons <= few.abandons <= 1
    assert many.wait <= few.wait <= patience


def test_the_fewest_people_that_keep_callers():
    need = people_for(24.17, 6, 5)
    assert erlang_a(24.17, 6, need, 5).abandons <= 0.05 < erlang_a(24.17, 6, need - 1, 5).abandons


@given(st.floats(1, 30), st.floats(2, 15), st.integers(1, 8))
def test_a_constant_day_waits_as_erlang_c(per_hour, minutes, servers):
    if per_hour * minutes / 60 < 0.85 * servers:
        last = waits_over_a_day([per_hour] * 400, [servers] * 400, minutes)[-1]
        assert last == pytest.approx(mean_wait_minutes(per_hour, minutes, servers), rel=1e-3)


def test_a_shift_change_against_a_simulation():
    # 7 an hour, 10.5 from 18:00 to 19:00; 5 minutes; two people until 18:00, one after (15:00 to 22:00)
    rates = [7.0] * 36 + [10.5] * 12 + [7.0] * 36
    crew = [2] * 36 + [1] * 48
    waits = waits_over_a_day(rates, crew, 5)
    rng, sums, counts = random.Random(9), [0.0] * 7, [0] * 7
    for _ in range(6000):  # a plain simulation of many such days
        now, free = 0.0, [0.0, 0.0]
        while True:
            now += rng.expovariate(10.5 / 60)
            if now >= 420:
                break
            if not 180 <= now < 240 and rng.random() > 7 / 10.5:
                continue
            if now >= 180 and len(free) > 1:
                free.remove(max(free))  # the second finishes the case at hand and leaves
            first = min(range(len(free)), key=free.__getitem__)
            start = max(now, free[first])
            hour = int(now // 60)
            sums[hour] += start - now
            counts[hour] += 1
            free[first] = start + rng.expovariate(1 / 5)
    real = [s / c for s, c in zip(sums, counts, strict=True)]
    mine = [sum(waits[i * 12 : i * 12 + 12]) / 12 for i in range(7)]
    assert mine[0] == pytest.approx(real[0], abs=0.5)
    assert mine[3] == pytest.approx(real[3], rel=0.35)  # the busy hour with one person
    assert mine[6] == pytest.approx(real[6], rel=0.35)


def test_nobody_there_hands_all_on():
    waits = waits_over_a_day([6.0] * 4 + [0.0] * 4, [0] * 4 + [1] * 4, 10)
    assert all(math.isinf(w) for w in waits[:4])
    assert waits[4] > 0


# Money and limits


@given(st.floats(100, 1e6), st.floats(0.2, 1.5), st.floats(0.01, 0.3))
def test_few_payments_hold_much_of_the_money(mean, sigma, share):
    amounts = stats.lognorm(sigma, scale=mean * math.exp(-sigma * sigma / 2))
    limit = threshold(mean, sigma, share)
    assert amounts.sf(limit) == pytest.approx(share, rel=1e-4)
    above = stats.norm.sf((math.log(limit / mean) - sigma * sigma / 2) / sigma)
    assert money_above(sigma, share) == pytest.approx(above, abs=1e-6)
    assert money_above(sigma, share) > share


def test_the_money_above_by_integration():
    sigma, share = 0.8, 0.05
    amounts = stats.lognorm(sigma, scale=math.exp(-sigma * sigma / 2))
    part, _ = integrate.quad(lambda x: x * amounts.pdf(x), threshold(1.0, sigma, share), math.inf)
    assert money_above(sigma, share) == pytest.approx(part, abs=1e-4)


def test_the_limit_alone_costs_least():
    # 2 minutes' worth of 4,000 against 10% given without cause, payments lognormal around 36,000
    amounts, cause, escalation = law(36_000, 144_000), 0.1, 4_000

    def cost(limit):
        wasted, _ = integrate.quad(lambda x: cause * x * amounts.pdf(x), 0, limit)
        return wasted + escalation * amounts.sf(limit)

    best = alone_limit(escalation, cause)
    assert all(cost(best) <= cost(best * factor) for factor in (0.5, 0.8, 0.95, 1.05, 1.25, 2))


@given(st.floats(0.1, 1e5), st.floats(1e-3, 1e3), st.floats(1e-2, 1e4))
def test_the_square_root_costs_least(effort, per_day, harm):
    best = interval_days(effort, per_day, harm)

    def cost(days):
        return effort / days + per_day * harm * days / 2

    assert all(cost(best) <= cost(best * factor) * (1 + 1e-9) for factor in (0.25, 0.9, 1.1, 4))
    if 0.25 <= best <= 30:
        assert cost(rhythm(best)) <= 1.35 * cost(best)


@pytest.mark.parametrize(("days", "kept"), [(0.52, 0.5), (1.5, 1.0), (3.7, 2.0), (0.01, 0.25), (400, 30.0), (10, 7.0)])
def test_a_rhythm_that_can_be_kept(days, kept):
    assert rhythm(days) == kept


@given(st.floats(0.002, 0.2), st.floats(0, 0.9), st.floats(0.5, 10), st.floats(1.3, 8), st.floats(1e-5, 1e-2))
def test_payable_costs_least_and_falls_with_the_price_of_waiting(refunded, recovered, median, ratio, per_day):
    p95 = median * ratio
    best = payable_days(refunded, recovered, median, p95, per_day)
    costs = [cost_of_wait(d, refunded, recovered, median, p95, per_day) for d in range(121)]
    assert costs[best] == min(costs)
    assert payable_days(refunded, recovered, median, p95, 2 * per_day) <= best


# Alarms


@given(st.floats(0.05, 3000), st.sampled_from([0.0, 0.05, 0.1, 0.25]))
def test_count_tails_against_scipy(mean, varies):
    counts = stats.poisson(mean) if varies == 0 else stats.nbinom(1 / varies**2, 1 / (1 + mean * varies**2))
    limit = count_limit(mean, varies, 0.003)
    assert count_at_least(limit, mean, varies) == pytest.approx(counts.sf(limit - 1), abs=1e-7)
    assert counts.sf(limit - 1) <= 0.003 + 1e-7
    assert limit == 2 or counts.sf(limit - 2) > 0.003 - 1e-7
    floor = count_floor(mean, varies, 0.003)
    assert floor < 0 or counts.cdf(floor) <= 0.003 + 1e-7
    assert counts.cdf(floor + 1) > 0.003 - 1e-7


@given(st.floats(4_001, 1e6), st.sampled_from([0.03, 0.1, 0.25]))
def test_large_counts_use_a_gamma_law(mean, varies):
    counts = stats.nbinom(1 / varies**2, 1 / (1 + mean * varies**2))
    limit = count_limit(mean, varies, 0.003)
    assert limit == pytest.approx(counts.isf(0.003), rel=2e-3)
    assert count_floor(mean, varies, 0.003) == pytest.approx(counts.ppf(0.003), rel=5e-3)
    assert count_at_least(limit, mean, varies) == pytest.approx(0.003, rel=0.05)


@pytest.mark.parametrize(("mean", "k", "h"), [(3.6, 5, 8), (0.5, 1, 4), (1.8, 3, 5)])
def test_run_lengths_against_a_simulation(mean, k, h):
    days, alarms, s = 1_000_000, 0, 0
    for count in stats.poisson(mean).rvs(size=days, random_state=12).tolist():
        s = max(0, s + count - k)
        if s >= h:
            alarms, s = alarms + 1, 0
    assert run_length(mean, k, h) == pytest.approx(days / alarms, rel=0.07)


@given(st.floats(0.05, 4.9))
def test_a_running_sum_errs_once_a_year_and_finds_a_doubling(mean):
    k = reference_value(mean)
    h = decision_interval(mean, k, 365.0)
    assert run_length(mean, k, h) >= 365
    assert h == 2 or run_length(mean, k, h - 1) < 365
    assert run_length(2 * mean, k, h) < run_length(mean, k, h)


def test_lucas_reference_value():
    assert reference_value(3.6) == 5  # 3.6 / ln 2 = 5.19
    assert reference_value(0.1) == 1


# Clearing, retries, words


def test_clearing_a_weekend_against_a_walk():
    waiting = pile(16.2, 63)
    assert waiting == pytest.approx(42.525)
    hours = hours_to_clear(waiting, 16.2, 6, 2)
    left, walked = waiting, 0.0
    while left > 0:
        left += (16.2 / 24 - 2 * 60 / 6) / 1000
        walked += 1 / 1000
    assert hours == pytest.approx(walked, abs=0.01)
    assert math.isinf(hours_to_clear(10, 500, 6, 2))  # 20.8 an hour come, 20 are done


@given(st.floats(0.5, 60), st.floats(1.3, 20), st.one_of(st.none(), st.floats(60, 3600)))
def test_enquiries_rise_and_end_before_the_hold(median, ratio, end):
    times = schedule(median, median * ratio, end)
    assert list(times) == sorted(times)
    assert 1 <= len(times) <= 3
    assert end is None or times[-1] <= end
    assert quarantine(median, median * ratio) % 60 == 0


def test_retries_of_a_usual_payment():
    # 3 s × exp(2.326 × ln(20/3)/1.645) = 43.9 s → 60; 99.9%: 105.9 s → 120
    assert schedule(3, 20, 600) == (60, 180, 540)
    assert schedule(3, 20, 300) == (60, 180, 300)
    assert quarantine(3, 20) == 120


def test_slips_last():
    assert slips(28) == 50  # Poisson 99.9% point of 28 is 46
    assert stats.poisson(28).sf(49) < 0.001


@given(st.floats(1e-2, 1e9))
def test_nice_sums_stay_near(amount):
    assert abs(math.log(nice(amount) / amount)) <= math.log(1.5) / 2 + 1e-9


@pytest.mark.parametrize(("minutes", "said"), [(23.3, 25), (4.7, 5), (6.2, 6), (0.2, 1), (9999, 1440)])
def test_usable_lengths(minutes, said):
    assert usable_minutes(minutes) == said
