// The search in the header: a dialog with a combobox (WAI-ARIA 1.2, list with groups). The link to the library,
// which stands there without JavaScript, opens it.

import { addressOf, find, inTitle, marked, near, open } from "./engine.js";

const SHOWN = 10;
const PAUSE = 60; // milliseconds without a key before the engine is asked
const PATIENCE = 400; // milliseconds without an answer before the reader is told to wait

export function search() {
  const opener = document.querySelector("[data-gb-search]");
  const template = document.getElementById("gb-search-template");
  if (!opener || !template || !("showModal" in HTMLDialogElement.prototype)) return;
  const root = new URL(opener.dataset.root, location.href).href;
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-keyshortcuts", "/ Control+K");
  let dialog = null;
  const show = () => {
    dialog ??= new Dialog(template, root);
    dialog.show();
  };
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show();
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    show();
  });
  for (const event of ["pointerenter", "focus"]) {
    opener.addEventListener(event, () => open(root).catch(() => {}), { once: true });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!slash && !control) return;
    event.preventDefault();
    show();
  });
}

class Dialog {
  constructor(template, root) {
    this.root = root;
    this.element = template.content.firstElementChild.cloneNode(true);
    document.body.append(this.element);
    const part = (name) => this.element.querySelector(`[data-part=${name}]`);
    [this.input, this.list, this.status, this.all, this.hint] = ["input", "list", "status", "all", "hint"].map(part);
    this.words = this.element.dataset;
    this.library = this.all.getAttribute("href");
    this.options = [];
    this.asked = 0;
    this.timer = 0;
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.element.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    part("close").addEventListener("click", () => this.element.close());
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close(); // beside the box
    });
    this.list.addEventListener("click", (event) => {
      if (event.target.closest("a") && !event.ctrlKey && !event.metaKey) this.element.close();
    });
  }

  show() {
    if (!this.element.open) this.element.showModal();
    this.input.focus();
    this.input.select();
    open(this.root).catch(() => this.say(this.words.failed));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const query = this.input.value.trim();
    const number = (this.asked += 1);
    const params = query ? `?${new URLSearchParams({ q: query })}` : "";
    this.all.href = this.library + params;
    this.all.textContent = query ? this.words.all : this.words.browse;
    this.hint.hidden = Boolean(query);
    if (!query) return this.fill(query, [], "");
    const wait = setTimeout(() => number === this.asked && this.say(this.words.working), PATIENCE);
    try {
      const found = await find(query, this.root);
      const results = await Promise.all(found.slice(0, SHOWN).map((entry) => entry.read()));
      if (number !== this.asked) return undefined; // typed on meanwhile
      if (!found.length) {
        const terms = await near(query, this.root);
        if (number !== this.asked) return undefined;
        [this.all.href, this.all.textContent] = [this.library, this.words.browse];
        return this.fill(query, [], this.words.none, terms);
      }
      const count = found.length === 1 ? this.words.one : this.words.other.replace("{n}", found.length);
      const message = found.length > SHOWN
        ? this.words.shown.replace("{n}", found.length).replace("{shown}", SHOWN)
        : count;
      return this.fill(query, results, message);
    } catch {
      if (number === this.asked) this.fill(query, [], this.words.failed);
    } finally {
      clearTimeout(wait);
    }
    return undefined;
  }

  say(text) {
    this.status.textContent = text;
  }

  fill(query, results, message, terms = []) {
    this.say(message);
    const groups = Map.groupBy ? Map.groupBy(results, (result) => result.kind) : groupBy(results);
    this.options = [];
    this.list.replaceChildren(...[...groups].map(([kind, members]) => this.group(kind, members)), ...this.terms(terms));
    this.choose(-1);
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.list.hidden = !this.options.length;
    this.list.scrollTop = 0;
    this.list.dataset.answers = query; // what was asked: the field may say more by now
  }

  group(kind, results) {
    const group = make("div", "gb-search__group");
    const name = make("p", "gb-search__kind", kind);
    name.id = `gb-search-kind-${this.options.length}`;
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", name.id);
    group.append(name, ...results.map((result) => this.option(result)));
    return group;
  }

  option(result) {
    const link = make("a", "gb-search__option");
    link.href = addressOf(result, this.root);
    const title = make("span", "gb-search__title", result.number ? `${result.number} ` : "");
    title.append(...marked(inTitle(result)));
    const place = [result.place, result.section].filter(Boolean).join(" › ");
    link.append(title);
    if (place) link.append(make("span", "gb-search__place", place));
    if (result.excerpt.length) {
      const excerpt = make("span", "gb-search__excerpt");
      excerpt.append(...marked(result.excerpt));
      link.append(excerpt);
    }
    return this.add(link);
  }

  terms(terms) {
    if (!terms.length) return [];
    const group = make("div", "gb-search__group");
    const name = make("p", "gb-search__kind", this.words.didYouMean);
    name.id = "gb-search-terms";
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", name.id);
    group.append(name, ...terms.map((term) => {
      const option = make("a", "gb-search__option");
      option.href = `${this.library}?${new URLSearchParams({ q: term })}`;
      option.append(make("span", "gb-search__title", term));
      option.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopPropagation();
        this.input.value = term;
        this.input.focus();
        this.ask();
      });
      return this.add(option);
    }));
    return [group];
  }

  add(option) {
    option.id = `gb-search-option-${this.options.length}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.tabIndex = -1;
    this.options.push(option);
    return option;
  }

  choose(number) {
    this.options[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = number;
    const option = this.options[number];
    if (option) {
      option.setAttribute("aria-selected", "true");
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const last = this.options.length - 1;
    const to = {
      ArrowDown: this.chosen >= last ? 0 : this.chosen + 1,
      ArrowUp: this.chosen <= 0 ? last : this.chosen - 1,
    }[event.key];
    if (to !== undefined && last >= 0) {
      event.preventDefault();
      this.choose(to);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (this.chosen >= 0) this.options[this.chosen].click();
      else if (this.input.value.trim()) {
        this.ask(); // sets the address for what was typed last
        this.all.click();
      }
    } else if (event.key === "Escape") {
      event.preventDefault(); // or the first Escape would only empty the field
      this.element.close();
    }
  }
}

function groupBy(results) {
  const groups = new Map();
  for (const result of results) groups.set(result.kind, [...(groups.get(result.kind) ?? []), result]);
  return groups;
}

function make(name, className, text) {
  const element = document.createElement(name);
  element.className = className;
  if (text) element.textContent = text;
  return element;
}
