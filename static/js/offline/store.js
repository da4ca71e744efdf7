// What this phone keeps: answers that are not sent yet, and one record of settings. Read by pages and by the worker.

self.diary = self.diary ?? {};

(() => {
  const NAME = "diary";
  // One step for each version of the database. A step that has shipped is never changed: an old phone goes through all
  // that it missed, and its answers with it.
  const STEPS = [
    (database) => {
      const outbox = database.createObjectStore("outbox", { keyPath: "number", autoIncrement: true });
      outbox.createIndex("id", "id", { unique: true });
      database.createObjectStore("kept", { keyPath: "name" });
    },
  ];

  function open(version) {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, version);
      asked.onupgradeneeded = (event) => {
        for (const step of STEPS.slice(event.oldVersion)) step(asked.result, asked.transaction);
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close();
        resolve(asked.result);
      };
      // A newer version of the app was here before this one: what it keeps is as good as ours.
      asked.onerror = () => (asked.error.name === "VersionError" ? resolve(open()) : reject(asked.error));
    });
  }

  // Opened anew each time, so that no page holds up another that brings a newer version.
  async function within(store, mode, work) {
    const database = await open(STEPS.length);
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(store, mode, { durability: "strict" });
        const asked = work(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(asked?.result);
        transaction.onabort = () => reject(transaction.error ?? new DOMException("Nothing was kept.", "AbortError"));
      });
    } finally {
      database.close();
    }
  }

  function tellOtherPages() {
    const channel = new BroadcastChannel("diary");
    channel.postMessage("outbox");
    channel.close();
  }

  const store = {
    /** Every answer of this owner that is not sent yet, in the order in which they were made. */
    async answers(owner) {
      const all = await within("outbox", "readonly", (outbox) => outbox.getAll());
      return owner === undefined ? all : all.filter((one) => one.owner === owner);
    },

    /** Keep answers as one: all of them, or none. One with the id of another takes its place in the row. */
    async keep(answers) {
      await within("outbox", "readwrite", (outbox) => {
        for (const answer of answers) {
          const there = outbox.index("id").getKey(answer.id);
          there.onsuccess = () => {
            outbox.put(there.result === undefined ? answer : { ...answer, number: there.result });
          };
        }
      });
      tellOtherPages();
    },

    /** Change an answer, unless it was sent, removed or answered anew in between. */
    async change(answer, changes) {
      await within("outbox", "readwrite", (outbox) => {
        const there = outbox.get(answer.number);
        there.onsuccess = () => {
          if (there.result?.kept_at === answer.kept_at) outbox.put({ ...there.result, ...changes });
        };
      });
      tellOtherPages();
    },

    /** Remove an answer, unless it was answered anew in between. */
    async remove(answer) {
      await within("outbox", "readwrite", (outbox) => {
        const there = outbox.get(answer.number);
        there.onsuccess = () => {
          if (there.result?.kept_at === answer.kept_at) outbox.delete(answer.number);
        };
      });
      tellOtherPages();
    },

    async read(name) {
      return (await within("kept", "readonly", (kept) => kept.get(name)))?.value;
    },

    async write(name, value) {
      await within("kept", "readwrite", (kept) => kept.put({ name, value }));
    },

    /** Leave nothing. */
    forget() {
      return new Promise((resolve, reject) => {
        const asked = indexedDB.deleteDatabase(NAME);
        asked.onsuccess = () => resolve();
        asked.onerror = () => reject(asked.error);
      });
    },
  };

  /** Do this while no other page and no worker does; where a browser has no locks, at once: the server takes each once. */
  function alone(name, work, options = {}) {
    return navigator.locks ? navigator.locks.request(`diary ${name}`, options, work) : work({});
  }

  Object.assign(self.diary, { store, alone });
})();
