// Opens an overview page as its readers do: at a desk and on a phone, in both languages, without a network.
//   node overview.mjs PAGE.html SCREENSHOT_FOLDER [NET_SALES]
// NET_SALES is what the page must show, 4596039.58 for example; "none" for a warehouse without sales.
// The browser: $CHROMIUM, or chromium on the path of a Debian system.
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [page, folder, netSales] = process.argv.slice(2);
if (!page || !folder) {
  console.error('usage: node overview.mjs PAGE.html SCREENSHOT_FOLDER [NET_SALES]');
  process.exit(2);
}
const url = pathToFileURL(resolve(page)).href;
const problems = [];
mkdirSync(folder, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), 'overview-'));
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
  for (const language of ['en', 'zh']) {
    for (const width of [1440, 390]) {
      await check(language, width);
    }
  }
  await checkPrint();
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
for (const problem of problems) {
  console.error(problem);
}
console.log(problems.length ? `${problems.length} problems` : 'overview page: no problems; screenshots in ' + folder);
process.exit(problems.length ? 1 : 0);

async function open(width, complain) {
  const tab = await browser.newPage();
  tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && complain(`console: ${message.text()}`));
  tab.on('pageerror', (error) => complain(`error: ${error.message}`));
  tab.on('request', (request) => request.url() !== url && !request.url().startsWith('data:') && complain(`requests ${request.url()}`));
  await tab.setViewportSize({ width, height: width < 500 ? 844 : 1000 });
  await tab.goto(url);
  return tab;
}

async function drawn(tab) {
  await tab.waitForFunction(() => document.documentElement.dataset.charts === 'finished', null, { timeout: 20000 });
}

async function check(language, width) {
  const where = `${language} ${width}`;
  const complain = (what) => problems.push(`${where}: ${what}`);
  const tab = await open(width, complain);
  await tab.click(`[data-language=${language}]`);
  await drawn(tab);
  await tab.reload();
  await drawn(tab);

  const seen = await tab.evaluate(inspect);
  if (seen.language !== language) {
    complain(`the choice of language was forgotten: the page is in ${seen.language}`);
  }
  if (seen.overflow > 0) {
    complain(`scrolls sideways by ${seen.overflow} pixels`);
  }
  seen.empty.forEach((id) => complain(`the chart ${id} is empty`));
  seen.cut.forEach((text) => complain(`is wider than its place: ${text}`));
  seen.holes.forEach((text) => complain(`unfilled text: ${text}`));
  const chinese = /\p{Script=Han}/u;
  for (const text of seen.headings) {
    if (language === 'en' ? chinese.test(text) : text !== '#' && !chinese.test(text)) {
      complain(`a heading in the other language: ${text}`);
    }
  }
  if (netSales === 'none') {
    if (!seen.friendly) {
      complain('a warehouse without sales shows no word about it');
    }
  } else {
    if (seen.charts === 0) {
      complain('no chart at all');
    }
    if (netSales !== undefined && (Number(seen.netSales) !== Number(netSales) || seen.netSalesText !== Number(netSales).toFixed(2))) {
      complain(`net sales are ${seen.netSales} (${seen.netSalesText}), expected ${netSales}`);
    }
  }
  await tab.screenshot({ path: join(folder, `overview-${language}-${width}.png`), fullPage: true });
  await tab.close();
}

/** On paper: every chart is drawn for it and within the sheet. */
async function checkPrint() {
  const tab = await open(1440, (what) => problems.push(`print: ${what}`));
  await drawn(tab);
  await tab.pdf({ path: join(folder, 'overview.pdf'), preferCSSPageSize: true, printBackground: true });
  await tab.close();
}

/** Runs in the page. */
function inspect() {
  const shown = (element) => element.getClientRects().length > 0;
  const empty = [];
  const containers = [...document.querySelectorAll('.chart')].filter(shown);
  for (const container of containers) {
    const canvases = [...container.querySelectorAll('canvas')];
    const colors = new Set();
    for (const canvas of canvases) {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4 * 7) {
        if (data[at + 3] > 0) {
          colors.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
        }
      }
    }
    // Axes alone have two or three colours; text is anti-aliased, so a drawn chart has many.
    if (colors.size < 8) {
      empty.push(container.closest('[id]').id);
    }
  }
  const texts = [...document.querySelectorAll('h1, h2, h3, .finding, .note, .kpi *, th, td, button')].filter(shown);
  const name = document.getElementById('chain').textContent;
  return {
    language: document.documentElement.lang.slice(0, 2),
    overflow: document.scrollingElement.scrollWidth - innerWidth,
    charts: containers.length,
    empty,
    cut: [...document.querySelectorAll('.kpi, .table')].filter((e) => shown(e) && e.scrollWidth > e.clientWidth + 1)
      .map((e) => (e.id || e.closest('[id]').id) + ' ' + e.textContent.slice(0, 40)),
    holes: texts.map((e) => e.textContent).filter((text) => /\{\w+\}|undefined|NaN|Infinity|null/.test(text)),
    // The chain's name is data, whatever its language.
    headings: [...document.querySelectorAll('h2, h3, th, .kpi span, .switch button')].filter(shown)
      .map((e) => e.textContent.trim()).filter((text) => text !== name),
    friendly: shown(document.getElementById('empty')),
    netSales: document.getElementById('kpi-netSales')?.dataset.value,
    netSalesText: document.querySelector('#kpi-netSales small')?.textContent.replace(/[^0-9.]/g, ''),
  };
}
