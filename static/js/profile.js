// The profile with hover, in the place of the drawing that the server made. Whatever fails, the drawing stays.

const plot = document.querySelector(".plot");
const WIDE = globalThis.matchMedia("(width >= 48rem)");
const CONFIG = {
  displayModeBar: false,
  responsive: true,
  scrollZoom: false,
  doubleClick: false,
};

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => reject(new Error("the chart's script did not come"));
    document.head.append(script);
  });
}

async function fetchFigure(address) {
  const answer = await fetch(address, {
    headers: { Accept: "application/json" },
  });
  if (!answer.ok || answer.redirected) {
    throw new Error(`the figure did not come: ${answer.status}`);
  }
  return answer.json();
}

function axesOf(layout) {
  return Object.keys(layout).filter((name) => name.startsWith("xaxis"));
}

function ranges(layout, change) {
  const axes = axesOf(layout).map((name) => {
    const [first, last] = layout[name].range;
    return [`${name}.range`, change(first, last)];
  });
  return Object.fromEntries(axes);
}

const MOVES = {
  in: (first, last) => [first + (last - first) * 0.2, last - (last - first) * 0.2],
  out: (first, last) => [first - (last - first) / 3, last + (last - first) / 3],
  earlier: (first, last) => [first - (last - first) / 4, last - (last - first) / 4],
  later: (first, last) => [first + (last - first) / 4, last + (last - first) / 4],
};

function explore(Plotly, inner, figures) {
  const bar = document.querySelector(".explore");
  const buttons = bar.querySelector(".explore-buttons");
  let shown = "figure";
  bar.hidden = false;

  async function draw(view) {
    figures[view] ??= await fetchFigure(plot.dataset[view]);
    const copy = structuredClone(figures[view]);
    await Plotly.react(inner, copy.data, copy.layout, CONFIG);
    shown = view;
    bar.querySelector('[data-do="log"]').setAttribute("aria-pressed", String(view === "logFigure"));
  }

  bar.addEventListener("click", async (event) => {
    const what = event.target.closest("button")?.dataset.do;
    if (what === "explore") {
      buttons.hidden = false;
      event.target.hidden = true;
      buttons.querySelector("button").focus();
    } else if (what === "log") {
      await draw(shown === "figure" ? "logFigure" : "figure");
    } else if (what === "reset") {
      await draw(shown);
    } else if (what) {
      await Plotly.relayout(inner, ranges(inner.layout, MOVES[what]));
    }
  });
}

async function start() {
  const [Plotly, figure] = await Promise.all([load(plot.dataset.script), fetchFigure(plot.dataset.figure)]);
  // Without this plotly.js offers a button that uploads the chart to a company's cloud.
  Plotly.setPlotConfig({ showSendToCloud: false, plotlyServerURL: "" });
  const drawn = document.querySelector(".drawn");
  const inner = plot.querySelector(".plot-inner");
  plot.hidden = false;
  try {
    const copy = structuredClone(figure);
    await Plotly.newPlot(inner, copy.data, copy.layout, CONFIG);
  } catch (error) {
    plot.hidden = true;
    throw error;
  }
  drawn.hidden = true;
  explore(Plotly, inner, { figure });
}

function startWhereThereIsRoom() {
  if (!WIDE.matches) {
    return;
  }
  WIDE.removeEventListener("change", startWhereThereIsRoom);
  start().catch((error) => {
    plot.hidden = true;
    console.info(`The drawing stays: ${error.message}`);
  });
}

if (plot) {
  WIDE.addEventListener("change", startWhereThereIsRoom);
  startWhereThereIsRoom();
}
