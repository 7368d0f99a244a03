// Buttons that copy a text of the page. They are hidden without JavaScript: the text can be marked by hand.

async function copy(source) {
  const text = source.innerText.trim();
  try {
    if (window.ClipboardItem) {
      // With its italics, for those who paste it into a document.
      const types = { "text/plain": text, "text/html": source.innerHTML.trim() };
      const parts = Object.entries(types).map(([type, value]) => [type, new Blob([value], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
    } else {
      await navigator.clipboard.writeText(text);
    }
    return true;
  } catch {
    // Not allowed, or opened from a disk: mark the text, so that one keystroke copies it.
    getSelection().selectAllChildren(source);
    return false;
  }
}

export function copyButtons() {
  for (const button of document.querySelectorAll("[data-gb-copy]")) {
    const source = document.getElementById(button.dataset.gbCopy);
    const status = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(source);
      if (status) status.textContent = done ? button.dataset.copied : button.dataset.marked;
    });
  }
}
