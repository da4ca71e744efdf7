// On every page of a patient's phone: keeps what is needed without signal, sends what waits, and says how that stands.

(() => {
  const DAY = 86_400_000;
  const FRESH_FOR = 600_000;
  const TOLD_FOR = 60_000; // what became of answers that were sent while nobody looked
  const WAITS = [10, 30, 60, 300]; // seconds between tries while the page is open
  const place = document.querySelector("[data-outbox]");
  const words = JSON.parse(document.getElementById("offline-words").textContent);
  let tries = 0;
  let timer;
  let isSending = false; // until then this page is not loaded anew

  /** The words for a number, with it in its place. */
  function counted(forms, count) {
    const form = new Intl.PluralRules(document.documentElement.lang).select(count);
    return (forms[form] ?? forms.other).replace("%(num)s", String(count));
  }

  function line(text, link) {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    if (link) {
      const anchor = Object.assign(document.createElement("a"), { href: link, textContent: words.look });
      paragraph.append(" ", anchor);
    }
    return paragraph;
  }

  function say(lines) {
    const said = lines.map((one) => one.textContent).join();
    if (place.dataset.said === said) return;
    place.dataset.said = said;
    place.replaceChildren(...lines);
    place.hidden = !lines.length;
  }

  async function tell() {
    const settings = await diary.store.read("settings");
    const answers = settings ? await diary.store.answers(settings.owner) : [];
    const entries = answers.filter(
      (one) =>
        one.list === "entries" || !answers.some((other) => other.kept_at === one.kept_at && other.list === "entries"),
    );
    const waiting = entries.filter((one) => one.state === "waiting");
    const toSettle = entries.filter((one) => one.state !== "waiting");
    const lines = [];
    if (waiting.length) lines.push(line(counted(words.waiting, waiting.length)));
    if (waiting.some((one) => Date.now() - new Date(one.kept_at).getTime() > DAY)) lines.push(line(words.old));
    if (toSettle.length) lines.push(line(counted(words.to_settle, toSettle.length), "/me/kept/outbox"));
    if (answers.length && (await diary.store.read("link")) === "unlinked") lines.push(line(words.unlinked));
    const told = await diary.store.read("told");
    // This page says how the days stood before these answers arrived.
    if (isStale() && !isSending && told && !told.shown) {
      await diary.store.write("told", { ...told, shown: true });
      if (told.at > performance.timeOrigin) location.reload();
    }
    const news = told && Math.abs(Date.now() - told.at) < TOLD_FOR ? told.words : [];
    const clock = await diary.store.read("clock");
    for (const words of new Set([...news, ...(clock ? [clock] : [])])) lines.push(line(words));
    say(lines);
  }

  async function sendNow() {
    clearTimeout(timer);
    isSending = true;
    const { sent, trouble } = await diary.send();
    isSending = false;
    await tell();
    document.dispatchEvent(new CustomEvent("diary:sent", { detail: { sent, trouble } }));
    if (trouble === "later") {
      timer = setTimeout(() => document.hidden || sendNow(), WAITS[Math.min(tries, WAITS.length - 1)] * 1000);
      tries += 1;
    } else {
      tries = 0;
    }
    return { sent, trouble };
  }

  async function keepWhatIsNeeded() {
    const settings = await diary.store.read("settings");
    const isFresh =
      settings?.version === place.dataset.version && Math.abs(Date.now() - settings.refreshed_at) < FRESH_FOR;
    if (isFresh && (await caches.has(`kept-${settings.version}`))) return;
    await diary.keepPages(await diary.refresh());
  }

  async function begin() {
    try {
      await tell();
    } catch {
      say([line(words.blocked)]);
      return;
    }
    if (!navigator.serviceWorker) {
      await sendNow();
      return;
    }
    await navigator.serviceWorker.register("/sw.js", { scope: "/me/", updateViaCache: "none" }).catch(() => {});
    await sendNow();
    await keepWhatIsNeeded().catch(() => {});
    await askToPersist();
    document.documentElement.dataset.offline = "ready";
  }

  /** Once: some browsers ask their owner each time. */
  async function askToPersist() {
    if (!navigator.storage?.persist || (await diary.store.read("persisted")) !== undefined) return;
    await diary.store.write("persisted", await navigator.storage.persist());
  }

  /** Whether this page says how the days stand. */
  function isStale() {
    return document.querySelector("[data-stale]") !== null;
  }

  self.addEventListener("online", async () => {
    const { trouble } = await sendNow();
    if (trouble === null && document.querySelector("[data-shell=home]")) location.reload();
  });
  document.addEventListener("visibilitychange", () => document.hidden || sendNow());
  self.addEventListener("pageshow", (event) => event.persisted && sendNow());
  new BroadcastChannel("diary").addEventListener("message", () => tell().catch(() => {}));
  Object.assign(diary, { counted, sendNow, tell });
  begin();
})();
