import fc from "fast-check";
import { Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { PlainHistogram } from "./plain-histogram";

const buckets = [0.005, 0.01, 0.1, 1, 15];
const config = { name: "seconds", help: "Seconds.", buckets };

test("it tells what the library's own histogram tells of the same values, in its own words", async () => {
  const values = fc.array(
    fc.oneof(fc.constantFrom(0, 20, ...buckets), fc.double({ min: 0, max: 20, noNaN: true })),
  );
  await fc.assert(
    fc.asyncProperty(values, async (given) => {
      const [ours, theirs] = [new Registry(), new Registry()];
      const plain = new PlainHistogram({ ...config, registers: [ours] });
      const library = new Histogram({ ...config, registers: [theirs] });
      for (const value of given) {
        plain.add(value);
        library.observe(value);
      }
      expect(await ours.getMetricsAsJSON()).toEqual(await theirs.getMetricsAsJSON());
    }),
  );
});
