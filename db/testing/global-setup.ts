import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { openDataFolder } from "../../bin/embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "../../bin/embedded-postgres/embedded-postgres.mjs";
import { migrate } from "../migrate";
import { createDatabase, type TestServer } from "./test-server";

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
    /** Of PostgreSQL; the newest if there is none. */
    postgresMajor?: number;
  }
}

/** Starts one server for a run of a project's tests and migrates the template that each file's database is a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(path.join(os.tmpdir(), "posthorn-test-"));
  chmodSync(dir, 0o711);
  const removeDir = () => rmSync(dir, { recursive: true, force: true });
  try {
    const { postgresMajor: major } = project.getProvidedContext();
    const postgres = await startEmbeddedPostgres(openDataFolder(dir), { durable: false, major });
    const teardown = async () => {
      await postgres.stop();
      removeDir();
    };
    try {
      const server = { url: postgres.url, template: "template_migrated" };
      await migrate(await createDatabase(server.url, server.template));
      project.provide("testServer", server);
      return teardown;
    } catch (error) {
      await teardown();
      throw error;
    }
  } catch (error) {
    removeDir();
    throw error;
  }
}
