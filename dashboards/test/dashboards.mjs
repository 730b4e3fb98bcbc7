// Opens every dashboard as its readers do, in both languages, and asks that every chart shows something.
//   node dashboards.mjs HOME SCREENSHOT_FOLDER READER…
// The browser: $CHROMIUM, or chromium on the path of a Debian system.
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [home, folder, ...readers] = process.argv.slice(2);
if (!home || !folder || !readers.length) {
  console.error('usage: node dashboards.mjs HOME SCREENSHOT_FOLDER READER…');
  process.exit(2);
}
const port = readFileSync(join(home, 'dashboards/port.properties'), 'utf8').match(/port=(\d+)/)[1];
const base = `http://127.0.0.1:${port}`;
const assets = join(home, 'dashboards/assets/dashboards');
const dashboards = readdirSync(assets).map((file) => JSON.parse(readFileSync(join(assets, file), 'utf8')));
const opened = JSON.parse(readFileSync(join(home, 'dashboards/assets/access.json'), 'utf8')).dashboards;
const problems = [];
let tiles = 0;
let visits = 0;
mkdirSync(folder, { recursive: true });

for (const reader of readers) {
  const profile = mkdtempSync(join(tmpdir(), 'dashboards-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1440, height: 1000 },
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
  try {
    const tab = await browser.newPage();
    await logIn(tab, reader);
    for (const dashboard of dashboards.filter((each) => opened[each.uuid].some((role) => isRole(reader, role)))) {
      visits++;
      await check(tab, reader, dashboard);
    }
    if (isRole(reader, 'Executive')) await overviewTime(tab);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
for (const problem of problems) {
  console.error(problem);
}
console.log(`${tiles} charts in ${visits} visits to ${dashboards.length} dashboards for ${readers.length} readers, ${problems.length} problems; screenshots in ${folder}`);
process.exit(problems.length ? 1 : 0);

// Readers of the test home are called by their role: executive, analyst, manager_<region>, customer_manager_<code>.
function isRole(reader, role) {
  const word = role.toLowerCase();
  return word === reader
    || (word === 'regional manager' && reader.startsWith('manager_'))
    || (word === 'customer manager' && reader.startsWith('customer_manager_'));
}

// How long the overview takes until all its charts in sight are drawn, beside a page of Superset that shows next to
// nothing: the machine decides over both.
async function overviewTime(tab) {
  const drawn = () => {
    const shown = [...document.querySelectorAll('.slice_container')].filter((tile) => tile.getBoundingClientRect().top < innerHeight);
    return shown.length >= 7
      && shown.every((tile) => tile.querySelector('canvas, tbody tr, .header-line'))
      && !document.querySelector('[data-test="loading-indicator"], .loading');
  };
  const listed = () => document.querySelectorAll('[data-test="listview-table"] tbody tr').length > 0;
  const times = { overview: [], list: [] };
  for (let i = 0; i < 3; i++) {
    for (const [name, path, done] of [['overview', '/superset/dashboard/overview-en/', drawn], ['list', '/dashboard/list/?viewMode=table', listed]]) {
      await tab.goto('about:blank');
      const started = Date.now();
      await tab.goto(base + path, { waitUntil: 'commit' });
      await tab.waitForFunction(done, null, { timeout: 60000, polling: 50 });
      times[name].push(Date.now() - started);
    }
  }
  const [overview, list] = [times.overview, times.list].map((all) => all.sort((a, b) => a - b)[1]);
  console.log(`overview complete in ${overview} ms, Superset's list of dashboards in ${list} ms, ratio ${(overview / list).toFixed(2)} (medians of 3)`);
  if (overview > 3000 && overview > 3 * list) problems.push(`the overview takes ${overview} ms`);
}

// Superset offers every reader to keep the colours of a dashboard's labels; ours may change no dashboard.
function ours(response) {
  return response.request().method() === 'PUT' && /dashboard\/\d+\/colors/.test(response.url());
}

async function logIn(tab, reader) {
  await tab.goto(`${base}/login/`, { waitUntil: 'domcontentloaded' });
  await tab.fill('input[name=username], input#username', reader);
  await tab.fill('input[name=password], input#password', readFileSync(join(home, 'secrets', `login-${reader}`), 'utf8').trim());
  await tab.click('button[type=submit], input[type=submit]');
  await tab.waitForURL((url) => !url.pathname.startsWith('/login'), { timeout: 30000 });
}

async function check(tab, reader, dashboard) {
  const [, name, language] = dashboard.slug.match(/^(.*)-(en|zh)$/);
  const complain = (what) => problems.push(`${reader}, ${dashboard.slug}: ${what}`);
  const refused = (response) => response.status() >= 400 && !ours(response) && complain(`${response.status()} ${response.url()}`);
  tab.on('response', refused);
  const started = Date.now();
  await tab.goto(`${base}/language/${language}/${name}`, { waitUntil: 'domcontentloaded' });
  const charts = Object.values(dashboard.position).filter((box) => box.type === 'CHART');
  // Tiles below the fold are drawn when they come into sight.
  await tab.waitForSelector('[data-test="dashboard-header-container"], .dashboard-header', { timeout: 60000 });
  for (let y = 0; y < 3000; y += 500) {
    await tab.mouse.wheel(0, 500);
    await tab.waitForTimeout(150);
  }
  await tab.waitForFunction(
    (count) => document.querySelectorAll('.slice_container').length >= count
      && !document.querySelector('[data-test="loading-indicator"], .loading'),
    charts.length, { timeout: 60000 },
  ).catch(() => complain(`not complete after 60 s: ${charts.length} charts expected`));
  await tab.waitForTimeout(1500);
  if (!(await tab.locator('img[alt="Storefact"]').count())) complain('no logo of Storefact');
  for (const chart of charts) {
    tiles++;
    const tile = tab.locator('.dashboard-component-chart-holder', { hasText: chart.meta.sliceName }).first();
    if (!(await tile.count())) {
      complain(`${chart.meta.sliceName}: no tile`);
      continue;
    }
    // A tile that failed has no table, and a table may well speak of errors.
    const text = await tile.evaluate((element) => {
      const copy = element.cloneNode(true);
      copy.querySelectorAll('table, style, script').forEach((part) => part.remove());
      return copy.textContent;
    });
    if (/error|unexpected|no results|无结果|没有结果|错误|No data/i.test(text.replace(chart.meta.sliceName, ''))) {
      complain(`${chart.meta.sliceName}: ${text.replaceAll('\n', ' ').slice(0, 200)}`);
    }
    const drawn = await tile.evaluate((element) => {
      const canvas = [...element.querySelectorAll('canvas')].some((c) => {
        const pixels = c.getContext('2d')?.getImageData(0, 0, c.width, c.height).data ?? [];
        let inked = 0;
        for (let i = 3; i < pixels.length; i += 4) inked += pixels[i] > 0;
        return inked > 200;
      });
      // A map is no canvas: provinces without figures have no colour.
      const map = [...element.querySelectorAll('svg path.region')].some((p) => !['', 'none'].includes(p.style.fill));
      return canvas || map || element.querySelectorAll('tbody tr').length > 0 || /\d/.test(element.querySelector('.header-line')?.innerText ?? '');
    });
    if (!drawn) complain(`${chart.meta.sliceName}: nothing drawn`);
  }
  const height = await tab.evaluate(() => Math.max(...[...document.querySelectorAll('*')].map((e) => e.scrollHeight)));
  await tab.setViewportSize({ width: 1440, height: Math.min(height + 50, 4000) });
  await tab.waitForTimeout(1200);
  await tab.screenshot({ path: join(folder, `${dashboard.slug}-${reader}.png`) });
  await tab.setViewportSize({ width: 1440, height: 1000 });
  tab.off('response', refused);
  console.log(`  ${reader} ${dashboard.slug} ${charts.length} charts, ${Date.now() - started} ms`);
}
