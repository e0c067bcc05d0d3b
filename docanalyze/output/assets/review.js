"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const findings = all(".finding");
  const boxes = all(".sheet rect");
  const search = document.querySelector("#search");
  const empty = document.querySelector(".none-left");
  let at = -1;

  const pressed = (name) => new Set(all(`button[data-${name}][aria-pressed="true"]`).map((b) => b.dataset[name]));

  function filter() {
    const severities = pressed("severity"), states = pressed("state");
    const words = search.value.trim().toLowerCase();
    let shown = 0;
    for (const finding of findings) {
      const keep = severities.has(finding.dataset.severity) && (!states.size || states.has(finding.dataset.state))
        && (!words || finding.textContent.toLowerCase().includes(words));
      finding.hidden = !keep;
      shown += keep;
    }
    for (const group of all(".group")) group.hidden = !group.querySelector(".finding:not([hidden])");
    for (const box of boxes) {
      const finding = document.getElementById(box.dataset.finding);
      box.toggleAttribute("hidden", Boolean(finding && finding.hidden));
    }
    empty.hidden = shown > 0 || !findings.length;
  }

  function choose(finding, scrollList) {
    for (const old of all(".at")) old.classList.remove("at");
    if (!finding) return;
    at = findings.indexOf(finding);
    finding.classList.add("at");
    const own = boxes.filter((box) => box.dataset.finding === finding.id);
    for (const box of own) box.classList.add("at");
    if (own.length) scrollPages(own[0]);
    if (scrollList) finding.scrollIntoView({ block: "center" });
    history.replaceState(null, "", "#" + finding.id);
  }

  function scrollPages(box) {
    const pane = document.querySelector(".pages");
    if (pane && getComputedStyle(pane).position === "sticky") {
      const target = box.getBoundingClientRect(), frame = pane.getBoundingClientRect();
      pane.scrollTop += target.top - frame.top - frame.height / 3;
    } else box.scrollIntoView({ block: "center" });
  }

  function step(by) {
    const shown = findings.filter((finding) => !finding.hidden);
    if (!shown.length) return;
    const here = shown.indexOf(findings[at]);
    const next = here < 0 ? (by > 0 ? 0 : shown.length - 1) : (here + by + shown.length) % shown.length;
    choose(shown[next], true);
    shown[next].focus({ preventScroll: true });
  }

  for (const button of all("button[data-severity], button[data-state]")) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }
  for (const button of all("button[data-language]")) {
    button.addEventListener("click", () => { document.documentElement.lang = button.dataset.language; });
  }
  search.addEventListener("input", filter);
  for (const finding of findings) {
    finding.addEventListener("click", (event) => { if (!event.target.closest("a")) choose(finding, false); });
  }
  for (const box of boxes) {
    box.addEventListener("click", () => choose(document.getElementById(box.dataset.finding), true));
  }
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea")) {
      if (event.key === "Escape") { search.value = ""; filter(); search.blur(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j" || event.key === "ArrowRight") step(1);
    else if (event.key === "k" || event.key === "ArrowLeft") step(-1);
    else if (event.key === "/") { event.preventDefault(); search.focus(); }
    else if (event.key === "Enter" && event.target.classList.contains("finding")) choose(event.target, false);
  });
  filter();
  if (location.hash) choose(document.getElementById(decodeURIComponent(location.hash.slice(1))), true);
})();
