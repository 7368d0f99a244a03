// Asks Pagefind. A query is cut into units: terms of the glossary, which stand for all their forms, and other
// words with their other spelling. Each is looked for by itself, and what has most of them comes first: people
// write questions, and Pagefind alone would want every word of them. Nothing is loaded before the first query.

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}+.:’'-]*/gu;
const OTHER_FORM = 0.95; // what a hit by another form counts, beside the typed one
const MAX_UNITS = 10;

export const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[-’']/g, " ").trim();

// A copy of the site on a disk brings its own way to read files: offline.js.
const local = globalThis.guidebookOffline;
const load = {
  module: (url) => (local ? local.module(url) : import(url)),
  json: async (url) => {
    const response = await (local ? local.fetch(url) : fetch(url));
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    return response.json();
  },
};

let opened = null;

/** Load the engine and the words that lead to each other; `root` is the address of the site's home page. */
export function open(root) {
  opened ??= start(new URL("search/", root).href).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function start(base) {
  const [pagefind, words] = await Promise.all([load.module(`${base}pagefind.js`), load.json(`${base}words.json`)]);
  // A large collection has several indexes, which lie in numbered folders: the results of all come as one list.
  const ranking = { metaWeights: { title: 5, source: 1, also: 3, about: 2, number: 2, place: 0.6, kind: 0.2 } };
  const instance = pagefind.createInstance({
    basePath: `${base}1/`,
    noWorker: true, // one way online and from a disk, and one file less
    ranking,
  });
  await instance.init();
  const others = Array.from({ length: words.parts - 1 }, (_, number) => `${base}${number + 2}/`);
  await Promise.all(others.map((part) => instance.mergeIndex(part, { ranking })));
  const forms = new Map();
  for (const group of words.forms) for (const form of group) forms.set(fold(form), group);
  const longest = Math.max(1, ...[...forms.keys()].map((form) => form.split(" ").length));
  return { base, instance, known: new Map(), forms, longest, groups: words.forms, spellings: new Map(Object.entries(words.spellings)), stop: new Set(words.stop) };
}

/** Cut a query into units; each is a list of the forms to look for, the typed one first. */
function unitsOf(query, engine) {
  const typed = query.match(WORD) ?? [];
  const units = [];
  for (let start = 0; start < typed.length; ) {
    let length = Math.min(engine.longest, typed.length - start);
    let group;
    for (; length > 0; length -= 1) {
      const piece = typed.slice(start, start + length).join(" ");
      group = engine.forms.get(fold(piece)) ?? engine.forms.get(fold(piece).replace(/s$/, ""));
      // RIVE, LED and MAR are words in small letters: as a part of a longer query they need their capitals.
      const short = group?.find((form) => form === form.toUpperCase() && fold(form) === fold(piece));
      if (group && short && typed.length > length && piece !== piece.toUpperCase() && engine.stop.has(fold(piece))) group = null;
      if (group) break;
    }
    const both = typed.slice(start, start + 2).join("").toLowerCase();
    if (!group && start + 1 < typed.length && engine.spellings.get(both)?.includes(" ")) {
      units.push([typed.slice(start, start + 2).join(" "), both]);
      start += 2;
      continue;
    }
    const piece = typed.slice(start, start + Math.max(1, length)).join(" ");
    if (group) units.push([...new Set([piece, ...group])]);
    else if (!engine.stop.has(piece.toLowerCase())) units.push(withSpellings(piece, engine));
    start += Math.max(1, length);
  }
  if (!units.length && typed.length) units.push([typed.join(" ")]); // nothing but frequent words
  return units.slice(0, MAX_UNITS);
}

function withSpellings(word, engine) {
  const other = engine.spellings.get(word.toLowerCase());
  return other ? [word, other] : [word];
}

// With each further key only the last word is new.
function searchOnce(form, engine) {
  if (engine.known.size > 300) engine.known.clear();
  if (!engine.known.has(form)) engine.known.set(form, sound(form, engine.instance.search(form)));
  return engine.known.get(form);
}

const indexOf = (result) => result.id.slice(0, result.id.lastIndexOf("_"));

// For a word that an index does not know, Pagefind takes the nearest beginning of one: “xqzk” would find every x. A
// hit must share at least half of the typed word.
async function sound(form, search) {
  const { results } = await search;
  const firsts = new Map();
  for (const result of results) if (!firsts.has(indexOf(result))) firsts.set(indexOf(result), result);
  const known = new Set();
  await Promise.all([...firsts].map(async ([index, first]) => (await isHit(form, first)) && known.add(index)));
  return results.filter((result) => known.has(indexOf(result)));
}

async function isHit(form, result) {
  if (!result.words.length) return true;
  const words = (await result.data()).raw_content.split(/\s+/);
  const hits = result.words.map((place) => fold(bare(words[place] ?? "")));
  const typed = fold(form).split(" ");
  const alike = (one, other) => {
    let same = 0;
    while (same < one.length && one[same] === other[same]) same += 1;
    return same >= Math.ceil(one.length / 2);
  };
  const all = hits.flatMap((hit) => [hit.replaceAll(" ", ""), ...hit.split(" ")]);
  return typed.some((word) => all.some((hit) => alike(word, hit)));
}

/** Return what a query finds, the best first: { id, score, share, read() }. */
export async function find(query, root) {
  const engine = await open(root);
  const units = unitsOf(query, engine);
  const found = new Map();
  await Promise.all(
    units.map(async (forms) => {
      const best = new Map();
      await Promise.all(
        forms.map(async (form, place) => {
          for (const result of await searchOnce(form, engine)) {
            const score = result.score * (place ? OTHER_FORM : 1);
            const known = best.get(result.id);
            if (!known) best.set(result.id, { score, results: [result] });
            else {
              known.score = Math.max(known.score, score);
              known.results.push(result);
            }
          }
        }),
      );
      for (const [id, { score, results }] of best) {
        const known = found.get(id) ?? { id, score: 0, count: 0, results: [] };
        known.score += score;
        known.count += 1;
        known.results.push(...results);
        found.set(id, known);
      }
    }),
  );
  const list = [...found.values()].map(({ id, score, count, results }) => {
    const share = count / units.length;
    return { id, share, score: score * share ** 2, read: () => read(results) };
  });
  // Of a long question, what has less than half of its words is an accident.
  const enough = list.filter((entry) => units.length < 3 || entry.share >= 0.5);
  const sorted = (enough.length ? enough : list).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return units.length === 1 ? namesakesFirst(sorted, units[0]) : sorted;
}

const TOP = 10;

/** Who types the name of something wants that; the results that are shown anyway tell their names. */
async function namesakesFirst(found, forms) {
  const names = new Set(forms.map(fold));
  const titles = await Promise.all(found.slice(0, TOP).map(async (entry) => (await entry.read()).title));
  const isNamesake = (title) => names.has(fold(title)) || names.has(fold(title.replace(/\s*\([^)]*\)/g, "")));
  const first = found.slice(0, TOP).filter((_, place) => isNamesake(titles[place]));
  return [...first, ...found.filter((entry) => !first.includes(entry))];
}

/** Load the text of a result: its fields, and the piece with most hits as { text, hit } parts. */
async function read(results) {
  const data = await results[0].data();
  const words = data.raw_content.split(/\s+/).map((word) => word.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
  const hits = [...new Set(results.flatMap((result) => result.words))].filter((place) => place < words.length);
  hits.sort((a, b) => a - b);
  const start = windowOf(hits, words, titleLength(words, data.meta.title ?? data.meta.source));
  const anchor = data.anchors?.filter(({ id, location }) => id && location <= Math.max(start.hit, 0)).at(-1);
  return {
    url: data.raw_url.includes("#") || !anchor || start.hit < 0 ? data.raw_url : `${data.raw_url}#${anchor.id}`,
    section: data.raw_url.includes("#") || start.hit < 0 ? "" : (anchor?.text ?? ""),
    title: data.meta.title ?? data.meta.source ?? data.raw_url,
    kind: data.meta.kind,
    place: data.meta.place ?? "",
    number: data.meta.number ?? "",
    excerpt: excerptOf(words, hits, start),
    words: [...new Set(hits.map((place) => bare(words[place])).filter((word) => word.length > 1))].slice(0, 8),
  };
}

const EXCERPT = 28;
const bare = (word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").toLowerCase();

function titleLength(words, title = "") {
  const length = title.split(/\s+/).length;
  return bare(words.slice(0, length).join(" ")) === bare(title) ? length : 0;
}

// The title is shown anyway: the excerpt begins behind it, where most different words were hit.
function windowOf(hits, words, skip) {
  let best = { from: skip, hit: -1, count: 0 };
  for (const hit of hits) {
    if (hit < skip) continue;
    const inside = hits.filter((other) => other >= hit && other < hit + EXCERPT - 6);
    const count = new Set(inside.map((place) => bare(words[place]).slice(0, 6))).size;
    if (count > best.count) best = { from: Math.max(skip, hit - 6), hit, count };
  }
  // Begin with the sentence if it is not far.
  for (let place = best.from; place > Math.max(skip, best.from - 8); place -= 1) {
    if (/[.!?]$/.test(words[place - 1])) {
      best.from = place;
      break;
    }
  }
  if (best.from - skip < 8) best.from = skip;
  while (/^[.,;:)]+$/.test(words[best.from] ?? "")) best.from += 1;
  best.isCut = best.from > skip && !/[.!?]$/.test(words[best.from - 1]);
  return best;
}

function excerptOf(words, hits, { from, isCut }) {
  const to = Math.min(words.length, from + EXCERPT);
  const hit = new Set(hits);
  const parts = [];
  const add = (text, isHit) => {
    const last = parts.at(-1);
    if (last && last.hit === isHit) last.text += ` ${text}`;
    else parts.push({ text: last ? ` ${text}` : text, hit: isHit });
  };
  for (let place = from; place < to; place += 1) {
    if (hit.has(place)) {
      const [, before, word, after] = words[place].match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u);
      if (before) add(before, false);
      if (before) parts.push({ text: word, hit: true });
      else add(word, true);
      if (after) parts.push({ text: after, hit: false });
      continue;
    }
    // Where a citation was taken out, a blank stands before the point.
    if (/^[.,;:]$/.test(words[place]) && parts.length) parts.at(-1).text += words[place];
    else add(words[place], hit.has(place));
  }
  if (isCut && parts.length) parts.unshift({ text: "… ", hit: false });
  if (to < words.length && parts.length) parts.push({ text: " …", hit: false });
  return parts;
}

/** Return terms of the glossary that look like the words of a query that found nothing. */
export async function near(query, root) {
  const { groups } = await open(root);
  const typed = fold(query);
  const pairs = (text) => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
  const likeness = (form) => {
    const [one, other] = [pairs(typed), pairs(fold(form))];
    const shared = [...one].filter((pair) => other.has(pair)).length;
    return (2 * shared) / (one.size + other.size || 1); // Dice's coefficient
  };
  return groups
    .map((group) => [Math.max(...group.map(likeness)), group[0]])
    .filter(([value]) => value > 0.4)
    .sort((a, b) => b[0] - a[0])
    .slice(0, 3)
    .map(([, term]) => term);
}

/** Return a title as parts, the words that were found marked. */
export function inTitle({ title, words }) {
  if (!words.length) return [{ text: title, hit: false }];
  const known = new Set(words);
  return title.split(/([\p{L}\p{N}][\p{L}\p{N}\p{M}’'-]*)/u).map((text) => ({ text, hit: known.has(bare(text)) }));
}

/** Return hits as nodes, the words that were looked for in <mark>. */
export function marked(parts) {
  return parts.map(({ text, hit }) => {
    if (!hit) return document.createTextNode(text);
    const space = text.length - text.trimStart().length;
    const mark = document.createElement("mark");
    mark.textContent = text.trimStart();
    const both = document.createDocumentFragment();
    both.append(text.slice(0, space), mark);
    return both;
  });
}

/** Return the address of a result, with the words that its page is to mark. */
export function addressOf(result, root) {
  const [path, anchor] = result.url.split("#");
  const url = new URL(local ? local.file(path) : path, root);
  if (result.words.length) url.searchParams.set("highlight", result.words.join(" "));
  if (anchor) url.hash = anchor;
  return url.href;
}
