// The patrol sheets, on the screen and on paper.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, openFile, seriousViolations } from "./browser.mjs";

const FOLDER = process.env.PATROLZONES_NODE_FOLDER;
const A4_HEIGHT = (297 / 25.4) * 96;

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const isoDay = (text, more) => new Date(Date.parse(text.slice(0, 10)) + more * 86_400_000).toISOString().slice(0, 10);

/** The shifts with visits of the first so many days: each is a page. */
function wantedShifts(name, days) {
  const data = JSON.parse(readFileSync(join(FOLDER, name, "report.json"), "utf8"));
  const end = isoDay(data.plan.start, days);
  return data.shifts.filter((shift) => shift.visits.length > 0 && shift.day < end);
}

function pdfPages(name) {
  const facts = execFileSync("pdfinfo", [join(FOLDER, name, "sheets.pdf")], { encoding: "utf8" });
  assert.match(facts, /Page size:.*A4/);
  return Number(facts.match(/Pages:\s+(\d+)/)[1]);
}

for (const [name, days] of [["county", 28], ["sixty", 7]]) {
  test(`${name}: the PDF has a page for every unit and shift, whatever it holds`, () => {
    assert.equal(pdfPages(name), wantedShifts(name, days).length);
  });

  test(`${name}: each sheet fits on its page and lists its visits in order`, async () => {
    const { page, requests, complaints } = await openFile(browser.context, join(FOLDER, name, "sheets.html"));
    await page.emulateMedia({ media: "print" });
    const sheets = await page.locator(".sheet").evaluateAll((all) => all.map((sheet) => ({
      unit: sheet.querySelector("h1").textContent,
      height: sheet.offsetHeight,
      width: sheet.scrollWidth - sheet.clientWidth,
      times: [...sheet.querySelectorAll(".time")].map((cell) => cell.textContent.slice(0, 5)),
      north: sheet.querySelectorAll(".north, .scale").length,
      boxes: sheet.querySelectorAll(".tick-box").length,
    })));
    const shifts = wantedShifts(name, days);
    assert.deepEqual(sheets.map((sheet) => sheet.unit), shifts.map((shift) => shift.unit));
    sheets.forEach((sheet, i) => {
      assert.deepEqual(sheet.times, shifts[i].visits.map((visit) => visit.start.slice(11, 16)));
      assert.equal(sheet.boxes, shifts[i].visits.length);
      assert.equal(sheet.north, 2);
      assert.ok(sheet.height <= A4_HEIGHT, `sheet ${i + 1} is ${sheet.height} high`);
      assert.equal(sheet.width, 0);
    });
    assert.deepEqual(complaints, []);
    assert.deepEqual(requests, [page.url()]);
    await page.close();
  });
}

test("axe-core finds nothing serious in the sheets", async () => {
  const { page } = await openFile(browser.context, join(FOLDER, "sixty", "sheets.html"));
  // All sheets are made alike; a few stand for them.
  await page.evaluate(() => [...document.querySelectorAll(".sheet")].slice(3).forEach((sheet) => sheet.remove()));
  assert.deepEqual(await seriousViolations(page), []);
  await page.locator(".sheet").first().screenshot({ path: join(FOLDER, "pictures", "sheet.png") });
  await page.close();
});
