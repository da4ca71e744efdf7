// What the empty pages share: their words, the days as they are called, and errors as the server's pages show them.

(() => {
  const shell = document.querySelector("[data-shell]");
  const said = JSON.parse(document.getElementById("shell-words").textContent);

  function fill(words, values) {
    return Object.entries(values).reduce((text, [name, value]) => text.replace(`%(${name})s`, value), words);
  }

  const locale = () => shell.dataset.locale;

  function longDay(day) {
    const options = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
    return new Intl.DateTimeFormat(locale(), options).format(new Date(`${day}T12:00:00Z`)).replace(",", "");
  }

  /** Monday is 0, as the words count. */
  const weekday = (day) => String((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7);

  /** Show these errors in the summary and beside their fields, and go to the summary. Each: [field's name, words]. */
  function blame(errors) {
    for (const old of shell.querySelectorAll(".field-error")) old.remove();
    for (const old of shell.querySelectorAll(".has-error")) old.classList.remove("has-error");
    const list = shell.querySelector("[data-errors] ul");
    list.replaceChildren();
    for (const [name, words] of errors) {
      const field = document.getElementById(name);
      const question = field.closest(".question");
      question.classList.add("has-error");
      const beside = Object.assign(document.createElement("p"), { className: "field-error", textContent: words });
      (question.querySelector(".hint") ?? question.querySelector("legend, label")).after(beside);
      const link = Object.assign(document.createElement("a"), { href: `#${name}`, textContent: words });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        question.scrollIntoView();
        (field.matches("input, textarea") ? field : field.querySelector("input")).focus({ preventScroll: true });
      });
      list.append(Object.assign(document.createElement("li")));
      list.lastChild.append(link);
    }
    const summary = shell.querySelector("[data-errors]");
    summary.hidden = !errors.length;
    if (errors.length) summary.focus();
  }

  /** Put back what was chosen on the server's page when the signal was lost. */
  async function fillFromDraft(form, path) {
    const draft = await diary.store.read("draft");
    if (draft?.path !== path) return false;
    await diary.store.write("draft", null);
    for (const [name, value] of draft.fields) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
        else if (name !== "csrf_token") field.value = value;
        if (field.checked) break;
      }
    }
    return true;
  }

  function show(name, isShown) {
    const field = shell.querySelector(`form [name="${name}"]`);
    const question = field?.closest(".question, .quiet-tick, details");
    if (question) question.hidden = !isShown;
  }

  /** Keep the answers, then say so on a page of its own; what cannot be kept stays on this one, with the reason. */
  async function keep(path, form, submitter) {
    const fields = new FormData(form);
    if (submitter?.name) fields.set(submitter.name, submitter.value);
    for (const hidden of form.querySelectorAll(".question[hidden] [name], details[hidden] [name]"))
      fields.delete(hidden.name);
    try {
      const { missing, id } = await diary.keepAnswers(path, fields);
      blame(missing.flatMap((name) => expand(name, form)).map(([field, key]) => [field, said.needed[key]]));
      if (missing.length) return;
      const registration = await navigator.serviceWorker?.getRegistration();
      await registration?.sync?.register("outbox").catch(() => {});
      location.assign(`/me/kept/saved#here-${id}`);
    } catch {
      shell.querySelector("[data-full]").hidden = false;
      shell.querySelector("[data-full]").focus();
    }
  }

  /** The fields that an answer is missing from, each with the name of its words. */
  function expand(name, form) {
    if (name === "taken_later") return [["taken_at", name]];
    if (name !== "activities") return [[name, name]];
    return [0, 1, 2, 3, 4]
      .map((number) => `activity_${number}`)
      .filter((one) => {
        const field = form.querySelector(`[name="${one}"]`);
        return !field.closest(".question").hidden && !form.querySelector(`[name="${one}"]:checked`);
      })
      .map((one) => [one, one]);
  }

  Object.assign(diary, { shell, said, fill, longDay, weekday, fillFromDraft, show, keep });
})();
