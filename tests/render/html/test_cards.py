"""Runbook cards: who does what when, in one page that stands alone, as HTML and as Markdown."""

from dom import Page, flat

from opslead.render.format import Bundle, format_of
from opslead.spec.document import Specification
from report_case import HOSTILE, hostile, rich
from specs import good


def made(spec):
    return {name: content.decode() for name, content in format_of("cards").render(Bundle(spec)).items()}


def test_there_is_a_page_and_a_markdown_file_a_policy_and_a_list():
    files = made(good())
    assert sorted(files) == sorted(
        [*(f"cards/{n:02d}.{kind}" for n in range(1, 21) for kind in ("html", "md")), "cards/index.html"]
    )
    index = Page(files["cards/index.html"])
    assert [a["href"] for a in index.all("a")] == [f"{n:02d}.html" for n in range(1, 21)]
    assert all(policy.name in index.text for policy in good().policies)


def test_a_card_has_all_that_its_policy_says_of_what_to_do():
    files = made(good())
    for policy in good().policies:
        page = Page(files[f"cards/{policy.number:02d}.html"])
        assert page.wrong == []
        text, plain = page.text, flat(files[f"cards/{policy.number:02d}.md"].replace("\\", ""))
        watch = policy.monitoring
        said = [policy.name, policy.trigger, *policy.exceptions, *watch.leading, watch.start, watch.relax, watch.stop]
        said += [part for step in policy.runbook for part in (step.actor, step.action, step.deadline, step.data)]
        for part in said:
            assert flat(part) in text
            assert flat(part) in plain


def test_people_have_a_place_for_their_number_and_the_system_has_none():
    page = Page(made(good())["cards/01.html"])
    labels = [field.get("aria-label") for field in page.all("input", type="text")]
    assert labels == ["당직 연락처", "재무 연락처"]
    markdown = made(good())["cards/01.md"]
    assert "| 당직 | 2 | ____________________ |" in markdown
    assert "| 시스템 |" not in markdown


def test_numbers_of_three_digits_keep_the_order_of_file_names():
    spec = good()
    many = tuple(spec.policies[0].model_copy(update={"number": n}) for n in (1, 20, 300))
    assert "cards/001.html" in made(spec.model_copy(update={"policies": many}))


def test_a_card_needs_no_network_and_runs_no_script():
    for name, text in made(rich()).items():
        if name.endswith(".html"):
            page = Page(text)
            assert page.all("script") == []
            (policy,) = (meta["content"] for meta in page.all("meta", http_equiv="Content-Security-Policy"))
            assert "default-src 'none'" in policy
            assert "script-src 'none'" in policy


def test_hostile_words_are_words():
    for name, text in made(hostile()).items():
        if name.endswith(".html"):
            page = Page(text)
            assert page.all("script") == page.all("img") == []
            assert page.wrong == []
            assert flat(HOSTILE[0]) in page.text
        else:
            assert "<script" not in text.replace("\\<", "")
            assert "<img" not in text.replace("\\<", "")


def test_a_document_without_policies_has_an_empty_list():
    assert list(made(Specification(title="빈 문서", language="ko"))) == ["cards/index.html"]
