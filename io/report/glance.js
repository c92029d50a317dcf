// The first thing a commander reads: how many zones, what they hold, is the rule kept.

function tile(heading, value, text) {
  return make("li", { class: "tile" },
    make("span", { class: "tile-heading" }, heading),
    make("span", { class: "tile-value" }, value),
    make("span", { class: "tile-text" }, text));
}

function heldTile(totals) {
  const counted = totals.in_zones !== null && totals.incidents !== null
    ? `${whole(totals.in_zones)} of ${plural(totals.incidents, "incident")}` : "of serious violence";
  return totals.share_of_all === null ? null
    : tile("They hold", percent(totals.share_of_all), `of all serious violence by weight; ${counted}`);
}

function ruleTile(report) {
  const counts = countStates(report.zones);
  const worst = STATES_WORST_FIRST.find((state) => counts[state] > 0);
  if (!worst) {
    return null;
  }
  const planned = report.zones.filter((zone) => zone.outlook).length;
  const text = {
    kept: `in all ${plural(planned, "zone")}: never away longer than ${report.plan.max_gap_h} hours`,
    tight: `in all ${plural(planned, "zone")}, but ${whole(counts.tight)} with little to spare`,
    broken: `in ${whole(counts.broken)} of ${plural(planned, "zone")}`,
  };
  const word = worst === "broken" ? "Broken" : "Kept";
  return tile("The rule is", stateBadge(worst, word), text[worst]);
}

function glanceTiles(report) {
  const { totals, plan, rows, zones } = report;
  const visits = report.shifts.reduce((sum, shift) => sum + shift.visits.length, 0);
  return [
    zones.length > 0 || !report.wards.length
      ? tile("Patrol zones", whole(zones.length),
        totals && totals.chosen_wards !== null
          ? `in the ${whole(totals.chosen_wards)} wards ranked first, of ${whole(totals.wards)}` : "")
      : tile("Wards", whole(report.wards.length), "shown with counts in bands"),
    totals ? heldTile(totals) : null,
    plan ? ruleTile(report) : null,
    plan ? tile("Visits planned", whole(visits),
      `of ${plan.visit_min} minutes, by ${plural(plan.units.length, "unit")}`) : null,
    rows ? tile("Rows used", percent(rows.read > 0 ? rows.used / rows.read : 0),
      `${whole(rows.used)} of ${whole(rows.read)}; every other has a reason`) : null,
  ];
}

function renderGlance(report) {
  byId("glance-list").append(...glanceTiles(report).filter((t) => t !== null));
  byId("glance").hidden = false;
}
