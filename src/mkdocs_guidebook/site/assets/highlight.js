// Marks on a page what was looked for (?highlight=word+word), without changing the page: the browser paints the
// ranges (CSS Custom Highlight API), so nothing moves. A browser without it shows the page as it is.

export function highlight() {
  const url = new URL(location.href);
  const words = url.searchParams.get("highlight")?.split(" ").filter(Boolean);
  if (!words) return;
  // The address is cited and sent on; it must not carry the search.
  url.searchParams.delete("highlight");
  try { history.replaceState(history.state, "", url); } catch { /* some browsers refuse it on a disk */ }
  if (!CSS.highlights || !words.length) return;
  const escaped = words.slice(0, 12).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  const ranges = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (const match of node.data.matchAll(pattern)) {
      const range = new Range();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("gb-hit", new Highlight(...ranges));
}
