/** Bringing a list of nodes up to date without touching what did not change. */

import { holdFocus } from "./focus.js";

const drawn = new WeakMap();

/** Put `fresh` in the place of `old`; the focus in `old` goes to its like in `fresh`. */
function replaceKeepingFocus(old, fresh) {
  const restore = holdFocus(old);
  old.replaceWith(fresh);
  restore(fresh);
}

/**
 * Make the children of `parent` those of `items`.
 *
 * An item is `{ key, sig, make, patch? }`: a node with the same key and sig stays as it is, one with
 * another sig is patched where the item can, and otherwise made anew.
 */
export function reconcile(parent, items) {
  const before = drawn.get(parent) ?? new Map();
  const after = new Map();
  const wanted = new Set(items.map((item) => item.key));
  const restore = holdFocus(parent);
  for (const [key, known] of before) if (!wanted.has(key)) known.node.remove();
  let cursor = parent.firstChild;
  for (const item of items) {
    const known = before.get(item.key);
    let node = known?.node;
    if (!known) {
      node = item.make();
    } else if (known.sig !== item.sig) {
      if (item.patch) {
        item.patch(node);
      } else {
        const fresh = item.make();
        if (cursor === node) cursor = fresh;
        replaceKeepingFocus(node, fresh);
        node = fresh;
      }
    }
    after.set(item.key, { node, sig: item.sig });
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  }
  drawn.set(parent, after);
  restore();
}
