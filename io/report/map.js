// The map: ward outlines and zones as vectors, so that it needs no server. Leaflet draws; its tooltips and icons get
// elements, never markup.

const CLOSE_ZOOM = 15;

function latLng([longitude, latitude]) {
  return [latitude, longitude];
}

function wardStyle(ward, asked) {
  return {
    className: `map-ward${ward.chosen ? " is-top" : ""}${asked ? " is-asked" : ""}`,
    weight: asked ? 3 : 1,
  };
}

function wardTooltip(ward) {
  const facts = [
    ward.rank === null ? null : `rank ${whole(ward.rank)}`,
    ward.incidents !== null ? plural(ward.incidents, "incident") : `incidents: ${ward.band ?? NOT_SHOWN}`,
  ].filter((fact) => fact !== null);
  return make("span", {}, make("strong", {}, ward.name), ` ${facts.join(", ")}`);
}

class ZoneMap {
  constructor(report, selection) {
    this.selection = selection;
    this.map = L.map("map", { zoomSnap: 0.25, attributionControl: report.tiles !== null, maxZoom: 18 });
    this.addTiles(report.tiles);
    this.wards = report.wards.map((ward) => this.addWard(ward));
    this.zones = new Map(report.zones.map((zone) => [zone, this.addZone(zone)]));
    this.home = this.boundsOf(report.zones);
    L.control.scale({ imperial: false }).addTo(this.map);
    selection.subscribe((_, what) => (what === "chosen" ? this.showChosen() : this.showFiltered()));
    this.map.fitBounds(this.home, { animate: false });
    // The box grows with the table beside it and turns with a phone; what was in the middle stays there.
    new ResizeObserver(() => this.map.invalidateSize({ animate: false })).observe(byId("map"));
  }

  addTiles(tiles) {
    if (tiles === null) {
      return;
    }
    // Leaflet would take an attribution for markup.
    const attribution = make("span", {}, tiles.attribution).innerHTML;
    this.map.attributionControl.setPrefix("");
    L.tileLayer(tiles.url, { attribution, maxZoom: 19, referrerPolicy: "no-referrer" }).addTo(this.map);
  }

  addWard(ward) {
    const shape = L.polygon(ward.outline.map((ring) => ring.map(latLng)), wardStyle(ward, false));
    shape.bindTooltip(wardTooltip(ward), { sticky: true }).addTo(this.map);
    return { ward, shape };
  }

  addZone(zone) {
    const circle = L.circle(latLng(zone.centre), { radius: zone.radius_m, className: "map-zone", weight: 2 });
    const label = make("span", { "data-zone": zone.id }, whole(zone.rank));
    const icon = L.divIcon({ html: label, className: "map-badge", iconSize: [26, 26] });
    // The keyboard has the table; sixty stops on the way past the map would help nobody.
    const badge = L.marker(latLng(zone.centre), { icon, keyboard: false, zIndexOffset: -10 * zone.rank });
    badge.bindTooltip(make("span", {}, zone.name), { direction: "top", offset: [0, -12] });
    for (const layer of [circle, badge]) {
      layer.on("click", () => this.selection.choose(zone));
      layer.addTo(this.map);
    }
    return { circle, badge };
  }

  boundsOf(zones) {
    const around = zones.length > 0
      ? zones.map((zone) => L.latLng(latLng(zone.centre)).toBounds(4 * zone.radius_m))
      : this.wards.map(({ shape }) => shape.getBounds());
    const all = around.reduce((bounds, next) => bounds.extend(next), L.latLngBounds([]));
    return all.isValid() ? all : L.latLngBounds([[50, -6], [56, 2]]);
  }

  showFiltered() {
    const { shown, ward } = this.selection;
    for (const [zone, layers] of this.zones) {
      for (const layer of Object.values(layers)) {
        shown.includes(zone) ? layer.addTo(this.map) : layer.remove();
      }
    }
    for (const entry of this.wards) {
      const element = entry.shape.getElement();
      if (element) {
        element.classList.toggle("is-asked", ward !== "" && entry.ward.code === ward);
      }
    }
    const asked = this.wards.find((entry) => entry.ward.code === ward);
    const bounds = asked ? asked.shape.getBounds() : this.boundsOf(shown.length > 0 ? shown : this.selection.zones);
    this.map.fitBounds(bounds, { animate: false });
    this.markChosen();
  }

  showChosen() {
    this.markChosen();
    if (this.selection.chosen && this.started) {
      this.map.setView(latLng(this.selection.chosen.centre), Math.max(this.map.getZoom(), CLOSE_ZOOM), { animate: false });
    }
    this.started = true; // the zone chosen at first leaves the whole force in view
  }

  markChosen() {
    for (const [zone, { circle, badge }] of this.zones) {
      const chosen = zone === this.selection.chosen;
      for (const element of [circle.getElement(), badge.getElement()]) {
        if (element) {
          element.classList.toggle("is-chosen", chosen);
        }
      }
      badge.setZIndexOffset(chosen ? 10000 : -10 * zone.rank);
    }
  }
}
