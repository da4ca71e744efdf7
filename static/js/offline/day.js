// The daily log without signal: which day, which questions, in the words of that day.

(async () => {
  const { shell, said, show } = diary;
  const settings = await diary.store.read("settings");
  const today = diary.todayIn(settings.zone);
  const hour = Number(diary.written(new Date(), settings.zone).slice(11, 13));
  const inDoubt = hour < 4;
  const form = shell.querySelector("form");
  self.addEventListener("hashchange", () => location.reload());
  const named = /\d{4}-\d\d-\d\d/.exec(
    location.pathname.startsWith("/me/kept/") ? location.hash : location.pathname,
  )?.[0];

  function choose() {
    const days = inDoubt ? [diary.addDays(today, -1), today] : [today];
    if (days.length === 1) return today;
    const list = shell.querySelector("[data-which-day]");
    for (const day of days) {
      const link = Object.assign(document.createElement("a"), {
        className: "button wide",
        href: `/me/day/${day}`,
        textContent: diary.longDay(day),
      });
      list.append(document.createElement("li"));
      list.lastChild.append(link);
    }
    return null;
  }

  /** What is asked of the day: as the server said last, less what answers on this phone have ended since. */
  async function questionsOf(day) {
    const plan = settings.days.find((one) => one.day === day);
    const asks = plan?.asks ?? ["average", "moving", "analgesic"];
    const kept = (await diary.store.answers(settings.owner))
      .map((one) => one.record)
      .filter((one) => one.kind === "daily" && one.day < day);
    const sore = kept.filter((one) => one.scores.soreness != null).map((one) => one.scores.soreness);
    const soreIsOver = sore.some((score, place) => score === 0 && sore[place + 1] === 0);
    const activitiesAreAnswered = kept.some((one) => one.scores.activities && plan?.since && one.day >= plan.since);
    return asks.filter(
      (one) => !(one === "soreness" && soreIsOver) && !(one === "activities" && activitiesAreAnswered),
    );
  }

  function put(name, words) {
    const legend = document.getElementById(name)?.querySelector("legend");
    if (legend) legend.textContent = words;
  }

  function wordsOf(day) {
    const ago = [today, diary.addDays(today, -1), diary.addDays(today, -2)].indexOf(day);
    const words = inDoubt || ago === 2 ? said.days[diary.weekday(day)] : said.days[ago ? "yesterday" : "today"];
    const late = ago === 2 || (ago === 1 && hour >= 12) ? words.late : null;
    return { ago, words, late };
  }

  const day = named ?? choose();
  const part = (name) => shell.querySelector(`[data-part="${name}"]`);
  if (!day) {
    part("which-day").hidden = false;
    return;
  }
  const { ago, words, late } = wordsOf(day);
  if (ago < 0) {
    part("too-old").hidden = false;
    return;
  }
  const earlier = (await diary.store.answers(settings.owner)).find(
    (one) => one.record.kind === "daily" && one.record.day === day,
  );
  const isChange = location.hash.endsWith("change");
  if (settings.filled_in.includes(day) || (earlier && !isChange)) {
    const link = part(earlier ? "kept" : "filled-in").querySelector("a");
    if (link && earlier) link.href = `/me/kept/day#${day}-change`;
    part(earlier ? "kept" : "filled-in").hidden = false;
    return;
  }

  const questions = await questionsOf(day);
  document.title = document.title.replace(document.querySelector("h1").textContent, words.title);
  shell.querySelector("form").closest("[data-part]").querySelector("h1").textContent = words.title;
  shell.querySelector(".date").textContent = diary.longDay(day);
  shell.querySelector("[data-late]").textContent = late ?? "";
  shell.querySelector("[data-sides]").hidden = !settings.sides_together;
  for (const name of ["average", "moving", "soreness", "analgesic"]) {
    put(name, words[name]);
    show(name, questions.includes(name));
  }
  const activities = questions.includes("activities") ? settings.activities : [];
  for (const number of [0, 1, 2, 3, 4]) {
    put(`activity_${number}`, activities[number] ?? "");
    show(`activity_${number}`, number < activities.length);
  }
  const heading = form.querySelector("h2");
  if (heading) {
    heading.textContent = words.activity;
    heading.hidden = !activities.length;
  }
  form.querySelector("[name=forgotten]").hidden = ago === 0;
  form.querySelector("[name=entry_id]").value = earlier?.id ?? diary.newId();
  const drafted = await diary.fillFromDraft(form, `/me/day/${day}`);
  form.querySelector("[name=asked]").value = questions.join(" ");
  form.querySelector("[name=activity_count]").value = String(activities.length);
  part("form").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    diary.keep(`/me/day/${day}`, form, event.submitter);
  });
  if (drafted) form.requestSubmit(form.querySelector("[name=save]"));
})();
