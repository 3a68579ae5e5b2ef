"""Specifications that formats break on: long titles, other scripts, many policies, empty parts, hostile text."""

from specs import good

HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.test","x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    "\x00\x07\x1b[31m제어 문자\ufffe",
    "반쪽 \ud83d 문자",
    "{{ spec.title }} {% for x in y %}",
    "]]> &amp; <w:t> & <b>",
    "줄\n바꿈, 쉼표; 세미콜론 \\ 역사선",
    "مرحبا بالعالم שלום",
    "👩‍🚒🏕️ 캠핑",
)


def renamed(names):
    """The good specification with these as the names, triggers and first steps of its policies."""
    spec = good()
    policies = []
    for policy in spec.policies:
        name = names[(policy.number - 1) % len(names)]
        step = policy.runbook[0].model_copy(update={"action": name, "actor": name[:20]})
        policies.append(
            policy.model_copy(update={"name": name, "trigger": name, "runbook": (step, *policy.runbook[1:])})
        )
    return spec.model_copy(update={"policies": tuple(policies), "title": " ".join(names)})


def many(count=300):
    """So many policies, a rollout item for each."""
    spec = good()
    first, item = spec.policies[0], spec.rollout.week_1[0]
    policies = tuple(
        first.model_copy(update={"number": n, "id": f"P-{n}", "name": f"정책 {n}번"}) for n in range(1, count + 1)
    )
    items = tuple(item.model_copy(update={"policy": n}) for n in range(1, count + 1))
    return spec.model_copy(
        update={
            "policies": policies,
            "rollout": spec.rollout.model_copy(update={"week_1": items, "weeks_1_4": (), "months_1_3": ()}),
        }
    )


def empty():
    """Headings with nothing below them."""
    spec = good()
    return spec.model_copy(
        update={
            "policies": (), "failure_modes": (), "questions": (), "assumptions": (),
            "rollout": spec.rollout.model_copy(update={"week_1": (), "weeks_1_4": (), "months_1_3": ()}),
        }
    )  # fmt: skip


def long_title():
    return good().model_copy(update={"title": "가나다라마바사아자차" * 20})
