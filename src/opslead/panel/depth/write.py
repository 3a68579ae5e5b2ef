"""Depth: each chosen candidate is written in an ask of its own, checked, and taken or not.

Neighbours are the engine's drafts, never each other's answers: asks can run side by side, and a replay gives the same. Contradictions
between what was newly written are then looked for once, over all of it, and only those policies go back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from opslead.panel.answers import PolicyDraft
from opslead.panel.brief import Brief, fenced
from opslead.panel.depth.checks import Bench, Complaint, Gravity, guard_complaints, weighed, worst
from opslead.panel.depth.commission import commission
from opslead.panel.depth.contradictions import Clash, clashes
from opslead.panel.depth.drafts import is_models, with_draft
from opslead.panel.depth.excuse import excuse
from opslead.panel.depth.tools import bearing, recorded
from opslead.panel.port import Answered, Ask, Port, Progress, Tool
from opslead.panel.prompt import prompt
from opslead.policy.synthesise import Candidate
from opslead.spec.document import Refusal

MOST_TOKENS = 6000
MOST_LETTERS = 9000
"""Of a policy that goes back, as JSON; a longer one could not have been answered."""


@dataclass(frozen=True)
class Written:
    """What came of one candidate. `candidate` None: a model's own that was dropped, and `refused` says why. `fallback`: why it stays in
    the engine's words; empty when the model's were taken."""

    candidate: Candidate | None
    fallback: str = ""
    refused: Refusal | None = None


@dataclass(frozen=True)
class _Job:
    """One candidate with its ask, and the results of computations made for it."""

    candidate: Candidate
    ask: Ask[PolicyDraft]
    ledger: list[str]


def write(
    port: Port,
    brief: Brief,
    candidates: Sequence[Candidate],
    bench: Bench,
    progress: Progress,
    offered: Sequence[Tool] = (),
) -> tuple[Written, ...]:
    """The candidates in the model's words where they pass, in the order given. `offered`: computations the model may ask for."""
    jobs = [_job(candidate, brief, bench, offered) for candidate in candidates]
    progress("depth", f"{len(jobs)} policies to write")
    answered = port.ask([job.ask for job in jobs])
    first = [_settled(job, answer, bench) for job, answer in zip(jobs, answered, strict=True)]
    drafts = [answer.value or answer.last for answer in answered]
    written = _reconciled(port, brief, jobs, drafts, first, bench, progress)
    dropped = sum(one.candidate is None for one in written)
    fallen = sum(bool(one.fallback) for one in written)
    progress("depth", f"{len(written) - dropped - fallen} written, {fallen} in the engine's words, {dropped} dropped")
    return written


def _job(candidate: Candidate, brief: Brief, bench: Bench, offered: Sequence[Tool]) -> _Job:
    ledger: list[str] = []
    ask = Ask(
        role="depth",
        subject=candidate.policy.name,
        system=brief.system,
        prompt=commission(candidate, bench),
        answer=PolicyDraft,
        tools=recorded(bearing(offered, candidate.pattern.surfaces), ledger),
        check=lambda draft: tuple(map(str, _faults(draft, candidate, bench, ledger))),
        most_tokens=MOST_TOKENS,
    )
    return _Job(candidate, ask, ledger)


def _faults(draft: PolicyDraft, candidate: Candidate, bench: Bench, ledger: Sequence[str]) -> tuple[Complaint, ...]:
    """What keeps the draft from being taken."""
    drafted = with_draft(candidate, draft, bench.service)
    found = weighed(drafted.policy, drafted, bench, tuple(ledger))
    return worst((*guard_complaints(draft, candidate), *found))


def _settled(job: _Job, answer: Answered[PolicyDraft], bench: Bench) -> Written:
    """The candidate in the model's words, or why not. What is left of advice only, or of a value declared too much, is taken."""
    draft = answer.value
    left: tuple[Complaint, ...] = ()
    if draft is None and answer.last is not None and answer.failure == "complaints":
        left = _faults(answer.last, job.candidate, bench, job.ledger)
        if left and all(complaint.gravity in BEARABLE for complaint in left):
            draft = answer.last
    if draft is None:
        return _given_up(job.candidate, excuse(answer.failure, left, bench.language))
    return Written(with_draft(job.candidate, draft, bench.service))


BEARABLE = frozenset({Gravity.UNDECLARED, Gravity.STYLE})
"""What does not make a policy wrong."""


def _given_up(candidate: Candidate, why: str) -> Written:
    """The engine's text with the reason; a model's own has none and is dropped."""
    if is_models(candidate):
        hole = candidate.holes[0]
        return Written(None, refused=Refusal(what=hole.condition, place=hole.id, why=why))
    return Written(replace(candidate, policy=candidate.policy.model_copy(update={"fallback": why})), fallback=why)


def _reconciled(
    port: Port,
    brief: Brief,
    jobs: Sequence[_Job],
    drafts: Sequence[PolicyDraft | None],
    written: Sequence[Written],
    bench: Bench,
    progress: Progress,
) -> tuple[Written, ...]:
    """New texts that contradict each other: the later one of each pair goes back once."""
    settled = [one.candidate for one in written]
    found = clashes(settled, bench)
    again = [(place, clash) for place, clash in sorted(found.items()) if drafts[place] is not None]
    if not again:
        return tuple(written)
    progress("depth", f"{len(again)} policies contradict another new one and go back")
    new = {one.id: one.policy for one in settled if one is not None}
    among = replace(bench, policies={**bench.policies, **new})
    asks = [_again(jobs[place], drafts[place], clash, brief, among) for place, clash in again]
    results = list(written)
    for (place, _), answer in zip(again, port.ask(asks), strict=True):
        job = jobs[place]
        mended = _settled(job, answer, among)
        kept = mended.candidate is not None and not mended.fallback
        results[place] = mended if kept else _given_up(job.candidate, excuse("contradiction", (), bench.language))
    return tuple(results)


def _again(
    job: _Job,
    draft: PolicyDraft | None,
    clash: Clash,
    brief: Brief,
    among: Bench,
) -> Ask[PolicyDraft]:
    """The same policy once more, held against the new texts in place of the engine's."""
    return Ask(
        role="depth_again",
        subject=job.ask.subject,
        system=brief.system,
        prompt=prompt("depth_again").fill(
            policy=fenced(draft.model_dump_json(exclude_defaults=True), MOST_LETTERS) if draft else "",
            faults="\n".join(clash.faults),
            others=fenced("\n".join(clash.others), MOST_LETTERS),
        ),
        answer=PolicyDraft,
        check=lambda again: tuple(map(str, _faults(again, job.candidate, among, job.ledger))),
        repairs=1,
        most_tokens=MOST_TOKENS,
    )
