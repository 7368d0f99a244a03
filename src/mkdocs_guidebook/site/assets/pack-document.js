// One document of many pages of the site: a title page, contents, and each page as a part with ids of its own.
// Online the pages are fetched; a copy on a disk, where fetch is refused, reads them in its own way (offline.js).

const local = globalThis.guidebookOffline;
// What only a page on the screen has a use for.
const LEFT_OUT = `.gb-documents, .gb-trainer, .gb-neighbours, .gb-citation, .gb-more-on, .gb-tick, .gb-ticks,
  .gb-back, .gb-sources .gb-note, .headerlink, .gb-recommendation__address, script, style, template, link, iframe, object, embed, video, audio`;
const REFERENCES = ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"];

const pages = new Map();

/** Return the main part of a page as an element; each page is read once. */
function read(url) {
  if (!pages.has(url)) {
    const text = local ? local.page(url) : fetch(url).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      return response.text();
    });
    const parsed = text.then((html) => {
      const found = new DOMParser().parseFromString(html, "text/html").querySelector("article.gb-page");
      if (!found) throw new Error(`${url} has no content`);
      return found;
    });
    parsed.catch(() => pages.delete(url)); // the next try asks again
    pages.set(url, parsed);
  }
  return pages.get(url);
}

/** Return a part for each item, in order; one that cannot be read is an Error. `items`: { id, kind, title, url, label, note }. */
export async function partsOf(items, root, words, progress) {
  let done = 0;
  const places = new Map(items.map((item, place) => [pathOf(item.url, root), `pack-${place + 1}`]));
  return Promise.all(items.map(async (item, place) => {
    try {
      const [address, anchor] = item.url.split("#");
      const page = await read(address);
      const maker = { worksheet, facilitator }[item.kind] ?? whole;
      const content = maker(page, item, anchor, words);
      return part(content, item, { id: `pack-${place + 1}`, address, root, places });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      done += 1;
      progress(done);
    }
  }));
}

function whole(page) {
  const content = document.importNode(page, true);
  for (const part of content.querySelectorAll("details")) part.open = true;
  return content;
}

function facilitator(page, item, anchor) {
  const content = document.importNode(exercise(page, anchor), true);
  content.querySelector("h3").outerHTML = `<h1>${content.querySelector("h3").innerHTML}</h1>`;
  for (const heading of content.querySelectorAll("h4")) heading.outerHTML = `<h2>${heading.innerHTML}</h2>`;
  for (const part of content.querySelectorAll("details")) part.open = true;
  content.prepend(make("p", "gb-eyebrow", [item.label, item.note].filter(Boolean).join(" · ")));
  return content;
}

/** The sheet that participants write on, with lines of 8 mm, as the printed one has. */
function worksheet(page, item, anchor, words) {
  const source = exercise(page, anchor);
  const content = make("section", "gb-worksheet");
  const aim = document.importNode(source.querySelector(":scope > p:not(.gb-eyebrow)"), true);
  aim.querySelector(".gb-label")?.remove();
  const fields = make("p", "gb-worksheet__fields");
  fields.append(make("span", "", words.name), make("span", "", words.date));
  content.append(make("p", "gb-eyebrow", [item.label, item.note].filter(Boolean).join(" · ")), make("h1", "", item.title), aim, fields);
  const prompts = [...source.querySelectorAll("li[data-lines]")];
  if (!prompts.length) content.append(make("h2", "", words.notes), lines(16));
  prompts.forEach((prompt, place) => {
    const task = make("section", "gb-worksheet__prompt");
    const heading = make("h2", "", `${place + 1}. `);
    heading.append(...document.importNode(prompt, true).childNodes);
    task.append(heading, lines(Number(prompt.dataset.lines)));
    content.append(task);
  });
  return content;
}

function exercise(page, anchor) {
  const found = page.querySelector(`.gb-exercise[id="${CSS.escape(anchor)}"]`);
  if (!found) throw new Error(`#${anchor} is not on its page`);
  return found;
}

function lines(count) {
  const box = make("div", "gb-worksheet__lines");
  box.setAttribute("aria-hidden", "true");
  for (let line = 0; line < Math.min(count, 40); line += 1) box.append(make("span", "gb-worksheet__line"));
  return box;
}

/** Make a part of content: headings one level deeper, ids of its own, links that lead somewhere from here. */
function part(content, item, { id, address, root, places }) {
  for (const other of content.querySelectorAll(LEFT_OUT)) other.remove();
  // The landmarks of the document are its parts; headings lead inside them.
  for (const section of [content, ...content.querySelectorAll("section")]) section.removeAttribute("aria-labelledby");
  const own = new Set([...content.querySelectorAll("[id]")].map((element) => element.id));
  for (const element of content.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith("on")) element.removeAttribute(name);
      else if (name === "id") element.id = `${id}-${value}`;
      else if (REFERENCES.includes(name)) {
        // What is not in this part, such as the definition of a term below the chapter, is not referred to.
        const here = value.split(/\s+/).filter((other) => own.has(other));
        if (here.length) element.setAttribute(name, here.map((other) => `${id}-${other}`).join(" "));
        else element.removeAttribute(name);
      } else if (name === "src") element.setAttribute(name, new URL(value, address).href);
      else if (name === "href") element.setAttribute(name, leadTo(value, { id, own, address, root, places }));
    }
    if (element.getAttribute("role") === "heading") element.ariaLevel = Number(element.ariaLevel) + 1;
  }
  for (let level = 5; level; level -= 1) {
    for (const heading of content.querySelectorAll(`h${level}`)) {
      const deeper = make(`h${level + 1}`, heading.className);
      if (heading.id) deeper.id = heading.id;
      deeper.append(...heading.childNodes);
      heading.replaceWith(deeper);
    }
  }
  const section = make("section", `gb-pack-part gb-pack-part--${item.kind}`);
  section.id = id;
  if (item.address) section.append(make("p", "gb-note gb-pack-part__address", item.address));
  section.append(content);
  const title = section.querySelector("h2");
  title.id ||= `${id}-title`;
  section.setAttribute("aria-labelledby", title.id);
  return section;
}

function leadTo(value, { id, own, address, root, places }) {
  if (value.startsWith("#") && own.has(decodeURIComponent(value.slice(1)))) return `#${id}-${value.slice(1)}`;
  const url = new URL(value, address);
  if (!["http:", "https:", "mailto:", "file:"].includes(url.protocol)) return "#";
  // Into another part of this document, or to the site.
  const there = places.get(pathOf(url.href.split("#")[0], root));
  if (there) return url.hash ? `#${there}-${url.hash.slice(1)}` : `#${there}`;
  return url.href.startsWith(root) ? `../${url.href.slice(root.length)}` : url.href;
}

function pathOf(url, root) {
  return url.slice(root.length).replace(/index\.html$/, "");
}

export function make(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
