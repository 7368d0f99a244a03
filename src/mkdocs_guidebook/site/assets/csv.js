// A matrix as a CSV file (RFC 4180), as it is shown: rows and columns that are picked out, alone. Made in the
// browser, so it also works without internet.

export function csvButtons() {
  for (const button of document.querySelectorAll("[data-gb-csv]")) {
    const table = document.getElementById(button.dataset.gbCsv);
    button.hidden = false;
    button.addEventListener("click", () => {
      // Spreadsheets take the file for UTF-8 when it begins with a byte order mark.
      const blob = new Blob(["\uFEFF", csvOf(table)], { type: "text/csv;charset=utf-8" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = button.dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }
}

function csvOf(table) {
  const rows = [...table.rows].filter((row) => !row.hidden);
  return rows.map((row) => [...row.cells].filter((cell) => !cell.hidden).map((cell) => field(textOf(cell))).join(",")).join("\r\n") + "\r\n";
}

function textOf(cell) {
  if (cell.querySelector(".gb-unknown")) return "";
  const copy = cell.cloneNode(true);
  for (const part of copy.querySelectorAll(".gb-hidden, summary, td .gb-note, .gb-cites")) part.remove();
  if (cell.matches("td, th[scope=row]")) for (const note of copy.querySelectorAll(".gb-note")) note.remove();
  const lines = [...copy.querySelectorAll("li")];
  const text = (node) => node.textContent.replace(/\s+/g, " ").replace(/ ([.,;:])/g, "$1").trim();
  return lines.length ? lines.map(text).join("\n") : text(copy);
}

// A sign that a spreadsheet would take for the beginning of a formula is put behind an apostrophe.
function field(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
