// The record of settings and the empty pages: fetched from time to time, so that they are there without signal.

(() => {
  const CACHE = "kept-";
  const SETTINGS = "/me/kept/settings";
  const SECONDS_TO_ANSWER = 15;

  class NotLinked extends Error {}

  function inTime(seconds) {
    return AbortSignal.timeout ? AbortSignal.timeout(seconds * 1000) : undefined;
  }

  /** What the server says now; `NotLinked` where this phone is no longer the patient's. */
  async function refresh() {
    const answer = await fetch(SETTINGS, { redirect: "manual", cache: "no-store", signal: inTime(SECONDS_TO_ANSWER) });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403 || answer.status === 404) {
      throw new NotLinked();
    }
    if (!answer.ok) throw new Error(`the settings answered ${answer.status}`);
    const sent = await answer.json();
    const ahead = new Date(sent.now).getTime() - Date.now();
    const value = { ...sent.record, version: sent.version, refreshed_at: Date.now(), server_is_ahead: ahead };
    await diary.store.write("settings", value);
    return sent;
  }

  /** Keep the empty pages and what they are made of, whole; what an older version kept goes once they are there. */
  async function keepPages({ version, pages, files }) {
    const name = `${CACHE}${version}`;
    await diary.alone("pages", async () => {
      if (!(await caches.has(name))) {
        const cache = await caches.open(name);
        try {
          // Without cookies: nothing that belongs to anybody can be in them.
          const asked = pages.map((address) => new Request(address, { credentials: "omit", cache: "no-store" }));
          await cache.addAll([...asked, ...new Set(files)]);
        } catch (fault) {
          await caches.delete(name);
          throw fault;
        }
      }
      for (const other of await caches.keys()) {
        if (other.startsWith(CACHE) && other !== name) await caches.delete(other);
      }
    });
  }

  Object.assign(self.diary, { refresh, keepPages, inTime, NotLinked });
})();
