"""The benchmark of `check`: what is missed and what is told too much both count."""

from collections import Counter

from contract import named, report, row
from opslead.contract import Breach, Finding


def finding(rule, where):
    return Finding(rule, "error", Breach(where, "wrong"))


FOUND = (finding("OL013", "Policy #3, Monitoring / alarms"), finding("OL013", "정책 #12, 모니터링/알람"), finding("OL017", "verification questions"))  # fmt: skip


def test_a_finding_is_named_by_rule_and_policy():
    assert [named(one) for one in FOUND] == ["OL013 #3", "OL013 #12", "OL017"]


def test_missed_and_false(capsys):
    made = row("reply.md", FOUND, Counter(["OL013 #3", "OL017", "OL021 #3"]))
    assert (made.wanted, made.found, made.false, made.right) == (3, 2, ("OL013 #12",), False)
    assert not report("Replies", [made])
    assert "OL013 #12" in capsys.readouterr().out


def test_all_of_it_and_nothing_else():
    assert row("reply.md", FOUND, Counter(map(named, FOUND))).right
    assert not row("reply.md", FOUND[:2], Counter(map(named, FOUND))).right
