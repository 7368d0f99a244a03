// Runs the site's modules from a disk; build/offline.py puts their texts in, each behind those that it imports.
(() => {
  const root = new URL("../../", document.currentScript.src).href;
  const folder = "/search/";
  const modules = MODULES;
  const script = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const addresses = {};
  for (const [name, text] of Object.entries(modules)) {
    addresses[name] = script(text.replace(/from "\.\/([\w-]+\.js)"/g, (_, other) => `from "${addresses[other]}"`));
  }

  let loaded = null;
  const index = () => {
    loaded ??= new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = `${root}search/offline-index.js`;
      element.onload = () => resolve(globalThis.guidebookIndex);
      element.onerror = () => {
        loaded = null;
        reject(new Error("the search index is missing from this copy"));
      };
      document.head.append(element);
    });
    return loaded;
  };
  const bytes = async (url) => {
    const name = url.slice(url.lastIndexOf(folder) + folder.length).split("?")[0];
    const text = (await index())[name];
    if (text === undefined) throw new Error(`${name} is missing from this copy`);
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  };
  const answer = async (url) => new Response(await bytes(url));

  globalThis.guidebookOffline = {
    fetch: answer,
    module: async (url) => import(script(new TextDecoder().decode(await bytes(url)))),
    page: (path) => (path === "" || path.endsWith("/") ? `${path}index.html` : path),
  };
  // The engine asks for the parts of its index with fetch.
  const online = globalThis.fetch;
  globalThis.fetch = (input, ...rest) =>
    typeof input === "string" && input.includes(folder) ? answer(input) : online(input, ...rest);
  import(addresses["guidebook.js"]);
})();
