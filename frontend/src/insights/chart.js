/**
 * Columns as inline SVG. Places are in percent of its width and heights in pixels, so that it fits any page while its
 * letters keep their size. It says itself what it shows; the table behind it has the same as numbers.
 */

const SVG = "http://www.w3.org/2000/svg";
/** Above the columns a line for numbers, below them one for labels. */
const LINE = 20;
/** Of a column's place. */
const FILLED = 0.72;
const LEAST = 2;

/**
 * @typedef {Object} Column
 * @property {string} label below it
 * @property {Array<number | null>} parts from below to above; null: too few to tell
 */

/**
 * @param {{columns: Column[], name: string, height: number}} options name: what a screen reader says; height: of the
 *   tallest column, in pixels
 * @returns {SVGElement}
 */
export function columnChart({ columns, name, height }) {
  const most = Math.max(1, ...columns.map(total));
  const chart = draw("svg", { class: "psy-chart", role: "img", "aria-label": name, width: "100%", height: height + 2 * LINE });
  // What comes first stands where reading begins.
  const ordered = document.documentElement.dir === "rtl" ? [...columns].reverse() : columns;
  const place = 100 / ordered.length;
  ordered.forEach((column, at) => {
    const middle = `${(at + 0.5) * place}%`;
    let top = LINE + height;
    column.parts.forEach((n, kind) => {
      if (!n) return;
      const tall = Math.max(LEAST, (n / most) * height);
      top -= tall;
      chart.append(draw("rect", {
        class: `psy-chart__part psy-chart__part--${kind}`, x: `${(at + (1 - FILLED) / 2) * place}%`, y: top, width: `${FILLED * place}%`, height: tall,
      }));
    });
    const known = column.parts.some((n) => n !== null);
    chart.append(
      draw("text", { class: "psy-chart__number", x: middle, y: Math.max(LINE, top) - 5 }, known ? String(total(column)) : "–"),
      draw("text", { class: "psy-chart__label", x: middle, y: height + 2 * LINE - 4 }, column.label),
    );
  });
  chart.append(draw("line", { class: "psy-chart__ground", x1: 0, x2: "100%", y1: LINE + height, y2: LINE + height }));
  return chart;
}

/** @returns {SVGElement} a small field with the look of a part, for a legend */
export function swatch(kind) {
  const field = draw("svg", { class: "psy-chart__swatch", "aria-hidden": "true", width: 14, height: 14 });
  field.append(draw("rect", { class: `psy-chart__part psy-chart__part--${kind}`, x: 1, y: 1, width: 12, height: 12 }));
  return field;
}

/**
 * @param {{n: number, of: number, name: string}} options
 * @returns {SVGElement} one bar, as long as its part of the whole
 */
export function barChart({ n, of, name }) {
  const chart = draw("svg", { class: "psy-chart psy-chart--bar", role: "img", "aria-label": name, width: "100%", height: 12 });
  const wide = (100 * n) / Math.max(1, of);
  const x = document.documentElement.dir === "rtl" ? 100 - wide : 0;
  chart.append(
    draw("rect", { class: "psy-chart__track", x: 0, y: 0, width: "100%", height: 12 }),
    draw("rect", { class: "psy-chart__part psy-chart__part--0", x: `${x}%`, y: 0, width: `${wide}%`, height: 12 }),
  );
  return chart;
}

const total = ({ parts }) => parts.reduce((sum, n) => sum + (n || 0), 0);

function draw(tag, attrs, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attrs)) node.setAttribute(name, String(value));
  if (text) node.textContent = text;
  return node;
}
