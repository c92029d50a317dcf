// Wards alone, for those who may not see zones: counts in bands.

function renderWards(report) {
  const rows = report.wards.map((ward) => [ward.name, ward.band ?? count(ward.incidents, NOT_SHOWN)]);
  byId("wards-body").append(makeTable({
    caption: "Incidents are told in bands, so that nobody can be recognised", headings: ["Ward", "Incidents"], rows, className: "plain",
  }));
  byId("wards").hidden = false;
}
