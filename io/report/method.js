// Method and settings in plain words.

function renderMethod(report) {
  const paragraphs = report.method.flatMap((part) => [make("h3", {}, part.heading), make("p", {}, part.text)]);
  const settings = report.settings.length === 0 ? "" : make("details", { class: "settings" },
    make("summary", {}, `All ${whole(report.settings.length)} settings`),
    makeTable({ caption: "As in the configuration file", headings: ["Setting", "Value"], className: "plain",
      rows: report.settings.map((setting) => [make("code", {}, setting.key), setting.value]) }));
  byId("method-body").append(make("div", { class: "prose" }, paragraphs), warningList(report.warnings), settings);
  byId("method").hidden = false;
}
