"""The holes of a specification as results at the lines of the description."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.errors import Place
from opslead.render.escape import escape
from opslead.render.sarif.log import Level, Result, RuleText, log, place_of
from opslead.spec.document import FailureMode, Specification
from opslead.spec.labels import SURFACES
from opslead.text import pick

_LEVELS: Mapping[str, Level] = {"high": "error", "medium": "warning", "low": "note", "": "warning"}
_ORDER: tuple[Level, ...] = ("error", "warning", "note")


def findings(specification: Specification) -> str:
    """The log. Every finding is in it; a document that was only read has its failure modes."""
    found = specification.findings or specification.failure_modes
    rules: dict[str, list[FailureMode]] = {}
    for mode in found:
        rules.setdefault(_mechanism(mode), []).append(mode)
    texts = [_rule(name, modes, specification) for name, modes in sorted(rules.items())]
    return log(specification.version, "findings", texts, [_result(mode, specification) for mode in found])


def _mechanism(mode: FailureMode) -> str:
    return mode.id.partition("@")[0]


def _level(mode: FailureMode) -> Level:
    return _LEVELS[mode.ratings.action_priority if mode.ratings else ""]


def _rule(name: str, modes: list[FailureMode], specification: Specification) -> RuleText:
    """A mechanism in the words of its gravest finding, with the policies that close it."""
    lang = specification.language
    first = modes[0]
    ids = {mode.id for mode in modes}
    closing = [policy for policy in specification.policies if ids & set(policy.closes)]
    lines = [f"- #{policy.number} {escape(policy.name)}: {escape(policy.trigger)}" for policy in closing]
    head = (
        pick(lang, "닫는 정책:", "Policies that close it:")
        if lines
        else pick(lang, "닫는 정책이 없다.", "No policy closes it.")
    )
    full = f"{first.user_impact} / {first.operations_impact}"
    level = min((_level(mode) for mode in modes), key=_ORDER.index)
    tags = tuple(SURFACES[lang][n] for n in first.surfaces if n in SURFACES[lang])
    return RuleText(name, first.condition, full, "\n".join([head, "", *lines]).strip(), level, tags)


def _result(mode: FailureMode, specification: Specification) -> Result:
    places = tuple(dict.fromkeys(_place(source, specification) for item in mode.evidence for source in item.sources))
    if not places and mode.line:
        places = (Place(specification.title, mode.line),)
    if not places:  # what a whole description leaves out stands nowhere in it
        places = tuple(Place(item.source, 1) for item in specification.inputs if item.role in ("service", "model"))[:1]
    lang = specification.language
    proof = "\n".join(item.text for item in mode.evidence)
    message = "\n".join(
        part
        for part in (
            mode.condition,
            pick(lang, f"사용자: {mode.user_impact}", f"User: {mode.user_impact}") if mode.user_impact else "",
            pick(lang, f"운영: {mode.operations_impact}", f"Operations: {mode.operations_impact}")
            if mode.operations_impact
            else "",
            proof,
        )
        if part
    )
    closing = ", ".join(f"#{policy.number}" for policy in specification.policies if mode.id in policy.closes)
    ratings = mode.ratings
    rank = None
    if ratings:
        rank = ratings.severity.grade * ratings.occurrence.grade * ratings.detection.grade / 10
    properties = {"surfaces": ",".join(map(str, mode.surfaces)), "policies": closing}
    return Result(_mechanism(mode), _level(mode), message, places, mode.id, rank, properties)


def _place(source: str, specification: Specification) -> Place:
    """A place in an input. Of `plan.pdf:p.3` the page stands as its label, since SARIF counts lines and there are none."""
    known = [item.source for item in specification.inputs if source.startswith(f"{item.source}:")]
    place = place_of(source)
    if place.line or not known:
        return place
    file = max(known, key=len)
    return Place(file, label=source[len(file) + 1 :])
