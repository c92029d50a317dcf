// The ranked table: sorts by any column, filters, and chooses the zone that the map and the card show.

function zoneColumns(report) {
  const ward = wardNames(report);
  const columns = [
    { key: "rank", heading: "Rank", number: true, value: (zone) => zone.rank, cell: (zone) => whole(zone.rank) },
    { key: "name", heading: "Zone", value: (zone) => zone.name.toLowerCase(), cell: zoneNameCell(ward) },
    { key: "incidents", heading: "Incidents", number: true, most: true, value: (zone) => zone.incidents,
      cell: (zone) => count(zone.incidents, FEWER_THAN_FIVE) },
    { key: "share", heading: "Ward share", number: true, most: true, value: (zone) => zone.ward_share,
      cell: (zone) => (zone.ward_share === null ? "–" : percent(zone.ward_share)) },
    { key: "pai", heading: "PAI", title: "Prediction accuracy index: share of violence over share of area",
      number: true, most: true, wide: true, value: (zone) => zone.pai,
      cell: (zone) => (zone.pai === null ? "–" : zone.pai.toFixed(1)) },
  ];
  if (report.plan) {
    columns.push(
      { key: "rule", heading: "Rule", value: (zone) => (zone.outlook ? zone.outlook.hours_left : null),
        cell: (zone) => (zone.outlook ? stateBadge(zone.outlook.state, stateText(zone.outlook)) : "not in the plan") },
      { key: "next", heading: "Next visit", wide: true,
        value: (zone) => (zone.outlook && zone.outlook.next_visit ? zone.outlook.next_visit : null),
        cell: (zone) => (zone.outlook && zone.outlook.next_visit ? timeText(zone.outlook.next_visit) : "none") });
  }
  return columns;
}

/** Ward code -> name; zones carry the code. */
function wardNames(report) {
  const names = new Map(report.wards.map((ward) => [ward.code, ward.name]));
  return (zone) => names.get(zone.ward_code) || zone.name.replace(/ \d+(,.*)?$/, "");
}

function zoneNameCell(ward) {
  return (zone) => [
    make("button", { type: "button", class: "zone-button", "data-zone": zone.id }, zone.name),
    zone.name.startsWith(ward(zone)) ? null : make("span", { class: "note" }, ward(zone)),
  ];
}

/** By value, zones without one last, ties by rank. */
function compareZones(column, direction) {
  return (a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    if (x === null || y === null) {
      return (x === null) - (y === null) || a.rank - b.rank;
    }
    const order = x < y ? -1 : x > y ? 1 : 0;
    return direction * order || a.rank - b.rank;
  };
}

class ZoneTable {
  constructor(report, selection) {
    this.selection = selection;
    this.columns = zoneColumns(report);
    this.sorted = { key: "rank", direction: 1 };
    this.rows = new Map(report.zones.map((zone) => [zone, this.makeRow(zone)]));
    this.body = make("tbody");
    this.heads = new Map(this.columns.map((column) => [column.key, this.makeHead(column)]));
    byId("zone-table-box").append(make("table", { id: "zone-table", class: "zone-table" },
      make("caption", { class: "sr-only" }, "Zones by rank. The headings sort; a zone's name shows it on the map."),
      make("thead", {}, make("tr", {}, [...this.heads.values()])), this.body));
    selection.subscribe((_, what) => (what === "chosen" ? this.mark() : this.render()));
    this.render();
  }

  makeHead(column) {
    const button = make("button", { type: "button", class: "sort-button", title: column.title }, column.heading);
    button.addEventListener("click", () => this.sortBy(column));
    return make("th", { scope: "col", class: cellClass(column), "data-key": column.key }, button);
  }

  makeRow(zone) {
    const cells = this.columns.map((column) =>
      make(column.key === "name" ? "th" : "td",
        { class: cellClass(column), scope: column.key === "name" ? "row" : null }, column.cell(zone)));
    const row = make("tr", { "data-zone": zone.id }, cells);
    row.addEventListener("click", () => this.selection.choose(zone));
    return row;
  }

  /** The same column again turns the order round. */
  sortBy(column) {
    const again = this.sorted.key === column.key;
    this.sorted = { key: column.key, direction: again ? -this.sorted.direction : column.most ? -1 : 1 };
    this.render();
    byId("announcement").textContent =
      `Sorted by ${column.heading}, ${this.sorted.direction > 0 ? "ascending" : "descending"}`;
  }

  render() {
    const column = this.columns.find((c) => c.key === this.sorted.key);
    const zones = [...this.selection.shown].sort(compareZones(column, this.sorted.direction));
    this.body.replaceChildren(...zones.map((zone) => this.rows.get(zone)));
    for (const [key, head] of this.heads) {
      const order = this.sorted.direction > 0 ? "ascending" : "descending";
      head.setAttribute("aria-sort", key === this.sorted.key ? order : "none");
    }
    this.mark();
  }

  mark() {
    for (const [zone, row] of this.rows) {
      const chosen = zone === this.selection.chosen;
      row.classList.toggle("is-chosen", chosen);
      row.querySelector(".zone-button").setAttribute("aria-pressed", String(chosen));
    }
  }
}

function cellClass(column) {
  return [column.number ? "number" : "", column.wide ? "wide-only" : "", `column-${column.key}`].join(" ").trim();
}
