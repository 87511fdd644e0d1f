import { renderToString } from "react-dom/server";
import { afterEach, expect, test } from "vitest";
import { setTimeStyle } from "@/components/ui/format-time";
import { useShownClock } from "@/components/ui/use-shown-clock";
import { Providers } from "./providers";

afterEach(() => setTimeStyle({ timeZone: null, clock: "24h" }));

function Column() {
  return <p>{useShownClock()}</p>;
}

test("the server knows the viewer's clock, so that no column widens when the page has loaded", () => {
  const page = (clock: "12h" | "24h") =>
    renderToString(
      <Providers isPhone={false} user={{ timeZone: null, clock }}>
        <Column />
      </Providers>,
    );
  expect(page("12h")).toContain("<p>12h</p>");
  expect(page("24h")).toContain("<p>24h</p>");
});
