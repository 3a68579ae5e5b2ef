"""The rules as Prometheus itself reads them: promtool checks them, runs their unit tests, and hears when a threshold is wrong."""

import re
import subprocess

import pytest
import yaml

from opslead.render.format import Bundle, render_all
from opslead.render.monitoring.plan import plan
from opslead.spec.document import Monitoring
from opslead.spec.parse import parse_specification
from specs import english, good

HOSTILE = "대기 {{ $labels.x }} {{ if }} `rm` <b> | \u202e\U0001f525 " + "가" * 200


def written(tmp_path, spec):
    files, failed = render_all(["prometheus"], Bundle(spec))
    assert not failed
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "prometheus"


def promtool(*arguments):
    return subprocess.run(["promtool", *map(str, arguments)], capture_output=True, text=True, check=False)


def watched(**said):
    """A specification whose third policy is watched in these words, and no other."""
    spec = good()
    bent = [
        p.model_copy(update={"monitoring": Monitoring(**said) if p.number == 3 else Monitoring()})
        for p in spec.policies
    ]
    return spec.model_copy(update={"policies": tuple(bent)})


@pytest.mark.parametrize("spec", [good(), english()], ids=["ko", "en"])
def test_the_rules_and_their_unit_tests_pass(tmp_path, spec):
    folder = written(tmp_path, spec)
    checked = promtool("check", "rules", *sorted(folder.glob("rules/*.yaml")))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    tested = promtool("test", "rules", *sorted(folder.glob("tests/01-*.yaml")))
    assert tested.returncode == 0, tested.stdout + tested.stderr


EVERY = {
    "leading": (f"{HOSTILE} 비율이 15분 창에서 4% 초과 시 당직에게 알림", "기록이 1시간에 3건이면 당직 호출", "나이 중앙값: 2시간†을 넘으면 재무에게"),
    "start": "기온 10℃ 이하면 켠다",
    "relax": "성공률 99% 이상이 30분 이어지면 되돌린다. 8주 동안 사고 0건이면 줄인다",
    "stop": "쌓인 건이 0건이고 접수가 4시간 아래면 멈춘다",
}  # fmt: skip


def test_every_kind_of_threshold_fires_at_its_bound_and_not_beside_it(tmp_path):
    folder = written(tmp_path, watched(**EVERY))
    tested = promtool("test", "rules", *sorted(folder.glob("tests/*.yaml")))
    assert tested.returncode == 0, tested.stdout + tested.stderr
    tests = [t for path in folder.glob("tests/*.yaml") for t in yaml.safe_load(path.read_text("utf-8"))["tests"]]
    rules = yaml.safe_load((folder / "rules" / "03.yaml").read_text("utf-8"))["groups"][0]["rules"]
    assert rules[-1]["alert"] == "Op3NoData"
    for rule in rules:
        asked = [t["alert_rule_test"][0] for t in tests if t["alert_rule_test"][0]["alertname"] == rule["alert"]]
        assert {bool(one["exp_alerts"]) for one in asked} == {True, False}


SLIPS = (
    ("> 0.04", ">= 0.04"), ("[1h])) >= 3", "[1h])) >= 4"), ("> 7200", "> 7201"), ("<= 10", "< 10"), ("for: 30m", "for: 25m"),
    ("== 0) and", "== 0) or"), (" offset 8w", ""), ("_state == 1)", "_state >= 1)"), ("for: 15m", "for: 30m"),
    ("label_replace(absent(", "label_replace(("), (" | humanizePercentage", ""), ("severity: info", "severity: warning"),
)  # fmt: skip


def test_a_rule_that_was_changed_fails_its_unit_tests(tmp_path):
    """Each slip in a copy of its own with the tests of the alerts that it touches; all in one run, since promtool is slow to begin."""
    folder = written(tmp_path, watched(**EVERY))
    text = (folder / "rules" / "03.yaml").read_text(encoding="utf-8")
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("tests/*.yaml"))]
    for number, (find, put) in enumerate(SLIPS):
        assert find in text
        bent = text.replace(find, put, 1)
        before, after = (yaml.safe_load(one)["groups"][0]["rules"] for one in (text, bent))
        (touched,) = [old["alert"] for old, new in zip(before, after, strict=True) if old != new]
        for file in files:
            tests = [test for test in file["tests"] if test["alert_rule_test"][0]["alertname"] == touched]
            if tests:
                copy = {**file, "rule_files": [f"slip{number}.rules"], "tests": tests}
                (tmp_path / f"slip{number}.test").write_text(yaml.dump(copy), encoding="utf-8")
        (tmp_path / f"slip{number}.rules").write_text(bent, encoding="utf-8")
    tested = promtool("test", "rules", *(tmp_path / f"slip{number}.test" for number in range(len(SLIPS))))
    _, *verdicts = tested.stdout.split("Unit Testing:")
    assert len(verdicts) == len(SLIPS)
    assert [verdict for verdict in verdicts if "SUCCESS" in verdict] == []


def test_rules_say_what_the_document_says(tmp_path):
    spec = good()
    folder = written(tmp_path, spec)
    page = (folder / "METRICS.md").read_text(encoding="utf-8")
    made = plan(spec)
    assert {alert.policy.number for alert in made.alerts} == {policy.number for policy in spec.policies}
    for path in folder.glob("rules/*.yaml"):
        policy = spec.policies[int(path.stem) - 1]
        for rule in yaml.safe_load(path.read_text("utf-8"))["groups"][0]["rules"]:
            assert rule["labels"]["policy"] == policy.id
            loud = {"relax": "info", "stop": "critical"}.get(rule["labels"]["part"], "warning")
            assert rule["labels"]["severity"] == loud
            assert rule["labels"]["owner"] == "당직"
            assert (
                rule["annotations"]["runbook_url"]
                == "{{ $externalLabels.runbooks }}" + f"cards/{policy.number:02d}.html"
            )
            assert policy.name in rule["annotations"]["summary"]
            for metric in re.findall(r"opslead_\w+", rule["expr"]):
                assert f"`{metric}`" in page


def test_what_cannot_be_watched_is_on_the_page_with_the_reason():
    spec = watched(leading=("교대 분위기", "하루 30건 이상이면 | 당직에게 알림"), stop="대표가 멈추라고 하면")
    page = render_all(["prometheus"], Bundle(spec))[0]["prometheus/METRICS.md"].decode()
    assert "| #3 | 선행(leading) | 교대 분위기 | 수가 없다 |" in page
    assert "대표가 멈추라고 하면" in page
    assert "하루 30건 이상이면 \\| 당직에게 알림" in page  # counted, but of what?


def test_a_clause_without_a_subject_speaks_of_what_was_named_before():
    spec = watched(leading=("도달률: 95% 미만이면 알람",), start="격리가 1시간에 3건이면 늘린다", relax="30분 연속 99%면 되돌린다", stop="24시간 0건이면 닫는다")  # fmt: skip
    alerts = {alert.name: alert.terms[0] for alert in plan(spec).alerts}
    assert [term.metric.subject for term in alerts.values()] == ["도달률", "격리", "도달률", "격리"]
    assert alerts["Op3Relax"].metric.name == alerts["Op3Leading1"].metric.name
    assert alerts["Op3Stop"].metric.name == alerts["Op3Start"].metric.name


def loudness(**said):
    return {alert.name: (alert.severity, len(alert.terms)) for alert in plan(watched(**said)).alerts}


def test_what_leads_back_out_of_a_measure_is_no_trouble_and_waits_for_the_measure():
    said = loudness(
        leading=("도달률: 95% 미만이면 당직에게 알림", "‘돈만 받은 건’ 15분 초과 1건: 당직 호출"),
        start="격리가 1시간에 3건이면 늘린다",
        relax="취소율이 5%를 넘으면 줄인다",
        stop="미해결 격리가 10건을 넘으면 접수를 닫고, 30분 연속 0건이면 다시 연다",
    )
    assert said == {
        "Op3Leading1": ("warning", 1),
        "Op3Leading2": ("critical", 1),
        "Op3Start": ("warning", 1),
        "Op3Relax": ("info", 2),
        "Op3Stop": ("critical", 1),
        "Op3Stopb": ("info", 2),
    }


def test_little_of_a_thing_stops_the_policy_unless_little_is_what_is_bad():
    assert loudness(stop="쌓인 건이 0건이면 끝낸다") == {"Op3Stop": ("info", 2)}
    bad = loudness(leading=("도달률: 95% 미만이면 당직에게 알림",), stop="도달률 80% 미만이면 접수를 닫는다")
    assert bad["Op3Stop"] == ("critical", 1)


def test_who_is_told_is_found_whatever_the_article():
    spec = english()
    watch = Monitoring(leading=("Waiting cases: above 3 alerts the finance desk",))
    steps = tuple(step.model_copy(update={"actor": f"The {step.actor}"}) for step in spec.policies[0].runbook)
    last = steps[-1].model_copy(update={"actor": "The finance desk"})
    policy = spec.policies[0].model_copy(update={"monitoring": watch, "runbook": (*steps, last)})
    assert [alert.owner for alert in plan(spec.model_copy(update={"policies": (policy,)})).alerts] == ["finance desk"]


def test_nothing_to_watch_and_many_policies():
    empty = parse_specification("# 제목\n\n말뿐이다.\n", "e.md")
    files, failed = render_all(["prometheus", "grafana"], Bundle(empty))
    assert not failed
    assert "prometheus/METRICS.md" in files
    spec = good()
    many = tuple(spec.policies[n % 20].model_copy(update={"number": n + 1, "id": "같은"}) for n in range(300))
    made = plan(spec.model_copy(update={"policies": many}))
    assert len({metric.name for metric in made.metrics}) == len(made.metrics)
    assert len({alert.name for alert in made.alerts}) == len(made.alerts) >= 300
