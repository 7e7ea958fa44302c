/** The data_visualization block: bars, lines, areas and pies, drawn simply. */

import { el, svg } from "./dom.js";

const COLOURS = [
  "#1264a3",
  "#007a5a",
  "#e8912d",
  "#cd2553",
  "#6b4bb8",
  "#0e7490",
  "#b45309",
  "#4d7c0f",
  "#9d174d",
  "#475569",
  "#0369a1",
  "#7c2d12",
];
const [WIDE, HIGH, LEFT, BOTTOM, TOP] = [520, 240, 48, 34, 10];

const colour = (index) => COLOURS[index % COLOURS.length];

function label(text, x, y, anchor = "middle") {
  return svg("text", { x, y, "text-anchor": anchor, class: "chart-label" }, text);
}

/** Ends of a scale and its steps: round figures that hold all values and zero. */
function scale(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const [from, to] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  const marks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
  const y = (value) => TOP + (HIGH - TOP - BOTTOM) * (1 - (value - from) / (to - from || 1));
  return { y, marks };
}

function pie({ segments }) {
  const total = segments.reduce((sum, one) => sum + one.value, 0);
  let angle = -Math.PI / 2;
  const point = (at) => `${110 + 100 * Math.cos(at)} ${110 + 100 * Math.sin(at)}`;
  const slices = segments.map((segment, index) => {
    const title = svg("title", {}, `${segment.label}: ${segment.value}`);
    if (segments.length === 1) return svg("circle", { cx: 110, cy: 110, r: 100, fill: colour(0) }, title);
    const from = angle;
    angle += (segment.value / total) * 2 * Math.PI;
    const far = angle - from > Math.PI ? 1 : 0;
    return svg(
      "path",
      {
        d: `M110 110 L${point(from)} A100 100 0 ${far} 1 ${point(angle)} Z`,
        fill: colour(index),
        class: "slice",
      },
      title,
    );
  });
  const keys = segments.map((one, index) => [
    `${one.label} · ${one.value} (${Math.round((one.value / total) * 100)} %)`,
    index,
  ]);
  return { picture: svg("svg", { viewBox: "0 0 220 220", class: "chart pie" }, slices), keys };
}

/** The series of a chart as `[{ name, values }]` with the words under the axis. */
function read(form) {
  const axis = form.axis_config ?? form.axes ?? form;
  const points = (one) => one.data ?? one.points ?? one.values ?? [];
  const given = form.series ?? [{ name: "", data: points(form) }];
  const categories = axis.categories ?? form.categories ?? form.labels ?? points(given[0]).map((point, index) => point?.label ?? point?.x ?? String(index + 1));
  const series = given.map((one) => ({
    name: one.name ?? one.label ?? "",
    values: points(one).map((point) => Number(point?.value ?? point?.y ?? point)),
  }));
  return { categories, series, xLabel: axis.x_label, yLabel: axis.y_label };
}

function bars(series, width, y) {
  const each = (width * 0.7) / series.length;
  return series.flatMap((one, which) => one.values.map((value, index) => {
    const x = LEFT + index * width + width * 0.15 + which * each;
    const [top, bottom] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
    return svg(
      "rect",
      { x, y: top, width: Math.max(each - 2, 1), height: bottom - top, rx: 2, fill: colour(which) },
      svg("title", {}, `${one.name} ${value}`.trim()),
    );
  }));
}

function lines(series, width, y, filled) {
  return series.flatMap((one, which) => {
    const points = one.values.map((value, index) => [LEFT + (index + 0.5) * width, y(value)]);
    const path = points.map(([px, py], index) => `${index ? "L" : "M"}${px} ${py}`).join(" ");
    const area = filled && svg(
      "path",
      {
        d: `${path} L${points.at(-1)[0]} ${y(0)} L${points[0][0]} ${y(0)} Z`,
        fill: colour(which),
        class: "chart-area",
      },
    );
    const dots = points.map(([cx, cy], index) => svg(
      "circle",
      { cx, cy, r: 3, fill: colour(which) },
      svg("title", {}, `${one.name} ${one.values[index]}`.trim()),
    ));
    return [
      area,
      svg("path", { d: path, stroke: colour(which), class: "chart-line" }),
      ...dots,
    ].filter(Boolean);
  });
}

function axes(form, type) {
  const { categories, series, xLabel, yLabel } = read(form);
  const { y, marks } = scale(series.flatMap((one) => one.values));
  const width = (WIDE - LEFT - 8) / categories.length;
  const every = Math.ceil(categories.length / 8);
  const nodes = [
    ...marks.map((mark) => [
      svg("line", { x1: LEFT, x2: WIDE - 8, y1: y(mark), y2: y(mark), class: "chart-grid" }),
      label(String(Number(mark.toPrecision(6))), LEFT - 8, y(mark) + 4, "end"),
    ]),
    ...categories.map((word, index) => (index % every ? [] : label(
      String(word),
      LEFT + (index + 0.5) * width,
      HIGH - 16,
    ))),
    xLabel ? label(xLabel, LEFT + (WIDE - LEFT) / 2, HIGH - 1) : [],
    ...(type === "bar" || type === "column" ? bars(series, width, y) : lines(
      series,
      width,
      y,
      type === "area",
    )),
  ];
  const keys = series.length > 1 || series[0].name ? series.map((one, index) => [one.name, index]) : [];
  return {
    picture: svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "chart" }, nodes.flat(2)),
    keys,
    yLabel,
  };
}

/** `data_visualization`. */
export function chart(block) {
  const form = { ...block, ...(block.chart ?? {}) };
  const type = block.chart?.type ?? block.chart_type ?? (form.segments ? "pie" : "bar");
  const { picture, keys, yLabel } = form.segments ? pie(form) : axes(form, type);
  const name = block.title?.text ?? block.title ?? "Chart";
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", [name, ...keys.map(([word]) => word)].filter(Boolean).join(", "));
  const legend = keys.map(([word, index]) => {
    const swatch = el("span.key-swatch");
    swatch.style.backgroundColor = colour(index);
    return el("li", { dir: "auto" }, swatch, word);
  });
  return el("figure.block.chart-block", {}, el("figcaption", { dir: "auto" }, name), yLabel && el(
    "div.chart-y",
    { dir: "auto" },
    yLabel,
  ),
    el("div.chart-row", {}, picture, legend.length > 0 && el("ul.keys", {}, legend)));
}
