"""An English word for a person in its sentence: what stands before and after it tells what the person does."""

from __future__ import annotations

import re

from opslead.intake import lexicon
from opslead.intake.page.sentences import word_set
from opslead.intake.people.person import Part, Person
from opslead.model.steps import Role

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_HEADS_WITH_MODIFIER = word_set(
    "desk staff team unit group admin administrator host manager agent technician department officer operator driver office worker "
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
    individual private public general main internal inside in-house external senior junior regular frequent popular possible potential valid
    also usually often always never sometimes typically mostly automatically manually directly via per without within tell
    tells ask asks inform informs notify notifies alert alerts show shows help helps contact contacts pay pays send sends
    development dev product design engineering project scrum qa support-only core entire leadership founding founder management
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


def english(text: str, hit: lexicon.Hit, role: Role, group: str) -> Person | None:
    start, name = hit.start, hit.word
    if text[hit.end : hit.end + 1] in ("_", "@") or text[max(0, start - 1) : start] in ("_", "@", "/", "-", "."):
        return None
    head = singular(name)
    if modifier := _modifier_en(text[:start], head):
        name = f"{modifier} {name}"
        start = text.rfind(modifier, 0, start)
        group = modifier.lower() if group in ("team", "unit") else group  # gate staff and gate agents are one
    elif group == "unit":
        return None  # a team of something, but of what
    if text[:start].rstrip()[-1:] in ("", ".", "!", "?", ":", ";"):
        name = _uncapital(name)
    part = part_of(text, start, hit.end, role is Role.CUSTOMER)
    if group == "public":  # `people` in general are customers, `2 people` are not
        if part is not Part.ACTS or text[:start].rstrip()[-1:] not in ("", "."):
            return None
        name = "customer"
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


def part_of(text: str, start: int, end: int, customer: bool) -> Part:
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
        or (not before and text[start : start + 1].isupper())  # `Renter searches`, but `customer reviews`
        or (
            before[-1:] != []
            and (before[-1] in _OPENING or text[:start].rstrip()[-1:] in (".", ",", ":", ";", "(", "|", '"', "→"))
        )
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
    if lowered.endswith("men"):
        return name[:-2] + "an"
    if lowered.endswith("ies"):
        return name[:-3] + "y"
    if lowered.endswith(("ches", "shes", "sses", "xes")):
        return name[:-2]
    return name[:-1] if lowered.endswith("s") else name
