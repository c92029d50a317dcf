// Counts by month: bars for the eye, a table for screen readers.

const CHART = { width: 520, height: 150, left: 30, bottom: 22, top: 10 };

/** A round number at or above `most`, so that the scale has whole steps. */
function scaleTop(most) {
  const steps = [2, 4, 6, 8, 10, 15, 20, 30, 40, 50, 60, 80, 100];
  return steps.find((step) => step >= most) || Math.ceil(most / 50) * 50;
}

function monthBar(month, x, width, y) {
  const bottom = CHART.height - CHART.bottom;
  const hidden = month.incidents === null;
  const top = y(hidden ? 2.5 : month.incidents);
  return draw("rect", { x: x.toFixed(1), y: top.toFixed(1), width: width.toFixed(1),
    height: (bottom - top).toFixed(1), class: hidden ? "bar is-hidden" : "bar" },
  draw("title", {}, `${monthText(month.month)}: ${count(month.incidents, NOT_SHOWN)}`));
}

function chartScale(top, y) {
  return [0, top / 2, top].flatMap((value) => [
    draw("line", { x1: CHART.left, x2: CHART.width, y1: y(value), y2: y(value), class: "grid-line" }),
    draw("text", { x: CHART.left - 5, y: y(value) + 4, class: "scale-text" }, whole(value)),
  ]);
}

/** The first month and every January. */
function chartMonths(months, x) {
  const first = monthNumber(months[0].month);
  return months.filter((month, i) => i === 0 || month.month.endsWith("-01"))
    .filter((month, i, all) => i > 0 || all.length === 1 || monthNumber(all[1].month) - first > 3)
    .map((month) => draw("text", { x: x(month), y: CHART.height - 5, class: "month-text" }, monthText(month.month)));
}

function monthDrawing(months) {
  const first = monthNumber(months[0].month);
  const slots = monthNumber(months[months.length - 1].month) - first + 1;
  const step = (CHART.width - CHART.left) / Math.max(slots, 6);
  const top = scaleTop(Math.max(...months.map((month) => month.incidents ?? 4)));
  const bottom = CHART.height - CHART.bottom;
  const y = (value) => bottom - (value / top) * (bottom - CHART.top);
  const x = (month) => CHART.left + (monthNumber(month.month) - first) * step;
  return draw("svg", { viewBox: `0 0 ${CHART.width} ${CHART.height}`, class: "month-chart", "aria-hidden": "true" },
    chartScale(top, y), months.map((month) => monthBar(month, x(month) + step * 0.1, step * 0.8, y)), chartMonths(months, x));
}

function monthFigure(zone) {
  if (zone.months.length === 0) {
    return null;
  }
  const span = monthNumber(zone.months[zone.months.length - 1].month) - monthNumber(zone.months[0].month) + 1;
  const missing = span - zone.months.length;
  return make("figure", { class: "months" },
    make("figcaption", {}, make("h4", {}, "Incidents by month"),
      missing > 0 ? make("p", { class: "note" }, `The data lack ${plural(missing, "month")}: gaps, not quiet times.`) : null),
    monthDrawing(zone.months),
    make("div", { class: "sr-only" }, makeTable({
      caption: "Incidents by month", headings: ["Month", "Incidents"],
      rows: zone.months.map((month) => [monthText(month.month), count(month.incidents, NOT_SHOWN)]), numbers: [1],
    })));
}
