"""Questions of law, gathered for Risk/Legal: what waits for an answer, with the operational facts it needs. Never an answer.

A policy's [UNCERTAIN] that speaks of law, terms, privacy or labour is sorted under its topic; some topics are asked whenever the service
does the thing itself (keeps personal data, keeps money, records, blocks customers). One question a topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opslead.model.service import Service
from opslead.policy.legal_facts import FACTS, applies
from opslead.spec.document import LegalQuestion, Policy, Specification
from opslead.text import Lang, pick

MOST = 12
"""Questions of one document."""
_MOST_ASKED = 2
"""Questions of policies that stand behind the topic's own."""
MOST_FACTS = 6

LAW = re.compile(
    r"법무|risk\s?/\s?legal|약관|위법|적법|합법|법(?:률|령|적|으로|이 정한)|규정|근로|개인정보|보관\s?기간|고지\s?의무|소방|동의(?:를|가|\s?없)"
    r"|\blegal(?:ly)?\b|\blaws?\b|\bterms\b|regulat|\bretention\b|\bconsent\b|\bprivacy\b|\blabour\b|scheme rules|employment contract",
    re.I,
)
"""Words by which an [UNCERTAIN] speaks of law, terms, privacy or labour."""
_ASKS_LAW = re.compile(
    LAW.pattern
    + r"|계약|의무|책임|근거|허용|기준|얼마 동안|얼마나 (?:오래|보관|두)|청구|열람|문구|\bcontract\b|\bduty\b|liab|\bground\b|^may\b|\bowes?\b|\bkept\b|must be",
    re.I,
)
_REMARK = re.compile(r"\s*[(（][^()（）]*(?:법무|확인|legal)[^()（）]*[)）]", re.I)
"""`(법무 확인)` behind a question, which is said by where it stands now."""


@dataclass(frozen=True)
class Topic:
    """A field of law by the words of what is asked, and the question put to Risk/Legal. `names`: words of a policy that waits for it."""

    key: str
    words: re.Pattern[str]
    ko: str
    en: str


def _topic(key: str, words: str, ko: str, en: str) -> Topic:
    return Topic(key, re.compile(words, re.I), ko, en)


TOPICS = (
    _topic(
        "recording",
        r"영상|녹화|녹음|촬영|CCTV|카메라|footage|recording|camera|\bvideo\b",
        "사진·영상·통화 기록을 어디까지 남기고, 누가 보고, 얼마 동안 둘 수 있는가?",
        "How far may pictures, footage and calls be recorded, who may see them, and how long may they be kept?",
    ),
    _topic(
        "labour",
        r"근로|단독\s?근무|직원의\s|근무자|노동|초과\s?근무|대기\s?비용|labour|employment|work(?:ing)? alone|checks on staff|agent’s own|staff views",
        "혼자 근무하는 시간과 업무, 직원의 처리 기록을 들여다보는 범위에 지켜야 할 기준은 무엇인가?",
        "Which rules bind work done alone, and the use of records about staff?",
    ),
    _topic(
        "time",
        r"시각(?:을|인가|인지|으로)|효력|의사\s?표시|time of (?:asking|handling)|effective time|as of which time",
        "근무 시간 밖에 들어온 취소와 요청은 어느 시각을 기준으로 다루어야 하는가?",
        "Which time counts for a cancellation or request that comes out of hours?",
    ),
    _topic(
        "penalty",
        r"노쇼|위약|환불\s?없|환불\s?비율|성립하는지|부담표|보증금|no-?show|penalt|charge and the grace|sum kept|deposit may be held|forfeit",
        "환불하지 않거나 위약금을 받는 조건이 지금의 약관과 화면 문구로 성립하는가?",
        "Do the conditions under which nothing is paid back, or a charge is kept, stand on today's terms and screen texts?",
    ),
    _topic(
        "credit",
        r"적립금|포인트|쿠폰|보상을 회수|음수 잔액|\bcredit\b(?! card)|\bpoints\b|voucher",
        "적립금이나 보상으로 준 것의 유효 기간, 회수와 현금 환급은 어떻게 다루어야 하는가?",
        "How are expiry, taking back and repayment in cash of credit to be handled?",
    ),
    _topic(
        "putting_right",
        r"다시 청구|되돌릴|회수|틀린 요금|틀린 값|소급|초과 지급|상계|tak(?:en|ing) (?:it )?back|claimed? back|set-off|wrong(?:ly)? p|refunded twice|charged again|re-approv|approved again",
        "잘못 나간 돈이나 틀린 값으로 확정된 건을 나중에 바로잡을 수 있는 조건은 무엇인가?",
        "Under which conditions may money paid wrongly, or a case confirmed at a wrong price, be put right afterwards?",
    ),
    _topic(
        "blocking",
        r"차단|이용\s?제한|이용\s?정지|면제하는|어떤 사람에게만|\bblock(?:s|ed|ing)?\b|suspend|ban\b",
        "고객의 이용을 막거나 제한할 수 있는 사유와 절차, 이의를 받는 방법은 무엇이어야 하는가?",
        "For which reasons and by which procedure may a customer be blocked or limited, and how is an objection taken?",
    ),
    _topic(
        "disclosure",
        r"알릴 의무|고지|통보|제삼자|신분|식별|생년월일|전달하는 것|표시를 받|명부에|일부러 보|disclos|third part|identif|must be told|ground for each|on what ground|opted out|consent text|opt(?:ed)? in",
        "누구에게 어떤 정보를 보이거나 넘길 수 있고, 어떤 동의와 고지가 필요한가?",
        "Who may be shown or given which data, and which consent and notice does it take?",
    ),
    _topic(
        "retention",
        r"보관|남겨야|지울 의무|파기|개인정보|얼마나 두|얼마 동안 두|retention|\bkept\b|must be kept|how long",
        "손님의 정보를 항목마다 얼마 동안 두고, 무엇을 언제 지우고 무엇을 남겨야 하는가?",
        "For each kind of personal data: how long is it kept, what has to go when, and what has to stay?",
    ),
    _topic(
        "safety",
        r"소방|안전\s?(?:규정|기준|담당)|방염|비상|대피|텐트를 여는|fire|safety|emergency",
        "현장의 안전 설비, 상주 인원, 허락 없이 들어가는 경우에 지켜야 할 기준은 무엇인가?",
        "Which rules bind safety equipment, people on site, and entering without permission?",
    ),
    _topic(
        "liability",
        r"책임|비용|계약|liab|contract|who bears|who owes",
        "파트너의 지연과 오류, 물건의 손상으로 생긴 비용과 책임은 계약에서 누구의 것인가?",
        "Who bears cost and liability for a partner's delays and errors and for damage, by the contracts?",
    ),
    _topic(
        "terms",
        r"",
        "이 정책들이 정하는 조건을 약관에 적고 미리 알려야 하는가?",
        "Do the conditions that these policies set have to stand in the terms and be announced?",
    ),
)
"""In the order of precedence; the last one takes what no other does."""


@dataclass(frozen=True)
class _Asked:
    """What one policy asks of Risk/Legal."""

    policy: int
    topic: str
    questions: tuple[str, ...]


def legal(specification: Specification, service: Service) -> tuple[LegalQuestion, ...]:
    """At most twelve questions, one a topic, those for which most policies wait first; each with facts of the model, quoted or summed."""
    lang = service.language
    asked = [item for policy in specification.policies if (item := _of(policy)) is not None]
    made = []
    for order, topic in enumerate(TOPICS):
        mine = [item for item in asked if item.topic == topic.key]
        if not mine and not applies(topic.key, service):
            continue
        numbers = tuple(sorted({item.policy for item in mine} or _waiting(topic, specification.policies)))
        facts = tuple(dict.fromkeys(FACTS[topic.key](service)))[:MOST_FACTS]
        made.append(
            (-len(numbers), order, LegalQuestion(question=_question(topic, mine, lang), facts=facts, policies=numbers))
        )
    return tuple(question for _, _, question in sorted(made, key=lambda one: one[:2]))[:MOST]


def _of(policy: Policy) -> _Asked | None:
    """What of a policy's uncertainty is a question of law; None where nothing is."""
    if policy.uncertain is None:
        return None
    whole = " ".join((policy.uncertain.what, *policy.uncertain.questions))
    if not LAW.search(whole):
        return None
    legal_ones = tuple(q for q in policy.uncertain.questions if _ASKS_LAW.search(q))
    spoken = " ".join((of_law(policy.uncertain.what), *legal_ones))
    return _Asked(policy.number, topic_of(spoken), legal_ones)


_SENTENCE = re.compile(r"(?<=[.!?。？])\s+")


def of_law(text: str) -> str:
    """The sentences of an [UNCERTAIN] that speak of law: what else is uncertain (whether the thing exists at all) is nothing for lawyers."""
    return " ".join(part for part in _SENTENCE.split(text) if LAW.search(part))


def topic_of(text: str) -> str:
    """The topic whose words stand most often in the text; of equals the first."""
    counted = [(len(topic.words.findall(text)) if topic.words.pattern else 0, topic.key) for topic in TOPICS]
    most = max(number for number, _ in counted)
    return next(key for number, key in counted if number == most) if most else "terms"


def _question(topic: Topic, asked: Sequence[_Asked], lang: Lang) -> str:
    """The topic's question, and behind it what policies ask in particular."""
    special = list(dict.fromkeys(_REMARK.sub("", q).strip() for item in asked for q in item.questions))[:_MOST_ASKED]
    own = pick(lang, topic.ko, topic.en)
    return own + (pick(lang, " 특히: ", " In particular: ") + " ".join(special) if special else "")


def _waiting(topic: Topic, policies: Sequence[Policy]) -> Iterator[int]:
    """Policies that do what the topic is about although they do not ask."""
    for policy in policies:
        if topic.words.pattern and topic.words.search(f"{policy.name} {policy.intent}"):
            yield policy.number
