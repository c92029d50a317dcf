// The plan as a calendar: weeks down, weekdays across, one table a unit. A shift's button lists its visits. On the screen
// one unit shows at a time; on paper all do.

const MODE_WORDS = { foot: "on foot", bicycle: "by bicycle", vehicle: "by vehicle" };

function shiftTimes(shift) {
  return shift.when ? `${clockText(shift.when.from)}–${clockText(shift.when.to)}` : "";
}

function visitItem(visit, names) {
  const way = visit.travel_min > 0 ? `${plural(visit.travel_min, "minute")} on the way; ` : "";
  const why = visit.reason === "rule" ? "keeps the rule" : "where and when the violence is";
  return make("li", {}, make("strong", {}, `${clockText(visit.start)}–${clockText(visit.end)}`),
    ` ${names.get(visit.zone) || visit.zone} `, make("span", { class: "note" }, way + why));
}

class PlanCalendar {
  constructor(report) {
    this.report = report;
    this.names = new Map(report.zones.map((zone) => [zone.id, `${zone.rank}. ${zone.name}`]));
    this.firstWeek = dayNumber(report.plan.start) - weekdayOf(dayNumber(report.plan.start));
    this.detail = make("div", { id: "shift-detail", class: "shift-detail", role: "status" },
      make("p", { class: "note" }, "Choose a shift to see its visits."));
    this.calendars = report.plan.units.map((unit) => this.unitCalendar(unit));
  }

  shiftButton(shift) {
    const number = plural(shift.visits.length, "visit");
    const button = make("button", { type: "button", class: "shift-button", "aria-pressed": "false" },
      make("strong", {}, shift.name), " ", make("span", { class: "nowrap" }, shiftTimes(shift)),
      make("span", { class: "shift-count" }, number));
    button.addEventListener("click", () => this.showShift(shift, button));
    return button;
  }

  showShift(shift, button) {
    for (const other of byId("plan-body").querySelectorAll(".shift-button")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    this.detail.replaceChildren(
      make("h3", {}, `${shift.unit}: ${shift.name}, ${longDayText(shift.day)}`),
      shift.visits.length > 0
        ? make("ol", {}, shift.visits.map((visit) => visitItem(visit, this.names)))
        : make("p", {}, "No visits in this shift."));
  }

  dayCell(shifts, day) {
    const inPlan = day >= dayNumber(this.report.plan.start) && day < dayNumber(this.report.plan.end);
    const own = shifts.filter((shift) => dayNumber(shift.day) === day);
    const iso = isoOfDay(day);
    return make("td", { class: inPlan || own.length > 0 ? null : "outside" },
      make("span", { class: "day-number" }, `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}`),
      own.map((shift) => this.shiftButton(shift)));
  }

  unitCalendar(unit) {
    const shifts = this.report.shifts.filter((shift) => shift.unit === unit.name);
    const weeks = [];
    for (let monday = this.firstWeek; monday < dayNumber(this.report.plan.end); monday += 7) {
      weeks.push(make("tr", {}, WEEKDAYS.map((_, i) => this.dayCell(shifts, monday + i))));
    }
    const visits = shifts.reduce((sum, shift) => sum + shift.visits.length, 0);
    const heads = WEEKDAYS.map((name) => make("th", { scope: "col" }, name));
    return make("div", { class: "unit-calendar", "data-unit": unit.name },
      make("table", { class: "calendar" },
        make("caption", {}, make("strong", {}, unit.name),
          ` ${MODE_WORDS[unit.mode]}, ${plural(unit.officers, "officer")}: ${plural(visits, "visit")}`),
        make("thead", {}, make("tr", {}, heads)), make("tbody", {}, weeks)));
  }

  unitChoice() {
    const select = make("select", { id: "unit-choice" },
      this.report.plan.units.map((unit) => make("option", { value: unit.name }, unit.name)));
    const show = () => this.calendars.forEach((calendar) =>
      calendar.classList.toggle("is-chosen", calendar.dataset.unit === select.value));
    select.addEventListener("input", show);
    show();
    return make("div", { class: "toolbar" },
      make("span", { class: "field" }, make("label", { for: "unit-choice" }, "Unit"), select));
  }
}

function renderPlan(report) {
  const plan = new PlanCalendar(report);
  byId("plan-body").append(
    plan.unitChoice(),
    make("div", { class: "plan-grid" },
      make("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "Calendar" }, plan.calendars), plan.detail));
  byId("plan").hidden = false;
}
