"""Stories of the search as answers."""

from __future__ import annotations

from opslead.behaviour.attack import Report, Story
from opslead.behaviour.tell import NAMES, act_words, because, ending, move_name, tell
from opslead.lenses.hole import hole_id
from opslead.mcp.answers import Move, Tale, TracedTale
from opslead.model.service import Service


def finding_id(report: Report, story: Story) -> str:
    """The id of the finding that the story is evidence of."""
    return hole_id(f"behaviour.{story.accident}", report.scope.flow.id)


def tale(service: Service, report: Report, story: Story) -> Tale:
    """The story in sentences."""
    return Tale(
        finding=finding_id(report, story),
        flow=report.scope.flow.name,
        loss=story.loss,
        accident=story.accident,
        faults=story.faults,
        supposes=because(story, service.language, report.scope),
        told=tell(story, report.scope, service),
    )


def traced(service: Service, report: Report, story: Story) -> TracedTale:
    """The story move by move, with where each move leaves the customers it is about."""
    return TracedTale(
        **tale(service, report, story).model_dump(),
        moves=tuple(_move(service, report, story, index) for index in range(len(story.acts))),
        ending=ending(story, report.scope, service),
    )


def _move(service: Service, report: Report, story: Story, index: int) -> Move:
    act, system = story.acts[index], report.system
    return Move(
        told=act_words(move_name(story, index), act.cases, report.scope, service),
        state={
            NAMES[case]: {
                field.name: value
                for field in system.case
                if (value := system.read(act.after, field.name, case)) != field.values[0]
            }
            for case in act.cases
        },
    )
