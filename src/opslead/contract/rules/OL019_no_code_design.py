"""OL019: no code-level design: classes, tables, frameworks"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach, texts
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    code = re.compile(
        r"\b(?:SELECT|INSERT|UPDATE|DELETE)\s+[\w*,\s]+\b(?:FROM|INTO|SET|WHERE)\b|\bFOR UPDATE\b|\bCREATE TABLE\b|\b[A-Z][a-z]+[A-Z]\w*(?:Service|Controller|Repository|Entity|Manager|Handler)\b"
        r"|\b(?:Spring(?: ?Boot)?|Django|Kafka|RabbitMQ|Redis|Redlock|MongoDB|DynamoDB|Kubernetes|GraphQL|Next\\.js|Hibernate|JPA)\b"
        r"|\b(?:foreign key|primary key|composite index|unique index|stored procedure|class diagram|microservice)\b|\w+\(\)\s*(?:메서드|함수|를 호출)|테이블에 (?:컬럼|열)"
    )
    for policy in specification.policies:
        for name, text in texts(policy):
            if match := code.search(text):
                repair = pick(lang, "지켜야 할 상태와 결과로 바꿔 쓴다", "say the state and outcome that must hold")
                yield breach(
                    policy, lang, name, pick(lang, "코드 수준 설계다", "code-level design"), match.group(), repair
                )


RULE = Rule(
    id="OL019",
    name="no-code-design",
    severity="error",
    summary={
        "ko": "코드 수준 설계(클래스, 테이블, 프레임워크)가 없다",
        "en": "no code-level design: classes, tables, frameworks",
    },
    why={
        "ko": "운영 명세는 무엇을 지키는지 말하고, 어떻게 짜는지는 개발자가 정한다.",
        "en": "The specification says what holds; how it is coded is for the developers.",
    },
    repair={"ko": "지켜야 할 상태와 결과로 바꿔 쓴다", "en": "say the state and outcome that must hold"},
    bad="ReservationService 클래스에 SELECT … FOR UPDATE를 쓴다",
    good="자리 하나의 주인은 하나이고, 쓰는 순간에 서버가 확인한다",
    check=check,
)
