"""A specification in Word or HTML is held to the contract as its Markdown is, with the document's own places."""

import re

import docx
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from opslead.cli import group
from opslead.contract import lint
from opslead.intake.page.readers import read_source
from opslead.render.markdown import render
from opslead.spec.parse import parse_specification
from specs import good


def as_word(text, path):
    """The Markdown in a Word document: headings, bold, bullets, numbers and tables as Word has them."""
    document, table = docx.Document(), None
    for line in text.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
            if set(line) <= set("|- :"):
                continue
            table = table or document.add_table(rows=0, cols=len(cells))
            for cell, words in zip(table.add_row().cells, cells, strict=True):
                cell.text = words
            continue
        table = None
        if heading := re.match(r"(#+) (.*)", line):
            document.add_heading(heading[2], len(heading[1]))
        elif bullet := re.match(r"( *)- (.*)", line):
            bold(document.add_paragraph(style="List Bullet 2" if bullet[1] else "List Bullet"), bullet[2])
        elif numbered := re.match(r"( *)\d+\. (.*)", line):
            bold(document.add_paragraph(style="List Number 2" if numbered[1] else "List Number"), numbered[2])
        elif line.strip():
            bold(document.add_paragraph(), line)
    document.save(path)


def bold(paragraph, text):
    for index, part in enumerate(text.split("**")):
        paragraph.add_run(part).bold = bool(index % 2) or None


def as_html(text, path):
    path.write_text(f"<html><body>{MarkdownIt().enable('table').render(text)}</body></html>", encoding="utf-8")


def few_policies():
    """A specification with its first five policies: what is compared does not grow with their number, Word's library does."""
    return re.sub(r"### \[Policy #6\].*(?=## 3\))", "", render(good()), flags=re.S)


@pytest.mark.parametrize(("write", "ending"), [(as_word, "docx"), (as_html, "html")])
def test_the_same_policies_and_the_same_findings(write, ending, tmp_path):
    text = few_policies()
    path = tmp_path / f"specification.{ending}"
    write(text, path)
    source = read_source(path)
    wanted, found = parse_specification(text, "a.md"), parse_specification(source.text, source.name)
    assert len(found.policies) == 5
    assert [p.name for p in found.policies] == [p.name for p in wanted.policies]
    assert [(p.trigger, len(p.runbook), p.surfaces) for p in found.policies] == [
        (p.trigger, len(p.runbook), p.surfaces) for p in wanted.policies
    ]
    assert len(found.questions) == len(wanted.questions)
    assert [(f.rule, f.breach.where) for f in lint(found)] == [(f.rule, f.breach.where) for f in lint(wanted)]


def test_a_finding_says_the_paragraph(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    policy = good().policies[2]
    text = render(good()).partition("[Policy #4]")[0].replace(policy.trigger, "필요할 때", 1)
    as_word(text, tmp_path / "plan.docx")
    result = CliRunner().invoke(group, ["check", "plan.docx"])
    assert result.exit_code == 1
    assert re.search(r"^plan\.docx:¶\d+: OL008", result.output, re.M), result.output
    assert "line " not in result.output
