// Opens the docs site as its readers do: at a desk and on a phone, in both languages, light and dark, by keyboard,
// without a network; walks every page of it.
//   node docs.mjs INDEX.html SCREENSHOT_FOLDER
// The browser: $CHROMIUM, or chromium on the path of a Debian system.
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [page, folder] = process.argv.slice(2);
if (!page || !folder) {
  console.error('usage: node docs.mjs INDEX.html SCREENSHOT_FOLDER');
  process.exit(2);
}
const url = pathToFileURL(resolve(page)).href;
const problems = [];
mkdirSync(folder, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), 'docs-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  viewport: { width: 1440, height: 1000 },
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});
const VIEWS = {
  home: '#/',
  mart: '#/t/mart.goods_sales',
  view: '#/t/dw.turnover_line',
  column: '#/c/mart.goods_sales.net_sales',
  source: '#/c/star.sales_line.net_amount',
  metric: '#/m/member_share',
  shown: '#/e/overview',
};
let walked = 0;

try {
  for (const language of ['en', 'zh']) {
    for (const width of [1440, 390]) {
      await check(language, width);
    }
  }
  await checkDark();
  await checkKeyboard();
  await checkGraph();
  await walk();
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
for (const problem of problems) {
  console.error(problem);
}
console.log(problems.length ? `${problems.length} problems` : `docs site: ${walked} pages, no problems; screenshots in ${folder}`);
process.exit(problems.length ? 1 : 0);

async function open(width, complain, hash = '#/', colorScheme = 'light') {
  const tab = await browser.newPage();
  tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && complain(`console: ${message.text()}`));
  tab.on('pageerror', (error) => complain(`error: ${error.message}`));
  tab.on('request', (request) => request.url().split('#')[0] !== url && !request.url().startsWith('data:') && complain(`requests ${request.url()}`));
  await tab.emulateMedia({ colorScheme });
  await tab.setViewportSize({ width, height: width < 500 ? 844 : 1000 });
  await tab.goto(url + hash);
  return tab;
}

async function go(tab, hash) {
  await tab.evaluate((to) => { location.hash = to; }, hash);
  await tab.waitForFunction((to) => document.documentElement.dataset.shown === to, hash);
}

async function check(language, width) {
  const complain = (what) => problems.push(`${language} ${width}: ${what}`);
  const tab = await open(width, complain);
  await tab.click(`[data-language=${language}]`);
  await tab.reload();
  for (const [name, hash] of Object.entries(VIEWS)) {
    await go(tab, hash);
    const seen = await tab.evaluate(inspect);
    if (seen.language !== language) {
      complain(`the choice of language was forgotten: the page is in ${seen.language}`);
    }
    if (seen.overflow > 0) {
      complain(`${name} scrolls sideways by ${seen.overflow} pixels`);
    }
    seen.holes.forEach((text) => complain(`${name}: unfilled text: ${text}`));
    const chinese = /\p{Script=Han}/u;
    for (const text of seen.headings) {
      if (language === 'en' ? chinese.test(text) : /[a-z]{2}/i.test(text.replace(/SQL|\(\w+(, \w+)*\)/g, '')) && !chinese.test(text)) {
        complain(`${name}: a heading in the other language: ${text}`);
      }
    }
    await tab.screenshot({ path: join(folder, `docs-${name}-${language}-${width}.png`), fullPage: name !== 'home' });
  }
  await tab.close();
}

async function checkDark() {
  const complain = (what) => problems.push(`dark: ${what}`);
  const tab = await open(1440, complain, VIEWS.mart, 'dark');
  const background = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await tab.screenshot({ path: join(folder, 'docs-dark-1440.png') });
  await tab.click('#theme');
  if (await background() === dark) {
    complain('the switch to light colours changes nothing');
  }
  await tab.click('#theme');
  if (await background() !== dark) {
    complain('the switch to dark colours does not');
  }
  await tab.click('#theme');
  await tab.close();
}

/** Search by name, by label in either language, from the keyboard alone. */
async function checkKeyboard() {
  const complain = (what) => problems.push(`keyboard: ${what}`);
  const tab = await open(1440, complain);
  const searches = [
    ['net_sales', '#/m/net_sales'],
    ['净销售额', '#/m/net_sales'],
    ['goods_sales', '#/t/mart.goods_sales'],
    ['birthday', '#/c/dw.member.birthday'],
    ['储值卡负债', '#/m/card_liability'],
  ];
  for (const [text, hash] of searches) {
    await tab.keyboard.press('/');
    await tab.keyboard.type(text);
    if (text === '净销售额') {
      await tab.screenshot({ path: join(folder, 'docs-search-1440.png') });
    }
    await tab.keyboard.press('Enter');
    const shown = await tab.evaluate(() => document.documentElement.dataset.shown);
    if (await tab.evaluate(() => location.hash) !== hash) {
      complain(`"${text}" leads to ${await tab.evaluate(() => location.hash)} (${shown}), expected ${hash}`);
    }
    await tab.evaluate(() => { document.getElementById('search').value = ''; });
  }
  await tab.keyboard.press('/');
  await tab.keyboard.type('no such thing');
  if (!(await tab.textContent('#hits')).includes('no such thing')) {
    complain('a search that finds nothing says nothing');
  }
  await tab.close();
}

/** From a column of the star to the page that shows it, click by click; forward as backward. */
async function checkGraph() {
  const complain = (what) => problems.push(`graph: ${what}`);
  const tab = await open(1440, complain, '#/c/star.sales_line.net_amount');
  for (const next of ['#/c/dw.turnover_line.net_amount', '#/c/mart.goods_sales.net_sales', '#/m/net_sales', '#/c/mart.goods_sales.net_sales', '#/t/mart.goods_sales']) {
    const link = await tab.$(`.graph a[href="${next}"]`);
    if (!link) {
      complain(`${await tab.evaluate(() => location.hash)} shows no way to ${next}`);
      break;
    }
    await link.focus();
    await tab.keyboard.press('Enter');
    await tab.waitForFunction((to) => document.documentElement.dataset.shown === to, next);
  }
  await go(tab, '#/c/star.sales_line.net_amount');
  await tab.click('[data-steps="99"]');
  if (!(await tab.$('.graph a[href="#/e/overview"]'))) {
    complain('the page that shows star.sales_line.net_amount is not reached from it');
  }
  await tab.screenshot({ path: join(folder, 'docs-graph-1440.png') });
  await tab.close();
}

/** Every page there is can be opened, and no link leads nowhere. */
async function walk() {
  const complain = (what) => problems.push(`walk: ${what}`);
  const tab = await open(1440, complain);
  walked = await tab.evaluate(async () => {
    const seen = new Set(['#/']);
    const ahead = ['#/'];
    const dead = [];
    while (ahead.length > 0) {
      const here = ahead.pop();
      location.hash = here;
      while (document.documentElement.dataset.shown !== here) {
        await new Promise((done) => setTimeout(done, 0));
      }
      if (!document.querySelector('main .facts, main .kpis, main .graph')) {
        dead.push(here);
      }
      for (const link of document.querySelectorAll('main a[href^="#/"], nav a')) {
        const to = link.getAttribute('href');
        if (!seen.has(to)) {
          seen.add(to);
          ahead.push(to);
        }
      }
    }
    if (dead.length > 0) {
      throw new Error('links that lead nowhere: ' + dead.join(' '));
    }
    return seen.size;
  });
  if (walked < 500) {
    complain(`only ${walked} pages are linked`);
  }
  await tab.close();
}

/** Runs in the page. */
function inspect() {
  const shown = (element) => element.getClientRects().length > 0;
  const texts = [...document.querySelectorAll('h1, h2, dt, dd, th, td, button, .note, footer, .kpi *')].filter(shown);
  return {
    language: document.documentElement.lang.slice(0, 2),
    overflow: document.scrollingElement.scrollWidth - innerWidth,
    holes: texts.map((e) => e.textContent).filter((text) => /\{\w+\}|undefined|NaN|Infinity|\[object/.test(text)),
    headings: [...document.querySelectorAll('h2, th, dt, nav summary')].filter(shown).map((e) => e.textContent.trim()),
  };
}
