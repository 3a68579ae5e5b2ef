"""The contract: a linter over specifications, opslead's own, a person's or a language model's alike.

Every module of `rules` whose name begins with `OL` carries a `RULE`; adding a rule means adding a file.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace

from opslead.contract import rules as _rules
from opslead.contract.rule import Breach, Finding, Rule
from opslead.spec.document import Specification

__all__ = ["Breach", "Finding", "Rule", "lint", "rules"]


def rules() -> dict[str, Rule]:
    """All rules by id, sorted."""
    names = sorted(info.name for info in pkgutil.iter_modules(_rules.__path__) if info.name.startswith("OL"))
    found = [importlib.import_module(f"{_rules.__name__}.{name}").RULE for name in names]
    return {rule.id: rule for rule in found}


def lint(specification: Specification) -> tuple[Finding, ...]:
    """Every breach of every rule, by line, then rule; each with a repair, its own or the rule's."""
    lang = specification.language
    findings = [
        Finding(rule.id, rule.severity, replace(breach, repair=breach.repair or rule.repair[lang]))
        for rule in rules().values()
        for breach in rule.check(specification)
    ]
    return tuple(sorted(findings, key=lambda f: (f.breach.line, f.rule, f.breach.where, f.breach.message)))
