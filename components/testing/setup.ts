import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// What loads when it is first opened takes its time on a busy machine.
configure({ asyncUtilTimeout: 20_000 });

afterEach(() => {
  cleanup();
  window.sessionStorage.clear();
  window.localStorage.clear();
});
