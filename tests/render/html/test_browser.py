"""The report in a real browser: stories, filters, search, the map, the form; no console error, and nothing leaves the machine."""

import re
from itertools import pairwise

import pytest
import yaml
from playwright.sync_api import sync_playwright

from opslead.render.format import Bundle, format_of
from report_case import hostile, rich, service
from specs import good

MOST_BYTES = 1_500_000
CHROMIUM = "/usr/bin/chromium"
"""Debian's; `.ci/run` installs it. Playwright brings the driver, not the browser."""
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser():
    """Ends with this module: while it runs, no other test of the process could run an event loop."""
    quiet = ("background-networking", "component-update", "sync", "gpu", "quic")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)]
        )
        yield started
        started.close()


class Window:
    """One page of the browser, kept for all tests: a new one costs more than what a test does in it.

    `said`: what the console reported; `asked`: requests but of the page itself.
    """

    def __init__(self, browser, folder, **options):
        self.folder = folder
        self.said, self.asked = [], []
        self.page = browser.new_context(viewport=DESK, **options).new_page()
        self.page.context.route("**/*", self._only_itself)
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())  # leaving with unsaved answers

    def _only_itself(self, route):
        if route.request.url.startswith((self.folder.as_uri(), "data:", "blob:")):
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def open(self, spec, with_service=None, name="html", file="report.html"):
        """The page of the document, loaded anew."""
        for path, content in format_of(name).render(Bundle(spec, with_service)).items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        self.page.emulate_media(media="screen", color_scheme="light")
        self.page.set_viewport_size(DESK)
        self.page.goto((self.folder / file).as_uri())
        return self.page


@pytest.fixture(scope="module")
def window(browser, tmp_path_factory):
    return Window(browser, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def scriptless(browser, tmp_path_factory):
    return Window(browser, tmp_path_factory.mktemp("scriptless"), java_script_enabled=False)


@pytest.fixture
def visit(window):
    """Open a report. Afterwards: no error was reported, and no request but of the page itself was tried."""

    def opened(spec, with_service=None):
        page = window.open(spec, with_service)
        page.wait_for_selector("html[data-ready]")
        return page

    window.said.clear()
    window.asked.clear()
    yield opened
    assert window.said == []
    assert window.asked == []


def press(page, name):
    """Press the visible button by keyboard: a pointer could miss it while the parts above still take their heights."""
    page.get_by_role("button", name=name, exact=True).locator("visible=true").press("Enter")


def shown(page, selector):
    """Ids of what is not hidden, in one question to the browser."""
    return page.locator(selector).evaluate_all("all => all.filter((e) => e.checkVisibility()).map((e) => e.id)")


def test_a_story_is_stepped_through_before_and_after(visit):
    page = visit(rich(), service())
    endings = [story.ending for story in rich().stories]
    at = next(n for n, story in enumerate(rich().stories) if story.finding.startswith("behaviour.double_allocation"))
    assert shown(page, ".story") == ["story-1"]
    page.get_by_label("이야기 고르기").select_option(index=at)
    assert shown(page, ".story") == [f"story-{at + 1}"]
    story = page.locator(f"#story-{at + 1}")
    assert endings[at] in story.text_content()
    acts = story.locator(".pane:visible .acts li")
    many = len(rich().stories[at].arrows) + 1
    assert acts.count() == many
    press(page, "처음")
    assert story.locator(".count").inner_text() == f"1 / {many}"
    assert story.locator("[role=status]").text_content().endswith(rich().stories[at].arrows[0].text)
    assert story.locator(".pane:visible .acts li.later").count() == many - 1
    assert story.locator(".pane:visible svg g[data-n].later").count() == many - 1
    press(page, "다음")
    assert story.locator(".acts li.now:visible").inner_text() == rich().stories[at].arrows[1].text
    story.press("ArrowRight")
    story.press("ArrowLeft")
    assert story.locator(".count").inner_text() == f"2 / {many}"
    press(page, "전체")
    press(page, "다음")  # at the end it does nothing, and keeps the focus
    assert story.locator(".count").inner_text() == f"{many} / {many}"
    assert page.evaluate("document.activeElement.dataset.go") == "next"
    press(page, "정책 후")
    assert story.get_by_role("button", name="정책 후").get_attribute("aria-pressed") == "true"
    last = story.locator(".pane:visible .acts li").last
    assert last.get_attribute("class") == "act-stop"
    assert rich().stories[at].instead[0] in last.inner_text()
    assert acts.count() == rich().stories[at].stopped_at
    page.evaluate("location.hash = '#story-2'")  # a finding leads to its story
    page.wait_for_function("document.querySelector('#story-pick').value === '2'")
    assert shown(page, ".story") == ["story-2"]


def test_policies_are_filtered_and_searched(visit):
    page = visit(rich(), service())
    everything = [f"policy-{policy.number}" for policy in rich().policies]
    count = page.locator("#policy-count")
    assert shown(page, ".policy") == everything
    page.get_by_label("표면", exact=True).select_option("2")
    assert shown(page, ".policy") == [f"policy-{p.number}" for p in rich().policies if 2 in p.surfaces]
    page.get_by_label("시기").select_option("week_1")
    assert shown(page, ".policy") == ["policy-2"]
    assert count.text_content() == "1 / 20개"
    press(page, "조건 지우기")
    assert shown(page, ".policy") == everything
    page.get_by_label("조치 우선순위", exact=True).select_option("high")
    assert shown(page, ".policy") == [f"policy-{item.policy}" for item in rich().rollout.week_1]
    page.get_by_label("조치 우선순위", exact=True).select_option("")
    page.get_by_label("누가", exact=True).select_option("재무")
    assert shown(page, ".policy") == everything
    page.get_by_label("찾기").fill("노쇼 확정 8번")  # words from the name and from inside the folded card
    assert shown(page, ".policy") == ["policy-8"]
    page.get_by_label("찾기").fill("없는 낱말")
    assert shown(page, ".policy") == []
    assert page.get_by_text("맞는 것이 없다").is_visible()


def test_the_map_filters_the_holes_and_a_link_opens_what_it_names(visit):
    page = visit(rich(), service())
    cell = page.locator('.cell[data-surface="1"][data-place="hold"]')
    assert "선점: 구멍 2개" in cell.get_attribute("aria-label")
    cell.press("Enter")
    assert shown(page, ".hole") == ["hole-1", "hole-2"]
    assert cell.get_attribute("aria-pressed") == "true"
    page.locator('#matrix a[href="#policy-1"]').press("Enter")
    page.wait_for_selector("#policy-1 .runbook", state="visible")
    page.locator("#policy-1 summary").press("Enter")  # folded again, the same link opens it again
    page.locator('#matrix a[href="#policy-1"]').press("Enter")
    page.wait_for_selector("#policy-1 .runbook", state="visible")
    page.evaluate("location.hash = '#hole-5'")  # filtered out: the link brings it back
    page.wait_for_selector("#hole-5 .inside", state="visible")
    press(page, "모두 보기")
    assert len(shown(page, ".hole")) == len(rich().findings) + len(rich().failure_modes)


def test_the_answers_are_saved_as_strict_yaml(visit):
    spec = rich()
    page = visit(spec, service())
    press(page, "answers.yaml 저장")
    assert page.locator("#save-said").text_content() == "아직 적은 답이 없다"
    hard = "yes: \"no\"\n- # 100%\t\u2028🏕️ \u0085 \\ 'on'"
    page.locator("#answer-2").fill("12시간")
    page.locator("#answer-3").fill("   ")
    page.locator("#answer-15").fill(hard)
    assert " ".join(page.locator("#answered").text_content().split()) == "2 / 15 답함"
    with page.expect_download() as download:
        press(page, "answers.yaml 저장")
    assert download.value.suggested_filename == "answers.yaml"
    assert yaml.safe_load(download.value.path().read_text(encoding="utf-8")) == {
        "format": "opslead-answers/1",
        "specification": spec.title,
        "answers": [
            {"number": 2, "decision": spec.questions[1].decision, "answer": "12시간"},
            {"number": 15, "decision": spec.questions[14].decision, "answer": hard},
        ],
    }


def test_hostile_words_do_nothing_and_are_saved_as_they_are(visit):
    spec = hostile()
    page = visit(spec, service())
    assert page.evaluate("typeof window.hurt") == "undefined"
    assert page.locator("img").count() == 0
    page.locator("#answer-1").fill("</textarea><script>window.hurt=5</script>")
    with page.expect_download() as download:
        press(page, "answers.yaml 저장")
    (answer,) = yaml.safe_load(download.value.path().read_text(encoding="utf-8"))["answers"]
    assert answer["decision"] == spec.questions[0].decision
    assert answer["answer"] == "</textarea><script>window.hurt=5</script>"
    assert page.evaluate("typeof window.hurt") == "undefined"


@pytest.mark.parametrize("spec", [rich(), hostile(), good()])
def test_nothing_is_wider_than_the_window(visit, spec):
    page = visit(spec, service())
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_telephone_shows_every_picture_and_table_whole(visit):
    page = visit(rich(), service())
    page.set_viewport_size(PHONE)
    cut = page.evaluate(
        """[...document.querySelectorAll(".drawing, table")].filter((e) => e.checkVisibility())
        .filter((e) => e.getBoundingClientRect().right > innerWidth || e.parentElement.scrollWidth > e.parentElement.clientWidth)
        .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert cut == []
    small = page.evaluate(
        """[...document.querySelectorAll(".drawing")].filter((e) => e.checkVisibility())
        .filter((e) => e.getBoundingClientRect().width < 0.9 * e.getAttribute("width")).length"""
    )
    assert small == 0
    assert not page.locator(".lanes").first.is_visible()  # too wide: the same stands there as a list
    (flow,) = service().flows
    assert page.locator(".lanes-said li:visible").count() == len(flow.steps)


LUMINANCE = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parts(colour).slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((parts(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("svg, script, [hidden], .later")) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) found.add(`${element.tagName}.${element.className}: ${contrast.toFixed(2)}`);
  }
  return [...found];
}"""


def test_text_stands_out_by_four_and_a_half_in_both_themes(visit):
    page = visit(rich(), service())
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    assert page.evaluate(LUMINANCE) == []
    press(page, "밝기 바꾸기")
    dark = page.evaluate(ground)
    assert dark != light
    assert page.evaluate(LUMINANCE) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == dark  # the reader's choice holds
    press(page, "밝기 바꾸기")
    assert page.evaluate(ground) == light


def test_everything_is_reached_by_keyboard_and_has_a_name(visit):
    page = visit(rich(), service())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.locator("#policy-3 summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#policy-3 .runbook").is_visible()
    assert page.locator("main, nav, header, footer").count() >= 4
    unnamed = page.evaluate(
        """[...document.querySelectorAll("button, select, textarea, input, [role=region], nav")]
        .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length)).map((e) => e.outerHTML)"""
    )
    assert unnamed == []
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_on_paper_everything_is_open(visit):
    page = visit(rich(), service())
    page.get_by_label("찾기").fill("노쇼 확정 8번")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".policy .runbook:visible").count() == len(rich().policies)
    assert page.locator(".story:visible").count() == len(rich().stories)
    assert page.locator(".pane:visible").count() == sum(1 + bool(story.stopped_at) for story in rich().stories)
    assert not page.locator(".player:visible").count()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".policy details[open]").count() == 0


def test_forty_policies_stay_fluent(visit):
    base = rich()
    many = tuple(base.policies[n % 20].model_copy(update={"number": n + 1}) for n in range(40))
    spec = base.model_copy(update={"policies": many})
    assert len(format_of("html").render(Bundle(spec, service()))["report.html"]) < MOST_BYTES
    page = visit(spec, service())
    typed = page.evaluate("""() => {
      const field = document.querySelector("#f-text");
      field.value = "노쇼";
      const start = performance.now();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      document.body.getBoundingClientRect();
      return performance.now() - start;
    }""")
    assert typed < 100  # milliseconds: what a person feels as at once


def test_without_script_everything_reads_and_nothing_waits_for_it(scriptless):
    page = scriptless.open(rich(), service())
    assert page.locator(".story:visible").count() == len(rich().stories)
    assert page.locator(".pane:visible").count() == sum(1 + bool(story.stopped_at) for story in rich().stories)
    page.locator("#policy-3 summary").press("Enter")
    assert page.locator("#policy-3 .runbook").is_visible()
    assert page.locator("button:visible, form[role=search]:visible").count() == page.locator(".cell").count()


@pytest.mark.parametrize("more", [0, 12])  # as much as the fixture says, and so much that it is printed smaller
def test_a_card_fits_one_page_and_opens_without_script(scriptless, more):
    spec = good()
    eighth = spec.policies[7]
    longer = eighth.model_copy(update={"exceptions": (*eighth.exceptions, *["예외를 하나 더 둔다. " * 12] * more)})
    page = scriptless.open(spec.model_copy(update={"policies": (longer,)}), name="cards", file="cards/08.html")
    assert page.locator("body.dense").count() == (more > 0)
    page.get_by_role("checkbox").first.check()
    page.get_by_label("당직 연락처").fill("010-0000-0000")
    page.emulate_media(media="print")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 (594|595|596)", printed)
