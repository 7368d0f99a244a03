// What all editions share: the selector in the header, and the notice on pages of earlier editions. It stands beside
// the editions, so that pages which were published long ago, and are never changed, know of those that came later.

const box = document.querySelector("[data-gb-editions]");
const words = box?.dataset;
const root = words && new URL(words.root, location.href);

const fill = (text, edition) => text.replaceAll("{edition}", edition);

async function read(path) {
  const response = await fetch(new URL(path, root));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

// Where the page that is being read stands in another edition: its address there, and how it came there.
function find(addresses, page, hash) {
  for (const [address, rest] of [[page + hash, ""], [page, hash]]) {
    if (addresses.moved[address] !== undefined) {
      const target = addresses.moved[address];
      return { address: target.includes("#") ? target : target + rest, kind: "other" };
    }
    if (addresses.withdrawn.includes(address)) return { address: page + hash, kind: "other" };
  }
  if (addresses.pages.includes(page)) return { address: page + hash, kind: "same" };
  return { address: "", kind: "gone" };
}

async function place(edition) {
  try {
    return find(await read(`${edition}/addresses.json`), words.page, location.hash);
  } catch {
    return { address: "", kind: "gone" }; // an edition that cannot be asked still has a home page
  }
}

const link = (edition, address, text) => {
  const anchor = document.createElement("a");
  anchor.href = new URL(`${edition}/${address}`, root).href;
  anchor.textContent = text;
  return anchor;
};

function selector(versions) {
  const button = box.querySelector("button");
  const list = box.querySelector("ul");
  const toggle = (open) => {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  for (const version of versions) {
    const name = version.version;
    const title = name === "dev" ? words.dev : version.title;
    const latest = version.aliases?.includes("latest");
    const item = document.createElement("li");
    const anchor = link(name, "", latest ? `${title} (${words.latest})` : title);
    if (name === words.edition) anchor.setAttribute("aria-current", "true");
    anchor.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const { address } = await place(name);
      location.assign(new URL(`${name}/${address}`, root));
    });
    item.append(anchor);
    list.append(item);
  }
  button.addEventListener("click", () => toggle(list.hidden));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      toggle(false);
      button.focus();
    }
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) toggle(false);
  });
  document.addEventListener("pointerdown", (event) => box.contains(event.target) || toggle(false));
  box.hidden = false;
}

async function notice(latest) {
  const target = document.querySelector("[data-gb-notice]");
  const paragraph = document.createElement("p");
  const { address, kind } = await place(latest.version);
  const text = { same: words.same, other: words.other, gone: words.gone }[kind];
  const query = kind === "same" && location.search;
  const first = words.edition === "dev" ? words.development : fill(words.newer, latest.title);
  paragraph.append(`${first} `, link(latest.version, address, fill(text, latest.title)));
  if (query) paragraph.querySelector("a").search = query; // what was searched for and filtered by
  target.replaceChildren(paragraph);
}

// The search looks through the edition that is being read; this leads to the same search in the latest.
function searchLatest(latest) {
  const places = [document, document.getElementById("gb-search-template")?.content];
  for (const slot of places.flatMap((place) => [...(place?.querySelectorAll("[data-gb-latest-search]") ?? [])])) {
    slot.append(link(latest.version, slot.dataset.gbLatestSearch, words.search));
    slot.hidden = false;
  }
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest("[data-gb-latest-search] a");
    const query = document.querySelector(".gb-search input")?.value.trim();
    if (anchor && query) anchor.search = new URLSearchParams({ q: query });
  });
}

async function start() {
  let versions;
  try {
    versions = await read("versions.json");
  } catch {
    return; // the edition was copied without the others
  }
  selector(versions);
  const latest = versions.find((version) => version.aliases?.includes("latest"));
  if (!latest || latest.version === words.edition) return;
  searchLatest(latest);
  await notice(latest);
  addEventListener("hashchange", () => notice(latest));
}

if (box) start();
