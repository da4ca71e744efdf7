// The empty pages of a phone are fetched without cookies: they look as the last page did that knew the choice.
const { dataset } = document.documentElement;
try {
  if (dataset.text) localStorage.setItem("reading", JSON.stringify({ text: dataset.text, contrast: dataset.contrast }));
  else Object.assign(dataset, JSON.parse(localStorage.getItem("reading") ?? "{}"));
} catch {
  // Storage is blocked: pages without signal look as usual.
}
