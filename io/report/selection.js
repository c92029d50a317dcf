// Which zone is chosen, and which are shown. Table, map and cards listen; none knows the others.

class Selection {
  constructor(zones) {
    this.zones = zones;
    this.chosen = null;
    this.shown = zones;
    this.ward = "";
    this.listeners = [];
  }

  /** \param listener called as listener(selection, what) with what = "chosen" or "shown". */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  choose(zone) {
    this.chosen = zone;
    this.tell("chosen");
  }

  /** \param ward the code of the ward that was asked for, or "". */
  show(zones, ward) {
    this.shown = zones;
    this.ward = ward;
    this.tell("shown");
    if (zones.length > 0 && !zones.includes(this.chosen)) {
      this.choose(zones[0]);
    }
  }

  tell(what) {
    for (const listener of this.listeners) {
      listener(this, what);
    }
  }
}
