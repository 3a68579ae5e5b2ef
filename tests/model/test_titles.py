"""What a step is called inside another sentence."""

import pytest

from opslead.model.document import ServiceText
from opslead.model.resolve import resolve


@pytest.mark.parametrize(
    ("step", "title"),
    [
        ({"kind": "check_in", "name": "접수 직원 접수", "actor": "접수 직원"}, "접수"),
        ({"kind": "check_in", "name": "보호자 도착", "actor": "보호자"}, "보호자 도착"),
        ({"kind": "check_in", "name": "접수 직원", "actor": "접수 직원"}, "접수 직원"),
        ({"kind": "sync", "name": "저녁에 옮겨 적는다", "manual": True}, "옮겨 적기"),
        ({"kind": "sync", "name": "매일 새벽에 서로 맞춘다", "manual": False}, "연동"),
    ],
)
def test_a_title_leaves_out_whoever_stands_beside_it(step, title):
    actors = [{"name": "접수 직원", "role": "field"}, {"name": "보호자", "role": "customer"}]
    text = {"name": "병원", "language": "ko", "actors": actors, "flows": [{"name": "진료", "steps": [step]}]}
    service = resolve(ServiceText.model_validate(text))
    assert next(iter(service.steps())).title("ko") == title
