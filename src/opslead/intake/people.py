"""People in running text: the words of `words/{ko,en}.yaml` that name somebody who takes part, and what they do there.

A word counts when it stands as a noun of its own: with a particle or a boundary after it in Korean (`회원은`, not
`회원가입`), and with what it says in the sentence: it acts (subject), it is acted on (dative, `by`), or it is merely named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from types import MappingProxyType

from opslead.intake import lexicon
from opslead.intake.sentences import word_set
from opslead.model.steps import Role

NONE = "none"


class Part(IntEnum):
    """What a person does in the sentence."""

    NAMED = 0
    TOUCHED = 1  # something is sent to, asked of or done for this person
    ACTS = 2


@dataclass(frozen=True)
class Person:
    """One mention. `name` with its modifier, English in the singular; `head` the bare word; `group` the kind of job."""

    start: int
    end: int
    name: str
    head: str
    role: Role
    group: str
    part: Part


_HANGUL_BEFORE = re.compile(r"[가-힣]{1,6}$")
_HANGUL_RUN = re.compile(r"[가-힣]*")
_PLURAL_OR_TITLE = re.compile(r"^(?:님|들|측|분들|쪽)+")
_SUBJECT = re.compile(r"^(?:이|가|은|는|께서|께서는|도|이나|나|와|과|만|이고|이며|에서|에서는)?$")
_TOUCHED = re.compile(r"^(?:에게|에게서|에게는|한테|께|을|를|으로|로|으로부터|부터|용|마다)$")
_OWNING = re.compile(
    r"^(?:의|별|랑|이랑|까지|간|인|인지|이라면|이면|이라도|일|라면|에게도|에게만|과의|와의|에|으로서|로서|이므로|당)$"
)
_ACTING = word_set("이 가 은 는 께서 께서는 도 이나 나 만 에서 에서는 으로서 로서")
_ONLY_IS_THERE = re.compile(
    r"^(?:,|\s(?:거의 |아직 |모두 )?(?:없|있[는다고지으습]|많|적[은다고]|부족|늘[어고]|아니|아닌|충분))"
)
_COUNTED = re.compile(r"\s?(?:\d{1,4}|한|두|세|네|다섯)\s?(?:명|인)(?:이|은|을|씩)?(?![가-힣])")


def people(text: str, named: Mapping[str, str] = MappingProxyType({})) -> tuple[Person, ...]:
    """Everybody the text mentions, in order. `named` are further names that a document uses, each with its role.group."""
    hits = [hit for hit in lexicon.find(text, "roles") if hit.key != NONE]
    for name, key in named.items():
        for match in re.finditer(rf"(?<![A-Za-z가-힣]){re.escape(name)}", text):
            if not any(hit.start < match.end() and match.start() < hit.end for hit in hits):
                hits.append(lexicon.Hit(match.start(), match.end(), key, name))
    found: list[Person] = []
    for hit in sorted(hits):
        role, _, group = hit.key.partition(".")
        hangul = "가" <= hit.word[-1] <= "힣"
        spoken_for = any(
            other.part is Part.ACTS and not _CLAUSE_END.search(text[other.end : hit.start]) for other in found
        )
        person = _korean(text, hit, Role(role), group, spoken_for) if hangul else _english(text, hit, Role(role), group)
        if person:
            found.append(person)
    return tuple(_together(text, found))


_COORDINATED = re.compile(r"(?:과|와|및|,|·|/|\s|\band\b|\bor\b|&|\bthe\b|\bour\b)*")


def _together(text: str, found: list[Person]) -> list[Person]:
    """Of people named in a row (`the warehouse and customer service use …`), all do what the last one does."""
    for index in range(len(found) - 2, -1, -1):
        person, following = found[index], found[index + 1]
        between = text[person.end : following.start]
        joined = len(between) < 40 and between.strip(" ,") and _COORDINATED.fullmatch(between)
        if joined and person.part is not Part.ACTS and following.part is Part.ACTS:
            found[index] = replace(person, part=Part.ACTS)
    return found


_CLAUSE_END = re.compile(r"(?:[가-힣](?:고|며|면|서|지만|는데|다|요)(?=[,\s])|[,;.→])\s*")


_BY_BEFORE = re.compile(r"\bby\s(?:the |an? |our )?$")


def clauses(text: str, found: tuple[Person, ...]) -> tuple[tuple[Person, str], ...]:
    """Each acting person with the part of the sentence that says what this person does.

    A Korean clause may put the object first (`환불은 가맹점주가 처리하고`), so a part begins at the end of the clause before.
    """
    acting = [person for person in found if person.part is Part.ACTS]
    starts: list[int] = []
    for index, person in enumerate(acting):
        before = acting[index - 1].end if index else 0
        leads = person.name[-1].isascii() and not _BY_BEFORE.search(text[max(0, person.start - 12) : person.start])
        ends = [match.end() for match in _CLAUSE_END.finditer(text, before, person.start)]
        starts.append(person.start if leads else ends[-1] if ends else 0 if index == 0 else person.start)
    stops = [*starts[1:], len(text)]
    return tuple((person, text[starts[index] : stops[index]]) for index, person in enumerate(acting))


def _korean(text: str, hit: lexicon.Hit, role: Role, group: str, spoken_for: bool) -> Person | None:
    run = _HANGUL_RUN.match(text, hit.end)
    after = run.group() if run else ""
    tail = _PLURAL_OR_TITLE.sub("", after)
    acting = tail in _ACTING
    if not (acting or _SUBJECT.match(tail) or _TOUCHED.match(tail) or _OWNING.match(tail)):
        return None
    glued = _HANGUL_BEFORE.search(text[max(0, hit.start - 6) : hit.start])
    if glued and len(glued.group()) == 1 and glued.group() not in "비타총본신여남":
        return None  # 고사장 is a place
    start = hit.start - len(glued.group()) if glued else hit.start
    name = text[start : hit.end]
    if not glued and (modifier := _modifier_ko(text[:start], hit.word)):
        name = f"{modifier} {name}"
        start = text.rfind(modifier, 0, start)
    there = tail.startswith("에서")
    if acting and (_ONLY_IS_THERE.match(text[hit.end + len(after) :]) or (there and spoken_for)):
        part = Part.NAMED
    elif acting and tail not in ("도", "이나", "나", "만"):
        part = Part.ACTS
    elif not tail and (
        (_COUNTED.match(text[hit.end :]) and group != "office") or (not spoken_for and _before_step(text, hit.end))
    ):
        part = Part.ACTS  # `관제 1명이`; `관리자 승인`: a noun and what it does
    else:
        part = Part.TOUCHED if acting or _TOUCHED.match(tail) else Part.NAMED
    return Person(start, hit.end, " ".join(name.split()), hit.word, role, group, part)


_TAKES_MODIFIER_KO = (
    "담당",
    "담당자",
    "직원",
    "매니저",
    "관리자",
    "관리인",
    "사장",
    "사장님",
    "점주",
    "기사",
    "관제",
    "팀장",
    "책임자",
    "운영자",
    "호스트",
    "코디네이터",
    "공무원",
)
_WITH_PARTICLE = re.compile(
    r"(?:은|는|을|를|의|에|에게|에서|와|과|도|로|고|며|면|서|한|된|될|할|하는|되는|있는|없는|등|및|또는|다른|모든|해당|각|전체|이|그|저|매|새|본인|기존|신규|일부|누구|어떤|여러|후|전|시|때|중|수|것|[\d.,:%]+|인|하여|해|"
    r"즉시|이후|자동|직접|실제|이미|바로|먼저|최대|최소|까지|부터|마다|만|가|밤|낮|주간|야간|오전|오후)$"
)


def _modifier_ko(before: str, head: str) -> str:
    """The word before a head that says little alone: `마트` in `마트 사장님`; empty if there is none."""
    if head not in _TAKES_MODIFIER_KO:
        return ""
    match = re.search(r"(?:^|[\s(\[,·/→:])([가-힣A-Za-z]{2,8})\s$", before[-12:])
    if not match or _WITH_PARTICLE.search(match.group(1)) or lexicon.find(match.group(1), "steps"):
        return ""
    return match.group(1)


def _before_step(text: str, position: int) -> bool:
    """Whether a step word follows at once, possibly after one more noun: `고객 주문`, `마트 주문 접수`."""
    window = text[position : position + 14]
    return any(hit.start <= 8 for hit in lexicon.find(window, "steps")) and bool(re.match(r"\s[가-힣]", window))


_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_HEADS_WITH_MODIFIER = word_set(
    "desk staff team admin administrator host manager agent technician department officer operator driver office worker "
    "assistant coordinator owner employee crew user"
)
_NO_MODIFIER = word_set(
    """a an the this that these those its their our your my his her each every any all some many few several both other another
    no own same different new old young small large big local remote national first second next last single whole certain foreign
    current former existing registered human more most only such what which who and or but of in on at by for with from to as
    into about between among over under after before during until when while if then than so not is are was were be been can may
    must will should could would has have had do does did let lets make makes made use uses give gives allow allows enable
    one two three four five six seven eight nine ten hundred thousand temporary seasonal part-time full-time independent
    experienced skilled trained available responsible active inactive busy free verified approved assigned unverified anonymous
    individual private public general main internal external senior junior regular frequent popular possible potential valid
    also usually often always never sometimes typically mostly automatically manually directly via per without within tell
    tells ask asks inform informs notify notifies alert alerts show shows help helps contact contacts pay pays send sends
    requested selected interested multiple additional specific particular unlimited authorised authorized designated special"""
)
_AUX = word_set(
    "can may must will should could would cannot shall might need needs is are was were has have had do does did gets get"
)
_VERBS = word_set(
    """accept add agree analyse analyze answer apply approve arrange arrive ask assign assist attend book bring browse build buy call
    cancel change charge check choose claim clean clear click close collect come communicate compare complete configure confirm
    contact control coordinate correct count create decide define deliver depend dispatch drive drop earn edit enter examine
    expect explain export file fill find fix follow forward get give go grade grant handle have help hold import inform initiate
    inspect install issue join keep know leave list load log look maintain make manage mark match measure meet message moderate
    monitor move need negotiate notify observe offer open operate order organise organize own pack park pay perform pick place
    plan post prepare present print process propose protect provide publish purchase put rate reach read receive recommend
    reconcile record redeem refund register reject release rely remove rent repair repeat reply report request reschedule reserve
    resolve respond retain return review scan schedule search see select sell send serve set share ship show sign sort start stay
    stop store submit subscribe supervise support swipe take tell test tick trade transfer travel try turn unlock update upgrade
    upload use verify view visit wait waive want wash watch withdraw work write load-balance maintain act work live run"""
)
_BY = [["by", "the"], ["by", "a"], ["by", "an"], ["as", "a"], ["as", "an"]]
_CLAUSE_WORDS = word_set(
    "who that which also then usually often always never only both all each still first directly automatically manually now"
)
_PREPOSITIONS_TO = word_set(
    "to for notify notifies inform informs ask asks tell tells email emails alert alerts pays pay contact contacts remind reminds"
)


def _english(text: str, hit: lexicon.Hit, role: Role, group: str) -> Person | None:
    start, name = hit.start, hit.word
    if text[hit.end : hit.end + 1] in ("_", "@") or text[max(0, start - 1) : start] in ("_", "@", "/", "-", "."):
        return None
    head = singular(name)
    if not start or text[:start].rstrip()[-1:] in (".", "!", "?", ":", ";", "\n"):
        name = _uncapital(name)
    if modifier := _modifier_en(text[:start], head):
        name = f"{modifier} {name}"
        start = text.rfind(modifier, 0, start)
        group = (
            modifier.lower() if group == "team" else group
        )  # gate staff and gate agents are one, other staff another
    part = _part_en(text, start, hit.end, role is Role.CUSTOMER)
    if group == "public":  # `people` in general are customers, `2 people` are not
        name, part = "customer", part if text[:start].rstrip()[-1:] in ("", ".") else Part.NAMED
    return Person(start, hit.end, singular(name), head, role, group, part)


def _uncapital(name: str) -> str:
    """Without the capital that only the beginning of the sentence gave."""
    return name[0].lower() + name[1:] if name[1:2].islower() and name[1:].islower() else name


def _modifier_en(before: str, head: str) -> str:
    """The noun before a head that says little alone: `house` in `house admins`; capitals may be two (`City Sales Team`)."""
    if head.lower() not in _HEADS_WITH_MODIFIER:
        return ""
    match = re.search(r"([A-Za-z][A-Za-z'’-]{1,20})\s$", before[-24:])
    if not match:
        return ""
    word = match.group(1)
    lowered = word.lower()
    if lowered in _NO_MODIFIER or lowered.endswith(("ly", "ing", "ed", "'s", "’s")) or _is_verb(lowered):
        return ""
    return word


_OF = word_set("of with in for between from on at about into than like without without's via per towards toward")
_DETERMINERS = word_set("a an the each every one another this any our")
_COLLECTIVE = word_set("staff crew team people personnel police")
_BE = word_set("is are was were be been being")
_OPENING = _DETERMINERS | word_set(
    "if when once after before until unless because since while where then and or but so that which whose each its their his her"
)
_NO_VERB = word_set(
    """and or but in on at of to for with from by as per via into over under after before during until when while if than so not only
    also all both each who that which whose online offline there here together themselves himself herself itself directly
    without within across about against along among around behind below beneath beside between beyond despite down except inside
    like near off onto out outside past since through throughout till toward towards up upon versus etc too now then often
    usually always never still already again later soon first last next rather quite very more most less least such same other
    using being having based located coming going living waiting working having affected involved concerned waiting needed required
    allowed expected asked named called paid employed available ready able responsible present nearby alike"""
)


def _part_en(text: str, start: int, end: int, customer: bool) -> Part:
    if text[end : end + 2] in ("'s", "’s", "s'", "s’") or text[end : end + 1] in ("'", "’"):
        return Part.NAMED
    following = re.sub(r"^\s*\([^()]{0,200}\)|^,(?=\s(?:who|which)\s)", "", text[end : end + 260])[:60]
    words = (
        [w.lower() for w in _WORD.findall(re.split(r"[,:;.()|/]", following)[0])[:4]] if following[:1] == " " else []
    )
    relative = bool(words) and words[0] in _CLAUSE_WORDS
    while words and words[0] in _CLAUSE_WORDS:
        words = words[1:]
    before = [w.lower() for w in _WORD.findall(text[max(0, start - 40) : start])[-2:]]
    prepositional = bool(before) and (before[-1] in _OF or (before[-1] in _DETERMINERS and before[0] in _OF))
    if words and words[0] in _BE and not relative and customer:
        return Part.TOUCHED  # `customers are informed`
    plural = singular(text[start:end]) != text[start:end] or text[start:end].split()[-1].lower() in _COLLECTIVE
    opens = (
        plural
        or not before
        or before[-1] in _OPENING
        or text[:start].rstrip()[-1:] in ("", ".", ",", ":", ";", "(", "|", '"', "→")
    )
    if words and (words[0] in _AUX or (opens and _is_verb(words[0]))) and (relative or not prepositional):
        return Part.ACTS
    if words and not prepositional and _looks_verbal(text[start:end], words[0], before):
        return Part.ACTS
    if before[-1:] in (["by"], ["as"]) or before[-2:] in _BY:
        return Part.ACTS
    return Part.TOUCHED if any(word in _PREPOSITIONS_TO for word in before) else Part.NAMED


def _looks_verbal(name: str, word: str, before: list[str]) -> bool:
    """Whether an unknown word after a person is what the person does: after a plural, or an `-s` after `the verifier`."""
    if word in _NO_VERB or len(word) < 3:
        return False
    if singular(name) != name:
        return not word.endswith(("s", "ed", "ing", "ly"))
    return before[-1:] != [] and before[-1] in _DETERMINERS and word.endswith("s") and not word.endswith("ss")


def _is_verb(word: str) -> bool:
    """Whether a word is one of the verbs, in the present or the past."""
    if word in _VERBS:
        return True
    bases = (word[:-1], word[:-2], word[:-3] + "y", word[:-1] + "e")
    return (word.endswith(("s", "ed", "es", "ies", "ied", "d"))) and any(base in _VERBS for base in bases)


def does_something(text: str, start: int, end: int) -> bool:
    """Whether the word at `text[start:end]` is the subject of its sentence: `은행이 승인하면`, `the processor informs`."""
    if "가" <= text[end - 1] <= "힣":
        run = _HANGUL_RUN.match(text, end)
        return run is not None and run.group() in _ACTING
    return _part_en(text, start, end, customer=True) is Part.ACTS


def starts_with_verb(text: str) -> bool:
    """Whether an English text begins with an order: `Review & approve`."""
    first = _WORD.match(text)
    return first is not None and _is_verb(first.group().lower())


_IRREGULAR = {"people": "person", "staff": "staff", "children": "child", "housekeepers": "housekeeper"}


def singular(name: str) -> str:
    """An English name with its last word in the singular: `site hosts` is `site host`; other names as they are."""
    match = re.search(r"([A-Za-z]+)$", name)
    if not match:
        return name
    word, lowered = match.group(1), match.group(1).lower()
    if lowered in _IRREGULAR:
        return name[: match.start()] + _IRREGULAR[lowered]
    if word.isupper() or len(word) < 4 or lowered.endswith(("ss", "us", "is")):
        return name
    if lowered.endswith("ies"):
        return name[:-3] + "y"
    if lowered.endswith(("ches", "shes", "sses", "xes")):
        return name[:-2]
    return name[:-1] if lowered.endswith("s") else name
