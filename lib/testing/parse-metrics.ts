/** A sample of Prometheus' text format. */
export type Sample = { name: string; labels: Record<string, string>; value: number };

const nameForm = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const sampleForm = new RegExp(`^(${nameForm})(?:\\{(.*)\\})? (\\S+)$`);
const labelForm = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)/y;

/**
 * Reads Prometheus' text format (version 0.0.4).
 *
 * @returns the samples, by the family that they belong to, with its type
 * @throws if a line is none of the format, or a sample stands in another's family
 */
export function parseMetrics(text: string): Map<string, { type: string; samples: Sample[] }> {
  const families = new Map<string, { type: string; samples: Sample[] }>();
  if (!text.endsWith("\n")) throw new Error("the last line must end with a line feed");
  for (const line of text.split("\n")) {
    const [, typed, type = ""] =
      new RegExp(`^# TYPE (${nameForm}) (counter|gauge|histogram|summary)$`).exec(line) ?? [];
    if (typed) families.set(typed, { type, samples: [] });
    if (line === "" || line.startsWith("#")) continue;
    const [, name = "", labels = "", value = ""] = sampleForm.exec(line) ?? [];
    const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ""));
    if (!family) throw new Error(`a line is no sample of a family that was declared: ${line}`);
    family.samples.push({ name, labels: readLabels(labels, line), value: readValue(value, line) });
  }
  return families;
}

/** The sum of a family's samples with these labels; of a histogram, of how many values it has. */
export function sumOf(text: string, name: string, labels: Record<string, string> = {}): number {
  const family = parseMetrics(text).get(name);
  if (!family) throw new Error(`there is no metric ${name}`);
  const counted = family.type === "histogram" ? `${name}_count` : name;
  return family.samples
    .filter((sample) => sample.name === counted)
    .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}

function readLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  labelForm.lastIndex = 0;
  while (labelForm.lastIndex < text.length) {
    const [, name, value] = labelForm.exec(text) ?? [];
    if (name === undefined || value === undefined) throw new Error(`labels cannot be read: ${line}`);
    labels[name] = value;
  }
  return labels;
}

function readValue(text: string, line: string): number {
  const value = text === "+Inf" ? Number.POSITIVE_INFINITY : Number(text);
  if (text === "" || Number.isNaN(value)) throw new Error(`the value is no number: ${line}`);
  return value;
}
