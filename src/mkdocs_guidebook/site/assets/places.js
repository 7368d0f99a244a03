// The table beside the map: sorted by a column's head, filtered by country and kind. It is complete without this.

export function places() {
  for (const form of document.querySelectorAll("[data-gb-places]")) {
    const table = document.getElementById(form.dataset.gbPlaces);
    filter(form, table);
    sort(table);
  }
}

function filter(form, table) {
  const status = form.querySelector("[role=status]");
  const show = (event) => {
    const { country = "", kind = "" } = Object.fromEntries(new FormData(form));
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      const has = (cell, value) => !value || row.cells[cell].textContent.split(", ").includes(value);
      row.hidden = !(has(2, country) && has(3, kind));
      shown += !row.hidden;
      const link = new URL(row.querySelector("a").href).pathname;
      for (const spot of document.querySelectorAll(".gb-map__spot")) {
        if (new URL(spot.href.baseVal, location.href).pathname === link) spot.classList.toggle("gb-map__spot--out", row.hidden);
      }
    }
    if (event) status.textContent = shown === 1 ? status.dataset.one : status.dataset.other.replace("{n}", shown);
  };
  form.hidden = false;
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
}

function sort(table) {
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gb-sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const text = (row) => row.cells[column].textContent.trim();
      const rows = [...table.tBodies[0].rows].sort((a, b) => {
        if (!text(a) !== !text(b)) return text(a) ? -1 : 1; // what is not known stays at the end
        return order.compare(text(a), text(b)) * (down ? -1 : 1);
      });
      table.tBodies[0].append(...rows);
    });
  });
}
