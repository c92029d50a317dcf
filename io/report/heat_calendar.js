// When it happens: hour of the day by weekday. A real table; the number stands in every cell for screen readers, the
// shade has five steps that stay apart in black and white.

const HEAT_STEPS = 5;

function heatLevel(value, most) {
  return value < 0.05 || most === 0 ? 0 : Math.max(1, Math.ceil((HEAT_STEPS * value) / most));
}

function hourText(hour) {
  return `${String(hour).padStart(2, "0")}:00`;
}

function heatRow(zone, weekday, most) {
  const cells = [...Array(24).keys()].map((hour) => {
    const value = zone.hours[weekday * 24 + hour];
    return make("td", { class: `heat-${heatLevel(value, most)}`,
      title: `${WEEKDAYS[weekday]} ${hourText(hour)}–${hourText((hour + 1) % 24)}: ${value.toFixed(1)}` },
    make("span", { class: "sr-only" }, value.toFixed(1)));
  });
  return make("tr", {}, make("th", { scope: "row" }, WEEKDAYS[weekday]), cells);
}

function heatLegend(most) {
  const steps = [...Array(HEAT_STEPS + 1).keys()].map((level) => make("span", { class: `swatch heat-${level}` }));
  return make("p", { class: "heat-legend note", "aria-hidden": "true" },
    "none ", steps, ` ${most.toFixed(1)} incidents in the hour`);
}

function heatFigure(zone) {
  const heading = make("h4", {}, "When it happens");
  if (zone.hours === null) {
    return make("div", { class: "hours" }, heading,
      make("p", { class: "note" }, "The records do not say at what hour, or the hours may not be told."));
  }
  const most = Math.max(...zone.hours);
  const known = zone.hours.reduce((sum, value) => sum + value, 0);
  const heads = [...Array(24).keys()].map((hour) =>
    make("th", { scope: "col" }, make("span", { class: "sr-only" }, hourText(hour)),
      make("span", { "aria-hidden": "true" }, hour % 3 === 0 ? String(hour) : "")));
  return make("div", { class: "hours" }, heading,
    make("table", { class: "heat" },
      make("caption", { class: "note" },
        `${plural(known, "incident")} by weekday and hour; one that spans hours is spread over them`),
      make("thead", {}, make("tr", {}, make("td", {}), heads)),
      make("tbody", {}, WEEKDAYS.map((_, weekday) => heatRow(zone, weekday, most)))),
    heatLegend(most));
}
