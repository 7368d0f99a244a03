// Enhances pages that are complete without it: menu, scheme, definitions of terms, contents.

import { compare } from "./compare.js";
import { copyButtons } from "./copy.js";
import { csvButtons } from "./csv.js";
import { highlight } from "./highlight.js";
import { library } from "./library.js";
import { myPack } from "./my-pack.js";
import { packTicks } from "./pack.js";
import { places } from "./places.js";
import { search } from "./search.js";
import { store } from "./store.js";

function menu() {
  const button = document.querySelector("[data-gb-menu]");
  if (!button) return;
  button.hidden = false;
  const toggle = (open) => {
    document.body.classList.toggle("gb-menu-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    toggle(open);
    if (open) document.querySelector("#gb-nav a")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
      toggle(false);
      button.focus();
    }
  });
}

function scheme() {
  const button = document.querySelector("[data-gb-scheme]");
  if (!button) return;
  const root = document.documentElement;
  const preferred = matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.scheme ?? (preferred.matches ? "dark" : "light");
  const name = () => {
    const other = current() === "dark" ? "light" : "dark";
    button.querySelector("[data-gb-scheme-name]").textContent = button.dataset[other];
    button.removeAttribute("aria-label");
  };
  button.hidden = false;
  name();
  preferred.addEventListener("change", name);
  button.addEventListener("click", () => {
    root.dataset.scheme = current() === "dark" ? "light" : "dark";
    store.set("scheme", root.dataset.scheme);
    name();
  });
}

// A term's definition stands at the end of the page; here it is also shown beside the word,
// on hover, on focus and on tap. Escape closes it, and the pointer may move onto it (WCAG 1.4.13).
function terms() {
  let tip = null;
  let owner = null;
  let timer = 0;
  const close = () => {
    clearTimeout(timer);
    tip?.remove();
    tip = owner = null;
  };
  const open = (link) => {
    clearTimeout(timer);
    if (owner === link) return;
    close();
    const definition = document.getElementById(link.getAttribute("aria-describedby"));
    if (!definition) return;
    owner = link;
    tip = document.createElement("div");
    tip.className = "gb-tip";
    tip.setAttribute("aria-hidden", "true"); // the link is described by the definition already
    tip.innerHTML = definition.innerHTML;
    for (const inner of tip.querySelectorAll("[id]")) inner.removeAttribute("id");
    for (const inner of tip.querySelectorAll("a")) inner.tabIndex = -1;
    document.body.append(tip);
    const place = link.getClientRects()[0];
    const width = tip.offsetWidth;
    const left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - width - 8));
    const below = place.bottom + tip.offsetHeight + 12 < innerHeight;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${scrollY + (below ? place.bottom + 6 : place.top - tip.offsetHeight - 6)}px`;
    tip.addEventListener("pointerenter", () => clearTimeout(timer));
    tip.addEventListener("pointerleave", later);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(close, 250);
  };
  for (const link of document.querySelectorAll(".gb-term")) {
    link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && open(link));
    link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && later());
    link.addEventListener("focus", () => open(link));
    link.addEventListener("blur", later);
    link.addEventListener("click", (event) => {
      if (event.pointerType !== "touch" && event.pointerType !== "pen") return;
      event.preventDefault();
      if (tip && owner === link && tip.dataset.tapped) close();
      else {
        open(link);
        if (tip) tip.dataset.tapped = "yes";
      }
    });
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.addEventListener("pointerdown", (event) => {
    if (tip && !tip.contains(event.target) && !owner.contains(event.target)) close();
  });
}

function contents() {
  const links = new Map(
    [...document.querySelectorAll(".gb-toc a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
  );
  if (!links.size) return;
  const observer = new IntersectionObserver(
    (entries) => {
      const seen = entries.filter((entry) => entry.isIntersecting);
      if (!seen.length) return;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(seen[0].target.id)?.setAttribute("aria-current", "true");
    },
    { rootMargin: "-10% 0px -75% 0px" },
  );
  for (const id of links.keys()) {
    const heading = document.getElementById(id);
    if (heading) observer.observe(heading);
  }
}

// On a phone the tables of figures are laid out as blocks, and some browsers then forget that they are tables.
function tables() {
  const roles = { THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  for (const table of document.querySelectorAll(".gb-figures")) {
    table.setAttribute("role", "table");
    for (const part of table.querySelectorAll("thead, tbody, tr, td, th")) {
      const header = part.scope?.startsWith("col") ? "columnheader" : "rowheader";
      part.setAttribute("role", roles[part.tagName] ?? header);
    }
  }
}

// Folded parts are opened on paper, and folded again afterwards.
function print() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
}

// Ticks stay on this device; they print as ticked.
function checklists() {
  const key = `ticks:${location.pathname}`;
  const boxes = [...document.querySelectorAll(".gb-checklist input[id]")];
  if (!boxes.length) return;
  const ticked = new Set(JSON.parse(store.get(key) ?? "[]"));
  for (const box of boxes) {
    box.checked = ticked.has(box.id);
    box.addEventListener("change", () => {
      if (box.checked) ticked.add(box.id);
      else ticked.delete(box.id);
      store.set(key, JSON.stringify([...ticked]));
    });
  }
}

// A row or a column of a matrix picked out; on a phone one column at a time.
function matrices() {
  for (const form of document.querySelectorAll("[data-gb-matrix]")) {
    const table = document.getElementById(form.dataset.gbMatrix);
    const show = () => {
      const { row, column } = Object.fromEntries(new FormData(form));
      for (const line of table.querySelectorAll("tbody tr")) line.hidden = row !== "" && line.dataset.row !== row;
      for (const cell of table.querySelectorAll("[data-column]")) {
        cell.hidden = column !== "" && cell.dataset.column !== column;
      }
    };
    form.hidden = false;
    if (matchMedia("(max-width: 45em)").matches) form.elements.column.selectedIndex = 1;
    form.addEventListener("change", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("beforeprint", () => {
      for (const part of table.querySelectorAll("[hidden]")) part.hidden = false;
    });
    addEventListener("afterprint", show);
    show();
  }
}

// The trainer's material can be hidden or shown alone.
function trainer() {
  const group = document.querySelector("[data-gb-trainer]");
  if (!group) return;
  const buttons = [...group.querySelectorAll("button")];
  const show = (choice) => {
    document.body.classList.toggle("gb-trainer-hide", choice === "reader");
    document.body.classList.toggle("gb-trainer-only", choice === "trainer");
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === choice));
    store.set("trainer", choice);
  };
  group.hidden = false;
  for (const button of buttons) button.addEventListener("click", () => show(button.value));
  show(location.hash ? "all" : (store.get("trainer") ?? "all"));
}

menu();
scheme();
search();
library();
places();
highlight();
checklists();
matrices();
trainer();
myPack(packTicks());
compare();
terms();
contents();
copyButtons();
csvButtons();
tables();
print();
