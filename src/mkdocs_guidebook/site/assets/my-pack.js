// The page “My pack”: the list in its order, its title, its address, and the document that is made of it.

import { packOf } from "./pack.js";
import { make, partsOf } from "./pack-document.js";

/** `own` is the pack of this device. */
export function myPack(own) {
  const box = document.querySelector("[data-gb-my-pack]");
  if (box && own) new MyPack(box, own);
}

class MyPack {
  constructor(box, own) {
    this.box = box;
    this.own = own;
    this.words = box.dataset;
    this.root = new URL(box.dataset.root, location.href).href.replace(/index\.html$/, "");
    const part = (name) => document.querySelector(`[data-part=pack-${name}]`);
    [this.list, this.status, this.empty, this.actions, this.foreign, this.kept, this.paper, this.screen, this.byHand] =
      ["list", "status", "empty", "actions", "foreign", "kept", "paper", "screen", "by-hand"].map(part);
    this.title = box.querySelector("input[name=title]");
    this.known = new Map([...document.querySelectorAll("[data-pack-item]")].map((line) => [line.dataset.packItem, {
      id: line.dataset.packItem,
      kind: line.dataset.kind,
      label: line.dataset.label,
      note: line.dataset.note,
      title: line.querySelector("a").textContent,
      url: line.querySelector("a").href,
    }]));
    this.start();
  }

  start() {
    this.box.hidden = false;
    const on = (name, action) => document.querySelector(`[data-pack-do=${name}]`).addEventListener("click", action);
    on("make", () => this.make());
    on("print", () => print());
    on("back", () => history.state?.document ? history.back() : this.back());
    on("share", () => this.share());
    on("clear", () => this.clear());
    on("take", () => this.take(this.shown));
    on("join", () => this.take({
      title: this.own.value.title || this.shown.title,
      items: [...this.own.value.items, ...this.shown.items],
    }));
    on("own", () => this.take(this.own.value));
    for (const button of document.querySelectorAll("[data-pack-copy]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.copy(button));
    }
    this.title.addEventListener("input", () => this.own.write({ ...this.own.value, title: this.title.value }));
    this.box.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    addEventListener("guidebook:pack", () => this.draw());
    addEventListener("storage", () => this.draw());
    addEventListener("hashchange", () => this.fromAddress());
    // Inside the document the address stays: it tells which pack this is.
    this.paper.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!target) return;
      event.preventDefault();
      target.tabIndex = -1;
      target.focus();
    });
    addEventListener("popstate", (event) => { if (!event.state?.document && !this.paper.hidden) this.back(); });
    this.fromAddress();
  }

  get shown() {
    return this.lent ?? this.own.value;
  }

  /** An address can carry a pack. It is only shown: the reader's own is not touched before they say so. */
  fromAddress() {
    const params = new URLSearchParams(location.hash.slice(1));
    const lent = params.has("items") ? packOf({ title: params.get("title") ?? "", items: params.get("items").split(",") }) : null;
    this.lent = lent && JSON.stringify(lent) !== JSON.stringify(this.own.value) ? lent : null;
    if (!this.paper.hidden) this.back();
    this.draw();
  }

  draw() {
    const { title, items } = this.shown;
    this.foreign.hidden = !this.lent;
    document.querySelector("[data-pack-do=join]").hidden = document.querySelector("[data-pack-do=own]").hidden = !this.own.value.items.length;
    if (document.activeElement !== this.title) this.title.value = title;
    this.title.readOnly = Boolean(this.lent);
    this.list.replaceChildren(...items.map((id, place) => this.line(id, place, items.length)));
    this.list.hidden = !items.length;
    this.empty.hidden = Boolean(items.length);
    this.actions.hidden = !items.length;
    this.kept.hidden = Boolean(this.lent);
    document.querySelector("[data-pack-do=clear]").hidden = Boolean(this.lent);
    this.byHand.hidden = true;
  }

  line(id, place, count) {
    const item = this.known.get(id);
    const line = make("li", "gb-pack__item");
    const words = make("div", "gb-pack__words");
    if (item) {
      words.append(make("span", "gb-note", [item.label, item.note].filter(Boolean).join(" · ")));
      words.append(Object.assign(make("a", "gb-pack__name", item.title), { href: item.url }));
    } else words.append(make("span", "gb-pack__gone", this.words.gone.replace("{title}", id)));
    line.append(words);
    if (this.lent) return line;
    const buttons = make("div", "gb-pack__buttons");
    const button = (action, name, stop, run) => {
      const element = make("button", "gb-button", name);
      element.type = "button";
      element.dataset.action = action;
      element.append(make("span", "gb-hidden", `: ${item?.title ?? id}`));
      // Stays where the focus is, though it does nothing.
      if (stop) element.setAttribute("aria-disabled", "true");
      element.addEventListener("click", () => stop || run());
      buttons.append(element);
    };
    button("up", this.words.up, place === 0, () => this.move(place, -1));
    button("down", this.words.down, place === count - 1, () => this.move(place, 1));
    button("remove", this.words.remove, false, () => this.remove(place));
    line.append(buttons);
    return line;
  }

  nameOf(id) {
    return this.known.get(id)?.title ?? id;
  }

  move(place, step) {
    const items = [...this.own.value.items];
    const [id] = items.splice(place, 1);
    items.splice(place + step, 0, id);
    this.own.write({ ...this.own.value, items });
    this.list.children[place + step].querySelector(`[data-action=${step < 0 ? "up" : "down"}]`).focus();
    this.say(this.words.moved.replace("{title}", this.nameOf(id)).replace("{place}", place + step + 1).replace("{n}", items.length));
  }

  remove(place) {
    const items = [...this.own.value.items];
    const [id] = items.splice(place, 1);
    this.own.write({ ...this.own.value, items });
    const next = this.list.children[Math.min(place, items.length - 1)];
    (next?.querySelector("[data-action=remove]") ?? this.title).focus();
    this.say(this.words.removed.replace("{title}", this.nameOf(id)).replace("{n}", items.length));
  }

  clear() {
    const before = this.own.value;
    this.own.write({ title: "", items: [] });
    this.say(this.words.cleared);
    const undo = make("button", "gb-button", this.words.undo);
    undo.type = "button";
    undo.addEventListener("click", () => {
      this.own.write(before);
      this.say("");
      this.title.focus();
    });
    this.status.append(" ", undo);
    undo.focus();
  }

  copy(button) {
    const known = this.own.value;
    const items = button.dataset.items.split(" ").filter(Boolean);
    this.leaveAddress();
    this.own.write({ title: known.title || button.dataset.title, items: [...known.items, ...items] });
    this.say(this.words.copied.replace("{title}", button.dataset.title));
    this.title.focus();
  }

  take(pack) {
    this.leaveAddress();
    this.own.write(pack);
    this.say(this.words.taken);
    this.title.focus();
  }

  /** The address no longer tells what is shown. */
  leaveAddress() {
    this.lent = null;
    if (!location.hash) return;
    try { history.replaceState(null, "", location.href.split("#")[0]); } catch { location.hash = ""; }
  }

  get address() {
    const here = location.protocol === "file:" && this.words.address ? this.words.address : location.href.split("#")[0];
    const { title, items } = this.shown;
    return `${here}#${new URLSearchParams({ ...(title && { title }), items: items.join(",") }).toString().replaceAll("%2C", ",")}`;
  }

  async share() {
    const field = this.byHand.querySelector("input");
    try {
      await navigator.clipboard.writeText(this.address);
      this.byHand.hidden = true;
      this.say(this.words.shared);
    } catch {
      // Not allowed, or opened from a disk: the address is shown, ready to be copied by hand.
      this.byHand.hidden = false;
      field.value = this.address;
      field.focus();
      field.select();
    }
  }

  say(text) {
    this.status.textContent = this.own.kept ? text : `${text} ${this.words.refused}`;
  }

  // The document

  async make() {
    const { title, items } = this.shown;
    const here = items.filter((id) => this.known.has(id)).map((id) => this.withAddress(this.known.get(id)));
    const gone = items.filter((id) => !this.known.has(id));
    const working = (done) => this.say(this.words.working.replace("{done}", done).replace("{n}", here.length));
    working(0);
    const words = { name: this.words.name, date: this.words.date, notes: this.words.notes };
    const parts = await partsOf(here, this.root, words, working);
    const failed = here.filter((_, place) => parts[place] instanceof Error);
    if (failed.length) {
      this.say(failed.map((item) => this.words.failed.replace("{title}", item.title)).join(" "));
      return;
    }
    const name = title || this.words.title;
    const sheet = this.paper.querySelector("[data-part=sheet]");
    sheet.replaceChildren(this.front(name, here, gone, parts), ...parts);
    this.foot(name);
    this.say(this.words.done);
    this.paper.hidden = false;
    this.screen.hidden = true;
    document.body.classList.add("gb-pack-open");
    try { history.pushState({ document: true }, ""); } catch { /* some browsers refuse it on a disk */ }
    sheet.querySelector("h1").focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: "instant" });
  }

  /** An item with the address of its current version, where that is known. */
  withAddress(item) {
    if (!this.words.address) return item;
    return { ...item, address: this.words.address.replace(/my-pack(\/|\.html)$/, "") + item.url.slice(this.root.length).replace(/index\.html(?=#|$)/, "") };
  }

  front(name, here, gone, parts) {
    const front = make("header", "gb-pack-front");
    const title = make("h1", "", name);
    title.tabIndex = -1;
    const language = document.documentElement.lang;
    const today = new Date().toLocaleDateString(language === "en" ? "en-GB" : language, { dateStyle: "long" });
    const contents = make("nav", "gb-pack-contents");
    const heading = make("h2", "", this.words.contents);
    heading.id = "pack-contents";
    contents.setAttribute("aria-labelledby", heading.id);
    const list = make("ol");
    here.forEach((item, place) => {
      const line = make("li");
      line.append(Object.assign(make("a", "", item.title), { href: `#${parts[place].id}` }));
      line.append(make("span", "gb-note", ` ${[item.label, item.note].filter(Boolean).join(" · ")}`));
      list.append(line);
    });
    contents.append(heading, list);
    if (gone.length) {
      const left = make("p", "gb-pack-gone");
      left.append(make("span", "gb-label", this.words.leftOut), ` ${gone.join(", ")}`);
      contents.append(left);
    }
    const made = [this.words.putTogether.replace("{date}", today).replace("{book}", this.words.book), this.words.edition];
    if (this.words.address) made.push(this.words.current.replace("{address}", this.address));
    front.append(title, ...made.map((text) => make("p", "gb-pack-front__made", text)), contents);
    return front;
  }

  /** What stands at the foot of each sheet, where the browser can: title, edition and address. */
  foot(name) {
    if (!document.adoptedStyleSheets) return;
    const address = this.words.address || this.words.book;
    const text = JSON.stringify(`${name} · ${this.words.edition} · ${address.replace(/^https?:\/\//, "").replace(/my-pack(\/|\.html)$/, "")}`);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { @bottom-left { content: ${text.replace(/\\n/g, " ")}; } }`);
    document.adoptedStyleSheets = [sheet];
  }

  back() {
    this.paper.hidden = true;
    this.screen.hidden = false;
    document.body.classList.remove("gb-pack-open");
    document.adoptedStyleSheets = [];
    this.say("");
    document.querySelector("[data-pack-do=make]").focus();
  }
}
