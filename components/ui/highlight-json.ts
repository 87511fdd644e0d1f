import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import json from "shiki/langs/json.mjs";

export type HighlightedLine = { text: string; color: string | undefined }[];

let highlighter: Promise<HighlighterCore> | undefined;

/** Splits JSON into lines of coloured pieces. Colours are CSS variables, so light and dark need no second pass. */
export async function highlightJson(code: string): Promise<HighlightedLine[]> {
  highlighter ??= createHighlighterCore({
    langs: [json],
    themes: [createCssVariablesTheme({ variablePrefix: "--shiki-" })],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const { tokens } = (await highlighter).codeToTokens(code, { lang: "json", theme: "css-variables" });
  return tokens.map((line) => line.map(({ content, color }) => ({ text: content, color })));
}
