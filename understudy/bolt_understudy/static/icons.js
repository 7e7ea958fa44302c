/** Small line drawings, 20 by 20, in the colour of the text around them. */

import { svg } from "./dom.js";

const PATHS = {
  file: ["M5 2.5h6.5L15.5 6.5v11H5z", "M11.5 2.5v4h4"],
  hash: ["M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13.5M3 12.5h13.5"],
  lock: ["M5 9h10v8H5z", "M7 9V6.5a3 3 0 0 1 6 0V9"],
  rings: ["M7.5 14.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9z", "M12.5 14.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9z"],
  close: ["m5 5 10 10M15 5 5 15"],
  back: ["m12 4-6 6 6 6"],
  down: ["m5 8 5 5 5-5"],
  right: ["m8 5 5 5-5 5"],
  menu: ["M3 5.5h14M3 10h14M3 14.5h14"],
  send: ["M3 3.5 17.5 10 3 16.5l2-6.5z", "M5 10h6"],
  bolt: ["M11 2.5 4.5 11.5H10l-1 6 6.5-9H10z"],
  code: ["m7 6-4 4 4 4M13 6l4 4-4 4"],
  code_block: ["M3 4h14v12H3z", "m8 8-2 2 2 2M12 8l2 2-2 2"],
  bold: ["M6 4h5a3 3 0 0 1 0 6H6zM6 10h6a3 3 0 0 1 0 6H6z"],
  italic: ["M8.5 4h6M5.5 16h6M12 4 8 16"],
  strike: ["M4 10h12M13.5 6.5C13 5 11.7 4 10 4 8 4 6.5 5.2 6.5 7c0 1 .6 1.7 1.5 2.2M6.5 13c.4 1.8 1.8 3 3.7 3 2 0 3.5-1.2 3.5-3 0-1.2-.5-2-1.5-2.5"],
  link: [
    "M8.5 11.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1",
    "M11.5 8.5a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1",
  ],
  bullets: ["M8 5h9M8 10h9M8 15h9M3.5 5h.6M3.5 10h.6M3.5 15h.6"],
  numbers: ["M8 5h9M8 10h9M8 15h9M3 3.5h1V7M3 12.5h1.8L3 16h2"],
  quote: ["M4 4v12M8 6h9M8 10h9M8 14h6"],
  clock: ["M10 17.5a7.5 7.5 0 1 1 0-15 7.5 7.5 0 0 1 0 15z", "M10 6v4.2l3 1.8"],
  eye: [
    "M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10z",
    "M10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  ],
  check: ["m4 10.5 4 4 8-9"],
  image: ["M3 4h14v12H3z", "m3 14 4-4 3.5 3.5L13 11l4 4", "M12.5 8h.8"],
  alert: ["M10 3 2.5 16.5h15z", "M10 8v4M10 14.2v.3"],
  people: [
    "M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2.5 16c0-2.7 2.2-4.5 5-4.5s5 1.8 5 4.5",
    "M13 4.3a2.75 2.75 0 0 1 0 5M14.5 11.8c1.8.6 3 2.2 3 4.2",
  ],
  copy: ["M7 7h9v10H7z", "M4 13V3h9"],
  house: ["M3.5 9.5 10 3.5l6.5 6v7h-13z"],
};
const DOTS = { dots: [[10, 4.5], [10, 10], [10, 15.5]], dots_across: [[4.5, 10], [10, 10], [15.5, 10]] };

/** An icon by its name; hidden from screen readers, so the button around it needs a label. */
export function icon(name, size = 20) {
  const dots = DOTS[name];
  return svg(
    "svg",
    { viewBox: "0 0 20 20", width: size, height: size, class: "icon", "aria-hidden": "true" },
    dots
      ? dots.map(([cx, cy]) => svg("circle", { cx, cy, r: 1.6, fill: "currentColor" }))
      : PATHS[name].map((d) => svg("path", { d })),
  );
}
