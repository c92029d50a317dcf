// Whether the rule is kept, zone by zone where it is not or only just.

function ruleSentence(plan) {
  const days = plan.duty_days ? ` (counted in duty days, 06:00 to 05:59)` : "";
  return `Every zone gets ${plan.visit_min} minutes at a time, and is never left for longer than ${plan.max_gap_h} hours${days}. `
    + `The plan aims at ${plan.plan_gap_h} hours, so that a missed visit does not break the rule at once.`;
}

function stateMeaning(state, plan) {
  return {
    broken: `absent for longer than ${plan.max_gap_h} hours at some time`,
    tight: `over ${plan.plan_gap_h} hours, but within ${plan.max_gap_h}`,
    kept: `never over ${plan.plan_gap_h} hours`,
  }[state];
}

function stateCounts(report) {
  const counts = countStates(report.zones);
  return make("ul", { class: "state-counts" }, STATES_WORST_FIRST.map((state) =>
    make("li", {}, stateBadge(state, `${RULE_STATES[state].word}: ${plural(counts[state], "zone")}`), " ",
      make("span", { class: "note" }, stateMeaning(state, report.plan)))));
}

function worstZones(report) {
  const zones = report.zones.filter((zone) => zone.outlook && zone.outlook.state !== "kept")
    .sort((a, b) => a.outlook.hours_left - b.outlook.hours_left);
  if (zones.length === 0) {
    return null;
  }
  const table = makeTable({
    caption: "Zones where it is broken or tight, worst first", className: "plain",
    headings: ["Zone", "State", "Longest absence", "Due by", "Next visit"],
    rows: zones.map((zone) => [zone.name, stateBadge(zone.outlook.state, stateText(zone.outlook)),
      hoursText(zone.outlook.max_gap_h), timeText(zone.outlook.due_by),
      zone.outlook.next_visit ? timeText(zone.outlook.next_visit) : "none"]),
    numbers: [2],
  });
  return make("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "Zones worst first" }, table);
}

function renderRule(report) {
  const { plan } = report;
  const units = plan.units_needed !== null && countStates(report.zones).broken > 0
    ? make("p", {}, make("strong", {}, `${plural(plan.units_needed, "unit")} like these would do; the plan has ${whole(plan.units.length)}.`))
    : null;
  byId("rule-body").append(
    make("p", {}, ruleSentence(plan)), stateCounts(report), units ?? "",
    plan.notes.length > 0 ? make("ul", { class: "notes" }, plan.notes.map((note) => make("li", {}, note))) : "",
    worstZones(report) ?? "");
  byId("rule").hidden = false;
}
