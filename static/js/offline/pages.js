// The empty home page, what was saved on this phone, and the list of answers that are not sent.

(() => {
  const { shell, said } = diary;

  async function home() {
    const settings = await diary.store.read("settings");
    const today = diary.todayIn(settings.zone);
    const answers = await diary.store.answers(settings.owner);
    for (const [name, ago] of [
      ["today", 0],
      ["yesterday", 1],
    ]) {
      const day = diary.addDays(today, -ago);
      const isKept = answers.some(({ record }) => record.kind === "daily" && record.day === day && record.scores);
      const how = settings.filled_in.includes(day) ? "filled_in" : isKept ? "kept" : "open";
      const row = shell.querySelector(`[data-day="${name}"]`);
      const isDue = name !== "today" || settings.days.find((one) => one.day === day)?.due !== false;
      row.querySelector("[data-state]").textContent = how === "open" && !isDue ? said.not_due : said[how][name];
      row.querySelector("a").hidden = how !== "open";
      row.querySelector("a").href = `/me/day/${day}`;
      row.hidden = false;
    }
  }

  async function saved() {
    const [, how, id] = /^#(\w+)-(.+)$/.exec(location.hash) ?? [];
    const status = shell.querySelector("[data-saved]");
    const heading = shell.querySelector("h1");
    const settings = await diary.store.read("settings");

    async function tell() {
      const answer = (await diary.store.answers(settings.owner)).find((one) => one.id === id);
      if (answer?.state === "waiting") {
        status.textContent = how === "trouble" ? said.trouble : said.here;
        const change = shell.querySelector("[data-change]");
        change.hidden = answer.record.kind !== "daily";
        change.href = `/me/kept/day#${answer.record.day}-change`;
      } else if (answer) {
        location.replace("/me/kept/outbox");
      } else {
        heading.textContent = said.heading_sent;
        document.title = document.title.replace(said.heading_here, said.heading_sent);
        status.textContent = said.sent;
        shell.querySelector("[data-change]").hidden = true;
      }
    }

    document.addEventListener("diary:sent", tell);
    new BroadcastChannel("diary").addEventListener("message", tell);
    await tell();
  }

  async function outbox() {
    const settings = await diary.store.read("settings");
    const list = shell.querySelector("[data-list]");
    const template = document.getElementById("answer");

    function toldOf(record) {
      const pain = [record.scores?.average, record.scores?.movement, record.scores?.rest].find((one) => one != null);
      const { moving, soreness } = record.scores ?? {};
      const scores = { pain, moving, soreness };
      const words = Object.entries(scores)
        .filter(([, score]) => score != null)
        .map(([name, score]) => diary.fill(said.told[name], { score }));
      if (record.analgesic != null) words.push(record.analgesic ? said.told.medicine : said.told.no_medicine);
      if (record.name) words.push(record.name);
      return words.join(" ");
    }

    /** The same answers, to stand in place of what is there: the server keeps both. */
    async function letMineStand(answer) {
      const replaced = answer.record.revises ?? answer.record.id;
      const record = {
        ...answer.record,
        id: diary.newId(),
        revises: replaced,
        recorded_at: diary.written(new Date(), settings.zone),
      };
      await diary.store.keep(
        [
          {
            ...answer,
            number: undefined,
            id: record.id,
            record,
            kept_at: new Date().toISOString(),
            state: "waiting",
            message: null,
          },
        ].map(({ number, ...rest }) => rest),
      );
      await diary.store.remove(answer);
    }

    function row(answer) {
      const { record, state, message } = answer;
      const item = template.content.cloneNode(true).firstElementChild;
      const part = (name) => item.querySelector(`[data-answer="${name}"]`);
      const day = record.day ?? (record.at ?? record.taken_at).slice(0, 10);
      const kind = answer.list === "medicines" ? "medicine" : record.kind === "daily" ? "day" : "moment";
      part("about").textContent = diary.fill(said[kind], { day: diary.longDay(day) });
      part("made").textContent = diary.fill(said.made, { day: diary.longDay(record.recorded_at.slice(0, 10)) });
      part("told").textContent = state === "waiting" ? "" : toldOf(record);
      part("message").textContent = message ?? "";
      for (const [name, isShown] of [
        ["waiting", state === "waiting"],
        ["conflict", state === "conflict"],
        ["rejected", state === "rejected"],
      ]) {
        part(name).hidden = !isShown;
      }
      const mend = part("mend");
      mend.hidden = kind === "medicine";
      mend.href = kind === "day" ? `/me/day/${day}` : "/me/now";
      mend.addEventListener("click", () => diary.store.remove(answer));
      part("mine").addEventListener("click", async () => {
        await letMineStand(answer);
        await diary.sendNow();
        await show();
      });
      for (const name of ["theirs", "remove"]) {
        part(name).addEventListener("click", async () => {
          await diary.store.remove(answer);
          shell.querySelector("[data-removed]").textContent = said.removed;
          await show();
        });
      }
      return item;
    }

    async function show() {
      const answers = await diary.store.answers(settings.owner);
      list.replaceChildren(...answers.map(row));
      shell.querySelector("[data-none]").hidden = answers.length > 0;
      shell.querySelector("[data-send]").hidden = !answers.some((one) => one.state === "waiting");
    }

    shell.querySelector("[data-send]").addEventListener("click", diary.sendNow);
    document.addEventListener("diary:sent", show);
    await show();
  }

  ({ home, saved, outbox })[shell.dataset.shell]?.();
})();
