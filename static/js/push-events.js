// What the service worker does with a message: show its words, and open the page it names. It has no words of its own.

self.addEventListener("push", (event) => {
  const { title, body, address, stop, stopAddress } = event.data.json();
  const shown = self.registration.showNotification(title, {
    body,
    tag: "reminder", // the repeat takes the place of the first
    renotify: true,
    data: { address, stopAddress },
    actions: [{ action: "stop", title: stop }],
  });
  event.waitUntil(shown);
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { address, stopAddress } = event.notification.data;
  event.waitUntil(openPage(event.action === "stop" ? stopAddress : address));
});

async function openPage(address) {
  const url = new URL(address, self.location.origin);
  if (url.origin !== self.location.origin) return;
  await self.clients.openWindow(url.href);
}
