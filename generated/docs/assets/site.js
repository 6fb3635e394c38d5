// Everything here adds to pages that are complete without it.
"use strict";

(function modeSwitch() {
  const button = document.querySelector(".mode");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const mode = document.documentElement.classList.contains("dark") ? "light" : "dark";
    document.documentElement.classList.remove("light", "dark");
    document.documentElement.classList.add(mode);
    try {
      // Redoc reads the same entry.
      localStorage.setItem("redoc.colorMode", mode);
    } catch {
      // The choice then lasts as long as the page.
    }
  });
})();

(function paper() {
  const { classList } = document.documentElement;
  let dark = false;
  addEventListener("beforeprint", () => {
    dark = classList.contains("dark");
    if (dark) classList.replace("dark", "light");
  });
  addEventListener("afterprint", () => {
    if (dark) classList.replace("light", "dark");
  });
})();

(function search() {
  const form = document.querySelector(".filters");
  if (!form) return;
  form.hidden = false;
  const input = form.querySelector("input");
  const selects = [...form.querySelectorAll("select")];
  const found = form.querySelector(".found");
  const none = document.querySelector(".none");
  const groups = [...document.querySelectorAll(".group")];
  const rows = groups.flatMap((group) =>
    [...group.querySelectorAll(".row")].map((element) => ({
      element,
      text: `${element.textContent} ${element.dataset.status}`.toLowerCase(),
    })),
  );

  const given = new URLSearchParams(location.search);
  input.value = given.get("q") ?? "";
  for (const select of selects) select.value = given.get(select.dataset.filter) ?? "";

  function apply() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, text } of rows) {
      const fits =
        words.every((word) => text.includes(word)) &&
        selects.every(
          ({ value, dataset }) => value === "" || element.dataset[dataset.filter].split(" ").includes(value),
        );
      element.hidden = !fits;
      if (fits) count++;
    }
    for (const group of groups) group.hidden = !group.querySelector(".row:not([hidden])");
    none.hidden = count > 0;
    const noun = found.dataset.noun;
    found.textContent = `${count === rows.length ? "" : `${count} of `}${rows.length} ${noun}${rows.length === 1 ? "" : "s"}`;
  }

  function remember() {
    const query = new URLSearchParams();
    if (input.value) query.set("q", input.value);
    for (const { value, dataset } of selects) if (value) query.set(dataset.filter, value);
    try {
      history.replaceState(null, "", `${location.pathname}${query.size > 0 ? `?${query}` : ""}`);
    } catch {
      // Pages opened as files may not change their address.
    }
  }

  form.addEventListener("input", () => {
    apply();
    remember();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.querySelector(".row:not([hidden]) a")?.click();
  });
  document.querySelector(".none button").addEventListener("click", () => {
    form.reset();
    apply();
    remember();
    input.focus();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      input.focus();
    }
  });
  apply();
})();

(function sampleTabs() {
  const container = document.querySelector(".samples");
  const samples = container ? [...container.querySelectorAll(".sample")] : [];
  if (samples.length < 2) return;
  const list = document.createElement("div");
  list.className = "tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Language");
  const tabs = samples.map((sample) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `tab-${sample.id}`;
    tab.textContent = sample.querySelector("h3").textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", sample.id);
    sample.setAttribute("role", "tabpanel");
    sample.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", () => select(tab, true));
    list.append(tab);
    return tab;
  });
  container.classList.add("tabbed");
  samples[0].before(list);

  function select(chosen, remember) {
    tabs.forEach((tab, index) => {
      const is = tab === chosen;
      tab.setAttribute("aria-selected", String(is));
      tab.tabIndex = is ? 0 : -1;
      samples[index].hidden = !is;
    });
    if (!remember) return;
    try {
      localStorage.setItem("lockstep.language", chosen.id);
    } catch {
      // The choice then lasts as long as the page.
    }
  }

  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    tab.focus();
    select(tab, true);
  });
  let remembered;
  try {
    remembered = localStorage.getItem("lockstep.language");
  } catch {
    // Then the first one.
  }
  const linked = tabs.find((tab) => `#${tab.getAttribute("aria-controls")}` === location.hash);
  select(linked ?? tabs.find(({ id }) => id === remembered) ?? tabs[0], false);
})();

(function copyButtons() {
  if (!navigator.clipboard) return;
  for (const figure of document.querySelectorAll("figure.code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(figure.querySelector("pre").textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    figure.append(button);
  }
})();
