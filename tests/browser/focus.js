// Where the keyboard is after a press of Tab: null outside the page, else what it stands on and what is wrong there.
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  window.stops ??= new Map();
  if (!window.stops.has(at)) window.stops.set(at, window.stops.size);
  const said = (at.labels?.[0] ?? at).textContent.trim().replace(/\s+/g, " ").slice(0, 50);
  const stop = { number: window.stops.get(at), words: `<${at.tagName.toLowerCase()}> "${said || at.name}"`, wrong: [] };
  const places = [at, at.nextElementSibling, at.closest("tr")]; // itself, what it lies over, the row that it is
  const marked = places.some((element) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  });
  if (!marked) stop.wrong.push("shows no focus");
  const box = at.getBoundingClientRect();
  const middle = (low, high, most) => (Math.max(low, 0) + Math.min(high, most)) / 2;
  const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (!inView) stop.wrong.push("has the focus out of view");
  else {
    const hit = document.elementFromPoint(
      middle(box.left, box.right, innerWidth),
      middle(box.top, box.bottom, innerHeight)
    );
    const inLine = getComputedStyle(at).display === "inline"; // its box may hold words between its two halves
    if (!inLine && hit && hit !== at && !at.contains(hit) && !hit.contains(at)) stop.wrong.push("is covered");
  }
  return stop;
}
