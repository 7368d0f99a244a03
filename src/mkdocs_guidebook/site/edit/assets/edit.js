// Starts the editing page: tells Decap the formats, the controls and the configuration.

import { checkerOf } from "./check.js";
import { registerFormats } from "./format.js";
import { registerWidgets } from "./widgets.js";

/** Loads Decap, which is told here, and not by a file of its own, how to begin. */
function loadDecap() {
  window.CMS_MANUAL_INIT = true;
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = "decap-cms.js";
    script.onload = () => done(window.CMS);
    script.onerror = () => failed(new Error("decap-cms.js"));
    document.head.append(script);
  });
}

/** Returns a function that puts values into the words of this page. */
function wordsOf(messages) {
  return (key, values = {}) => messages[key].replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
}

/** Returns this day as the reader's clock has it: 2026-02-28. */
function localDay() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Writes the plus sign of "add" as every font has it. */
function plainPlus(CMS, locale) {
  const button = CMS.getLocale(locale)?.collection?.collectionTop;
  if (button) button.newButton = button.newButton.replace("\uff0b", "+");
}

function withFolder(fields, folder) {
  return fields.map((field) => ({ ...field, folder, ...(field.fields ? { fields: withFolder(field.fields, folder) } : {}) }));
}

async function start() {
  const [CMS, { decap, words, known }] = await Promise.all([loadDecap(), fetch("form.json").then((answer) => answer.json())]);
  const t = wordsOf(words);
  const sources = new Set(known.sources);
  const checker = checkerOf({ ...known, sources, files: new Set(known.files), today: localDay() }, t);
  const notes = {
    /** Sources that were added since this page was made are known, too. */
    read(name, values) {
      if (name === "references") for (const { id } of values.references ?? []) sources.add(id);
    },
  };
  plainPlus(CMS, decap.locale);
  registerFormats(CMS, decap.collections, notes);
  registerWidgets(CMS, checker, t);
  CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => {
      const values = entry.get("data").toJS();
      if (values._unreadable) throw new Error(t("problem.unreadable", { reason: values._unreadable }));
      const collection = decap.collections.find(({ name }) => name === entry.get("collection"));
      const folder = collection.folder ?? "data";
      const { fields } = collection.files?.find(({ name }) => name === entry.get("slug")) ?? collection;
      const problems = [...checker.values(values, withFolder(fields, folder))];
      if (problems.length) throw new Error([t("problem.intro"), ...problems.slice(0, 6)].join(" • "));
    },
  });
  document.querySelector("[data-part=loading]")?.remove();
  CMS.init({ config: decap });
}

start().catch((error) => {
  const place = document.querySelector("[data-part=loading]") ?? document.body;
  place.textContent = `${document.body.dataset.failed} ${error.message}`;
});
