/** Building elements. Data only ever becomes text nodes or attributes, never markup. */

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "readOnly", "indeterminate"]);

let lastId = 0;

/** A fresh id for labels and what they name. */
export function uid(prefix = "n") {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** `el("button.primary", { type: "button", onclick: sign }, "Sign")`; empty children are left out. */
export function el(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name || "div");
  if (classes.length) node.classList.add(...classes);
  set(node, props);
  node.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return node;
}

/** Set attributes, properties and listeners; `null`, `undefined` and `false` leave an attribute out. */
export function set(node, props) {
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (PROPERTIES.has(key)) node[key] = value;
    else if (value === null || value === undefined || value === false) node.removeAttribute(key);
    else node.setAttribute(key, value === true ? "" : value);
  }
  return node;
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.flat());
  return node;
}

/** A fragment of nodes and strings. */
export function fragment(...children) {
  const node = document.createDocumentFragment();
  node.append(...children.flat(Infinity).filter(Boolean));
  return node;
}

/** Run `work` once the calls have paused for so many milliseconds. */
export function debounced(work, pause) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), pause);
  };
}
