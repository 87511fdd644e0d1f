import type { Config } from "tailwind-merge";

const any = () => true;
const isNumber = (value: string) => /^\d+$/.test(value);
const isLength = (value: string) => /^\[[\d.]+(?:px|rem|em)\]$/.test(value);

/** Groups that are named as their classes begin: `shrink` has `shrink` and `shrink-0`. */
const byName = Object.fromEntries(
  (
    "overflow overflow-x overflow-y inset inset-x inset-y top right bottom left z basis grow shrink order grid-cols col-start " +
    "gap gap-x gap-y justify justify-items justify-self items place-items p px py pt pr pb pl m mx my mt mr mb ml " +
    "size w min-w max-w h min-h max-h tracking leading list underline-offset align whitespace break wrap bg content " +
    "rounded rounded-t rounded-b rounded-l rounded-r outline-offset shadow opacity transition duration animate rotate translate-x " +
    "translate-y appearance cursor field-sizing pointer-events resize select fill stroke filter col-span"
  )
    .split(" ")
    .map((name) => [name, [name, { [name]: [any] }]]),
);

/**
 * The classes that the dashboard uses, for `tailwind-merge`: its own list is 7 KB of each page. A test compares the
 * two, and fails for a class that needs another group.
 */
export const classGroups: Omit<Config<string, string>, "cacheSize"> = {
  theme: {},
  classGroups: {
    ...byName,
    display: [
      "block",
      "inline",
      "inline-block",
      "inline-flex",
      "inline-grid",
      "flex",
      "grid",
      "table",
      "contents",
      "hidden",
    ],
    position: ["static", "relative", "absolute", "fixed", "sticky"],
    "table-layout": ["table-auto", "table-fixed"],
    sr: ["sr-only", "not-sr-only"],
    visibility: ["visible", "invisible"],
    "flex-direction": [{ flex: ["row", "row-reverse", "col", "col-reverse"] }],
    "flex-wrap": [{ flex: ["wrap", "nowrap"] }],
    flex: [{ flex: [any] }],
    "font-size": [{ text: ["xs", "sm", "base", "lg", "xl", "2xl", isLength] }],
    "text-align": [{ text: ["left", "center", "right"] }],
    "text-color": [{ text: [any] }],
    "font-style": ["italic", "not-italic"],
    "font-weight": [{ font: ["normal", "medium", "semibold", "bold"] }],
    "font-family": [{ font: ["sans", "mono"] }],
    "font-figures": ["tabular-nums"],
    "text-decoration": ["underline", "line-through", "no-underline"],
    "text-transform": ["uppercase", "lowercase", "capitalize", "normal-case"],
    truncate: ["truncate"],
    "border-w": ["border", { border: [isNumber] }],
    "border-w-y": [{ border: [{ y: ["", isNumber] }] }],
    "border-w-t": [{ border: [{ t: ["", isNumber] }] }],
    "border-w-r": [{ border: [{ r: ["", isNumber] }] }],
    "border-w-b": [{ border: [{ b: ["", isNumber] }] }],
    "border-w-l": [{ border: [{ l: ["", isNumber] }] }],
    "border-style": [{ border: ["solid", "dashed", "none"] }],
    "border-color": [{ border: [any] }],
    "border-collapse": [{ border: ["collapse", "separate"] }],
    "border-spacing": [{ "border-spacing": [isNumber] }],
    "divide-y": ["divide-y"],
    "divide-color": [{ divide: [any] }],
    "outline-style": [{ outline: ["none", "hidden"] }],
    "outline-w": ["outline", { outline: [isNumber] }],
    "outline-color": [{ outline: [any] }],
  },
  conflictingClassGroups: {
    overflow: ["overflow-x", "overflow-y"],
    inset: ["inset-x", "inset-y", "top", "right", "bottom", "left"],
    "inset-x": ["right", "left"],
    "inset-y": ["top", "bottom"],
    flex: ["basis", "grow", "shrink"],
    gap: ["gap-x", "gap-y"],
    p: ["px", "py", "pt", "pr", "pb", "pl"],
    px: ["pr", "pl"],
    py: ["pt", "pb"],
    m: ["mx", "my", "mt", "mr", "mb", "ml"],
    mx: ["mr", "ml"],
    my: ["mt", "mb"],
    size: ["w", "h"],
    "font-size": ["leading"],
    rounded: ["rounded-t", "rounded-b", "rounded-l", "rounded-r"],
    "border-w": ["border-w-y", "border-w-t", "border-w-r", "border-w-b", "border-w-l"],
    "border-w-y": ["border-w-t", "border-w-b"],
  },
  conflictingClassGroupModifiers: {},
  orderSensitiveModifiers: ["before", "after", "placeholder", "file", "marker", "selection", "backdrop"],
};
