// From plain content to new YAML, in the style of the project's files.

import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from "./yaml/index.js";

const STYLE = { lineWidth: 0, flowCollectionPadding: false, minContentWidth: 0 };
const ONE_LINE = 80; // as many signs as a list of short texts may have on one line
const IDS = new Set(["id", "country"]);

/** Returns keys and values as YAML lines, without an indent. */
export function block(content, fields) {
  return render(mapOf(content, fields));
}

/** Returns one value as it stands behind a key: on the same line, or on indented lines below it. */
export function pair(key, value, field) {
  const map = new YAMLMap();
  map.items.push(new Pair(new Scalar(key), nodeOf(value, field)));
  return render(map);
}

/** Returns an item of a block list, with its dash. */
export function item(value, field) {
  const list = new YAMLSeq();
  list.items.push(itemNode(value, field));
  return render(list);
}

/** Returns a value on one line, for use inside brackets. */
export function flow(value, field) {
  const node = nodeOf(value, field);
  inline(node);
  return render(node).trimEnd();
}

/** Returns a text as a scalar on one line, in the quotes that stood there before if they still do. */
export function scalar(value, field, before, inFlow) {
  const list = new YAMLSeq();
  list.flow = inFlow;
  const node = leaf(value, field);
  if (typeof node.value === "string") node.type = before === "QUOTE_DOUBLE" || node.value.includes("\n") ? "QUOTE_DOUBLE" : before === "QUOTE_SINGLE" ? before : "PLAIN";
  list.items.push(node);
  const text = render(list).trimEnd();
  return inFlow ? text.slice(1, -1) : text.slice(2);
}

function inline(node) {
  if (node instanceof Scalar) {
    if (typeof node.value === "string" && node.value.includes("\n")) node.type = "QUOTE_DOUBLE";
    return;
  }
  node.flow = true;
  for (const one of node.items) inline(one instanceof Pair ? one.value : one);
}

function render(node) {
  const document = new Document(null, { schema: "core", version: "1.2" });
  document.contents = node;
  return document.toString(STYLE);
}

function mapOf(content, fields) {
  const map = new YAMLMap();
  for (const field of fields) {
    if (field.name in content) map.items.push(new Pair(new Scalar(field.name), nodeOf(content[field.name], field)));
  }
  return map;
}

function nodeOf(value, field) {
  if (field.form === "list") {
    const list = new YAMLSeq();
    list.items.push(...value.map((one) => itemNode(one, field)));
    const length = value.join(", ").length;
    const isShort = !field.fields && value.every((one) => !String(one).includes("\n")) && length <= ONE_LINE;
    list.flow = Boolean(field.refers_to) || IDS.has(field.field?.form) || (isShort && field.field?.form === "text");
    return list;
  }
  if (field.form === "group") return mapOf(value, field.fields);
  if (field.form === "map") {
    const map = new YAMLMap();
    for (const [key, one] of Object.entries(value)) {
      map.items.push(new Pair(new Scalar(key), mapOf(one, field.fields.slice(1))));
    }
    return map;
  }
  if (field.form === "csl-date" && /[/~]/.test(value)) return cslDate(value);
  return leaf(value, field);
}

function itemNode(value, field) {
  return field.fields ? mapOf(value, field.fields) : nodeOf(value, field.field ?? { form: "text" });
}

function leaf(value, field) {
  if (field.form === "truth") return new Scalar(value);
  if (field.form === "whole" || field.form === "number") {
    const node = new Scalar(Number(value));
    node.minFractionDigits = (String(value).split(".")[1] ?? "").length;
    return node;
  }
  const node = new Scalar(value);
  if (value.includes("\n")) node.type = "BLOCK_LITERAL";
  return node;
}

function cslDate(text) {
  const map = new YAMLMap();
  const parts = new YAMLSeq();
  for (const date of text.replace("~", "").split("/")) {
    const one = new YAMLSeq();
    one.items.push(...date.split("-").map((part) => new Scalar(Number(part))));
    parts.items.push(one);
  }
  inline(parts);
  map.flow = true;
  map.items.push(new Pair(new Scalar("date-parts"), parts));
  if (text.endsWith("~")) map.items.push(new Pair(new Scalar("circa"), new Scalar(true)));
  return map;
}
