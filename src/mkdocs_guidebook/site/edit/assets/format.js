// The formats that Decap reads and writes: records (front matter and a body) and data files. A file that was not
// changed in the form is written byte for byte as it was; one that was, only where it was.

import { bodyValues, bodyWith } from "./body.js";
import * as emit from "./emit.js";
import { patch } from "./patch.js";
import { contentOf, parse, same, valuesOf } from "./values.js";

const FRONT = /^(---[ \t]*\n)([\s\S]*?)^((?:---|\.\.\.)[ \t]*(?:\n|$))/m;

/** Tells Decap the formats of all collections of its configuration. */
export function registerFormats(CMS, collections, notes) {
  for (const collection of collections) {
    const files = collection.files ?? [{ name: collection.name, fields: collection.fields }];
    const pick = (keys) => files.reduce((best, file) => (known(file, keys) > known(best, keys) ? file : best), files[0]);
    const isRecord = !collection.files;
    CMS.registerCustomFormat(collection.format, collection.extension, {
      fromFile: (text) => read(text, isRecord, pick, notes),
      toFile: (values) => write(values, isRecord, pick),
    });
  }
}

function known(file, keys) {
  return file.fields.filter(({ name }) => keys.includes(name)).length;
}

/** Returns the parts of a text with line feeds only: front matter and body, or the whole as YAML. */
function cut(text, isRecord) {
  const lf = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (!isRecord) return { opening: "", head: lf, closing: "", body: "" };
  const match = FRONT.exec(lf);
  if (!match || match.index) throw new Error("the front matter is missing");
  const [all, opening, head, closing] = match;
  return { opening, head, closing, body: lf.slice(all.length) };
}

/** Returns the form's values of a file. `_source` keeps the file; `_unreadable` says why there are no values. */
export function read(text, isRecord, pick, notes) {
  try {
    const { head, body } = cut(text, isRecord);
    const map = parse(head).contents;
    const { name, fields } = pick(map ? map.items.map(({ key }) => key.value) : []);
    const values = { ...valuesOf(map, fields), ...bodyValues(body, fields) };
    notes?.read(name, values);
    return { ...values, _source: text, _name: true };
  } catch (error) {
    return { _source: text, _name: true, _unreadable: error.message };
  }
}

/** Returns the file that says what the form's values say. */
export function write(values, isRecord, pick) {
  if (values._unreadable) return values._source;
  const { fields } = pick(Object.keys(values));
  const after = contentOf(values, fields);
  if (values._source === undefined) {
    const head = emit.block(after, fields);
    return isRecord ? `---\n${head}---\n${bodyWith("", values, fields)}` : head;
  }
  const { opening, head, closing, body } = cut(values._source, isRecord);
  const map = parse(head).contents;
  const before = contentOf(valuesOf(map, fields), fields);
  const isSame = same(before, after) && bodyWith(body, values, fields) === body;
  if (isSame) return values._source;
  const text = opening + written(head, map, before, after, fields) + closing + bodyWith(body, values, fields);
  return values._source.includes("\r\n") ? text.replace(/\n/g, "\r\n") : text;
}

function written(head, map, before, after, fields) {
  if (same(before, after)) return head;
  try {
    const patched = patch(head, map, before, after, fields);
    if (says(patched, after, fields)) return patched;
  } catch (error) {
    console.warn("the file is written anew:", error);
  }
  const whole = emit.block(after, fields);
  if (!says(whole, after, fields)) throw new Error("the form cannot write this; please tell us what you typed");
  return whole;
}

/** Whether a YAML text says this content. */
function says(text, content, fields) {
  try {
    return same(contentOf(valuesOf(parse(text).contents, fields), fields), content);
  } catch {
    return false;
  }
}
