// Puts the page together from the data that it carries.

const SECTIONS = [["zones", "Zones"], ["wards", "Wards"], ["plan", "Plan"], ["rule", "Rule"], ["backtest", "Back-test"],
  ["quality", "Data"], ["method", "Method"]];

function renderHead(report) {
  const { plan, totals } = report;
  const dates = [
    plan ? `Plan ${spanText(plan.start, plan.end)}` : null,
    totals && totals.period ? `Incidents ${spanText(totals.period.from, totals.period.to)}` : null,
  ].filter((text) => text !== null);
  byId("page-dates").textContent = dates.join(" · ");
  const markings = {
    internal: plan ? "Internal: tells where and when officers will be" : "Internal",
    partner: "For partners: small counts are left out",
    public: "Public: wards with counts in bands",
  };
  byId("page-title").textContent = report.audience === "public" ? "Serious violence by ward" : "Patrol zones";
  byId("page-marking").textContent = markings[report.audience] || report.audience;
  byId("page-foot").textContent =
    `Made by patrolzones ${report.version}, seed ${report.seed}. Times are ${report.time_zone}. `
    + "The page holds no crime references, addresses or incident places, and asks no server for anything"
    + `${report.tiles ? " but the background map" : ""}.`;
}

function renderNavigation(report) {
  const names = report.audience === "public" ? [["zones", "Map"], ...SECTIONS.slice(1)] : SECTIONS;
  const shown = names.filter(([id]) => !byId(id).hidden);
  byId("page-nav-list").append(...shown.map(([id, text]) => make("li", {}, make("a", { href: `#${id}` }, text))));
}

function renderZones(report) {
  byId("zones").hidden = false; // Leaflet measures its box
  byId("zones").classList.toggle("map-alone", report.audience === "public");
  const selection = new Selection(report.zones);
  new ZoneTable(report, selection);
  new ZoneMap(report, selection);
  renderPrintMap(report);
  renderZoneCards(report, selection);
  renderZoneFilter(report, selection);
}

function renderReport(report) {
  renderHead(report);
  renderGlance(report);
  renderZones(report);
  if (report.audience === "public") {
    renderWards(report);
  }
  if (report.plan) {
    renderPlan(report);
    renderRule(report);
  }
  if (report.backtest) {
    renderBacktest(report);
  }
  if (report.rows) {
    renderQuality(report);
  }
  renderMethod(report);
  renderNavigation(report);
}

renderReport(JSON.parse(byId("report-data").textContent));
