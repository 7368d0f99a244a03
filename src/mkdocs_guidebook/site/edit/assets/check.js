// What `guidebook check` would refuse, told beside the box before anything is saved. What only the whole project can
// tell (such as a link to a heading of another page) is left to the check of the proposal.

import { lines } from "./body.js";

const HTML = /<\/?([A-Za-z][^\s<>\/@:]*)(\s[^<>]*)?\/?>|<!\[|<!D/g;
const CITATION = /\[([^[\]\n]{0,60}?(?<!\w)@[A-Za-z0-9][^[\]]*)\](?!\(|\[(?!@))/g;
const CITED = /(?<!\w)@([A-Za-z0-9](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?)/g;
const LINK = /(!)?\[((?:[^[\]]|\[[^[\]]*\])*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?[^()]*\)/g;
const BLOCK = /^([-*+]|\d{1,9}[.)]|#{1,6}|>|:::)[ \t]|^(```|~~~|\|)/m;
const MAIL = /[\w.+-]+@[\w-]+\.[\w.-]*\w/;
const NOT_LATER = new Set(["published", "date", "as_of"]); // days on which something has happened
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufeff\ufffe\uffff]/;
const SECTION = 2;

/** Checks texts for one project: `known` says which sources, files and elements there are; `t` has the words. */
export function checkerOf(known, t) {
  const words = (key, field, values = {}) => t(`problem.${key}`, { field: field.label, ...values });

  /** Returns what is wrong with a text, or an empty text. */
  function text(value, field) {
    const found = String(value ?? "");
    const control = CONTROL.exec(found.replace(/\r\n?/g, "\n"));
    const mail = MAIL.exec(found);
    if (mail && field.form !== "address") return words("mail", field, { value: mail[0] });
    if (field.form === "text" && !field.refers_to && found.match(CITATION)) return words("marks", field);
    return control ? words("control", field, { value: `U+${control[0].codePointAt(0).toString(16).padStart(4, "0")}` }) : "";
  }

  function prose(value, field) {
    const whole = String(value ?? "").replace(/\r\n?/g, "\n").trim();
    if (text(whole, field)) return text(whole, field);
    const masked = mask(whole);
    if (field.form === "inline" && (/\n[ \t]*\n/.test(whole) || BLOCK.test(whole))) return words("line", field);
    return headings(masked, field) || notes(masked, field) || html(masked, field) || sources(masked, field) || links(masked, field);
  }

  function html(masked, field) {
    for (const [tag, name, attributes] of masked.matchAll(HTML)) {
      if (!known.elements.includes(name?.toLowerCase()) || attributes?.trim()) return words("html", field, { value: tag });
    }
    return "";
  }

  function notes(masked, field) {
    const marks = [...masked.matchAll(/^ {0,3}\[\^([^\]\s]+)\]:|\[\^([^\]\s]+)\]/gm)];
    const told = marks.map(([, name]) => name).filter(Boolean);
    const asked = marks.map(([, , name]) => name).filter(Boolean);
    const find = (key, name) => (name ? words(key, field, { value: `[^${name}]` }) : "");
    return (
      find("note", asked.find((name) => !told.includes(name))) ||
      (field.form !== "section" && find("note_unused", told.find((name) => !asked.includes(name)))) || // other boxes may ask for it
      find("note_twice", told.find((name, place) => told.indexOf(name) < place))
    );
  }

  function sources(masked, field) {
    for (const [, group] of masked.matchAll(CITATION)) {
      for (const [, id] of group.matchAll(CITED)) {
        if (!known.sources.has(id)) return words("source", field, { value: id });
      }
    }
    return "";
  }

  function links(masked, field) {
    for (const [all, image, label, target] of masked.matchAll(LINK)) {
      if (image && !label.trim()) return words("image", field);
      if (image && /^https?:/i.test(target)) return words("foreign_image", field);
      if (/^(https?:|mailto:.+@|tel:.*\d|#)/i.test(target)) continue;
      if (/^[a-z][a-z0-9+.-]*:|^\/|^$/i.test(target)) return words("link_form", field, { value: all });
      const path = target.split("#")[0];
      if (!/\.(md|ya?ml)$/.test(path)) continue;
      if (!known.files.has(resolved(field.folder ?? "guidebook", path))) return words("link", field, { value: path });
    }
    return "";
  }

  function headings(masked, field) {
    if (field.form === "inline") return "";
    let level = field.form === "section" ? SECTION : 1;
    let open = null;
    let before = "";
    const check = () => (open && !open.filled ? words("heading_empty", field, { value: open.text }) : "");
    for (const { text: line, code } of lines(masked)) {
      if (!code && /^=+\s*$/.test(line) && before.trim()) return words("heading_one", field);
      before = line;
      const match = !code && /^(#{1,6})(?!#)\s*(.*?)\s*#*\s*$/.exec(line);
      if (!match) {
        if (open && line.trim()) open.filled = true;
        continue;
      }
      const depth = match[1].length;
      if (depth === 1) return words("heading_one", field);
      if (field.form === "section" && depth === SECTION) return words("heading_section", field);
      if (field.form === "body" || field.form === "section") {
        if (depth > level + 1) return words("heading_skip", field, { value: match[2] });
        if (open && depth <= open.depth && check()) return check();
        level = depth;
        open = { depth, text: match[2], filled: !match[2] ? false : undefined };
        if (!match[2]) return words("heading_empty", field, { value: line });
      }
    }
    if (check()) return check();
    const missing = (field.sections ?? []).find((one) => !new RegExp(`^##\\s+${escaped(one)}\\s*#*\\s*$`, "m").test(masked));
    return missing ? words("section", field, { value: missing }) : "";
  }

  /** Yields what is wrong with the values of a group, with everything inside it. */
  function* values(group, fields) {
    for (const field of fields) yield* value(group?.[field.name], field);
    const { start, end, family, literal } = group ?? {};
    const names = fields.map(({ name }) => name);
    if (names.includes("start") && start && end && last(end) < first(start)) {
      yield words("order", fields.find(({ name }) => name === "end"));
    }
    if (names.includes("_body")) yield* markers(group, fields);
    if (names.includes("family") && !family && !literal) yield words("name", fields.find(({ name }) => name === "family"));
  }

  /** Yields what is wrong with the lines of a text that say where a recommendation or an exercise is shown. */
  function* markers(group, fields) {
    const body = fields.find(({ name }) => name === "_body");
    const masked = mask(String(group?._body ?? "").replace(/\r\n?/g, "\n"));
    const ids = (list) => (group?.[list] ?? []).map(({ id }) => id).filter(Boolean);
    const shown = { recommendation: ids("recommendations"), exercise: ids("exercises") };
    const seen = new Set();
    for (const line of masked.split("\n").filter((one) => /^\s*:::/.test(one))) {
      const [, kind, id] = /^:::[ \t]+([a-z-]+)[ \t]+(\S+)[ \t]*$/.exec(line) ?? [];
      if (!shown[kind]?.includes(id) || seen.has(line)) yield words("marker", body, { value: line.trim() });
      seen.add(line);
    }
    const both = shown.recommendation.find((id) => shown.exercise.includes(id));
    if (both) yield words("twice", fields.find(({ name }) => name === "exercises"), { value: both });
  }

  function* value(found, field) {
    if (field.form === "none") return;
    const isList = Array.isArray(found);
    const isEmpty = found === undefined || found === null || found === "" || (isList && !found.length);
    if (isEmpty) {
      if (field.required) yield words("required", field);
      return;
    }
    if (isList) return yield* list(found, field);
    if (field.fields) return yield* values(found, field.fields);
    if (field.form === "truth") return;
    if (["inline", "blocks", "body", "section"].includes(field.form)) {
      const problem = prose(found, field);
      if (problem) yield problem;
      return;
    }
    if (text(found, field)) return yield text(found, field);
    const trimmed = String(found).trim();
    if (["whole", "number"].includes(field.form)) {
      const number = Number(trimmed);
      const isWrong = !/^[-+]?(\d{1,15}(\.\d{1,15})?|\.\d{1,15})$/.test(trimmed) || (field.form === "whole" && !Number.isInteger(number));
      if (isWrong || number < (field.min ?? -Infinity) || number > (field.max ?? Infinity)) yield words("number", field);
    } else if (field.pattern && !new RegExp(field.pattern[0]).test(trimmed)) {
      yield words("pattern", field, { wanted: field.pattern[1] });
    } else if (NOT_LATER.has(field.name) && first(trimmed) > known.today) {
      yield words("future", field, { value: trimmed });
    } else if (field.options && !field.options.some((option) => option.value === trimmed)) {
      yield words("unknown", field, { value: trimmed });
    }
  }

  function* list(found, field) {
    if (field.options) {
      const wrong = found.find((one) => !field.options.some((option) => option.value === one));
      if (wrong !== undefined) yield words("unknown", field, { value: wrong });
      return;
    }
    for (const item of found) {
      if (field.fields) yield* values(item, field.fields);
      else if (field.field) yield* value(item, { ...field.field, label: field.label, required: true, folder: field.folder });
    }
    const key = field.unique ? "id" : field.map_key;
    const ids = key ? found.map((item) => item?.[key]).filter(Boolean) : [];
    const twice = ids.find((id, index) => ids.indexOf(id) < index);
    if (twice) yield words("twice", field, { value: twice });
  }

  return { prose, text, values };
}

/** Returns a text with code and comments blanked out. */
function mask(text) {
  const blank = (match) => match.replace(/[^\n]/g, " ");
  const kept = [...lines(text)].map(({ text: line, code }) => (code ? blank(line) : line)).join("\n");
  return kept.replace(/(?<!\\)(`+)(?!`)[^`]*?(?<!`)\1(?!`)/g, blank).replace(/<!--[\s\S]*?-->/g, blank).replace(/\\[\\`*_{}[\]()>#+.!|<:~^@-]/g, "  ");
}

function resolved(folder, path) {
  const parts = folder.split("/");
  for (const part of decodeURIComponent(path).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function first(date) {
  return `${date}-01-01`.slice(0, 10);
}

function last(date) {
  return `${date}-99-99`.slice(0, 10);
}
