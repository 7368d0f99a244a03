// Runs the site's modules from a disk; build/offline.py puts their texts in, each behind those that it imports.
(() => {
  // A page that My pack reads (below) says what it holds, and does nothing else.
  const part = "guidebook-part";
  if (self.name === part && parent !== self) {
    parent.postMessage({ [part]: document.querySelector("main").outerHTML }, "*");
    return;
  }
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

  // A file may not read another one, but it may show it in a frame, and that one may tell what it holds.
  const page = (url) => new Promise((resolve, reject) => {
    const frame = document.createElement("iframe");
    frame.name = part;
    frame.hidden = true;
    frame.src = url;
    const end = (settle, value) => {
      clearTimeout(timer);
      removeEventListener("message", listen);
      frame.remove();
      settle(value);
    };
    const listen = (event) => {
      const text = event.source === frame.contentWindow && event.data?.[part];
      if (typeof text === "string") end(resolve, text);
    };
    const timer = setTimeout(() => end(reject, new Error(`${url} is missing from this copy`)), 10000);
    addEventListener("message", listen);
    document.body.append(frame);
  });

  globalThis.guidebookOffline = {
    fetch: answer,
    page,
    module: async (url) => import(script(new TextDecoder().decode(await bytes(url)))),
    file: (path) => (path === "" || path.endsWith("/") ? `${path}index.html` : path),
  };
  // The engine asks for the parts of its index with fetch.
  const online = globalThis.fetch;
  globalThis.fetch = (input, ...rest) =>
    typeof input === "string" && input.includes(folder) ? answer(input) : online(input, ...rest);
  import(addresses["guidebook.js"]);
})();
