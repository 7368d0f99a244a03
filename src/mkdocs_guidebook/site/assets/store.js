// What is kept on this device. Some locked-down browsers refuse it: then a choice lasts for the page.

export const store = {
  get(key) {
    try { return localStorage.getItem(`guidebook.${key}`); } catch { return null; }
  },
  /** Keep a text; return whether it was kept. */
  set(key, value) {
    try {
      localStorage.setItem(`guidebook.${key}`, value);
      return true;
    } catch {
      return false;
    }
  },
};
