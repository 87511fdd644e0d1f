import { describe } from "vitest";
import { testEngineContract } from "../testing/engine-contract";
import { startTestEngine } from "../testing/start-test-engine";

describe("the embedded engine", () => {
  testEngineContract((makeFunctions) => startTestEngine(makeFunctions, {}));
});
