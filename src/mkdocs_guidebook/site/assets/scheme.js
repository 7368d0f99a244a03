// Runs before the page is painted, so that the reader's choice of scheme does not flash.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  try {
    const scheme = localStorage.getItem("guidebook.scheme");
    if (scheme) root.dataset.scheme = scheme;
  } catch {
    // Storage is refused on some locked-down machines; the machine's own scheme is used.
  }
})();
