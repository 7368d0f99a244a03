// My pack: documents that a reader ticks anywhere on the site. It is a title and a list of ids, kept on this device,
// and nowhere else; the page “My pack” (my-pack.js) orders it and makes one document of it.

import { store } from "./store.js";

const MOST = 200; // items that an address or the device may name

/** Return a pack from anything that should be one. */
export function packOf({ title, items } = {}) {
  const ids = Array.isArray(items) ? items.filter((id) => typeof id === "string" && /^[\w.-]{1,200}$/.test(id)) : [];
  return { title: typeof title === "string" ? title.slice(0, 150) : "", items: [...new Set(ids)].slice(0, MOST) };
}

/** The pack of this device. Several guidebooks can live on one host, so it is kept by the address of the site. */
class OwnPack {
  constructor(root) {
    this.key = `pack:${new URL(root).pathname}`;
    this.kept = true;
    this.read();
  }

  read() {
    let known = {};
    try { known = JSON.parse(store.get(this.key) ?? "{}") ?? {}; } catch { /* not ours: as if there were none */ }
    this.value = packOf(known);
  }

  write(value) {
    this.value = packOf(value);
    this.kept = store.set(this.key, JSON.stringify(this.value));
    dispatchEvent(new CustomEvent("guidebook:pack"));
  }
}

/** Enhance the ticks of a page and the link in the header; return the pack, or null where the site has none. */
export function packTicks() {
  const link = document.querySelector("[data-gb-pack]");
  if (!link) return null;
  const own = new OwnPack(new URL(link.dataset.root, location.href).href);
  const ticks = [...document.querySelectorAll("[data-gb-tick]")];
  const status = Object.assign(document.createElement("p"), { className: "gb-hidden" });
  status.setAttribute("role", "status");
  if (ticks.length) document.body.append(status);
  const show = () => {
    const { items } = own.value;
    link.hidden = !items.length;
    link.querySelector("[data-part=count]").textContent = items.length;
    for (const tick of ticks) tick.checked = items.includes(tick.value);
  };
  for (const tick of ticks) {
    tick.closest(".gb-tick").hidden = false;
    tick.addEventListener("change", () => {
      const others = own.value.items.filter((id) => id !== tick.value);
      own.write({ ...own.value, items: tick.checked ? [...others, tick.value] : others });
      const text = tick.checked ? link.dataset.added : link.dataset.removed;
      const said = text.replace("{title}", tick.dataset.title).replace("{n}", own.value.items.length);
      status.textContent = own.kept ? said : `${said} ${link.dataset.refused}`;
      // Who sees the page is told of a loss, too.
      if (!own.kept) status.className = "gb-note gb-pack-refused";
    });
  }
  addEventListener("guidebook:pack", show);
  addEventListener("storage", () => { own.read(); show(); }); // ticked in another window
  addEventListener("pageshow", (event) => { if (event.persisted) { own.read(); show(); } });
  show();
  return own;
}
