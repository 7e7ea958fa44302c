/** Reading what stands in an editor, or in pasted HTML, as a rich text block. */

const STYLES = {
  B: "bold",
  STRONG: "bold",
  I: "italic",
  EM: "italic",
  S: "strike",
  STRIKE: "strike",
  DEL: "strike",
  CODE: "code",
  U: "underline",
};
const LINES = new Set([
  "DIV",
  "P",
  "H1",
  "H2",
  "H3",
  "H4",
  "H5",
  "H6",
  "SECTION",
  "ARTICLE",
  "TR",
  "LI",
  "DT",
  "DD",
]);
const PARTS = new Set(["UL", "OL", "BLOCKQUOTE", "PRE"]);
const UNSEEN = new Set(["STYLE", "SCRIPT", "TITLE", "META", "HEAD"]);

/** Collects text with the same style into one element. */
class Section {
  constructor() {
    this.elements = [];
  }

  text(text, style) {
    const last = this.elements.at(-1);
    if (last?.type === "text" && JSON.stringify(last.style ?? {}) === JSON.stringify(style)) last.text += text;
    else if (text) this.elements.push({ type: "text", text, ...(Object.keys(style).length && { style }) });
  }

  link(url, text, style) {
    this.elements.push({ type: "link", url, text, ...(Object.keys(style).length && { style }) });
  }

  /** End the line, unless nothing stands before it. */
  breakLine() {
    if (this.elements.length) this.text("\n", {});
  }

  /** The elements without line breaks at either end. */
  finished() {
    const [first] = this.elements;
    if (first?.type === "text") first.text = first.text.replace(/^\n+/, "");
    const last = this.elements.at(-1);
    if (last?.type === "text") last.text = last.text.replace(/\n+$/, "");
    return this.elements.filter((element) => element.type !== "text" || element.text);
  }
}

function styleOf(node, style) {
  const name = STYLES[node.tagName];
  const found = name ? { ...style, [name]: true } : { ...style };
  const inlineStyle = node.dataset?.style ?? "";
  if (/font-weight:\s*(bold|[6-9]00)/.test(inlineStyle)) found.bold = true;
  if (/font-weight:\s*(normal|400)/.test(inlineStyle)) delete found.bold;
  if (/font-style:\s*italic/.test(inlineStyle)) found.italic = true;
  return found;
}

function inline(node, section, style, keep) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      const text = child.data.replace(/\u00a0/g, " ").replace(/\u200b/g, "");
      section.text(keep ? text : text.replace(/\s+/g, " "), style);
    } else if (child.tagName === "BR") {
      // The break at the end of a line only holds the line open.
      if (child.nextSibling || !LINES.has(node.tagName)) section.text("\n", {});
    }
    else if (LINES.has(child.tagName)) {
      section.breakLine();
      inline(child, section, styleOf(child, style), keep);
    }
    else if (child.tagName === "A" && /^(https?|mailto):/.test(child.href)) section.link(
      child.href,
      child.textContent,
      style,
    );
    else if (child.nodeType === Node.ELEMENT_NODE && !UNSEEN.has(child.tagName)) inline(
      child,
      section,
      styleOf(child, style),
      keep,
    );
  }
}

function sectionOf(node, keep) {
  const section = new Section();
  inline(node, section, {}, keep);
  return section.finished();
}

function lists(node, indent, keep) {
  const style = node.tagName === "OL" ? "ordered" : "bullet";
  const found = [];
  let items = [];
  const flush = () => {
    if (items.length) found.push({ type: "rich_text_list", style, indent, elements: items });
    items = [];
  };
  for (const item of node.children) {
    if (PARTS.has(item.tagName)) {
      flush();
      found.push(...lists(item, indent + 1, keep));
      continue;
    }
    const own = item.cloneNode(true);
    for (const inner of own.querySelectorAll("ul, ol")) inner.remove();
    const content = sectionOf(own, keep);
    if (content.length) items.push({ type: "rich_text_section", elements: content });
    for (const inner of item.querySelectorAll(":scope > ul, :scope > ol")) {
      flush();
      found.push(...lists(inner, indent + 1, keep));
    }
  }
  flush();
  return found;
}

/** The text of a node or fragment, in which `br` ends a line. */
export function textOf(node) {
  return [...node.childNodes]
    .map((child) => (child.nodeName === "BR" ? "\n" : child.nodeType === Node.TEXT_NODE ? child.data : textOf(child)))
    .join("")
    .replace(/\u200b/g, "");
}

/** Add a part; a quote after a quote, or code after code, goes on with it. */
function addPart(elements, fresh) {
  const last = elements.at(-1);
  const goesOn = last?.type === fresh.type && [
    "rich_text_quote",
    "rich_text_preformatted",
  ].includes(fresh.type);
  if (!goesOn) {
    elements.push(fresh);
    return;
  }
  const end = last.elements.at(-1);
  if (end?.type === "text") end.text += "\n";
  else last.elements.push({ type: "text", text: "\n" });
  last.elements.push(...fresh.elements);
}

function part(node, keep) {
  if (node.tagName === "BLOCKQUOTE") {
    const found = sectionOf(node, keep);
    return found.length ? [{ type: "rich_text_quote", elements: found }] : [];
  }
  if (node.tagName === "PRE") {
    const text = textOf(node).replace(/\n+$/, "");
    return text ? [{ type: "rich_text_preformatted", elements: [{ type: "text", text }] }] : [];
  }
  return lists(node, 0, keep);
}

/**
 * The rich text block of a node's content, or null when there is nothing.
 *
 * `keep` keeps white space as typed (an editor) rather than as HTML counts it (a page).
 */
export function readRichText(root, { keep = true } = {}) {
  const elements = [];
  let section = new Section();
  const flush = () => {
    const found = section.finished();
    if (found.length) elements.push({ type: "rich_text_section", elements: found });
    section = new Section();
  };
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (PARTS.has(child.tagName)) {
        flush();
        for (const one of part(child, keep)) addPart(elements, one);
      } else if (LINES.has(child.tagName)) {
        section.breakLine();
        if (child.querySelector([...PARTS, ...LINES].join())) walk(child);
        else inline(child, section, styleOf(child, {}), keep);
        if (!keep && child.tagName === "P") section.breakLine();
      } else if (!UNSEEN.has(child.tagName)) {
        const holder = document.createDocumentFragment();
        holder.append(child.cloneNode(true));
        if (child.nodeType === Node.ELEMENT_NODE && child.querySelector([...PARTS, ...LINES].join())) walk(child);
        else if (keep || child.nodeType !== Node.TEXT_NODE || child.data.trim()) inline(
          holder,
          section,
          {},
          keep,
        );
      }
    }
  };
  walk(root);
  flush();
  return elements.length ? { type: "rich_text", elements } : null;
}
