"""Whether a step word is used as an act: by the words around it, in English and in Korean. No tagger, no dictionary."""

from __future__ import annotations

import re

from opslead.intake.page.sentences import word_set

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][a-z]+)?|[,;:.()]")
_BE = word_set("is are was were be been being get gets got isn't aren't has have had")
_MODAL = word_set("can may must will should could would shall might to do does did cannot please let lets and or then")
_DETERMINER = word_set(
    """a an the this that these those its their his her our your my each every any no some all first second next last new open
    same other another own one two three four five single own many more most few several such only current pending standard"""
)
_PREPOSITION = word_set(
    """of for with from in at per without on via during between about into as through than against within upon under over like
    including regarding toward towards"""
)
_EVENT_AFTER = word_set("after upon on following once before until when by while")
_PRONOUN = word_set(
    "they we you i who people staff which that he she it everyone anyone nobody somebody users customers guests"
)
_OBJECT = word_set(
    """the a an their his her its our your my it them this that these those all any each every one two three at by with to for
    online from into in on through via back out again on-site whatever what who if when or"""
)
_PRONOUN_LIKE = word_set("another one each this that it all some many most both")
_ARTICLE = word_set("the a an their his her its our your my it them this these those all any each every one two online")
_LIGHT = word_set(
    """make makes made process processes processed handle handles handled perform performs performed issue issues issued receive
    receives received grant grants granted give gives given arrange arranges manage manages trigger triggers initiate initiates
    take takes taken submit submits get gets collect collects provide provides complete completes place places carry carries do
    does execute executes start starts run runs offer offers conduct conducts accept accepts administer administers record
    records follow follows require requires schedule schedules get allow allows want wants automatic automated manual manually
    full partial instant final print prints"""
)
_ADVERB = re.compile(
    r"^(?:[a-z]+ly|also|then|often|first|later|still|always|never|never|already|now|soon|just|even|both|either|once|not)$"
)
_NOUNS = word_set(
    """order orders book books request requests refund refunds claim claims return returns dispute disputes charge charges release
    releases transfer transfers ship ships list lists hold holds start starts repair repairs count counts record records issue
    issues quote quotes deposit deposits review reviews bill bills wash grade grades board park receipt receipts stock match
    schedule schedules pickup pickups checkout upload uploads import imports export exports document documents witness capture
    log logs forward pack packs finish arrest pause pauses notice object appointment appointments lesson lessons"""
)
_NOMINAL = re.compile(
    r"(?:ment|ments|tion|tions|sion|sions|ance|ances|ence|al|als|ery|eries|ing|ings|off|out|outs|back|down|sale|show|up|fer|"
    r"kyc|check|checks|hold|holds|transfer|payout|invoice|email|consultation|procedure|receipt|booking)$"
)
_FUNCTION = word_set("a an the to by for from in on up out over back off it is are at with down as not into shut")
_VERB_FIRST = word_set(
    """send make place submit create take issue process collect receive check generate print set put give report file open raise
    handle answer confirm release extend cancel return change move upload pay lock free update correct edit grant offer write
    note fill key log sign compare match count balance enter load import pass fax scan show apply use spend redeem renew skip
    freeze suspend delete close unlock join attend start stop end mark hand sell pick pack ship deliver assemble cook bake repair
    replace fix service wash sanitise clean inspect examine photograph assess rate appraise authorise authorize pre add save
    register tokenize charge deduct debit bill book reserve request order arrive publish list withdraw transfer distribute remit
    settle call accept alert amend assist authenticate begin bring calculate capture claim compute copy credit deal dispatch earn
    estimate evaluate extend find get grade head help host lend lodge modify plug post prepare present proceed push read reassign
    relocate reply respond retrieve reverse roll sync tell upgrade validate vet void waive moderate export forward become hold
    leave keep keyed kept held left paid sent made given brought written stored served handed picked gets receives sends takes
    makes opens releases lists hands checks pays compares confirms goes fills writes ticks grades withdraws"""
)
_PERSONS = word_set(
    """customer guest user member buyer seller host driver courier admin administrator staff provider applicant patient renter
    dealer mentor student tenant agent operator owner technician nurse doctor organiser organizer merchant shop store bank company
    platform system service team processor employee manager clerk carrier partner visitor client person citizen traveller
    passenger participant payee borrower lender supplier warehouse laboratory lab clinic hospital school office department"""
)
_PAST = word_set(
    "paid sent held given taken made sold bought brought put set shown told written kept left lost drawn withdrawn found got"
)


def english_sure(text: str, start: int, end: int, weak: bool = False) -> bool:
    """Whether the English step word at `text[start:end]` is used as a verb or as an event that something is said of.

    A `weak` word (`order`, `request`) as the subject of a sentence is the thing and not the act.
    """
    window = _WORD.finditer(text, max(0, start - 120), min(len(text), end + 80))
    tokens = [(m.group().lower(), m.start()) for m in window]
    before = [word for word, at in tokens if at < start]
    own = [word for word, at in tokens if start <= at < end]
    after = [word for word, at in tokens if at >= end]
    if not own:
        return False
    while before and _ADVERB.match(before[-1]):
        before.pop()
    if len(own) > 1 and ("is" in own or "are" in own):
        return True
    if len(own) > 1 and not _verbal_phrase(own):
        return _event(before, after, weak)
    head = own[0]
    if before[-2:-1] == ["into"]:  # `turns the request into a confirmed booking`
        return True
    previous = before[-1] if before else ""
    following = after[0] if after else ""
    if head.endswith("ed") or head in _PAST:
        return _participle(before, previous, following)
    if head.endswith("ing") and len(own) == 1:
        return previous in ("after", "before", "when", "by", "while", "for") or previous in _BE
    if len(own) == 1 and head not in _NOUNS and _NOMINAL.search(head) and not _is_verb_form(head):
        return _event(before, after, weak)
    if previous in _PRONOUN_LIKE and head.endswith("s") and head not in _NOUNS:
        return True  # `another approves`
    if previous == "that" and head not in _NOUNS:
        return True  # `shops that accept parcels`
    if previous in _DETERMINER or previous in _PREPOSITION or previous in _EVENT_AFTER - {"when"}:
        return _event(before, after, weak) if head in _NOUNS or len(own) > 1 else False
    if head not in _NOUNS or len(own) > 1:
        return True
    if previous in _MODAL:
        return previous not in ("and", "or") or following in _OBJECT
    if head.endswith("s"):
        acted = previous in _PERSONS and following not in ("", ",", ".", ";", "and", "or") and following not in _BE
        return acted or following in _ARTICLE or _event(before, after, weak)
    plural = previous in _PRONOUN or (previous.endswith("s") and not previous.endswith("ss"))
    begins = not before or previous in (",", ";", ":", ".", "(", ")")
    return (
        (plural and following not in (",", ".", ";"))
        or (begins and following in _OBJECT)
        or _event(before, after, weak)
    )


def _verbal_phrase(own: list[str]) -> bool:
    head = own[0]
    verb = head in _VERB_FIRST or (head.endswith("s") and head[:-1] in _VERB_FIRST) or head.endswith("ed")
    return verb or any(word in _FUNCTION for word in own[1:])


_VERB_FORMS = word_set(
    """notify notifies inform informs approve approves arrive arrives refuse refuses dispute withdraw deliver delivers confirm
    confirms inspect inspects cancel cancels accept accepts deny denies decline declines assign assigns allocate allocates expire
    expires remit settle settles complete completes issue authorise authorises authorize authorizes reserve reserves release
    renew renews redeem redeems verify verifies reconcile reconciles reimburse replace relocate relocates examine examines
    terminate terminates activate activates validate validates transmit transmits produce produces compensate compensates
    charge charges charge dispatch dispatches store stores pause synchronise synchronize waive waives"""
)


def _is_verb_form(head: str) -> bool:
    return head in _VERB_FORMS


def _participle(before: list[str], previous: str, following: str) -> bool:
    if previous in _BE:
        return True
    if previous in ("and", "or", ","):
        return any(word in _BE for word in before)
    if previous in _DETERMINER or previous in _PREPOSITION or not before:
        return False
    return following in ("by", "automatically", "manually") or (following in ("", ".", ";", ",") and len(before) <= 3)


def _event(before: list[str], after: list[str], weak: bool) -> bool:
    """Whether a noun is an event here: something follows it, it is the subject of its clause, or a light verb's object."""
    rest = list(before)
    while rest and (
        rest[-1] in _DETERMINER or rest[-1] in ("successful", "final", "full", "partial", "manual", "written")
    ):
        rest.pop()
    previous = rest[-1] if rest else ""
    if previous in _LIGHT or (previous in ("after", "upon", "following") if weak else previous in _EVENT_AFTER):
        return True
    if weak or previous not in ("", ",", ";", ":", ".", ")", "and", "then"):
        return False
    following = after[0] if after else ""
    if following in (",", "and", "or"):  # one of several subjects
        return any(word in _BE for word in after[:10])
    if following == "of":  # `reconciliation of the accounts takes place`
        return any(word in _BE or word in _SUBJECT_VERBS for word in after[1:8])
    acting = following in _BE or following in _MODAL - {"and", "or", "to", "then"} or following in _SUBJECT_VERBS
    return acting and following not in ("and", "or")


_SUBJECT_VERBS = word_set(
    """turns triggers takes starts happens goes follows releases confirms creates runs works requires needs depends comes leads
    ends begins moves updates arrives occurs uses"""
)

_DONE = r"(?:하(?!위|락|자(?!고|마|면)|루|반|단)|한(?!도|국|번|명|편|\s번|\s명|\s건)|할(?!인|당|증|부)|해(?!외|당|지|결|상)|했|합(?!의|계)|함(?!께)|되|된|될|돼|됐|됩|됨|받|시키|시킨|당하|드린|드립|드려)"
_LIGHT_KO = (
    r"(?:처리|진행|담당|맡|신청|요청|완료|시행|실시|접수|수행|마치|마친|마쳐|거치|거친|거쳐|끝나|끝난|끝내|시작|이루어|이뤄|들어오|들어온|들어가|"
    r"한다|합니|하고|하며|하면|해야|해요|했|하는|하도록|나야|나면|나와야|떨어져야|떨어지면|받|발송|보내|보낸|보냅|나가|나간|누르|누른|올리|올린|올려|내면|내고|낸다|남기|남긴|관리|실행|된다|되면|되고|되어|됩니|대행|지원)"
)
_VERB_STEM = re.compile(
    r"(?:준|주|줍|적|본|봄|내|낸|푼|긁|받|둔|두|넣|놓|놓는|매|간|간다|갑니다|다|고|니다|들이|들인|꿔|기면|긴다|거둬|네|러|려|드|으면|으려|적었다가|아간다|찾아가|찾아간다)$"
)
_ENDS = re.compile(r"^\s?(?:\([^()]{0,80}\))?\s?[.。;]?\s*$")
_DIRECT = re.compile(rf"^{_DONE}")
_NEAR = re.compile(
    rf"^(?:을|를|은|는|이|가|도|만|까지)?\s*(?:자동(?:으로)?|직접|즉시|바로|먼저|수동(?:으로)?|함께)?\s*{_LIGHT_KO}"
)
_AFTERWARDS = re.compile(
    r"^(?:이|가|을|를)?\s?(?:완료\s?)?(?:후|뒤|시|직후|이후|되는\s?대로|즉시|때)(?:에|에는|마다)?(?=\s|$|,|\)|[가-힣]?\s)"
)
_TOPIC = re.compile(r"^\s?(?:은|는|이|가|을|를|도|만)(?=\s)")
_JOINED = re.compile(
    rf"^\s?(?:와|과|및|,|·|/)\s?(?:[가-힣]{{1,8}}(?:\s?[,·/]\s?|와\s|과\s|\s)){{0,5}}?[가-힣]{{1,8}}(?:(?:을|를|은|는|도)\s?|\s){_LIGHT_KO}"
)
_JOINED_TOPIC = re.compile(r"^\s?(?:와|과|및|·)\s?(?:[가-힣]{1,8}[,·/]\s?){0,4}[가-힣]{1,8}(?:을|를|은|는)(?=\s)")
_CLAUSE_END = re.compile(r"(?<=[가-힣])(?:고|며|면|지만|는데|거나|다가|므로|니까|면서)[,\s]|[.;。]|→")
_LIGHT_LATER = re.compile(
    r"\s(?:처리|진행|담당|맡는|맡고|맡아|맡긴|시행|실시|수행|이루어|이뤄|한다|합니|해요|하고|하며|하면|해야|받는다|받고|받습|들어온|들어옵|대행)"
)


def korean_sure(text: str, start: int, end: int) -> bool:
    """Whether the Korean step word at `text[start:end]` is used as an act: it takes a verb's ending, or a verb of doing."""
    word, after = text[start:end], text[end : end + 60]
    if any(p.match(after) for p in (_DIRECT, _NEAR, _AFTERWARDS, _ENDS)) or _VERB_STEM.search(word):
        return True
    if _JOINED.match(after):
        return True
    if not _TOPIC.match(after) and not _JOINED_TOPIC.match(after):
        return False
    clause = _CLAUSE_END.split(after, maxsplit=1)[0]
    ending = text[end + len(clause) : end + len(clause) + 2]
    return bool(_LIGHT_LATER.search(clause + ending))
