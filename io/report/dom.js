// Making elements. Text only ever becomes text nodes and attributes, never markup.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** An HTML element: make("td", { class: "number" }, "12"). */
function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

function byId(id) {
  return document.getElementById(id);
}

/** A table with a caption, heading texts and rows of cell texts; columns named in `numbers` are set right, those in
 * `codes` left out on a phone. */
function makeTable({ caption, headings, rows, numbers = [], codes = [], className = "" }) {
  const kind = (column) => (numbers.includes(column) ? "number" : codes.includes(column) ? "column-code" : null);
  const head = headings.map((text, column) => make("th", { scope: "col", class: kind(column) }, text));
  const body = rows.map((cells) =>
    make("tr", {}, cells.map((cell, column) =>
      column === 0
        ? make("th", { scope: "row", class: kind(column) }, cell)
        : make("td", { class: kind(column) }, cell))));
  return make("table", { class: className },
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, head)),
    make("tbody", {}, body));
}
