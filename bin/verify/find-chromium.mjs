import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { withProgress } from "../launcher/progress.mjs";
import { checkout } from "../launcher/settings.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const macApps = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const installMinutes = 10;

/** How the package managers of systems install it, by the first that is there. */
const packageManagers = [
  { program: "apt-get", commands: [["update"], ["install", "-y", "chromium"]] },
  { program: "dnf", commands: [["install", "-y", "chromium"]] },
  { program: "pacman", commands: [["-Sy", "--noconfirm", "chromium"]] },
  { program: "apk", commands: [["add", "--no-cache", "chromium"]] },
];

/**
 * The program of a Chromium that runs: the one of this machine, else Playwright's own, else one that is installed now.
 * @returns {Promise<string>} its path; throws if none can be found or installed
 */
export async function findChromium() {
  const found = onThisMachine() ?? (await playwrights());
  if (found) return found;
  return withProgress("Installing Chromium", async () => {
    runBriefly(process.execPath, [
      path.join(checkout, "node_modules/@playwright/test/cli.js"),
      "install",
      "chromium",
    ]);
    const downloaded = await playwrights();
    if (downloaded) return downloaded;
    installFromSystem();
    const installed = onThisMachine();
    if (installed) return installed;
    throw new Error(
      "The tests need Chromium, and none could be installed. Install it with the system's package manager, or set CHROMIUM_PATH to a Chromium or Chrome.",
    );
  });
}

function onThisMachine() {
  const asked = [process.env.CHROMIUM_PATH, process.env.POSTHORN_CHROMIUM].filter(
    (value) => value !== undefined,
  );
  const folders = (process.env.PATH ?? "").split(path.delimiter).concat("/usr/bin", "/snap/bin");
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...asked, ...candidates, ...macApps].find((file) => existsSync(file) && runs(file)) ?? null;
}

async function playwrights() {
  const { chromium } = await import("@playwright/test");
  const file = chromium.executablePath();
  return existsSync(file) && runs(file) ? file : null;
}

/**
 * It may be there and yet lack libraries of the system, or be a stub that asks to install another package.
 * @param {string} file
 */
function runs(file) {
  return spawnSync(file, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}

function installFromSystem() {
  const manager = packageManagers.find(({ program }) => hasProgram(program));
  if (!manager) return;
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  for (const args of manager.commands) {
    const [program = "", ...rest] = [...asRoot, manager.program, ...args];
    runBriefly(program, rest);
  }
}

/** @param {string} program */
function hasProgram(program) {
  return spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status === 0;
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function runBriefly(program, args) {
  spawnSync(program, args, {
    cwd: checkout,
    stdio: "ignore",
    timeout: installMinutes * 60_000,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}
