// Zones of the past scored on what came after, beside other ways of choosing places.

function estimateText(estimate, text) {
  return estimate === null ? "–" : `${text(estimate.value)} (${text(estimate.low)} to ${text(estimate.high)})`;
}

/** The 95 % interval as a line with a dot, on a scale that all methods share. */
function intervalDrawing(estimate, most) {
  if (estimate === null) {
    return "";
  }
  const x = (value) => (value / most) * 120;
  return draw("svg", { viewBox: "-4 0 128 14", class: "interval", "aria-hidden": "true" },
    draw("line", { x1: 0, x2: 120, y1: 13, y2: 13, class: "grid-line" }),
    draw("line", { x1: x(estimate.low), x2: x(estimate.high), y1: 7, y2: 7, class: "interval-line" }),
    draw("circle", { cx: x(estimate.value), cy: 7, r: 3.5, class: "interval-dot" }));
}

function renderBacktest({ backtest }) {
  const rates = backtest.scores.filter((score) => score.hit_rate !== null);
  const most = Math.max(...rates.map((score) => score.hit_rate.high), 0.01);
  const rows = backtest.scores.map((score) => [
    score.ours ? make("strong", {}, score.name) : score.name, whole(score.zones),
    estimateText(score.hit_rate, percent), intervalDrawing(score.hit_rate, most),
    estimateText(score.pai, (value) => value.toFixed(1)),
    score.pai_ceiling === null ? "–" : score.pai_ceiling.toFixed(1)]);
  byId("backtest-body").append(
    make("p", { class: "why" }, `${backtest.sentence}.`),
    make("p", { class: "note" }, `Tried ${plural(backtest.origins, "time")}, on the months from ${spanText(backtest.test.from, backtest.test.to)}. `
      + "In brackets: 95 % intervals. Hindsight knew the answer: nothing can do better."),
    make("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "Back-test table" }, makeTable({
      caption: "All methods, at the same number and area of zones",
      headings: ["Method", "Zones", "Share of later violence held", "", "PAI", "PAI at most"], rows, numbers: [1, 2, 4, 5],
      className: "plain",
    })));
  byId("backtest").hidden = false;
}
