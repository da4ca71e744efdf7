// Pain right now without signal.

(async () => {
  const { shell, show } = diary;
  const settings = await diary.store.read("settings");
  const form = shell.querySelector("form");
  const now = new Date();
  const plan = [...settings.moments].reverse().find((one) => new Date(one.since) <= now) ?? settings.moments[0];
  const apart = settings.moving_apart_minutes * 60_000;
  const answers = await diary.store.answers(settings.owner);
  const moved = answers.some(
    ({ record }) => record.kind === "moment" && record.scores.moving != null && now - new Date(record.at) < apart,
  );
  const questions = plan.asks.filter((one) => !(one === "moving" && moved));
  const withMovement = questions.includes("movement");

  show("at_rest", withMovement);
  form.querySelector("#pain .hint").hidden = !withMovement;
  show("moving", questions.includes("moving"));
  show("movement_done", plan.hourly);
  show("medicine", plan.hourly);
  for (const details of form.querySelectorAll("details")) details.hidden = !plan.hourly;
  for (const cautions of form.querySelectorAll(".cautions")) cautions.hidden = !settings.cautions_due;
  shell.querySelector("[data-sides]").hidden = !settings.sides_together;
  form.querySelector("[name=entry_id]").value = diary.newId();
  const drafted = await diary.fillFromDraft(form, "/me/now");
  form.querySelector("[name=asked]").value = questions.join(" ");
  form.querySelector("[name=hourly]").value = plan.hourly ? "1" : "";
  shell.querySelector("[data-part=form]").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    diary.keep("/me/now", form, event.submitter);
  });
  if (drafted) form.requestSubmit(form.querySelector("[name=save]"));
})();
