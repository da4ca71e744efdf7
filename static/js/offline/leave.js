// Before a phone is signed out: answers that are not sent are named first. After it: nothing stays.

(() => {
  async function forget() {
    for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
      if (new URL(registration.scope).pathname === "/me/") await registration.unregister();
    }
    for (const name of await caches.keys()) await caches.delete(name);
    await diary.store.forget();
  }

  async function warn(place) {
    const words = JSON.parse(document.getElementById("leaving-words").textContent);
    const form = document.querySelector(place.dataset.leaving);
    const told = place.querySelector("[data-unsent]");
    let warned = false;

    async function unsent() {
      const answers = await diary.store.answers().catch(() => []);
      return answers.filter((one) => one.list === "entries").length;
    }

    async function tell() {
      const count = await unsent();
      told.textContent = count ? diary.counted(words.unsent, count) : words.all_sent;
      place.hidden = false;
      place.querySelector("button").hidden = !count;
      warned = count > 0;
      return count;
    }

    place.querySelector("button").addEventListener("click", async () => {
      await diary.sendNow();
      if (await tell()) told.textContent += ` ${words.sending}`;
    });
    form.addEventListener("submit", async (event) => {
      if (warned) return;
      event.preventDefault();
      if (await unsent()) {
        await tell();
        place.focus();
      } else {
        form.submit();
      }
    });
    if (await unsent()) await tell();
  }

  const place = document.querySelector("[data-leaving]");
  if (place) warn(place);
  if ("gone" in (document.querySelector("[data-gone]")?.dataset ?? {})) forget();
})();
