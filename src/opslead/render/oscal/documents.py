"""The two documents of OSCAL. Ids follow the title and the policies' ids, so that a later run names the same control the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from uuid import NAMESPACE_URL, UUID, uuid5

from opslead.render.escape import escape
from opslead.render.slugs import slugs
from opslead.spec.document import Policy, RolloutItem, Specification
from opslead.spec.labels import ENFORCEMENT, FIELDS, HORIZONS, MONITORING, SURFACES
from opslead.text import pick

VERSION = "1.1.3"
"""Of OSCAL; what is written here is the same in all of 1.1 and 1.2."""
MODIFIED = "2000-01-01T00:00:00+00:00"
"""OSCAL demands a date and a result has none: the same input gives the same bytes. `version` tells one content from another."""
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:opslead:oscal")
_TYPES = {"ui": "software", "server_api": "service", "batch": "process-procedure", "admin_console": "software", "device": "hardware", "message": "service", "ledger": "service", "partner_portal": "interconnection", "paper": "process-procedure", "other": "process-procedure"}  # fmt: skip


def catalog(specification: Specification) -> str:
    """One control a policy, grouped by its first surface."""
    lang = specification.language
    named = dict(zip([p.number for p in specification.policies], slugs(specification.policies), strict=False))
    groups: list[dict[str, object]] = []
    for surface in (*SURFACES[lang], 0):
        inside = [p for p in specification.policies if (p.surfaces[0] if p.surfaces else 0) == surface]
        if inside:
            title = SURFACES[lang].get(surface, pick(lang, "표면 없음", "No surface"))
            controls = [_control(policy, _id(named[policy.number]), specification) for policy in inside]
            groups.append({"id": f"surface-{surface:02d}", "title": title, "controls": controls})
    body = {"uuid": _uuid(specification, "catalog"), "metadata": _metadata(specification)}
    return _json({"catalog": body | ({"groups": groups} if groups else {})})


def components(specification: Specification) -> str:
    """One component a kind of enforcement point, with what it does for each policy."""
    named = slugs(specification.policies)
    found: dict[str, list[dict[str, object]]] = {}
    for policy, slug in zip(specification.policies, named, strict=True):
        actions: dict[str, list[str]] = {}
        for point in policy.enforcement_points:
            actions.setdefault(point.kind, []).append(point.action)
        for kind, texts in actions.items():
            requirement: dict[str, object] = {"uuid": _uuid(specification, kind, slug), "control-id": _id(slug), "description": _prose("\n\n".join(map(escape, texts)))}  # fmt: skip
            found.setdefault(kind, []).append(requirement)
    listed = [_component(kind, needs, specification) for kind, needs in found.items()]
    body: dict[str, object] = {"uuid": _uuid(specification, "components"), "metadata": _metadata(specification)}
    return _json({"component-definition": body | ({"components": listed} if listed else {})})


def _component(kind: str, requirements: list[dict[str, object]], specification: Specification) -> dict[str, object]:
    lang = specification.language
    title = ENFORCEMENT[lang].get(kind, kind)
    implementation = {
        "uuid": _uuid(specification, kind, "implementation"),
        "source": "catalog.json",
        "description": pick(lang, "이 자리에서 집행되는 정책", "policies that are enforced here"),
        "implemented-requirements": requirements,
    }
    return {
        "uuid": _uuid(specification, "component", kind),
        "type": _TYPES.get(kind, "process-procedure"),
        "title": title,
        "description": title,
        "control-implementations": [implementation],
    }


def _metadata(specification: Specification) -> dict[str, object]:
    content = hashlib.sha256(specification.model_dump_json().encode()).hexdigest()[:12]
    return {
        "title": _prose(escape(specification.title)),
        "last-modified": MODIFIED,
        "version": f"{specification.version or '0'}+{content}",
        "oscal-version": VERSION,
    }


def _control(policy: Policy, ident: str, specification: Specification) -> dict[str, object]:
    props = [_prop("number", str(policy.number)), *(_prop("surface", str(n)) for n in policy.surfaces)]
    props += [_prop(name, value) for name, value in _grades(policy, specification) if value]
    props += [_prop("control-type", kind) for kind in policy.control_types]
    control: dict[str, object] = {"id": ident, "class": "opslead", "title": _prose(escape(policy.name))}
    control["props"] = props
    control["parts"] = list(_parts(policy, ident, specification))
    return control


def _grades(policy: Policy, specification: Specification) -> Iterator[tuple[str, str]]:
    """Where the rollout puts the policy and how it is graded."""
    for horizon in HORIZONS[specification.language]:
        items: tuple[RolloutItem, ...] = getattr(specification.rollout, horizon)
        for item in items:
            if item.policy == policy.number:
                yield "horizon", horizon
                yield from (("impact", item.impact), ("likelihood", item.likelihood), ("detectability", item.detectability))  # fmt: skip
                yield "action-priority", item.ratings.action_priority if item.ratings else ""


def _parts(policy: Policy, ident: str, specification: Specification) -> Iterator[dict[str, object]]:
    """The policy's fields: what it demands as the statement, the runbook as its items, the rest as named parts."""
    lang = specification.language
    labels = FIELDS[lang]
    steps = [
        {"id": f"{ident}_step.{n}", "name": "item", "prose": _prose(escape(_step(step.actor, step.action, step.deadline, step.data)))}
        for n, step in enumerate(policy.runbook, 1)
    ]  # fmt: skip
    statement: dict[str, object] = {"id": f"{ident}_smt", "name": "statement", "prose": _prose(escape(policy.trigger))}
    yield statement | ({"parts": steps} if steps else {})
    watch = policy.monitoring
    alarms = [f"{MONITORING[lang][name]}: {text}" for name in MONITORING[lang] for text in _texts(getattr(watch, name))]
    texts: Mapping[str, tuple[str, ...]] = {
        "intent": (policy.intent,),
        "scope": (policy.scope,),
        "signals": policy.signals,
        "exceptions": policy.exceptions,
        "monitoring": tuple(alarms),
        "symptoms": policy.symptoms,
        "uncertain": (policy.uncertain.what, *policy.uncertain.questions) if policy.uncertain else (),
    }
    for name, said in texts.items():
        if any(text.strip() for text in said):
            prose = _prose("\n\n".join(escape(text) for text in said))
            yield {"id": f"{ident}_{name}", "name": name, "title": labels[name], "prose": prose}


def _texts(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (said,) if said else ()


def _step(actor: str, action: str, deadline: str, data: str) -> str:
    details = "; ".join(part for part in (deadline, data) if part)
    return (f"{actor} — " if actor else "") + action + (f" ({details})" if details else "")


def _prop(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": "urn:opslead", "value": value}


def _id(slug: str) -> str:
    return slug.replace("_", "-")


def _prose(text: str) -> str:
    """Never empty, and neither begun nor ended by white space, as OSCAL's strings demand."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", text).strip() or "-"


def _uuid(specification: Specification, *names: str) -> str:
    """OSCAL asks for version 4 or 5; version 5 is made of names."""
    made: UUID = uuid5(_NAMESPACE, "\n".join((specification.title, *names)))
    return str(made)


def _json(tree: object) -> str:
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"
