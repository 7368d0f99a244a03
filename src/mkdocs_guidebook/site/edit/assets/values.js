// From a file's YAML to the form's values, and the plain content of those values. A field of the configuration says
// under `form` what is written in the file; everything else is text, as YAML 1.2 files of this project are read.

import { isAlias, isMap, isScalar, isSeq, parseDocument } from "./yaml/index.js";

/** What stands in a file does not fit the form. */
class Unfit extends Error {}

/** Returns the document of a YAML text whose scalars stay the text that was written. */
export function parse(text) {
  const document = parseDocument(text, { schema: "failsafe", version: "1.2", logLevel: "silent" });
  if (document.errors.length) throw new Unfit(document.errors[0].message.split("\n")[0]);
  if (document.contents !== null && !isMap(document.contents)) throw new Unfit("keys and values are expected");
  return document;
}

/** Returns the form's values of a mapping. */
export function valuesOf(map, fields) {
  const pairs = map ? map.items : [];
  const names = new Set(fields.map(({ name }) => name));
  for (const { key, value } of pairs) {
    if (!isScalar(key) || !names.has(key.value)) throw new Unfit(`unknown key ${isScalar(key) ? key.value : ""}`);
    if (isEmpty(value)) throw new Unfit(`the key ${key.value} has no value`);
  }
  const values = {};
  for (const field of fields) {
    const pair = pairs.find(({ key }) => isScalar(key) && key.value === field.name);
    if (pair) values[field.name] = valueOf(pair.value, field);
    else if (field.form === "truth" && field.unset !== undefined) values[field.name] = field.unset;
  }
  return values;
}

function isEmpty(node) {
  return node === null || (isScalar(node) && (node.value === null || (node.value === "" && node.type === "PLAIN")));
}

function valueOf(node, field) {
  if (isAlias(node) || node.anchor || node.tag) throw new Unfit("anchors, aliases and tags are not allowed");
  if (field.form === "list") return items(node, field).map((item) => itemOf(item, field));
  if (field.form === "map") {
    const fields = field.fields.slice(1);
    return group(node).items.map(({ key, value }) => ({ [field.map_key]: key.value, ...valuesOf(group(value), fields) }));
  }
  if (field.form === "group") {
    const values = valuesOf(group(node), field.fields);
    return field.single ? [values] : values;
  }
  if (field.form === "csl-date" && !isScalar(node)) return cslDate(group(node));
  if (!isScalar(node)) throw new Unfit(`${field.label}: one value is expected`);
  if (node.type === "PLAIN" && /^[^\s#]/.test(node.comment ?? "")) throw new Unfit(`#${node.comment} is a comment, not a part of the text`);
  const text = String(node.value).trim();
  return field.form === "truth" ? text.toLowerCase() === "true" : text;
}

function itemOf(node, field) {
  if (field.fields) return valuesOf(group(node), field.fields);
  return valueOf(node, field.field ?? { form: "text", label: field.label });
}

function items(node, field) {
  if (!isSeq(node)) throw new Unfit(`${field.label}: a list is expected`);
  return node.items;
}

function group(node) {
  if (!isMap(node)) throw new Unfit("a group of keys is expected");
  return node;
}

/** Returns a date of CSL as text: 2019-11, 2019/2021 for a span, with ~ behind it where it is about right. */
function cslDate(map) {
  const value = map.toJSON();
  const dates = (value["date-parts"] ?? []).map((parts) =>
    parts.map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join("-"),
  );
  return dates.join("/") + (value.circa === "true" ? "~" : "");
}

/** Returns the plain content of the form's values: no empty keys, no keys of ours, text trimmed. */
export function contentOf(values, fields) {
  const content = {};
  for (const field of fields) {
    const value = plain(values?.[field.name], field);
    if (value !== undefined) content[field.name] = value;
  }
  return content;
}

function plain(value, field) {
  if (value === undefined || value === null || value === "") return undefined;
  if (field.name.startsWith("_") && field.form !== "id") return undefined;
  if (field.form === "list") {
    const list = Array.isArray(value) ? value : [value];
    const found = list.map((item) => plainItem(item, field)).filter((item) => item !== undefined);
    return found.length ? found : undefined;
  }
  if (field.form === "map") {
    const fields = field.fields.slice(1);
    const entries = value.map((item) => [item[field.map_key] ?? "", contentOf(item, fields)]);
    return entries.length ? Object.fromEntries(entries) : undefined;
  }
  if (field.form === "group") {
    const content = contentOf(field.single ? value[0] : value, field.fields);
    return Object.keys(content).length ? content : undefined;
  }
  if (field.form === "truth") return Boolean(value) === field.unset ? undefined : Boolean(value);
  const text = String(value).replace(/\r\n?/g, "\n").trim();
  const isUnset = field.unset !== undefined && text === String(field.unset);
  return text === "" || isUnset ? undefined : text;
}

function plainItem(item, field) {
  if (field.fields) {
    const content = contentOf(item, field.fields);
    return Object.keys(content).length ? content : undefined;
  }
  return plain(item, { name: "item", ...(field.field ?? { form: "text" }) });
}

/** Whether two plain contents are the same; the order of keys does not count. */
export function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && same(one[key], other[key]));
}
