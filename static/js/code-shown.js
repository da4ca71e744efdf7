// Looks every five seconds whether the phone was linked, so that nobody has to reload the page.

const EVERY_MS = 5000;

async function look() {
  const shown = document.getElementById("code-shown");
  if (document.hidden) {
    return;
  }
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) {
    clearInterval(timer);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("code-shown");
  if (fresh && fresh.dataset.state !== shown.dataset.state) {
    shown.replaceWith(fresh);
    clearInterval(timer);
  }
}

const timer = setInterval(() => look().catch(() => {}), EVERY_MS);
