"""A user's own Markdown template: what it can say, and that it can do nothing else."""

import json

import pytest

from opslead.render.escape import escape
from opslead.render.format import Bundle, RenderError, Template, format_of, possible
from opslead.render.template.run import rendered
from opslead.render.template.sandbox import environment
from specs import english, good


def made(source, spec=None):
    return rendered(Template("own.md.j2", "md.j2", source.encode()), spec or good())


SHORT = """# {{ spec.title }}
{% for policy in spec.policies|sort(attribute='number') %}
## {{ policy.number }}. {{ policy.name }}
{{ labels.fields.trigger }}: {{ policy.trigger }}
{% for step in policy.runbook %}
{{ loop.index }}. {{ step.actor }}
{% endfor %}
{% endfor %}
"""


@pytest.mark.parametrize("spec", [good(), english()], ids=["ko", "en"])
def test_a_template_walks_the_whole_document(spec):
    template = Template("house/own.md.j2", "md.j2", SHORT.encode())
    files = format_of("template").render(Bundle(spec, template=template))
    text = files["template/own.md"].decode()
    for policy in spec.policies:
        assert f"## {policy.number}. {policy.name}" in text
        assert escape(policy.trigger) in text
    assert text.count("\n1. ") == len(spec.policies)


def test_it_sees_what_the_json_holds():
    read = made("{{ spec.policies|length }} {{ spec.questions[0].decision }} {{ lang }} {{ spec['title'] }}")
    assert read == f"20 {good().questions[0].decision} ko {good().title}"


def test_text_is_escaped_for_markdown_unless_it_is_said_to_be_raw():
    spec = good().model_copy(update={"title": "*굵게* <b> [x](y)"})
    assert made("{{ spec.title }}", spec) == escape("*굵게* <b> [x](y)")
    assert made("{{ spec.title|raw }}", spec) == "*굵게* <b> [x](y)"
    assert made("{% macro m(t) %}- {{ t }}{% endmacro %}{{ m('a_b') }}") == "- a\\_b"
    assert made("{{ 'a|b'|cell }} {{ '예약'|josa('을/를') }}") == "a\\|b 예약을"


ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ spec.__class__ }}",
    "{{ spec['__class__'] }}",
    "{{ spec.policies.__class__ }}",
    "{{ spec.items() }}",
    "{{ spec.policies.append(1) }}",
    "{{ spec.update({}) }}",
    "{{ range.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ joiner('x').__call__.__globals__ }}",
    "{% for x in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__call__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ '%s'|format('x') }}",
    "{{ spec|attr('__class__') }}",
    "{{ spec|map('attr', '__class__')|list }}",
    "{{ spec|pprint }}",
    "{{ spec|tojson }}",
    "{% include '/etc/passwd' %}",
    "{% import '/etc/passwd' as x %}",
    "{% extends '/etc/passwd' %}",
    "{{ lipsum(100) }}",
    "{{ [1, 2]|random }}",
    "{{ dict(a=1) }}",
    "{{ (1).real }}",
    "{{ 'x'.upper() }}",
    "{{ spec.nothing }}",
    "{% debug %}",
    "{% do 1 %}",
]


@pytest.mark.parametrize("source", ESCAPES)
def test_no_way_leads_out(source):
    """In this process, without the second wall: each must end in an error of the sandbox itself."""
    with pytest.raises(Exception, match=r"."):  # Jinja's own errors and Python's, all of them told to the author
        environment().from_string(source).render({"spec": json.loads(good().model_dump_json())})


BOUNDS = [
    ("{{ 'a' * 1000000000 }}", r"own\.md\.j2:1: .* for numbers"),
    ("{{ 9 ** 9 ** 9 }}", "no powers"),
    ("{% set n = namespace(x='aaaa') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}", "MB|bounds"),
    ("{% for i in range(99999) %}{{ 'a'|replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa') }}{% endfor %}", "10,000,000"),
    ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "bounds of time"),
    ("{% for a in range(10000000) %}{% endfor %}", "Range too big"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "RecursionError"),
    ("\n\n{% for %}", r"own\.md\.j2:3: "),
    ("\n{{ spec.nothing }}", r"own\.md\.j2:2: UndefinedError.*nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "said"), BOUNDS, ids=[str(number) for number in range(len(BOUNDS))])
def test_a_template_that_goes_too_far_is_stopped_and_told_where(source, said):
    with pytest.raises(RenderError, match=said):
        made(source)


def test_the_process_that_renders_opens_nothing_even_if_the_sandbox_fell():
    """The second wall by itself: with the hook in place no file opens and no process starts."""
    import subprocess
    import sys

    code = (
        "import sys; sys.path[:0] = sys.argv[1].split(':')\n"
        "from opslead.render.template.child import _refuse\nsys.addaudithook(_refuse)\nimport os\n"
        "for act in (lambda: open('/etc/hostname'), lambda: os.system('true'), lambda: os.listdir('/'), lambda: __import__('socket').socket()):\n"
        "    try:\n        act()\n        print('done')\n    except PermissionError:\n        print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, ":".join(path for path in sys.path if path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["refused"] * 4, done.stderr


def test_it_sees_no_environment(monkeypatch):
    monkeypatch.setenv("OPSLEAD_SECRET", "x")
    seen = {}
    import opslead.render.template.run as run

    real = run.subprocess.run
    monkeypatch.setattr(run.subprocess, "run", lambda *a, **k: (seen.update(k["env"]), real(*a, **k))[1])
    made("x")
    assert "OPSLEAD_SECRET" not in seen


def test_a_template_is_utf8_and_must_be_given():
    with pytest.raises(RenderError, match="not UTF-8"):
        rendered(Template("own.md.j2", "md.j2", "가".encode("cp949")), good())
    with pytest.raises(RenderError, match="--template FILE"):
        format_of("template").render(Bundle(good()))


def test_all_means_what_has_what_it_needs():
    bare, given = Bundle(good()), Bundle(good(), template=Template("a.md.j2", "md.j2", b""))
    assert "template" not in possible(bare)
    assert "ics" not in possible(bare)
    assert "template" in possible(given)
    assert {"docx", "pdf", "xlsx", "csv", "md", "json"} <= set(possible(bare))
