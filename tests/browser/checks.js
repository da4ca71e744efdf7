// What is wrong with the page as it stands in the window, one line each. Works where the page itself runs no script.
({ forcedColours, language, direction, help, recorded }) => {
  const wrong = [];
  const words = (element) =>
    `<${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}> ` +
    `"${(element.textContent || element.getAttribute("name") || "").trim().replace(/\s+/g, " ").slice(0, 50)}"`;
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.closest(".skip, svg") &&
    getComputedStyle(element).clipPath !== "inset(50%)" &&
    !element.closest(".visually-hidden");
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);

  const html = document.documentElement;
  if (html.lang !== language) wrong.push(`says that its language is ${html.lang}`);
  if (getComputedStyle(document.body).direction !== direction) wrong.push("runs the wrong way");
  if (document.querySelectorAll("h1").length !== 1) wrong.push(`has ${document.querySelectorAll("h1").length} h1`);
  if (!document.title.trim()) wrong.push("has no title");
  if (document.getAnimations().length) wrong.push("moves");
  for (const element of all("input[type=range], [draggable=true], .modebar")) wrong.push(`has ${words(element)}`);
  if (!recorded) {
    for (const element of document.querySelectorAll(".score input:checked")) wrong.push(`chose ${element.name} itself`);
  }

  if (html.scrollWidth > innerWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => shown(element) && element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".scrolls *")
    );
    wrong.push(`scrolls sideways, ${html.scrollWidth} px wide: ${wide.slice(0, 3).map(words)}`);
  }
  for (const element of all("a, button, select, textarea, summary, label:has(input), input:not(label input)")) {
    // A link that lies over its whole row is as large as the row.
    const over = getComputedStyle(element, "::after").position === "absolute" ? element.closest("tr, li") : element;
    const { width, height } = over.getBoundingClientRect();
    // A link within a sentence is as large as its words; staff may have a whole line of them.
    const around = element.parentElement.textContent.trim().length > element.textContent.trim().length;
    const mayBeInline = around || (!help && element.closest("p"));
    const inSentence = element.matches("a") && mayBeInline && getComputedStyle(element).display === "inline";
    if (!inSentence && (width < 44 || height < 44) && element.type !== "hidden") {
      wrong.push(`${words(element)} is ${Math.round(width)} by ${Math.round(height)} px to touch`);
    }
  }
  for (const element of all("label, button, h1, h2, h3, legend, summary, .button, th, td, p, li, dt, dd")) {
    const cut = getComputedStyle(element).overflowX !== "visible" && element.scrollHeight > element.clientHeight + 1;
    if (getComputedStyle(element).display !== "inline" && (cut || element.scrollWidth > element.clientWidth + 1)) {
      wrong.push(`cuts ${words(element)}`);
    }
  }
  for (const box of document.querySelectorAll("label > input[type=radio], label > input[type=checkbox]")) {
    if (getComputedStyle(box.parentElement).clipPath === "inset(50%)") wrong.push(`hides ${words(box.parentElement)}`);
  }
  if (help) {
    const first = [...document.querySelectorAll("a[href]")].find((link) => !link.matches(".skip"));
    if (first?.getAttribute("href") !== help) wrong.push(`begins with ${first && words(first)}, not with help`);
  }
  for (const link of document.querySelectorAll("#error-summary a")) {
    if (!document.querySelector(link.getAttribute("href"))) wrong.push(`leads nowhere from ${words(link)}`);
  }
  if (forcedColours) {
    const radio = all(".score, .spot")[0]?.querySelector("input");
    if (radio) {
      const colour = () => getComputedStyle(radio.nextElementSibling).backgroundColor;
      const before = colour();
      radio.checked = true;
      if (colour() === before) wrong.push("shows no difference between chosen and not, in the device's colours");
      radio.checked = false;
    }
  }
  return [...new Set(wrong)];
}
