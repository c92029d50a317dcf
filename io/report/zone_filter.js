// The row of controls above the table.

function wardOptions(report) {
  const name = wardNames(report);
  const wards = new Map(report.zones.map((zone) => [zone.ward_code, name(zone)]));
  const sorted = [...wards].sort((a, b) => (a[1] < b[1] ? -1 : 1));
  return [make("option", { value: "" }, "all"), ...sorted.map(([code, text]) => make("option", { value: code }, text))];
}

function stateOptions() {
  const states = STATES_WORST_FIRST.map((state) => make("option", { value: state }, RULE_STATES[state].word.toLowerCase()));
  return [make("option", { value: "" }, "all"), ...states];
}

function matches(zone, wanted, name) {
  const text = `${zone.name} ${name(zone)} ${zone.id}`.toLowerCase();
  return text.includes(wanted.text)
    && (wanted.ward === "" || zone.ward_code === wanted.ward)
    && (wanted.state === "" || (zone.outlook !== null && zone.outlook.state === wanted.state));
}

function renderZoneFilter(report, selection) {
  const form = byId("zone-filter");
  const name = wardNames(report);
  byId("filter-ward").append(...wardOptions(report));
  byId("filter-state").append(...stateOptions());
  byId("filter-state-field").hidden = !report.plan;
  const apply = () => {
    const wanted = {
      text: byId("filter-text").value.trim().toLowerCase(),
      ward: byId("filter-ward").value,
      state: byId("filter-state").value,
    };
    const shown = report.zones.filter((zone) => matches(zone, wanted, name));
    byId("filter-count").textContent = `${whole(shown.length)} of ${plural(report.zones.length, "zone")}`;
    selection.show(shown, wanted.ward);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply)); // once the fields are empty
  apply();
}
