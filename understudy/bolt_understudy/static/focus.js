/** Focus that outlives the control that held it. */

const CONTROLS = "a[href], button, input, select, textarea, [contenteditable=true], [tabindex='0']";

function controls(root) {
  const inside = [...root.querySelectorAll(CONTROLS)].filter((node) => !node.disabled);
  return root.matches(CONTROLS) ? [root, ...inside] : inside;
}

function focusOn(node, selection) {
  node.focus({ preventScroll: true });
  if (selection && node.setSelectionRange && node.selectionStart !== null) node.setSelectionRange(...selection);
}

/**
 * Remember the focus inside `root` before it is drawn anew.
 *
 * Gives a function that puts a lost focus on what took the place of its holder: the control of the same
 * name (`data-focus`), else the one in the same place, else what surrounds it.
 */
export function holdFocus(root) {
  const held = document.activeElement;
  if (!held || !root.contains(held)) return () => {};
  const around = root.closest("[tabindex]") ?? root.parentElement?.closest("[tabindex]");
  const at = controls(root).indexOf(held);
  const name = held.dataset.focus;
  const selection = typeof held.selectionStart === "number" && [held.selectionStart, held.selectionEnd];
  return (fresh = root) => {
    if (held.isConnected && held === document.activeElement) return;
    const now = document.activeElement;
    if (now && now !== document.body && now.isConnected) return;
    const all = controls(fresh);
    const same = held.isConnected ? held : name && all.find((node) => node.dataset.focus === name);
    const target = same ?? all[Math.min(at, all.length - 1)] ?? around;
    if (target?.isConnected) focusOn(target, target === same && selection);
  };
}

/**
 * Remember a control beyond its own life.
 *
 * Gives a function that focuses it, or the one of its name in the same message or pane, or where one types.
 */
export function wayBack(node) {
  const row = node?.closest("[data-ts]");
  const place = row ? `[data-ts="${CSS.escape(row.dataset.ts)}"]` : ".home";
  const name = node?.dataset.focus;
  return () => {
    const now = document.querySelector(place);
    const like = now && name && now.querySelector(`[data-focus="${CSS.escape(name)}"]`);
    const back = node?.isConnected && node !== document.body ? node : like;
    const target = back ?? (now && controls(now)[0]) ?? document.querySelector(".composer textarea, .scroller");
    target?.focus({ preventScroll: true });
  };
}
