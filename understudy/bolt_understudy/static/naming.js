/** How a control is called. */

/** The attributes that name a control for a screen reader: by its label's id, or by words. */
export function naming({ label, labelledBy, describedBy }) {
  return labelledBy
    ? { "aria-labelledby": labelledBy, "aria-describedby": describedBy }
    : { "aria-label": label };
}
