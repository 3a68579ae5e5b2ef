"""The process and its diagram as BPMN 2.0 XML, in the order that the schema demands."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from opslead.render.bpmn.layout import Box, Layout, layout
from opslead.render.bpmn.process import Process, Task, duration, notes
from opslead.text import Lang, pick

_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_LINES = "http://www.omg.org/spec/DD/20100524/DI"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(made: Process, lang: Lang) -> bytes:
    """One flow as one file."""
    return _Writer(made, lang).write()


class _Writer:
    """Collects elements of the process and of the diagram side by side, so that neither has what the other lacks."""

    def __init__(self, made: Process, lang: Lang) -> None:
        for prefix, space in (("bpmn", _BPMN), ("bpmndi", _DI), ("dc", _DC), ("di", _LINES)):
            ET.register_namespace(prefix, space)
        self.made, self.lang = made, lang
        self.notes = {task.id: text for task, text in notes(made, lang)}
        self.place: Layout = layout(made, self.notes)
        self.root = ET.Element(f"{{{_BPMN}}}definitions", id="definitions", targetNamespace="urn:opslead:bpmn")
        collaboration = self._add(self.root, "collaboration", id="collaboration")
        self._add(collaboration, "participant", id="pool", name=made.name, processRef="process")
        self.process = self._add(self.root, "process", id="process", name=made.name, isExecutable="false")
        diagram = ET.SubElement(self.root, f"{{{_DI}}}BPMNDiagram", id="diagram")
        self.plane = ET.SubElement(diagram, f"{{{_DI}}}BPMNPlane", id="plane", bpmnElement="collaboration")
        self.flows: list[tuple[str, str]] = []
        self.members: list[list[str]] = [[] for _ in made.lanes]

    def write(self) -> bytes:
        lanes = self._add(self.process, "laneSet", id="lanes")
        self._shape("pool", self.place.pool, isHorizontal="true")
        for number in range(1, len(self.made.lanes) + 1):
            self._shape(f"lane_{number}", isHorizontal="true")
        self._main()
        self._ways()
        for number, (name, members) in enumerate(zip(self.made.lanes, self.members, strict=True), 1):
            lane = self._add(lanes, "lane", id=f"lane_{number}", name=name)
            for member in members:
                self._add(lane, "flowNodeRef").text = member
        for number, (source, target) in enumerate(self.flows, 1):
            self._flow(f"flow_{number}", source, target)
        self._annotations()
        ET.indent(self.root)
        body: bytes = ET.tostring(self.root, encoding="utf-8")
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"

    def _main(self) -> None:
        first = self.made.tasks[0].lane if self.made.tasks else 0
        self._node("startEvent", "start", first)
        before = "start"
        for task in self.made.tasks:
            self._node(task.kind, task.id, task.lane, name=task.name)
            self.flows.append((before, task.id))
            if task.deadline:
                self._deadline(task)
            before = task.id
        self._node("endEvent", "end", self.made.tasks[-1].lane if self.made.tasks else first)
        self.flows.append((before, "end"))

    def _deadline(self, task: Task) -> None:
        """What is not done in time ends: a timer on the task, and where it leads."""
        timer = self._node("boundaryEvent", f"{task.id}_timer", task.lane, attachedToRef=task.id, cancelActivity="true")
        self._timer(timer, duration(task.deadline) if task.deadline else "")
        over = pick(self.lang, "기한 지남", "Time is up")
        self._node("endEvent", f"{task.id}_over", task.lane, name=over)
        self.flows.append((f"{task.id}_timer", f"{task.id}_over"))

    def _ways(self) -> None:
        for way in self.made.ways:
            task = way.task
            start = self._node("startEvent", f"{task.id}_start", task.lane, name=task.name)
            if way.after:
                self._timer(start, duration(way.after))
            self._node(task.kind, task.id, task.lane, name=task.name)
            self._node("endEvent", f"{task.id}_end", task.lane)
            self.flows += [(f"{task.id}_start", task.id), (task.id, f"{task.id}_end")]

    def _timer(self, event: ET.Element, length: str) -> None:
        definition = self._add(event, "timerEventDefinition", id=f"{event.get('id')}_definition")
        self._add(definition, "timeDuration").text = length

    def _node(self, kind: str, ident: str, lane: int, **attributes: str) -> ET.Element:
        self.members[lane].append(ident)
        self._shape(ident)
        return self._add(self.process, kind, id=ident, **attributes)

    def _flow(self, ident: str, source: str, target: str) -> None:
        self._add(self.process, "sequenceFlow", id=ident, sourceRef=source, targetRef=target)
        from_, to = self.place.boxes[source], self.place.boxes[target]
        if source.endswith("_timer"):
            self._edge(ident, [(from_.centre, from_.bottom), (to.centre, to.y)])
            return
        half = (from_.right + to.x) // 2
        points = [(from_.right, from_.middle), (half, from_.middle), (half, to.middle), (to.x, to.middle)]
        self._edge(ident, points if from_.middle != to.middle else [points[0], points[-1]])

    def _annotations(self) -> None:
        """Artifacts come after everything that flows."""
        for ident, text in self.notes.items():
            note = self._add(self.process, "textAnnotation", id=f"{ident}_note")
            self._add(note, "text").text = _clean(text)
            self._shape(f"{ident}_note")
            self._add(self.process, "association", id=f"{ident}_tie", sourceRef=ident, targetRef=f"{ident}_note")
            task, box = self.place.boxes[ident], self.place.boxes[f"{ident}_note"]
            self._edge(f"{ident}_tie", [(task.x + 20, task.bottom), (task.x + 20, box.y)])

    def _add(self, parent: ET.Element, kind: str, **attributes: str) -> ET.Element:
        return ET.SubElement(parent, f"{{{_BPMN}}}{kind}", {key: _clean(value) for key, value in attributes.items()})

    def _shape(self, ident: str, box: Box | None = None, **attributes: str) -> None:
        box = box or self.place.boxes[ident]
        shape = ET.SubElement(
            self.plane, f"{{{_DI}}}BPMNShape", {"id": f"{ident}_shape", "bpmnElement": ident, **attributes}
        )
        bounds = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        ET.SubElement(shape, f"{{{_DC}}}Bounds", {key: str(value) for key, value in bounds.items()})

    def _edge(self, ident: str, points: list[tuple[int, int]]) -> None:
        edge = ET.SubElement(self.plane, f"{{{_DI}}}BPMNEdge", id=f"{ident}_edge", bpmnElement=ident)
        for x, y in points:
            ET.SubElement(edge, f"{{{_LINES}}}waypoint", x=str(x), y=str(y))


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
