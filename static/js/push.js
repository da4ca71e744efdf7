// Take messages on this phone: ask its owner, and send the page's form with what the push service gave.

const form = document.querySelector("#push");

function say(name) {
  const words = form.querySelector(`[data-words="${name}"]`);
  form.querySelector("#push-words").textContent = words.textContent;
}

function bytes(base64url) {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

async function subscribe() {
  const registration = await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope });
  await ready(registration);
  const before = await registration.pushManager.getSubscription();
  await before?.unsubscribe(); // it may be bound to another server's key
  return registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(form.dataset.key),
  });
}

function ready(registration) {
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (worker.state === "activated") return Promise.resolve();
  return new Promise((resolve) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
  });
}

async function allow(event) {
  event.preventDefault();
  const permission = await Notification.requestPermission();
  if (permission !== "granted") {
    say("denied");
    return;
  }
  try {
    const { endpoint, keys } = (await subscribe()).toJSON();
    form.elements.endpoint.value = endpoint;
    form.elements.p256dh.value = keys.p256dh;
    form.elements.auth.value = keys.auth;
    form.submit();
  } catch {
    say("failed");
  }
}

if (form) {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    say("cannot");
  } else if (Notification.permission === "denied") {
    say("denied");
  } else {
    form.querySelector("#push-words").textContent = "";
    form.querySelector("button").hidden = false;
    form.addEventListener("submit", allow);
  }
}
