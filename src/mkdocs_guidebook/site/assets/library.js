// The Library page: facets over the list that stands there anyway; a query asks the engine which of its items it
// finds. OR inside a facet, AND across them. The state is in the address, so a view can be sent to a colleague.

import { addressOf, find, fold, marked, near } from "./engine.js";

const PAGE = 25;
const PAUSE = 120;
const PATIENCE = 400; // milliseconds without an answer before the reader is told to wait

export function library() {
  const box = document.querySelector("[data-gb-library]");
  if (box) new Library(box);
}

class Library {
  constructor(box) {
    this.box = box;
    this.words = box.dataset;
    this.root = new URL(box.dataset.root, location.href).href;
    this.query = box.querySelector(".gb-library__query");
    this.sheet = box.querySelector(".gb-library__facets");
    this.form = this.sheet.querySelector("form");
    const part = (name) => box.querySelector(`[data-part=${name}]`);
    [this.active, this.status, this.clear, this.help, this.list, this.more] =
      ["active", "status", "clear", "help", "results", "more"].map(part);
    this.items = [...box.querySelectorAll(".gb-shelf li")].map((element, place) => ({
      element,
      place,
      date: element.dataset.date ?? "",
      terms: new Set(element.dataset.facets.split(" ")),
    }));
    this.boxes = [...this.form.querySelectorAll("input")];
    this.facets = [...new Set(this.boxes.map((input) => input.name))];
    this.hits = null; // of the query: item → result; null without a query
    this.plain = null; // words of a query that the engine could not be asked
    this.shown = PAGE;
    this.asked = 0;
    this.start();
  }

  start() {
    for (const part of [this.query, this.sheet, this.list, this.status.parentElement]) part.hidden = false;
    for (const shelf of this.box.querySelectorAll(".gb-shelf")) shelf.hidden = true;
    document.querySelector(".gb-toc")?.remove(); // it names the shelves
    this.sheet.open = matchMedia("(min-width: 64em)").matches;
    let timer = 0;
    this.query.addEventListener("submit", (event) => {
      event.preventDefault();
      this.changed();
    });
    this.query.elements.q.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.changed(true), PAUSE);
    });
    this.query.elements.sort.addEventListener("change", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.clear.addEventListener("click", () => {
      for (const input of this.boxes) input.checked = false;
      this.query.elements.q.value = "";
      this.changed();
      this.query.elements.q.focus();
    });
    this.more.querySelector("button").addEventListener("click", () => {
      const first = this.shown;
      this.shown += PAGE;
      this.draw();
      this.list.children[first]?.querySelector("a")?.focus();
    });
    addEventListener("popstate", () => this.fromAddress());
    this.fromAddress();
  }

  get typed() {
    return this.query.elements.q.value.trim();
  }

  fromAddress() {
    const params = new URLSearchParams(location.search);
    this.query.elements.q.value = params.get("q") ?? "";
    this.query.elements.sort.value = params.get("sort") ?? (this.typed ? "relevance" : "book");
    if (this.query.elements.sort.selectedIndex < 0) this.query.elements.sort.value = "book";
    for (const input of this.boxes) {
      input.checked = params.getAll(input.name).includes(input.value);
      if (input.checked) input.closest("details").open = true;
    }
    return this.update();
  }

  /** Write the state into the address and show it; while a reader types, one entry of the history is enough. */
  changed(typing = false) {
    const params = new URLSearchParams();
    const sort = this.query.elements.sort;
    if (this.typed && !new URLSearchParams(location.search).get("q") && sort.value === "book") sort.value = "relevance";
    if (!this.typed && sort.value === "relevance") sort.value = "book";
    if (this.typed) params.set("q", this.typed);
    for (const input of this.boxes) if (input.checked) params.append(input.name, input.value);
    if (sort.value !== (this.typed ? "relevance" : "book")) params.set("sort", sort.value);
    const url = new URL(location.href);
    url.search = params;
    url.hash = "";
    try {
      if (url.href !== location.href) history[typing ? "replaceState" : "pushState"](null, "", url);
    } catch { /* some browsers refuse it on a disk: the view works, its address stays */ }
    this.shown = PAGE;
    return this.update();
  }

  async update() {
    const number = (this.asked += 1);
    const query = this.typed;
    this.sortable("relevance", Boolean(query));
    if (query) {
      const wait = setTimeout(() => {
        if (number === this.asked) this.status.textContent = this.words.working;
      }, PATIENCE);
      try {
        const [found, names] = await Promise.all([find(query, this.root), this.names()]);
        if (number !== this.asked) return;
        this.plain = null;
        this.hits = new Map(found.filter(({ id }) => names.has(id)).map((result, rank) => [names.get(result.id), { result, rank }]));
      } catch {
        if (number !== this.asked) return;
        // Some locked-down machines refuse the engine (WebAssembly): what the list itself says is looked through.
        this.hits = null;
        this.plain = fold(query).split(/\s+/);
      } finally {
        clearTimeout(wait);
      }
    } else this.hits = this.plain = null;
    this.draw();
  }

  sortable(value, possible) {
    this.query.elements.sort.querySelector(`[value=${value}]`).disabled = !possible;
  }

  names() {
    const url = new URL("search/results.json", this.root).href;
    const load = globalThis.guidebookOffline?.fetch ?? fetch;
    this.loaded ??= load(url)
      .then((response) => response.json())
      .then((hashes) => new Map(hashes.map((hash, place) => [hash, place])));
    return this.loaded;
  }

  chosen() {
    const chosen = new Map(this.facets.map((facet) => [facet, []]));
    for (const input of this.boxes) if (input.checked) chosen.get(input.name).push(`${input.name}:${input.value}`);
    return chosen;
  }

  textOf(item) {
    item.text ??= fold(item.element.textContent);
    return item.text;
  }

  matching(chosen, besides) {
    const groups = [...chosen].filter(([facet, terms]) => facet !== besides && terms.length);
    return this.items.filter(
      (item) =>
        (!this.hits || this.hits.has(item.place)) &&
        (!this.plain || this.plain.every((word) => this.textOf(item).includes(word))) &&
        groups.every(([, terms]) => terms.some((term) => item.terms.has(term))),
    );
  }

  draw() {
    const chosen = this.chosen();
    const found = this.matching(chosen);
    const sort = this.query.elements.sort.value;
    if (sort === "date") found.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.place - b.place));
    else if (this.hits && sort === "relevance") found.sort((a, b) => this.hits.get(a.place).rank - this.hits.get(b.place).rank);
    const page = found.slice(0, this.shown);
    this.list.replaceChildren(...page.map((item) => item.element));
    this.more.hidden = found.length <= this.shown;
    this.counts(chosen);
    const picked = [...chosen.values()].flat().length;
    this.active.textContent = picked ? ` (${picked})` : "";
    this.clear.hidden = !picked && !this.typed;
    const count = found.length === 1 ? this.words.one : this.words.other.replace("{n}", found.length);
    this.status.textContent = this.plain ? `${this.words.failed} ${count}` : found.length ? count : this.words.none;
    this.suggest(found.length ? null : chosen);
    for (const item of page) this.excerpt(item);
  }

  /** How many there would be: a value counts with what is chosen in the other facets. */
  counts(chosen) {
    for (const facet of this.facets) {
      const counts = new Map();
      for (const item of this.matching(chosen, facet)) {
        for (const term of item.terms) counts.set(term, (counts.get(term) ?? 0) + 1);
      }
      for (const input of this.boxes) {
        if (input.name !== facet) continue;
        const count = counts.get(`${facet}:${input.value}`) ?? 0;
        const line = input.closest("li");
        line.querySelector(".gb-facet__count").textContent = count;
        line.classList.toggle("gb-facet__none", !count && !input.checked);
      }
    }
  }

  async excerpt({ element, place }) {
    const hit = this.hits?.get(place);
    const old = element.querySelector(".gb-results__hit");
    const link = element.querySelector("a");
    element.plain ??= link.getAttribute("href");
    if (!hit) {
      old?.remove();
      element.classList.remove("gb-results--hit");
      link.setAttribute("href", element.plain);
      return;
    }
    hit.data ??= hit.result.read();
    const data = await hit.data.catch(() => null);
    if (!data || this.hits?.get(place) !== hit) return;
    const text = document.createElement("p");
    text.className = "gb-results__hit";
    if (data.section) text.append(Object.assign(document.createElement("strong"), { textContent: `${data.section}: ` }));
    text.append(...marked(data.excerpt));
    if (old) old.replaceWith(text);
    else element.querySelector(".gb-results__title").after(text);
    element.classList.add("gb-results--hit");
    link.href = addressOf(data, this.root);
  }

  async suggest(chosen) {
    this.help.replaceChildren();
    this.help.hidden = true;
    if (!chosen) return;
    const lines = [];
    for (const input of this.boxes.filter((box) => box.checked)) {
      const without = new Map([...chosen].map(([facet, terms]) => [facet, terms.filter((term) => term !== `${input.name}:${input.value}`)]));
      const count = this.matching(without).length;
      if (!count) continue;
      const name = input.closest("label").querySelector("span").textContent;
      const text = this.words.without.replace("{value}", name).replace("{n}", count);
      lines.push(this.offer(text, () => { input.checked = false; this.changed(); }));
    }
    const query = this.typed;
    if (query && !this.hits?.size) {
      const terms = await near(query, this.root).catch(() => []);
      if (query !== this.typed) return;
      if (terms.length) lines.push(Object.assign(document.createElement("span"), { textContent: this.words.didYouMean }));
      for (const term of terms) lines.push(this.offer(term, () => { this.query.elements.q.value = term; this.changed(); }));
    }
    this.help.append(...lines);
    this.help.hidden = !lines.length;
  }

  offer(text, action) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "gb-button", textContent: text });
    button.addEventListener("click", action);
    return button;
  }
}
