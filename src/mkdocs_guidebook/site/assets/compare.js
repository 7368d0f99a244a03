// Goes from change to change on a page that compares two editions: with buttons, or with n and p.

const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

export function compare() {
  const stepper = document.querySelector("[data-gb-stepper]");
  if (!stepper) return;
  const changes = [...document.querySelectorAll(".gb-compare [data-gb-change]")];
  if (!changes.length) return;
  const status = stepper.querySelector("[role=status]");
  let current = -1;
  const fill = (text) => text.replace("{n}", current + 1).replace("{total}", changes.length);
  const go = (step) => {
    changes[current]?.removeAttribute("data-gb-current");
    current = (current + step + changes.length + (current < 0 && step < 0 ? 1 : 0)) % changes.length;
    const change = changes[current];
    change.setAttribute("data-gb-current", "");
    change.tabIndex = -1;
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: "center" });
    status.textContent = fill(stepper.dataset.place);
  };
  status.textContent = fill(stepper.dataset.start);
  stepper.hidden = false;
  for (const button of stepper.querySelectorAll("button")) {
    button.addEventListener("click", () => go(button.value === "next" ? 1 : -1));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "n" || event.key === "p") go(event.key === "n" ? 1 : -1);
  });
}
