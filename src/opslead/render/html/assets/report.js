"use strict";
// Everything here is an addition to a page that reads without it, so it waits until the page has been painted once.
(() => {
  let started = false;
  const once = () => { if (!started) { started = true; start(); } };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, 400);

  function start() {
    const one = (selector, within = document) => within.querySelector(selector);
    const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
    const unhide = (...parts) => parts.forEach((part) => part && (part.hidden = false));

    // Light and dark: the reader's own choice holds for this window.
    const theme = one("#theme");
    unhide(theme, one("#print"));
    theme.addEventListener("click", () => {
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
    });
    one("#print").addEventListener("click", () => window.print());

    // A link to something that is folded away or filtered out opens it first.
    const reveal = () => {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target) return;
      if (target.matches(".story")) showStory(target.dataset.story);
      target.hidden = false;
      const details = target.matches("details") ? target : one(":scope > details", target);
      if (details) details.open = true;
      target.scrollIntoView();
    };
    window.addEventListener("hashchange", reveal);
    document.addEventListener("click", (event) => { // pressed again, a link changes no hash
      if (event.target.closest("a[href^='#']")?.hash === location.hash) reveal();
    });
    // What is not on the screen yet has a guessed height: once it has been laid out, the target may have moved.
    const revealTwice = () => { reveal(); requestAnimationFrame(() => requestAnimationFrame(reveal)); };

    // Where the reader is.
    const links = new Map(all(".side a").map((link) => [link.hash.slice(1), link]));
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting || !links.has(entry.target.id)) continue;
        links.forEach((link) => link.removeAttribute("aria-current"));
        const here = links.get(entry.target.id);
        here.setAttribute("aria-current", "true");
        const row = here.closest("ol"); // beside the text on a wide screen, a row to swipe on a narrow one
        row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
      }
    }, { rootMargin: "-15% 0px -75% 0px" });
    all("main > section").forEach((section) => seen.observe(section));

    // The map of holes: a cell filters the list below it.
    const holes = all(".hole");
    const cells = all(".cell");
    const holeCount = one("#hole-count");
    const showHoles = (pressed) => {
      const shown = holes.filter((hole) => {
        const fits = !pressed || (hole.dataset.place === pressed.dataset.place && hole.dataset.surfaces.split(" ").includes(pressed.dataset.surface));
        hole.hidden = !fits;
        return fits;
      });
      cells.forEach((cell) => cell.setAttribute("aria-pressed", String(cell === pressed)));
      if (!holeCount) return;
      one("#hole-reset").hidden = !pressed;
      holeCount.textContent = pressed ? `${shown.length} / ${holes.length} · ${pressed.getAttribute("aria-label")}` : `${holes.length}`;
    };
    cells.forEach((cell) => cell.addEventListener("click", () => {
      const off = cell.getAttribute("aria-pressed") === "true";
      showHoles(off ? null : cell);
      if (!off) one(".list-head").scrollIntoView({ block: "nearest" });
    }));
    one("#hole-reset")?.addEventListener("click", () => showHoles(null));
    showHoles(null);

    // Stories: one at a time, before or after, a step at a time.
    const stories = all(".story");
    stories.forEach((story) => {
      const panes = new Map(all(".pane", story).map((pane) => [pane.dataset.side, pane]));
      const player = one(".player", story);
      const at = one(".at", player);
      unhide(player);
      const state = { side: "before", step: 0 };
      const count = () => all(".acts li", panes.get(state.side)).length;
      const draw = () => {
        panes.forEach((pane, side) => {
          pane.hidden = side !== state.side;
          all("[data-n]", pane).forEach((part) => {
            part.classList.toggle("later", Number(part.dataset.n) > state.step);
            part.classList.toggle("now", Number(part.dataset.n) === state.step && state.step < count());
          });
        });
        all("[data-show]", player).forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.show === state.side)));
        // Not `disabled`: that would take the keyboard's focus away at the last step.
        one("[data-go=back]", player).setAttribute("aria-disabled", String(state.step <= 1));
        one("[data-go=next]", player).setAttribute("aria-disabled", String(state.step >= count()));
        const now = one(`.acts li[data-n="${state.step}"]`, panes.get(state.side));
        const figure = one(".figure", panes.get(state.side));
        const drawn = one(`g[data-n="${state.step}"]`, figure);
        if (drawn && state.step < count()) {
          const [part, frame] = [drawn.getBoundingClientRect(), figure.getBoundingClientRect()];
          figure.scrollLeft += (part.left + part.right - frame.left - frame.right) / 2;
        }
        one(".count", at).textContent = `${state.step} / ${count()}`;
        one(".sr", at).textContent = now ? now.textContent : "";
      };
      const go = (where) => {
        const steps = { first: 1, back: Math.max(1, state.step - 1), next: Math.min(count(), state.step + 1), whole: count() };
        state.step = steps[where];
        draw();
      };
      player.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        if (button.dataset.show) { state.side = button.dataset.show; state.step = count(); draw(); } else { go(button.dataset.go); }
      });
      story.addEventListener("keydown", (event) => {
        const where = { ArrowRight: "next", ArrowLeft: "back", Home: "first", End: "whole" }[event.key];
        if (!where) return;
        event.preventDefault();
        go(where);
      });
      state.step = count();
      draw();
    });
    const pick = one("#story-pick");
    const showStory = (number) => {
      pick.value = number;
      stories.forEach((story) => { story.hidden = story.dataset.story !== number; });
    };
    if (pick) {
      unhide(pick.parentElement);
      pick.addEventListener("change", () => showStory(pick.value));
      showStory(pick.value);
    }

    // Policies: filters and full-text search.
    const filters = one("#filters");
    if (filters) {
      unhide(filters);
      const cards = all(".policy").map((card) => ({
        card,
        text: card.textContent.toLowerCase().replace(/\s+/g, " "),
        surfaces: card.dataset.surfaces.split(" "),
        actors: all(".actors li", card).map((actor) => actor.textContent),
      }));
      const field = (name) => one(`#f-${name}`, filters);
      const count = one("#policy-count");
      const apply = () => {
        const words = field("text").value.toLowerCase().split(/\s+/).filter(Boolean);
        const [surface, horizon, priority, actor] = ["surface", "horizon", "priority", "actor"].map((name) => field(name).value);
        let shown = 0;
        for (const { card, text, surfaces, actors } of cards) {
          const fits = words.every((word) => text.includes(word)) && (!surface || surfaces.includes(surface)) &&
            (!horizon || card.dataset.horizon === horizon) && (!priority || card.dataset.priority === priority) && (!actor || actors.includes(actor));
          card.hidden = !fits;
          shown += fits;
        }
        count.textContent = `${shown} / ${cards.length}${count.dataset.unit}`;
        one("#none-fit").hidden = shown > 0;
      };
      filters.addEventListener("input", apply);
      one("#f-reset").addEventListener("click", () => { filters.reset(); apply(); });
      filters.addEventListener("submit", (event) => event.preventDefault());
      const opener = one("#f-open");
      opener.addEventListener("click", () => {
        const open = opener.textContent === opener.dataset.open;
        all(".policy:not([hidden]) > details").forEach((details) => { details.open = open; });
        opener.textContent = open ? opener.dataset.close : opener.dataset.open;
      });
      apply();
    }

    // On paper everything is open; afterwards it is as it was.
    let folded = [];
    window.addEventListener("beforeprint", () => {
      folded = all("details:not([open])");
      folded.forEach((details) => { details.open = true; });
    });
    window.addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }));

    // Answers: written here, saved as a file, sent nowhere.
    const form = one("#answers");
    if (form) {
      unhide(one("#answers-note"), one(".save", form));
      // Double-quoted YAML is JSON's string, but for what YAML does not print and for halves of letters.
      const quoted = (text) => JSON.stringify(text.replace(/\r\n?/g, "\n").toWellFormed?.() ?? text)
        .replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
      const answers = () => all(".question", form)
        .map((question) => ({ number: question.dataset.number, decision: one(".decision", question).textContent, answer: one("textarea", question).value.trim() }))
        .filter(({ answer }) => answer);
      let unsaved = false;
      form.addEventListener("input", () => { unsaved = true; one("#answered-count").textContent = String(answers().length); one("#save-said").textContent = ""; });
      window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const given = answers();
        const said = one("#save-said");
        if (!given.length) { said.textContent = form.dataset.nothing; return; }
        const lines = ["format: opslead-answers/1", `specification: ${quoted(form.dataset.title)}`, "answers:"];
        given.forEach(({ number, decision, answer }) => lines.push(`  - number: ${number}`, `    decision: ${quoted(decision)}`, `    answer: ${quoted(answer)}`));
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([`${lines.join("\n")}\n`], { type: "application/yaml" }));
        link.download = "answers.yaml";
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
        unsaved = false;
        said.textContent = `${form.dataset.saved}: answers.yaml (${given.length})`;
      });
    }
    if (location.hash) revealTwice();
    document.documentElement.dataset.ready = "yes";
  }
})();
