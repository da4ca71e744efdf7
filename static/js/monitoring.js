// Counts the minutes on and says what falls due. It reads nothing from the server: scores of others come with "Update".
const EVERY = 1000;
const QUIET_FOR = 10000;

const watch = document.querySelector("[data-watch]");
const live = document.querySelector("[data-live]");
const words = watch ? JSON.parse(watch.dataset.words) : {};
// The tablet's clock may be wrong, so the server's is carried on from when the page was made.
const ahead = watch ? Date.parse(watch.dataset.now) - Date.now() : 0;
let lastSaid = 0;
const waiting = [];

function minutesSince(instant) {
  return Math.floor((Date.now() + ahead - Date.parse(instant)) / 60000);
}

function counted(forms, minutes) {
  return (minutes === 1 ? forms.one : forms.other).replace("{minutes}", String(minutes));
}

function dueAt(minute, due) {
  if (minute > due) return ["late", counted(words.late, minute - due)];
  if (minute === due) return ["now", words.now];
  return ["coming", counted(words.coming, due - minute)];
}

function setText(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function update(scope) {
  const since = scope.querySelector("[data-performed-at]");
  const due = scope.querySelector("[data-due]");
  const minute = minutesSince(since.dataset.performedAt);
  setText(since.querySelector("[data-minutes]"), String(minute));
  if (due.dataset.due === "") return;
  const [state, said] = dueAt(minute, Number(due.dataset.due));
  if (state === "now" && !due.classList.contains("now")) {
    const who = scope.querySelector(".who strong");
    waiting.push(who ? words.nowFor.replace("{name}", () => who.textContent) : words.now);
  }
  due.classList.remove("late", "now", "coming");
  due.classList.add(state);
  setText(due.querySelector("[data-due-words]"), said);
}

function say() {
  if (waiting.length === 0 || Date.now() - lastSaid < QUIET_FOR) return;
  live.textContent = waiting.splice(0).join(". ");
  lastSaid = Date.now();
}

if (watch && live) {
  const rows = watch.querySelectorAll(":scope > li");
  const scopes = rows.length > 0 ? [...rows] : [watch];
  setInterval(() => {
    for (const scope of scopes) update(scope);
    say();
  }, EVERY);
}
