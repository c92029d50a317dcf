// What became of every row that was read.

function reasonTable(caption, reasons) {
  return reasons.length === 0 ? "" : makeTable({
    caption, headings: ["Rows", "Reason", "Meaning"], className: "plain",
    rows: reasons.map((reason) => [whole(reason.rows), make("code", {}, reason.code), reason.meaning]), numbers: [0], codes: [1],
  });
}

function renderQuality(report) {
  const { rows } = report;
  byId("quality-body").append(
    make("p", {}, `${plural(rows.read, "row")} read: ${whole(rows.used)} used as serious violence, ${whole(rows.left_out)} left out. `
      + "Every row has its reason in issues.csv, without references or addresses."),
    reasonTable("Left out", rows.reasons.filter((reason) => !reason.used)),
    reasonTable("Used, but doubtful", rows.reasons.filter((reason) => reason.used)));
  byId("quality").hidden = false;
}

function warningList(warnings) {
  return warnings.length === 0 ? "" : make("div", { class: "warnings" }, make("h3", {}, "To be borne in mind"),
    make("ul", {}, warnings.map((warning) => make("li", {}, warning))));
}
