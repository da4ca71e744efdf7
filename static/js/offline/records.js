// From the fields of a log page to records in the form of the diary file: docs/reference/offline.md.

(() => {
  const SINGLE = ["average", "moving", "soreness"];
  const MINUTE = 60_000;

  function wallClock(at, zone) {
    const options = { hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" };
    const clock = { hour: "numeric", minute: "numeric", second: "numeric" };
    const written = new Intl.DateTimeFormat("en-US", { ...options, ...clock, timeZone: zone }).formatToParts(at);
    const { year, month, day, hour, minute, second } = Object.fromEntries(written.map((one) => [one.type, one.value]));
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }

  /** The zone, or the phone's own where this browser does not know the patient's. */
  function known(zone) {
    try {
      new Intl.DateTimeFormat("en-US", { timeZone: zone });
      return zone;
    } catch {
      return undefined;
    }
  }

  /** The instant as the clock on the wall in the zone shows it, with its offset: "2026-03-03T19:05:00-05:00". */
  function written(at, zone) {
    const wall = wallClock(at, known(zone));
    const offset = Math.round((wall - Math.floor(at.getTime() / 1000) * 1000) / MINUTE);
    const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
    const two = (number) => String(number).padStart(2, "0");
    const sign = offset < 0 ? "-" : "+";
    return `${new Date(wall).toISOString().slice(0, 19)}${sign}${two(hours)}:${two(minutes)}`;
  }

  /** A UUID of random bits; older browsers have no word for it. */
  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return asId(bytes, 4);
  }

  function asId(bytes, version) {
    bytes[6] = (bytes[6] & 0x0f) | (version << 4);
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  function addDays(day, count) {
    const moved = new Date(`${day}T12:00:00Z`);
    moved.setUTCDate(moved.getUTCDate() + count);
    return moved.toISOString().slice(0, 10);
  }

  const asked = (fields) => new Set((fields.get("asked") ?? "").split(" ").filter(Boolean));
  const score = (fields, name) => (fields.get(name) ? Number(fields.get(name)) : null);
  const yesOrNo = (fields, name) => ({ yes: true, no: false })[fields.get(name)] ?? null;

  function common(fields, at, settings) {
    return {
      id: fields.get("entry_id") || newId(),
      recorded_at: written(at, settings.zone),
      language: fields.get("language") || settings.language,
      ...(fields.get("helper") ? { source: "helper" } : {}),
    };
  }

  function activities(fields) {
    const count = Number(fields.get("activity_count") || 0);
    const given = Array.from({ length: count }, (_, number) => score(fields, `activity_${number}`));
    return given.length && given.every((one) => one !== null) ? given : null;
  }

  function ofDay(day, fields, at, settings) {
    const questions = asked(fields);
    const scores = Object.fromEntries(
      SINGLE.filter((name) => questions.has(name)).map((name) => [name, score(fields, name)]),
    );
    scores.activities = questions.has("activities") ? activities(fields) : null;
    const analgesic = yesOrNo(fields, "analgesic");
    const answers = { ...scores, analgesic };
    const open = ["average", "moving", "soreness", "activities", "analgesic"].filter(
      (name) => questions.has(name) && answers[name] === null,
    );
    const entry = {
      ...common(fields, at, settings),
      kind: "daily",
      day,
      scores,
      analgesic,
      note: (fields.get("note") ?? "").trim() || null,
      unknown: fields.has("forgotten") ? open : [],
    };
    return { records: [["entries", entry]], missing: fields.has("forgotten") ? [] : open };
  }

  function ofMoment(fields, at, settings) {
    const questions = asked(fields);
    const hourly = Boolean(fields.get("hourly"));
    const instrument = questions.has("movement") && !fields.get("at_rest") ? "movement" : "rest";
    const now = written(at, settings.zone);
    const entry = {
      ...common(fields, at, settings),
      kind: "moment",
      at: now,
      scores: { [instrument]: score(fields, "pain"), moving: score(fields, "moving") },
      movement_done: hourly ? yesOrNo(fields, "movement_done") : null,
    };
    const missing = [];
    if (hourly && entry.movement_done === null) missing.push("movement_done");
    if (score(fields, "pain") === null) missing.push("pain");
    if (questions.has("moving") && entry.scores.moving === null) missing.push("moving");
    const [name, clock] = [(fields.get("medicine") ?? "").trim(), fields.get("taken_at")];
    if (!hourly || !(name || clock)) return { records: [["entries", entry]], missing };
    const takenAt = clock ? `${now.slice(0, 11)}${clock.slice(0, 5)}:00${now.slice(19)}` : null;
    if (!name) missing.push("medicine");
    else if (!clock) missing.push("taken_at");
    else if (new Date(takenAt) > at) missing.push("taken_later");
    const medicine = { taken_at: takenAt, recorded_at: now, name, rescue: true };
    if (entry.source) medicine.source = entry.source;
    return {
      records: [
        ["entries", entry],
        ["medicines", medicine],
      ],
      missing,
    };
  }

  /** The id that the server gives a page's medicine (RFC 9562, version 5), so that one kept here too is the same. */
  async function idOfMedicine(entryId) {
    const space = Uint8Array.from(entryId.replaceAll("-", "").match(/../g), (pair) => Number.parseInt(pair, 16));
    const name = new TextEncoder().encode("medicine");
    const hash = await crypto.subtle.digest("SHA-1", new Uint8Array([...space, ...name]));
    return asId(new Uint8Array(hash).slice(0, 16), 5);
  }

  /** What a log page at this path makes: its records, and the names of what is missing. Null for any other page. */
  async function recordsOf(path, fields, at, settings) {
    const day = /^\/me\/day\/(\d{4}-\d\d-\d\d)$/.exec(path)?.[1];
    if (!day && path !== "/me/now") return null;
    const made = day ? ofDay(day, fields, at, settings) : ofMoment(fields, at, settings);
    for (const [list, record] of made.records) {
      if (list === "medicines") record.id = await idOfMedicine(made.records[0][1].id);
    }
    return made;
  }

  /** Keep what a log page says; answers the names of what is missing, which keeps nothing, and the entry's id. */
  async function keepAnswers(path, fields, at = new Date()) {
    const settings = await diary.store.read("settings");
    const made = await recordsOf(path, fields, at, settings);
    if (!made.missing.length) {
      const keptAt = at.toISOString();
      const answers = made.records.map(([list, record]) => ({
        id: record.id,
        owner: settings.owner,
        list,
        record,
        kept_at: keptAt,
        state: "waiting",
        message: null,
      }));
      await diary.store.keep(answers);
    }
    return { missing: made.missing, id: made.records[0][1].id };
  }

  Object.assign(self.diary, {
    written,
    addDays,
    newId,
    keepAnswers,
    todayIn: (zone, at = new Date()) => written(at, zone).slice(0, 10),
  });
})();
