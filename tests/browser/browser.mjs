// A headless Chromium that can reach no host, and pages in it that remember what they asked for and complained of.

import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

// The packages lie in the build folder, not beside this file.
const require = createRequire(resolve(process.env.PATROLZONES_NODE_FOLDER, "package.json"));
const { chromium } = require("playwright-core");
const axePath = require.resolve("axe-core/axe.min.js");

const ARGUMENTS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND"];

/** Fails with a plain word where no Chromium is on the PATH. */
function chromiumPath() {
  return execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"],
    { encoding: "utf8" }).trim();
}

/** A browser with a profile of its own, which close() removes again. */
export async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), "patrolzones-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    headless: true,
    args: process.getuid() === 0 ? [...ARGUMENTS, "--no-sandbox"] : ARGUMENTS,
  });
  context.setDefaultTimeout(10_000);
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, close };
}

/** Opens a file; `requests` and `complaints` fill up as long as the page lives. */
export async function openFile(context, path, { width = 1280, height = 800 } = {}) {
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  await page.goto(pathToFileURL(resolve(path)).href);
  return { page, requests, complaints };
}

/** What axe-core finds serious or critical under WCAG 2.1 A and AA in a part of the page, as lines of text. */
export async function seriousViolations(page, part = "html") {
  const axe = require("node:fs").readFileSync(axePath, "utf8");
  await page.evaluate(axe); // through the debugger, past the page's own policy
  const { violations } = await page.evaluate((selector) => window.axe.run(selector, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    resultTypes: ["violations"],
  }), part);
  return violations.filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 5).join(" | ")}`);
}
