// Changes a YAML text so that it says new content: only what differs is written anew. Comments, order, quotes and line
// breaks of everything else stay as they are.

import { isMap, isScalar, isSeq } from "./yaml/index.js";
import * as emit from "./emit.js";
import { same } from "./values.js";

/** Returns the text of a mapping with `after` in it, where it says `before` now. */
export function patch(text, map, before, after, fields) {
  if (!map || !map.items.length) return text + emit.block(after, fields);
  return apply(text, 0, text.length, inMap(text, map, before, after, fields));
}

/** An edit: the range [start, end) of the text is replaced. */
function edit(start, end, replacement) {
  return { start, end, replacement };
}

/** Returns text.slice(start, end) with the edits that lie inside it. */
function apply(text, start, end, edits) {
  let result = "";
  let position = start;
  for (const one of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (one.start < position || one.end > end) continue;
    result += text.slice(position, one.start) + one.replacement;
    position = one.end;
  }
  return result + text.slice(position, end);
}

function lineStart(text, position) {
  return text.lastIndexOf("\n", position - 1) + 1;
}

/** Returns where the line that holds the end of a value ends. */
function lineEnd(text, position) {
  if (position > 0 && text[position - 1] === "\n") return position;
  const end = text.indexOf("\n", position);
  return end < 0 ? text.length : end + 1;
}

function indented(lines, indent) {
  const pad = " ".repeat(indent);
  return lines.replace(/^(?=.)/gm, pad);
}

/** Returns the last place that belongs to a value, without the comments behind it. */
function valueEnd(node) {
  if (isScalar(node) || node.flow) return node.range[1];
  const last = node.items.at(-1);
  if (!last) return node.range[1];
  const value = isMap(node) ? (last.value ?? last.key) : last;
  return valueEnd(value);
}

function pairEnd(text, pair) {
  const value = pair.value && pair.value.range ? valueEnd(pair.value) : pair.key.range[1];
  return lineEnd(text, Math.max(value, pair.key.range[1]));
}

function column(text, position) {
  return position - lineStart(text, position);
}

function inMap(text, map, before, after, fields) {
  const field = (name) => fields.find((one) => one.name === name);
  const found = new Map(map.items.map((pair) => [pair.key.value, pair]));
  const added = Object.keys(after).filter((name) => !found.has(name));
  const removed = [...found.keys()].filter((name) => field(name) && name in before && !(name in after));
  const first = map.items[0].key;
  const behindDash = /\S/.test(text.slice(lineStart(text, first.range[0]), first.range[0]));
  if (map.flow && (added.length || removed.length)) {
    return [edit(map.range[0], map.range[1], emit.flow(after, { form: "group", fields }))];
  }
  if (behindDash && removed.includes(first.value)) return null;
  const edits = [];
  for (const [name, pair] of found) {
    if (!(name in after) || same(before[name], after[name])) continue;
    const inside = pair.value && before[name] !== undefined ? inValue(text, pair.value, before[name], after[name], field(name), map.flow) : null;
    if (inside) edits.push(...inside);
    else if (map.flow) return null;
    else edits.push(edit(pair.key.range[0], pairEnd(text, pair), own(text, pair, after[name], field(name))));
  }
  for (const name of removed) {
    const pair = found.get(name);
    edits.push(edit(lineStart(text, pair.key.range[0]), pairEnd(text, pair), ""));
  }
  if (added.length) edits.push(...additions(text, map, added, after, fields));
  return edits;
}

/** Returns a pair written anew, from its key on. */
function own(text, pair, value, field) {
  const indent = column(text, pair.key.range[0]);
  return indented(emit.pair(field.name, value, field), indent).slice(indent);
}

/** Returns edits that put new keys behind the key that the form shows before them. */
function additions(text, map, added, after, fields) {
  const names = fields.map(({ name }) => name);
  const indent = column(text, map.items[0].key.range[0]);
  const places = new Map();
  for (const name of names.filter((one) => added.includes(one))) {
    const earlier = map.items.filter((pair) => names.indexOf(pair.key.value) < names.indexOf(name));
    const last = earlier.length ? earlier.reduce((a, b) => (names.indexOf(a.key.value) > names.indexOf(b.key.value) ? a : b)) : map.items[0];
    const place = pairEnd(text, last);
    const lines = indented(emit.pair(name, after[name], fields.find((one) => one.name === name)), indent);
    places.set(place, (places.get(place) ?? "") + lines);
  }
  return [...places].map(([place, lines]) => {
    const ends = place === 0 || text[place - 1] === "\n";
    return edit(place, place, ends ? lines : `\n${lines}`);
  });
}

/** Returns the edits inside a value, or null where it has to be written anew. */
function inValue(text, node, before, after, field, inFlow) {
  if (isScalar(node)) {
    if (typeof after === "object" || (field.form === "csl-date" && /[/~]/.test(after))) return null;
    const isBlock = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
    if (!inFlow && (isBlock || String(after).includes("\n"))) return null;
    return [edit(node.range[0], node.range[1], emit.scalar(after, field, node.type, Boolean(inFlow)))];
  }
  if (isMap(node)) {
    if (field.form === "group") return inMap(text, node, before, after, field.fields);
    if (field.form !== "map") return null;
    const fields = Object.keys({ ...before, ...after }).map((name) => ({ name, form: "group", label: name, fields: field.fields.slice(1) }));
    return inMap(text, node, before, after, fields);
  }
  return isSeq(node) ? inList(text, node, before, after, field) : null;
}

function inList(text, list, before, after, field) {
  if (list.items.length !== before.length) return null;
  const from = matches(before, after);
  const keeps = from.length === before.length && from.every((place, index) => place === index);
  const inner = field.fields ? { form: "group", fields: field.fields } : (field.field ?? { form: "text" });
  const inside = new Map();
  for (const [index, place] of from.entries()) {
    if (place < 0 || same(before[place], after[index])) continue;
    inside.set(place, inValue(text, list.items[place], before[place], after[index], inner, list.flow));
  }
  if (keeps && [...inside.values()].every(Boolean)) return [...inside.values()].flat();
  if (list.flow) {
    const opening = list.range[0];
    const pieces = after.map((value, index) => {
      const place = from[index];
      if (place < 0 || (inside.has(place) && !inside.get(place))) return emit.flow(value, inner);
      const { range } = list.items[place];
      return apply(text, range[0], range[1], inside.get(place) ?? []);
    });
    return [edit(opening, list.range[1], `[${pieces.join(", ")}]`)];
  }
  return rebuilt(text, list, from, inside, after, field);
}

/** Returns one edit that writes a block list anew, item by item, with the lines of those that stay. */
function rebuilt(text, list, from, inside, after, field) {
  const starts = list.items.map((node) => lineStart(text, text.lastIndexOf("-", node.range[0])));
  const ends = list.items.map((node, index) => starts[index + 1] ?? lineEnd(text, valueEnd(node)));
  const indent = text.slice(starts[0]).match(/^ */)[0].length;
  const pieces = after.map((value, index) => {
    const place = from[index];
    if (place < 0 || (inside.has(place) && !inside.get(place))) return indented(emit.item(value, field), indent);
    const piece = apply(text, starts[place], ends[place], inside.get(place) ?? []);
    return piece.endsWith("\n") ? piece : `${piece}\n`;
  });
  return [edit(starts[0], ends.at(-1), pieces.join(""))];
}

/** Returns for each new item the place of the old one that it was, or -1. */
function matches(before, after) {
  const free = new Set(before.keys());
  const from = after.map((value) => {
    const place = [...free].find((one) => same(before[one], value));
    if (place !== undefined) free.delete(place);
    return place ?? -1;
  });
  for (const [index, value] of after.entries()) {
    if (from[index] >= 0) continue;
    const id = value?.id;
    const byId = id === undefined ? undefined : [...free].find((one) => before[one].id === id);
    const place = byId ?? (before.length === after.length && free.has(index) ? index : undefined);
    if (place === undefined) continue;
    free.delete(place);
    from[index] = place;
  }
  return from;
}
