// Moves to the error summary when there is one, and from its links into the question. The page works without it.
const summary = document.querySelector("[data-focus]");
summary?.focus();
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const place = link && document.querySelector(link.getAttribute("href"));
  const field = place?.matches("input, textarea, select") ? place : place?.querySelector("input, textarea, select");
  if (field) {
    event.preventDefault();
    place.scrollIntoView();
    field.focus({ preventScroll: true });
  }
});
