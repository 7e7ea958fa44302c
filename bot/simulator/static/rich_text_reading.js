/** Reading what stands in an editor, or in pasted HTML, as a rich text block. */

const STYLES = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", CODE: "code", U: "underline" };
const LINES = new Set(["DIV", "P", "H1", "H2", "H3", "H4", "H5", "H6", "SECTION", "ARTICLE", "TR", "LI", "DT", "DD"]);
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
  const { fontWeight, fontStyle } = node.style ?? {};
  if (fontWeight === "bold" || Number(fontWeight) >= 600) found.bold = true;
  if (fontWeight === "normal" || fontWeight === "400") delete found.bold;
  if (fontStyle === "italic") found.italic = true;
  return found;
}

function inline(node, section, style, keep) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      const text = child.data.replace(/\u00a0/g, " ").replace(/\u200b/g, "");
      section.text(keep ? text : text.replace(/\s+/g, " "), style);
    } else if (child.tagName === "BR") section.text("\n", {});
    else if (child.tagName === "A" && /^(https?|mailto):/.test(child.href)) section.link(child.href, child.textContent, style);
    else if (child.nodeType === Node.ELEMENT_NODE && !UNSEEN.has(child.tagName)) inline(child, section, styleOf(child, style), keep);
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
    items.push({ type: "rich_text_section", elements: sectionOf(own, keep) });
    for (const inner of item.querySelectorAll(":scope > ul, :scope > ol")) {
      flush();
      found.push(...lists(inner, indent + 1, keep));
    }
  }
  flush();
  return found;
}

function part(node, keep) {
  if (node.tagName === "BLOCKQUOTE") return [{ type: "rich_text_quote", elements: sectionOf(node, keep) }];
  if (node.tagName === "PRE") {
    return [{ type: "rich_text_preformatted", elements: [{ type: "text", text: node.innerText.replace(/\n$/, "") }] }];
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
        elements.push(...part(child, keep));
      } else if (LINES.has(child.tagName)) {
        section.breakLine();
        if (child.querySelector([...PARTS, ...LINES].join())) walk(child);
        else inline(child, section, styleOf(child, {}), keep);
        if (!keep && child.tagName === "P") section.breakLine();
      } else if (!UNSEEN.has(child.tagName)) {
        const holder = document.createDocumentFragment();
        holder.append(child.cloneNode(true));
        if (child.nodeType === Node.ELEMENT_NODE && child.querySelector([...PARTS, ...LINES].join())) walk(child);
        else if (keep || child.nodeType !== Node.TEXT_NODE || child.data.trim()) inline(holder, section, {}, keep);
      }
    }
  };
  walk(root);
  flush();
  return elements.length ? { type: "rich_text", elements } : null;
}
