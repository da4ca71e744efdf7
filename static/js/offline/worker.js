// The service worker: pages from the server while it answers, else the empty ones that this phone keeps.

(() => {
  const KEPT = "/me/kept/";
  const SECONDS_FOR_A_PAGE = 8;
  const SECONDS_FOR_HELP = 3;
  const SECONDS_TO_SAVE = 10;
  const SERVER_IS_DOWN = new Set([502, 503, 504]);
  // Also where it could not read the page's token, or fell over it: the outbox sends the answers with a new token.
  const NOT_SAVED = new Set([400, 500, ...SERVER_IS_DOWN]);
  const LEAVING = /^\/me\/settings\/(phones\/[^/]+\/remove|stop)$/;

  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

  self.addEventListener("sync", (event) => {
    if (event.tag !== "outbox") return;
    event.waitUntil(
      diary.send().then(({ trouble }) => {
        if (trouble === "later") throw new Error("The browser tries again by itself.");
      }),
    );
  });

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== self.location.origin || LEAVING.test(url.pathname)) return;
    if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(file(request));
    else if (request.mode !== "navigate") return;
    else if (request.method === "GET") event.respondWith(page(request, url.pathname));
    else if (request.method === "POST") event.respondWith(posted(request, url.pathname));
  });

  async function file(request) {
    return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
  }

  function kept(path) {
    return caches.match(path, { ignoreSearch: true, ignoreVary: true });
  }

  /** The answer, unless it takes too long or says that the server is down. */
  async function answerOf(request, { seconds, unless = SERVER_IS_DOWN }) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("no answer in time")), seconds * 1000);
    });
    try {
      const answer = await Promise.race([fetch(request), late]);
      return unless.has(answer.status) ? { down: answer } : { answer };
    } catch {
      return { down: null };
    } finally {
      clearTimeout(timer);
    }
  }

  function shellOf(path) {
    if (path === "/me/help") return `${KEPT}help/1`;
    if (path.startsWith("/me/help/")) return path.replace("/me/help/", `${KEPT}help/`);
    if (path === "/me/") return `${KEPT}home`;
    if (path === "/me/now") return `${KEPT}now`;
    if (path === "/me/day" || /^\/me\/day\/[\d-]+$/.test(path)) return `${KEPT}day`;
    return `${KEPT}no-signal`;
  }

  async function page(request, path) {
    if (path.startsWith(KEPT)) return (await kept(path)) ?? fetch(request);
    const seconds = path.startsWith("/me/help") ? SECONDS_FOR_HELP : SECONDS_FOR_A_PAGE;
    const { answer, down } = await answerOf(request, { seconds });
    return answer ?? (await kept(shellOf(path))) ?? down ?? Response.error();
  }

  async function posted(request, path) {
    const copy = request.clone();
    if (path.startsWith("/me/help/")) return helped(request, copy, path);
    if (path !== "/me/now" && !/^\/me\/day\/[\d-]+$/.test(path)) {
      const { answer, down } = await answerOf(request, { seconds: 4 * SECONDS_TO_SAVE });
      return answer ?? down ?? (await kept(`${KEPT}no-signal`)) ?? Response.error();
    }
    const { answer, down } = await answerOf(request, { seconds: SECONDS_TO_SAVE, unless: NOT_SAVED });
    return answer ?? keepHere(path, copy, down);
  }

  async function keepHere(path, request, down) {
    try {
      const fields = await request.formData();
      const { missing, id } = await diary.keepAnswers(path, fields);
      if (missing.length) {
        await diary.store.write("draft", { path, fields: [...fields] });
        const shell = path === "/me/now" ? "now" : "day";
        return Response.redirect(`${KEPT}${shell}#${path.split("/").at(-1)}`, 303);
      }
      await self.registration.sync?.register("outbox").catch(() => {});
      return Response.redirect(`${KEPT}saved#${down ? "trouble" : "here"}-${id}`, 303);
    } catch {
      return (await kept(`${KEPT}full`)) ?? down ?? Response.error();
    }
  }

  /** A question of the help pages: the server answers, or this phone by the same rule. */
  async function helped(request, copy, path) {
    const { answer } = await answerOf(request, { seconds: SECONDS_FOR_HELP });
    if (answer) return answer;
    const number = Number(path.split("/").at(-1));
    const said = (await copy.formData()).get("answer");
    try {
      return Response.redirect(afterAnswer(number, said, await diary.store.read("settings")), 303);
    } catch {
      return Response.error();
    }
  }

  // The page that this phone keeps, also where the signal is back: the clinic does not see that it was used.
  const result = (name) => `${KEPT}help/result/${name}`;

  function afterAnswer(number, said, settings) {
    const { questions, legs, legs_at_first: atFirst, none, first_minutes: first } = settings.help;
    if (said !== "yes" && said !== "no") return number === 1 ? "/me/help" : `/me/help/${number}`;
    if (said === "no") return number < questions.length ? `/me/help/${number + 1}` : result(none);
    const question = questions[number - 1];
    if (question !== legs || !settings.injected_at) return result(question);
    // By the server's clock as this phone last saw it: a phone that is slow must not make the hours longer.
    const now = Date.now() + settings.server_is_ahead;
    const minutes = Math.floor((now - new Date(settings.injected_at).getTime()) / 60_000);
    return result(minutes >= 0 && minutes < first ? atFirst : question);
  }
})();
