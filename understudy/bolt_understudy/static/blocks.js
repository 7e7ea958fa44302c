/** Every block, by its type. */

import { chart } from "./charts.js";
import { el } from "./dom.js";
import { drawElement } from "./elements.js";
import { icon } from "./icons.js";
import { inputBlock } from "./input_block.js";
import { reconcile } from "./keyed.js";
import { markdownNodes } from "./markdown.js";
import { textNodes, words } from "./mrkdwn.js";
import { isOurs } from "./names.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";

/** An element that stands in a section or in actions: the app is told of each use. */
function acting(element, block, surface, label) {
  return drawElement(element, { block, surface, dispatches: true, label, controls: {} });
}

/** Pictures from elsewhere are not fetched: the page shows what they stand for. */
function picture(element, kind) {
  const url = element.image_url ?? element.slack_file?.url ?? "";
  if (isOurs(url)) return el(`img.${kind}`, { src: url, alt: element.alt_text });
  if (kind !== "picture") {
    const named = { role: "img", "aria-label": element.alt_text, title: element.alt_text };
    return el(`span.${kind}.stand-in`, named, icon("image", 16));
  }
  const inside = [icon("image", 28), el("span", {}, element.alt_text)];
  return url
    ? el("a.picture.stand-in", { href: url, target: "_blank", rel: "noopener noreferrer" }, inside)
    : el("span.picture.stand-in", {}, inside);
}

function section(block, surface) {
  const text = block.text && el("div.section-text", { dir: "auto" }, textNodes(block.text));
  const fields = block.fields && el(
    "div.fields",
    {},
    block.fields.map((field) => el("div.field", { dir: "auto" }, textNodes(field))),
  );
  const { accessory } = block;
  const label = block.text ? words(block.text).slice(0, 100) : "";
  const isImage = accessory?.type === "image";
  const side = isImage ? picture(accessory, "thumbnail") : accessory && acting(accessory, block, surface, label);
  const below = accessory && ["radio_buttons", "checkboxes"].includes(accessory.type);
  return el(
    `div.block.section${below ? ".below" : ""}`,
    {},
    el("div.section-main", {}, text, fields),
    side && el("div.accessory", {}, side),
  );
}

/** A heading below that of the pane, or of the modal that it stands in. */
function header(block, surface) {
  const level = block.level ?? 1;
  const above = surface.container.type === "view" ? 2 : 1;
  return el(`h${above + level}.block.header.level-${level}`, { dir: "auto" }, textNodes(block.text));
}

function context(block) {
  return el("div.block.context", {}, block.elements.map((element) =>
    element.type === "image"
      ? picture(element, "context-image")
      : el("span.context-text", { dir: "auto" }, textNodes(element))));
}

function actions(block, surface) {
  return el(
    "div.block.actions",
    {},
    block.elements.map((element) => acting(element, block, surface, element.type.replaceAll("_", " "))),
  );
}

function image(block) {
  return el(
    "figure.block.image",
    {},
    block.title && el("figcaption", { dir: "auto" }, textNodes(block.title)),
    picture(block, "picture"),
  );
}

function container(block, surface) {
  const inside = el("div.container-body");
  reconcileBlocks(inside, block.child_blocks, surface);
  const title = block.title ? textNodes(block.title) : richText(block.rich_text_title);
  const head = [
    el("b", { dir: "auto" }, title),
    block.subtitle && el("span.container-note", { dir: "auto" }, textNodes(block.subtitle)),
  ];
  if (!block.is_collapsible) return el("div.block.container", {}, el("div.container-head", {}, head), inside);
  return el(
    "details.block.container",
    { open: !block.default_collapsed },
    el("summary.container-head", {}, head),
    inside,
  );
}

function card(block, surface) {
  return el(
    "div.block.card-block", {},
    block.hero_image && picture(block.hero_image, "picture"),
    block.title && el("b", { dir: "auto" }, textNodes(block.title)),
    block.subtitle && el("div.container-note", { dir: "auto" }, textNodes(block.subtitle)),
    block.body && el("div", { dir: "auto" }, textNodes(block.body)),
    block.actions && actions({ ...block, elements: block.actions }, surface),
  );
}

const BLOCKS = {
  section,
  header,
  context,
  actions,
  image,
  table,
  container,
  card,
  input: inputBlock,
  data_table: dataTable,
  data_visualization: chart,
  context_actions: actions,
  divider: () => el("hr.block.divider"),
  rich_text: (block) => el("div.block", {}, richText(block)),
  markdown: (block) => el("div.block.markdown", {}, markdownNodes(block.text)),
  carousel: (block, surface) => el("div.block.carousel", {}, block.elements.map((one) => card(one, surface))),
  alert: (block) => el(
    `div.block.alert.${block.level ?? "default"}`,
    { role: "note", dir: "auto" },
    icon("alert", 16),
    el("span", {}, textNodes(block.text)),
  ),
};

function drawBlock(block, surface) {
  const draw = BLOCKS[block.type];
  return draw ? draw(block, surface) : el("div.block.unknown", {}, `A “${block.type}” block is not drawn here.`);
}

/** Bring the blocks in `parent` up to date; those that did not change are left alone. */
export function reconcileBlocks(parent, blocks, surface) {
  reconcile(parent, blocks.map((block, index) => ({
    key: block.block_id ? `${block.type} ${block.block_id}` : index,
    sig: JSON.stringify(block),
    make: () => drawBlock(block, surface),
  })));
}
