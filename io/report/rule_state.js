// How far a zone is from breaking the rule, by word and shape as well as by colour.

const RULE_STATES = {
  kept: { word: "Kept", shape: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM4.2 8.2l1.2-1.2 1.8 1.8 3.6-3.6L12 6.4 7.2 11.2z" },
  tight: { word: "Tight", shape: "M8 1 15.5 15H.5zM7.2 6v4.5h1.6V6zM7.2 11.7v1.6h1.6v-1.6z" },
  broken: { word: "Broken", shape: "M1 1h14v14H1zM4 5.2 6.8 8 4 10.8 5.2 12 8 9.2 10.8 12 12 10.8 9.2 8 12 5.2 10.8 4 8 6.8 5.2 4z" },
};
const STATES_WORST_FIRST = ["broken", "tight", "kept"];

function stateText(outlook) {
  const hours = hoursText(Math.abs(outlook.hours_left));
  switch (outlook.state) {
    case "broken":
      return `Broken by ${hours}`;
    case "tight":
      return `Tight: ${hours} left`;
    default:
      return "Kept";
  }
}

function stateShape(state) {
  return draw("svg", { viewBox: "0 0 16 16", class: "state-shape", "aria-hidden": "true" },
    draw("path", { d: RULE_STATES[state].shape, "fill-rule": "evenodd" }));
}

/** Shape and words. */
function stateBadge(state, text) {
  return make("span", { class: `state state-${state}` }, stateShape(state), make("span", {}, text));
}

/** How many zones are in each state. */
function countStates(zones) {
  const counts = { kept: 0, tight: 0, broken: 0 };
  for (const zone of zones) {
    if (zone.outlook) {
      counts[zone.outlook.state] += 1;
    }
  }
  return counts;
}
