// Only in the preview: a page that has changed is loaded again, at the same place, and problems are shown.

const script = document.querySelector("script[data-key]");
const SCROLL = "guidebook-preview-scroll";

const kept = JSON.parse(sessionStorage.getItem(SCROLL) ?? "null");
sessionStorage.removeItem(SCROLL);
if (kept?.page === location.pathname) {
  const back = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  back();
  addEventListener("load", back, { once: true });
}

let shown = "";
let looks = 0;

async function look() {
  const number = (looks += 1);
  const response = await fetch(`/_preview/state?page=${encodeURIComponent(location.pathname)}`);
  const state = await response.json();
  if (number !== looks) return; // it has changed again meanwhile, and that answer may have come before this one
  if (state.key !== script.dataset.key) {
    sessionStorage.setItem(SCROLL, JSON.stringify({ page: location.pathname, x: scrollX, y: scrollY }));
    location.reload();
    return;
  }
  const text = JSON.stringify(state.problems);
  if (text !== shown) show(state);
  shown = text;
}

const element = (name, text, className = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
};

function show({ title, note, problems }) {
  panel.replaceChildren();
  panel.hidden = !problems.length;
  if (!problems.length) return;
  const heading = element("h2", title);
  heading.id = "gb-preview-title";
  panel.setAttribute("aria-labelledby", heading.id);
  const list = document.createElement("ol");
  for (const { place, message, hint, severity } of problems) {
    const item = element("li", "", `gb-preview__${severity}`);
    if (place) item.append(element("code", place));
    item.append(element("p", message), element("p", hint, "gb-preview__hint"));
    list.append(item);
  }
  panel.append(heading, ...(note ? [element("p", note)] : []), list);
}

const panel = element("section", "", "gb-preview");
panel.hidden = true;
panel.setAttribute("role", "region");
panel.setAttribute("tabindex", "0");
const live = document.createElement("div");
live.setAttribute("aria-live", "polite");
live.append(panel);
document.body.append(live);

new EventSource("/_preview/events").addEventListener("message", look);
