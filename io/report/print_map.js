// The map on paper: one drawing of the wards with the zones numbered by rank. North is up.

const PRINT_WIDTH = 1000;
const METRES_PER_DEGREE = 111195;

/** Degrees to a flat drawing, true to scale in the middle. */
function flatProjection(points) {
  const [west, east] = [Math.min(...points.map((p) => p[0])), Math.max(...points.map((p) => p[0]))];
  const [south, north] = [Math.min(...points.map((p) => p[1])), Math.max(...points.map((p) => p[1]))];
  const across = Math.cos(((south + north) / 2) * Math.PI / 180);
  const scale = PRINT_WIDTH / Math.max((east - west) * across, north - south, 0.001);
  return {
    height: (north - south) * scale,
    width: (east - west) * across * scale,
    metres: scale / METRES_PER_DEGREE,
    place: ([longitude, latitude]) => [(longitude - west) * across * scale, (north - latitude) * scale],
  };
}

function ringPath(ring, place) {
  return `M${ring.map((point) => place(point).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`;
}

/** The corners of what is to be seen: wards with zones, and the zones. */
function framePoints(report) {
  const framed = report.wards.filter((ward) => ward.zones > 0 || report.zones.length === 0);
  const points = framed.flatMap((ward) => ward.outline.flat());
  return points.concat(report.zones.map((zone) => zone.centre));
}

/** A free place for a label of so many letters near a point; boxes taken are remembered in `taken`. */
function freePlace([x, y], letters, taken) {
  const [half, line] = [5 * letters + 3, 17];
  const away = 14;
  const around = [[0, -away], [0, away + 6], [half + 7, 3], [-half - 7, 3], [half, -away], [-half, -away], [half, away + 6],
    [-half, away + 6], [0, -2 * away], [0, 2 * away + 6], [2 * half, 3], [-2 * half, 3]];
  const boxAt = ([dx, dy]) => ({ left: x + dx - half, right: x + dx + half, top: y + dy - line / 2, bottom: y + dy + line / 2 });
  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const offset = around.find((o) => !taken.some((box) => meets(box, boxAt(o)))) || around[0];
  taken.push(boxAt(offset));
  return [x + offset[0], y + offset[1]];
}

/** Circles first, so that no number lies under one; the first ranks choose their places first. */
function printZones(zones, projection) {
  const radius = (zone) => Math.max(zone.radius_m * projection.metres, 4);
  const places = zones.map((zone) => projection.place(zone.centre));
  const taken = places.map(([x, y]) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 }));
  const circles = zones.map((zone, i) =>
    draw("circle", { cx: places[i][0].toFixed(1), cy: places[i][1].toFixed(1), r: radius(zone).toFixed(1), class: "print-zone" }));
  const labels = zones.map((zone, i) => {
    const [x, y] = freePlace(places[i], String(zone.rank).length, taken);
    return draw("text", { x: x.toFixed(1), y: (y + 6).toFixed(1), class: "print-rank" }, whole(zone.rank));
  });
  return [...circles, ...labels];
}

function renderPrintMap(report) {
  const points = framePoints(report);
  if (points.length === 0) {
    return;
  }
  const projection = flatProjection(points);
  const wards = report.wards.map((ward) => draw("path", {
    d: ward.outline.map((ring) => ringPath(ring, projection.place)).join(""),
    class: ward.chosen ? "print-ward is-top" : "print-ward",
  }));
  byId("print-map").append(draw("svg", {
    viewBox: `-20 -20 ${(projection.width + 40).toFixed(0)} ${(projection.height + 40).toFixed(0)}`,
    role: "img", "aria-label": "Map of the wards with the zones numbered by rank",
  }, wards, printZones(report.zones, projection)));
}
