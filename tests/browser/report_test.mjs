// report.html as a commander, a keyboard, a screen reader, a phone and a printer meet it.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, openFile, seriousViolations } from "./browser.mjs";

const FOLDER = process.env.PATROLZONES_NODE_FOLDER;
const THREE_MEGABYTES = 3_000_000;
const PHONES = [390, 320];

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const pageOf = (name) => join(FOLDER, name, "report.html");
const dataOf = (name) => JSON.parse(readFileSync(join(FOLDER, name, "report.json"), "utf8"));
const picture = (name) => join(FOLDER, "pictures", `${name}.png`);

/** Calls work(opened) with a page of that output folder, and wants it quiet to the end. */
async function withReport(name, work, size) {
  const opened = await openFile(browser.context, pageOf(name), size);
  try {
    await work(opened);
    assert.deepEqual(opened.complaints, [], "nothing on the console");
    assert.deepEqual(opened.requests, [opened.page.url().split("#")[0]], "no request but for the file itself");
  } finally {
    await opened.page.close();
  }
}

const texts = (page, selector) => page.locator(selector).allInnerTexts();
const shownZones = (page) =>
  page.locator("#zone-table tbody tr").evaluateAll((rows) => rows.map((row) => row.dataset.zone));
const badgesOnMap = (page) =>
  page.locator("#map .map-badge span").evaluateAll((labels) => labels.map((label) => label.dataset.zone).sort());
const chosenOnMap = (page) =>
  page.locator("#map .map-badge.is-chosen span").evaluateAll((labels) => labels.map((label) => label.dataset.zone));
const chosenCards = (page) =>
  page.locator(".zone-card").evaluateAll((cards) =>
    cards.filter((card) => card.offsetParent !== null).map((card) => card.dataset.zone));

test("every kind of report loads without a complaint or a request, and is small", async () => {
  for (const name of ["county", "sixty", "broken", "zones-only", "partner", "public"]) {
    await withReport(name, async ({ page }) => {
      const zones = dataOf(name).zones.length;
      assert.equal((await shownZones(page)).length, zones);
      assert.ok(statSync(pageOf(name)).size < THREE_MEGABYTES);
      await page.screenshot({ path: picture(`${name}-desktop`), fullPage: true });
    });
  }
});

test("the table sorts by a column, and the other way round", async () => {
  await withReport("county", async ({ page }) => {
    const zones = dataOf("county").zones;
    const byName = page.locator('th[data-key="name"] button');
    const names = zones.map((zone) => zone.name).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    await byName.click();
    assert.deepEqual(await texts(page, "#zone-table .zone-button"), names);
    assert.equal(await page.locator('th[data-key="name"]').getAttribute("aria-sort"), "ascending");
    await byName.click();
    assert.deepEqual(await texts(page, "#zone-table .zone-button"), names.reverse());
    assert.equal(await page.locator('th[data-key="name"]').getAttribute("aria-sort"), "descending");
    await page.locator('th[data-key="incidents"] button').click();
    const counts = (await texts(page, "#zone-table td.column-incidents")).map((text) => Number(text.replace(",", "")));
    assert.deepEqual(counts, zones.map((zone) => zone.incidents).sort((a, b) => b - a));
  });
});

test("a click on a row chooses the zone on the map, in the middle of it, and shows its card", async () => {
  await withReport("county", async ({ page }) => {
    const zone = dataOf("county").zones[4];
    await page.locator(`#zone-table tr[data-zone="${zone.id}"] td.column-incidents`).click();
    assert.deepEqual(await chosenOnMap(page), [zone.id]);
    assert.deepEqual(await chosenCards(page), [zone.id]);
    const map = await page.locator("#map").boundingBox();
    const badge = await page.locator(".map-badge.is-chosen").boundingBox();
    assert.ok(Math.abs(map.x + map.width / 2 - badge.x - badge.width / 2) < 3);
    assert.ok(Math.abs(map.y + map.height / 2 - badge.y - badge.height / 2) < 3);
    await page.screenshot({ path: picture("county-zone"), fullPage: true });
  });
});

test("a click on the map chooses the row", async () => {
  await withReport("county", async ({ page }) => {
    const zone = dataOf("county").zones[0];
    await page.locator("#zone-table tbody tr").nth(3).click();
    await page.locator("#filter-ward").selectOption(zone.ward_code);
    await page.locator(`.map-badge span[data-zone="${zone.id}"]`).click();
    assert.deepEqual(await chosenOnMap(page), [zone.id]);
    assert.equal(await page.locator("#zone-table tr.is-chosen").getAttribute("data-zone"), zone.id);
  });
});

test("filters leave the zones that match, in the table and on the map", async () => {
  await withReport("county", async ({ page }) => {
    const zones = dataOf("county").zones;
    const ward = zones[1].ward_code;
    const inWard = zones.filter((zone) => zone.ward_code === ward).map((zone) => zone.id).sort();
    await page.getByLabel("Ward", { exact: true }).selectOption(ward);
    assert.deepEqual((await shownZones(page)).sort(), inWard);
    assert.deepEqual(await badgesOnMap(page), inWard);
    assert.equal(await page.locator("#filter-count").innerText(), `${inWard.length} of ${zones.length} zones`);
    assert.equal(await page.locator(".map-ward.is-asked").count(), 1);
    await page.getByLabel("Find", { exact: true }).fill("no such place");
    assert.equal((await shownZones(page)).length, 0);
    await page.getByRole("button", { name: "Show all" }).click();
    await page.waitForFunction((all) => document.querySelectorAll("#zone-table tbody tr").length === all, zones.length);
    assert.equal((await badgesOnMap(page)).length, zones.length);
  });
});

test("the keyboard alone gets to the zones, sorts them and chooses one", async () => {
  await withReport("county", async ({ page }) => {
    const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "Skip to the content");
    await page.keyboard.press("Enter");
    const tabTo = async (wanted) => {
      for (let presses = 0; presses < 40 && (await focused()) !== wanted; ++presses) {
        await page.keyboard.press("Tab");
      }
      assert.equal(await focused(), wanted);
    };
    await tabTo("Zone");
    await page.keyboard.press("Enter");
    const [first, second] = await texts(page, "#zone-table .zone-button");
    assert.ok(first.toLowerCase() < second.toLowerCase());
    await tabTo(second);
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".zone-card.is-chosen h3").innerText(), second);
    assert.match(await page.locator("#announcement").innerText(), new RegExp(`^${second} is chosen`));
  });
});

test("every section of the page can be reached from its navigation", async () => {
  await withReport("county", async ({ page }) => {
    assert.deepEqual(await texts(page, ".page-nav a"), ["Zones", "Plan", "Rule", "Back-test", "Data", "Method"]);
    for (const link of await page.locator(".page-nav a").all()) {
      const target = await link.getAttribute("href");
      assert.ok(await page.locator(target).isVisible(), target);
    }
  });
});

test("each zone's hours and months are tables with the numbers in them", async () => {
  await withReport("county", async ({ page }) => {
    for (const zone of dataOf("county").zones) {
      const card = page.locator(`.zone-card[data-zone="${zone.id}"]`);
      const hours = await card.locator(".heat td .sr-only").allTextContents();
      assert.deepEqual(hours, zone.hours.map((value) => value.toFixed(1)));
      const months = await card.locator(".months tbody td").allTextContents();
      assert.deepEqual(months, zone.months.map((month) => String(month.incidents)));
      assert.equal(months.reduce((sum, text) => sum + Number(text), 0), zone.incidents);
    }
  });
});

test("each card lists its zone's visits to come, and says why", async () => {
  await withReport("county", async ({ page }) => {
    const data = dataOf("county");
    for (const zone of data.zones) {
      const card = page.locator(`.zone-card[data-zone="${zone.id}"]`);
      const visits = data.shifts.flatMap((shift) => shift.visits).filter((visit) => visit.zone === zone.id).length;
      assert.equal(await card.locator(".visits h4").textContent(), `Visits to come: ${visits}`);
      assert.equal((await card.locator(".visit-days").textContent()).match(/\d\d:\d\d/g).length, visits);
      assert.ok((await card.locator(".why").textContent()).endsWith(zone.why));
    }
  });
});

test("a shift in the calendar shows its visits in order", async () => {
  await withReport("county", async ({ page }) => {
    const data = dataOf("county");
    const unit = data.plan.units[1].name;
    await page.getByLabel("Unit", { exact: true }).selectOption(unit);
    const shifts = data.shifts.filter((shift) => shift.unit === unit);
    const buttons = page.locator(".unit-calendar.is-chosen .shift-button");
    assert.equal(await buttons.count(), shifts.length);
    await buttons.nth(1).click();
    const times = (await texts(page, "#shift-detail li strong")).map((text) => text.slice(0, 5));
    assert.deepEqual(times, shifts[1].visits.map((visit) => visit.start.slice(11, 16)));
  });
});

test("a broken rule is said in words, with by how much, worst first", async () => {
  await withReport("broken", async ({ page }) => {
    const zones = dataOf("broken").zones.filter((zone) => zone.outlook.state === "broken");
    assert.ok(zones.length > 0);
    assert.match(await page.locator("#glance").innerText(), new RegExp(`Broken\\s+in ${zones.length} of`));
    const rows = await texts(page, "#rule-body .plain tbody tr");
    const worst = zones.sort((a, b) => a.outlook.hours_left - b.outlook.hours_left)[0];
    assert.match(rows[0], new RegExp(`${worst.name}.*Broken by ${Math.round(-worst.outlook.hours_left)} h`, "s"));
    await page.getByLabel("Rule", { exact: true }).selectOption("kept");
    assert.equal((await shownZones(page)).length, dataOf("broken").zones.length - zones.length);
  });
});

test("on paper every zone has its card, and the map is drawn", async () => {
  const zones = dataOf("sixty").zones;
  await withReport("sixty", async ({ page }) => {
    await page.emulateMedia({ media: "print" });
    assert.equal((await chosenCards(page)).length, zones.length);
    assert.equal(await page.locator("#print-map text").count(), zones.length);
    assert.ok(!(await page.locator("#map").isVisible()));
    const pdf = join(FOLDER, "pictures", "report.pdf");
    await page.pdf({ path: pdf, format: "A4", preferCSSPageSize: true });
    const text = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
    for (const zone of zones) {
      assert.ok(text.includes(zone.id), `${zone.id} is on paper`);
    }
  });
});

test("axe-core finds nothing serious, on a desk and on a phone", async () => {
  for (const [name, width] of [["zones-only", 1280], ["broken", 1280], ["broken", PHONES[0]], ["public", 1280]]) {
    await withReport(name, async ({ page }) => {
      assert.deepEqual(await seriousViolations(page), [], `${name} at ${width}`);
    }, { width });
  }
});

test("a phone never scrolls sideways", async () => {
  for (const name of ["county", "broken", "zones-only", "public"]) {
    for (const width of PHONES) {
      await withReport(name, async ({ page }) => {
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, `${name} at ${width}`);
        await page.screenshot({ path: picture(`${name}-${width}`), fullPage: true });
      }, { width, height: 844 });
    }
  }
});

test("partners see no count that may not be told, and no hours", async () => {
  await withReport("partner", async ({ page }) => {
    const zones = dataOf("partner").zones;
    assert.ok(zones.some((zone) => zone.months.some((month) => month.incidents === null)));
    assert.equal(await page.locator("table.heat").count(), 0);
    for (const zone of zones) {
      const months = await page.locator(`.zone-card[data-zone="${zone.id}"] .months tbody td`).allTextContents();
      assert.deepEqual(months.filter((text) => text !== "not shown" && Number(text) < 5), []);
    }
    for (const section of ["#quality", "#backtest"]) {
      assert.ok(!(await page.locator(section).isVisible()), section);
    }
  });
});

test("the public sees wards with bands, and nothing of zones or visits", async () => {
  await withReport("public", async ({ page }) => {
    const wards = dataOf("public").wards;
    assert.equal(await page.locator("#wards-body tbody tr").count(), wards.length);
    const bands = await page.locator("#wards-body tbody td").allTextContents();
    assert.deepEqual([...new Set(bands)].filter((text) => !/^(fewer than 10|\d+ to \d+|\d+ or more)$/.test(text)), []);
    assert.equal(await page.locator(".map-badge, .zone-card, .shift-button").count(), 0);
    const text = (await page.locator("body").innerText()).replaceAll("patrolzones", "");
    assert.doesNotMatch(text, /zone|visit|officer/i);
  });
});

test("names that look like markup stay names", async () => {
  const folder = join(FOLDER, "hostile");
  cpSync(join(FOLDER, "county"), folder, { recursive: true });
  const hostile = "</script><img src=x onerror='window.hacked=1'>\u2028\"&{{data}}";
  const data = dataOf("county");
  data.zones[0].name = hostile;
  data.zones[0].why = hostile;
  data.wards[0].name = hostile;
  data.plan.units[0].name = hostile;
  data.plan.notes = [hostile];
  data.tiles = { url: "https://tiles.example.org/{z}/{x}/{y}.png", attribution: hostile };
  writeFileSync(join(folder, "report.json"), JSON.stringify(data));
  execFileSync(process.env.PATROLZONES_PROGRAM, ["report", "--from-out", folder, "--quiet"]);
  const { page } = await openFile(browser.context, join(folder, "report.html"));
  await page.locator("#zone-table tbody tr").first().click();
  assert.equal(await page.locator("#zone-table .zone-button").first().textContent(), hostile);
  assert.equal(await page.locator(".leaflet-control-attribution").textContent(), hostile);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator("body img[src=x]").count(), 0);
  await page.close();
});

test("with a tile address only that host is asked, and its maker is named", async () => {
  const folder = join(FOLDER, "tiles");
  cpSync(join(FOLDER, "county"), folder, { recursive: true });
  execFileSync(process.env.PATROLZONES_PROGRAM, ["report", "--from-out", folder, "--quiet",
    "--tile-url", "https://tiles.example.org/{z}/{x}/{y}.png", "--tile-attribution", "Map makers"]);
  const answered = [];
  await browser.context.route("https://**", (route) => {
    answered.push(new URL(route.request().url()).host);
    return route.fulfill({ contentType: "image/svg+xml", body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  });
  const { page, complaints } = await openFile(browser.context, join(folder, "report.html"));
  await page.waitForFunction(() => document.querySelectorAll(".leaflet-tile-loaded").length > 0);
  assert.deepEqual([...new Set(answered)], ["tiles.example.org"]);
  assert.equal(await page.locator(".leaflet-control-attribution").innerText(), "Map makers");
  assert.deepEqual(complaints, []);
  await browser.context.unroute("https://**");
  await page.close();
});
