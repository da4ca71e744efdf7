// Sends what this phone kept, in the order in which it was made, and forgets what the server holds durably.

(() => {
  const ADDRESS = "/api/v1/entries";
  const MOST = 200; // in one batch, as the server takes them
  const SECONDS_TO_ANSWER = 30;
  const TAKEN = new Set(["accepted", "duplicate"]);
  const BATCH_IS_TO_BLAME = new Set([413, 422, 500]);

  class TryLater extends Error {}

  /** Send one batch; a batch that as a whole cannot be taken is parted until the one that is to blame stands alone. */
  async function sendBatch(batch, session, sent) {
    const of = (list) => batch.filter((one) => one.list === list);
    const inOrder = [...of("entries"), ...of("medicines")];
    const zone = session.record.zone;
    const body = JSON.stringify({
      sent_at: diary.written(new Date(), zone),
      entries: of("entries").map((one) => one.record),
      medicines: of("medicines").map((one) => one.record),
    });
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": session.csrf_token };
    const answer = await fetch(ADDRESS, { method: "POST", body, headers, signal: diary.inTime(SECONDS_TO_ANSWER) });
    if (answer.status === 401) throw new diary.NotLinked();
    if (!answer.ok && !BATCH_IS_TO_BLAME.has(answer.status)) throw new TryLater();
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      if (batch.length === 1) {
        if (answer.status === 422)
          await diary.store.change(batch[0], { state: "rejected", message: problem.detail ?? "" });
        return;
      }
      const middle = Math.ceil(batch.length / 2);
      await sendBatch(batch.slice(0, middle), session, sent);
      await sendBatch(batch.slice(middle), session, sent);
      return;
    }
    const { results } = await answer.json();
    // Before the answers are forgotten: a page that is closed now would leave nobody who knows what became of them.
    const words = results.filter(({ result }) => TAKEN.has(result)).map(({ message }) => message);
    if (words.length) await diary.store.write("told", { at: Date.now(), words: [...new Set(words)] });
    for (const [place, { result, message }] of results.entries()) {
      const one = inOrder[place];
      if (TAKEN.has(result)) {
        await diary.store.remove(one);
        sent.push(one.id);
      } else {
        await diary.store.change(one, { state: result, message });
      }
    }
    const isOff = answer.headers.has("X-Clock-Off-Seconds");
    await diary.store.write("clock", isOff ? results[results.length - 1].message : null);
  }

  async function sendAll() {
    const sent = [];
    const session = await diary.refresh();
    const tried = new Set();
    for (;;) {
      const answers = await diary.store.answers(session.record.owner);
      const waiting = answers.filter((one) => one.state === "waiting" && !tried.has(`${one.number} ${one.kept_at}`));
      const batch = waiting.slice(0, MOST);
      if (!batch.length) break;
      for (const one of batch) tried.add(`${one.number} ${one.kept_at}`);
      await sendBatch(batch, session, sent);
    }
    // What was sent fills in days and ends questions: the record is to know it before the signal is gone again.
    if (sent.length) await diary.refresh();
    return sent;
  }

  /**
   * Send all that waits, once at a time in this browser. Answers what was sent, and why not all of it was:
   * "later" without signal or while the server cannot, "unlinked" where the phone is no longer the patient's.
   */
  async function send() {
    return diary.alone("sending", async () => {
      try {
        const waiting = (await diary.store.answers()).some((one) => one.state === "waiting");
        if (!waiting) return { sent: [], trouble: null };
        const sent = await sendAll();
        await diary.store.write("link", "linked");
        return { sent, trouble: null };
      } catch (fault) {
        if (!(fault instanceof diary.NotLinked)) return { sent: [], trouble: "later" };
        await diary.store.write("link", "unlinked");
        return { sent: [], trouble: "unlinked" };
      }
    });
  }

  Object.assign(self.diary, { send });
})();
