import { readdirSync, readFileSync } from "node:fs";
import { extendTailwindMerge } from "tailwind-merge";
import { expect, test } from "vitest";
import { cn } from "./cn";

/** Tailwind's own groups, with the names that the theme in `app/globals.css` adds. */
const mergeByAll = extendTailwindMerge({
  cacheSize: 0,
  extend: {
    theme: {
      animate: ["fade-in", "pop-in", "slide-in-left", "slide-in-right", "row-new"],
      shadow: ["overlay"],
    },
  },
});

/** Words in strings of the sources that Tailwind knows as classes, without their variants. */
const classes = new Set(
  ["app", "components"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|class-groups/.test(file))
    .flatMap((file) => readFileSync(file, "utf8").match(/"[^"\n]*"|`[^`]*`/g) ?? [])
    .flatMap((text) => text.match(/[^\s"'`<>{}]+/g) ?? [])
    .map((word) => word.replace(/^(?:[^[\]():]|\[[^\]]*\]|\([^)]*\))*:/, ""))
    .filter((word) => /^-?[a-z][\w./%-]*(?:\[[^[\]]+\]|\(--[\w-]+\))?$/.test(word))
    .filter((word) => mergeByAll(`${word} ${word}`) === word),
);

test("any two classes of the sources are merged as by all groups of Tailwind", () => {
  expect(classes.size).toBeGreaterThan(300);
  const wrong: string[] = [];
  for (const a of classes) {
    for (const b of classes) {
      const both = `${a} ${b}`;
      if (cn(both) !== mergeByAll(both)) wrong.push(both);
    }
  }
  expect(wrong).toEqual([]);
});
