// All about one zone. On the screen the chosen zone's card shows; on paper all do.

function evidenceItem(term, value, text) {
  return make("div", { class: "evidence-item" },
    make("dt", {}, term), make("dd", {}, make("strong", {}, value), make("span", { class: "note" }, text)));
}

function paiItem(zone) {
  if (zone.pai === null) {
    return null;
  }
  const ceiling = zone.pai_ceiling === null ? "" : ` of at most ${zone.pai_ceiling.toFixed(0)}`;
  return evidenceItem("Prediction accuracy (PAI)", `${zone.pai.toFixed(1)}${ceiling}`,
    `Its share of the ward's violence is ${zone.pai.toFixed(1)} times its share of the ward's area. 1 is no better than a pin at random.`);
}

function chanceItem(report, zone) {
  if (zone.p_value === null) {
    return null;
  }
  const clear = (zone.q_value ?? zone.p_value) <= 0.05;
  const among = zone.q_value === null ? "" : `, ${probability(zone.q_value)} with all zones considered`;
  const against = report.totals?.tested_against ?? "chance";
  return evidenceItem("p-value", probability(zone.p_value),
    `${clear ? "Clearly more" : "Not clearly more"} than ${against} would give${among}.`);
}

function evidenceList(report, zone) {
  const interval = zone.count_low === null || zone.count_high === null ? null
    : evidenceItem("95 % interval", `${zone.count_low.toFixed(0)} to ${zone.count_high.toFixed(0)} incidents`,
      "What a place like this would show in as long a time, luck aside.");
  return make("dl", { class: "evidence" },
    evidenceItem("Incidents", count(zone.incidents, FEWER_THAN_FIVE), zone.offences === null ? "" : zone.offences),
    zone.ward_share === null ? null
      : evidenceItem("Share of its ward", percent(zone.ward_share), "Of the ward's serious violence, by weight."),
    paiItem(zone), chanceItem(report, zone), interval,
    zone.trend === null ? null : evidenceItem("Trend", zone.trend, "The last months against as many before."));
}

/** The zone's visits as [day, ["18:12 West car", ...]]. */
function visitDays(report, zone) {
  const days = new Map();
  for (const shift of report.shifts) {
    for (const visit of shift.visits.filter((v) => v.zone === zone.id)) {
      const day = visit.start.slice(0, 10);
      days.set(day, [...(days.get(day) || []), { start: visit.start, text: `${clockText(visit.start)} ${shift.unit}` }]);
    }
  }
  const sorted = [...days].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return sorted.map(([day, visits]) =>
    [day, visits.sort((a, b) => (a.start < b.start ? -1 : 1)).map((visit) => visit.text)]);
}

function outlookText(outlook) {
  const due = `due by ${timeText(outlook.due_by)}`;
  const last = outlook.last_visit ? `Last visit ended ${timeText(outlook.last_visit)}; ${due}.` : `Not visited before; ${due}.`;
  return `${last} Longest absence planned: ${hoursText(outlook.max_gap_h)}.`;
}

function visitsPart(report, zone) {
  if (!report.plan) {
    return null;
  }
  const days = visitDays(report, zone);
  const number = days.reduce((sum, [, visits]) => sum + visits.length, 0);
  return make("div", { class: "visits" },
    make("h4", {}, `Visits to come: ${whole(number)}`),
    zone.outlook ? make("p", {}, stateBadge(zone.outlook.state, stateText(zone.outlook)), " ",
      make("span", { class: "note" }, outlookText(zone.outlook)))
      : make("p", { class: "note" }, "The plan leaves this zone out."),
    make("ul", { class: "visit-days", tabindex: "0", "aria-label": `Visits to ${zone.name}` },
      days.map(([day, visits]) => make("li", {}, make("strong", {}, dayText(day)), ` ${visits.join(", ")}`))));
}

function zoneCard(report, zone) {
  const facts = [`radius ${zone.radius_m.toFixed(0)} m`, zone.peak === null ? null : `peak ${zone.peak}`,
    `id ${zone.id}`].filter((fact) => fact !== null);
  return make("article", { class: "zone-card", id: `zone-${zone.rank}`, "data-zone": zone.id,
    "aria-labelledby": `zone-${zone.rank}-title` },
  make("header", {},
    make("span", { class: "rank-badge", "aria-hidden": "true" }, whole(zone.rank)),
    make("div", {}, make("h3", { id: `zone-${zone.rank}-title` }, zone.name),
      make("p", { class: "note" }, facts.join(" · ")))),
  make("p", { class: "why" }, make("strong", {}, "Why here: "), zone.why),
  make("div", { class: "card-columns" },
    make("div", {}, make("h4", {}, "Evidence"), evidenceList(report, zone)),
    make("div", { class: "charts" }, monthFigure(zone), heatFigure(zone)),
    visitsPart(report, zone)));
}

function renderZoneCards(report, selection) {
  const cards = new Map(report.zones.map((zone) => [zone, zoneCard(report, zone)]));
  byId("zone-cards").append(...cards.values());
  selection.subscribe(({ chosen }, what) => {
    for (const [zone, card] of cards) {
      card.classList.toggle("is-chosen", zone === chosen);
    }
    if (what === "chosen" && chosen) {
      byId("announcement").textContent = `${chosen.name} is chosen; its details follow the table and the map.`;
    }
  });
}
