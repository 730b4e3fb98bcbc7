// Opens every dashboard as its readers do, in both languages: every chart shows something, fits its tile, and speaks
// the language of the page; filters narrow, and a reader without a region sees nothing and no error.
//   node dashboards.mjs HOME SCREENSHOT_FOLDER READER…
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WIDE, Page, asReader, look, overhang, texts, words } from './page.mjs';

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
const roles = Object.fromEntries(
  JSON.parse(readFileSync(join(home, 'dashboards/readers.json'), 'utf8')).map(({ name, role }) => [name, role]));

const ROWS_OF_A_PAGE = 20;
const EMPTY = /No results were returned|No data after filtering|此查询没有数据返回|过滤后没有数据/;
const FAILED = /error|unexpected|no results|无结果|没有结果|错误|No data/i;
// Columns whose names the product has in both languages.
const NAMED = ['region', 'province', 'format', 'segment_name', 'value_class_name', 'from_class_name', 'to_class_name'];
// Columns of identifiers: tables and streams are called so in SQL and in files.
const IDENTIFIERS = ['mart', 'stream'];
// Latin words that Chinese readers say, too.
const LATIN = /Storefact|admin|English|\b(RFM|ABC|XYZ|UTC|SQL)\b/g;
// Superset's Chinese has guesses in it: "entries per page", "no information to display" are not what these say.
const GUESSED = /序列|要显示的可视化类型/;
const problems = [];
const codes = new Map(); // English words in lower case on Chinese dashboards, by column
const guessed = new Set();
const measured = new Set();
let tiles = 0;
let visits = 0;
mkdirSync(folder, { recursive: true });

for (const reader of readers) {
  await asReader(base, home, reader, async (tab) => {
    for (const dashboard of dashboards.filter((each) => opened[each.uuid].includes(roles[reader]))) {
      visits++;
      await check(tab, reader, dashboard);
    }
    if (roles[reader] === 'Executive') {
      await overviewTime(tab);
      await filters(tab, reader);
    }
  });
}
await withoutRegion();
for (const [column, { values, places }] of codes) {
  problems.push(`English on Chinese dashboards: ${column}: ${[...values].sort().join(', ')} (${[...places].join(', ')})`);
}
if (guessed.size) problems.push(`wrong words of Superset's Chinese: ${[...guessed].join(', ')}`);
for (const problem of problems) {
  console.error(problem);
}
console.log(`${tiles} charts in ${visits} visits to ${dashboards.length} dashboards for ${readers.length} readers, ${problems.length} problems; screenshots in ${folder}`);
process.exit(problems.length ? 1 : 0);

function named(slug) {
  return dashboards.find((dashboard) => dashboard.slug === slug);
}

async function check(tab, reader, dashboard) {
  const [, name, language] = dashboard.slug.match(/^(.*)-(en|zh)$/);
  const complain = (what) => problems.push(`${reader}, ${dashboard.slug}: ${what}`);
  const started = Date.now();
  const page = new Page(tab, base, complain);
  await page.open(`/language/${language}/${name}`, dashboard);
  if (!(await tab.locator('img[alt="Storefact"]').count())) complain('no logo of Storefact');
  const looks = new Map();
  for (const chart of page.charts) {
    tiles++;
    const tell = (what) => complain(`${chart.title}: ${what}`);
    if ((await page.tile(chart).count()) !== 1) {
      tell('no tile');
      continue;
    }
    const shown = await lookUntil(page.tile(chart), (now) => now.drawn);
    const answer = page.answer(chart);
    looks.set(chart, shown);
    if (shown.title !== chart.title) tell(`the tile is titled "${shown.title}"`);
    if (FAILED.test(shown.text.replace(chart.title, ''))) tell(shown.text.slice(0, 200));
    if (!shown.drawn) tell('nothing drawn');
    if (!answer) {
      tell('asked nothing');
      continue;
    }
    if (!(answer.count > 0)) tell(`${answer.count} rows`);
    if (shown.rows > ROWS_OF_A_PAGE) tell(`${shown.rows} rows on a page`);
    if (shown.kind === 'table' && answer.rows.length > ROWS_OF_A_PAGE && shown.pages < 2) tell(`${answer.rows.length} rows and no pager`);
    speaks(language, chart, answer, dashboard.slug, tell);
  }
  await speaksItself(tab, language, complain);
  if (!measured.has(dashboard.slug)) {
    measured.add(dashboard.slug);
    fits(await tab.evaluate(overhang), looks, complain, 1440);
    await tab.setViewportSize({ ...WIDE, width: 1280 });
    await tab.waitForTimeout(700);
    for (const chart of looks.keys()) looks.set(chart, await lookUntil(page.tile(chart), (now) => !now.cut.length && !overTheEdge(now)));
    fits(await tab.evaluate(overhang), looks, complain, 1280);
  }
  await screenshot(tab, `${dashboard.slug}-${reader}`);
  page.close();
  console.log(`  ${reader} ${dashboard.slug} ${page.charts.length} charts, ${Date.now() - started} ms`);
}

async function screenshot(tab, name) {
  const height = await tab.evaluate(() => Math.max(...[...document.querySelectorAll('*')].map((e) => e.scrollHeight)));
  await tab.setViewportSize({ ...WIDE, height: Math.min(height + 50, 4000) });
  await tab.waitForTimeout(1200);
  await tab.screenshot({ path: join(folder, `${name}.png`) });
  await tab.setViewportSize(WIDE);
}

/** Names of what the data show are those of the language. */
function speaks(language, chart, answer, slug, tell) {
  const foreign = new Set();
  for (const [column, value] of texts(answer)) {
    const known = column.split(', ').some((one) => NAMED.includes(one));
    if (known && (language === 'zh' ? /[A-Za-z]{2}/ : /\p{Script=Han}/u).test(value)) foreign.add(value);
    if (language === 'zh' && !IDENTIFIERS.includes(column) && /^[a-z][ -~]*$/.test(value)) {
      const found = codes.get(column) ?? { values: new Set(), places: new Set() };
      found.values.add(value);
      found.places.add(`${slug} ${chart.name}`);
      codes.set(column, found);
    }
  }
  if (foreign.size) tell(`not in the language of the page: ${[...foreign].slice(0, 8).join(', ')}`);
}

/** So are Superset's own words, titles and heads of tables. */
async function speaksItself(tab, language, complain) {
  const all = await tab.evaluate(words);
  const foreign = all.filter((text) =>
    language === 'zh' ? /[A-Za-z]{2}/.test(text.replace(LATIN, '')) : /\p{Script=Han}/u.test(text.replace('中文', '')));
  if (foreign.length) complain(`words of the other language: ${foreign.join(' | ')}`);
  all.filter((text) => GUESSED.test(text)).forEach((text) => guessed.add(text));
  const bar = await tab.locator('[data-test="filterbar-action-buttons"]').innerText();
  if (/\p{Script=Han}/u.test(bar) !== (language === 'zh')) complain(`the filter bar says ${bar.replaceAll('\n', ' ')}`);
}

function overTheEdge(shown) {
  return shown.kind !== 'big_number' && shown.edge > 2;
}

/** Charts move until they stand; on a busy machine that takes seconds. */
async function lookUntil(tile, good) {
  for (let i = 1; ; i++) {
    const shown = await tile.evaluate(look);
    if (good(shown) || i === 20) return shown;
    await tile.page().waitForTimeout(500);
  }
}

/** Nothing is cut off, and nobody has to scroll sideways. */
function fits(over, looks, complain, width) {
  if (over > 0) complain(`${over} pixels too wide at ${width}`);
  for (const [chart, shown] of looks) {
    if (shown.cut.length) complain(`${chart.title}: cut off at ${width}: ${shown.cut.join(', ')}`);
    if (overTheEdge(shown)) complain(`${chart.title}: a label is cut off at ${width}`);
  }
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
  // The quickest of several rounds: other tests run beside this one, and slow down one page or the other.
  const best = { overview: Infinity, list: Infinity };
  const slow = () => best.overview > 3000 && best.overview > 3 * best.list;
  for (let round = 1; round <= 3 || (slow() && round <= 8); round++) {
    for (const [name, path, done] of [['overview', '/superset/dashboard/overview-en/', drawn], ['list', '/dashboard/list/?viewMode=table', listed]]) {
      await tab.goto('about:blank');
      const started = Date.now();
      await tab.goto(base + path, { waitUntil: 'commit' });
      await tab.waitForFunction(done, null, { timeout: 60000, polling: 50 });
      best[name] = Math.min(best[name], Date.now() - started);
    }
  }
  console.log(`overview complete in ${best.overview} ms, Superset's list of dashboards in ${best.list} ms, ratio ${(best.overview / best.list).toFixed(2)} (best of several)`);
  if (slow()) problems.push(`the overview takes ${best.overview} ms, Superset's list of dashboards ${best.list} ms`);
}

/** A region, a click on a bar and some days of a month each narrow what all the other charts show, and rightly. */
async function filters(tab, reader) {
  const dashboard = named('overview-en');
  const complain = (what) => problems.push(`${reader}, filters of ${dashboard.slug}: ${what}`);
  const page = new Page(tab, base, complain);
  const address = '/language/en/overview';
  const asked = (chart, region) => page.answer(chart)?.filters.some((filter) => filter.col === 'region' && `${filter.val}` === region);
  const narrowed = async (charts, region, what) => {
    for (let i = 0; i < 600 && !charts.every((chart) => asked(chart, region)); i++) await tab.waitForTimeout(100);
    await page.drawn();
    const wrong = charts.filter((chart) => !asked(chart, region) || !(page.answer(chart).count > 0));
    if (wrong.length) {
      complain(`${what} ${region}: not narrowed, or without rows: ${wrong.map((chart) => `${chart.title} ${JSON.stringify(page.answer(chart).filters)}`).join('; ')}`);
    }
  };
  await tab.setViewportSize({ ...WIDE, height: 2600 }); // all charts in sight, so that all ask
  await page.open(address, dashboard);
  const regions = page.chart('regions');
  const others = page.charts.filter((chart) => chart !== regions);
  const [metric] = page.answer(regions).metrics;
  const all = page.answer(regions).rows.toSorted((a, b) => b[metric] - a[metric]);
  const months = page.answer(page.chart('causes')).rows.map((row) => row.month_axis).sort((a, b) => a - b);

  await clickBar(tab, page.tile(regions), complain);
  await narrowed(others, all[0].region, 'a click on the bar of');

  await page.open(address, dashboard);
  const { region } = all[1];
  await tab.getByRole('combobox', { name: 'Region' }).click();
  await tab.locator('.ant-select-item-option', { hasText: region }).first().click();
  await tab.keyboard.press('Escape');
  await tab.locator('[data-test="filter-bar__apply-button"]').click();
  await narrowed(page.charts, region, 'the filter');
  const { rows } = page.answer(regions);
  if (rows.length !== 1 || rows[0].region !== region || rows[0][metric] !== all[1][metric]) {
    complain(`${region} sells ${all[1][metric]} among all, and by the filter ${JSON.stringify(rows)}`);
  }

  // Marts by month know the first day of each.
  const month = new Date(months.at(-3)).toISOString().slice(0, 7);
  const days = `${month}-10 : ${month}-20`;
  const mask = `(NATIVE_FILTER-days:(extraFormData:(time_range:'${days}'),filterState:(value:'${days}'),id:NATIVE_FILTER-days,ownState:()))`;
  await page.open(`/superset/dashboard/${dashboard.slug}/?native_filters=${encodeURIComponent(mask)}`, dashboard);
  for (const chart of page.charts) {
    const { days: asked, filters: rows, count } = page.answer(chart);
    if (asked !== days) complain(`${chart.title} asks for ${asked}, not for ${days}`);
    // What is told of the last month has nothing to say of an earlier one.
    else if (!(count > 0) && !rows.some((filter) => filter.col === 'months_back')) complain(`${chart.title} has no rows for ${days}`);
  }
  page.close();
  await tab.setViewportSize(WIDE);
}

/** Clicks the topmost bar, wherever that is drawn. */
async function clickBar(tab, tile, complain) {
  const at = await tile.locator('canvas').first().evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const scale = canvas.width / canvas.clientWidth;
    for (let y = 0; y < canvas.height; y++) {
      let run = 0;
      for (let x = 0; x < canvas.width; x++) {
        const i = (y * canvas.width + x) * 4;
        const bar = data[i] === 0x1f && data[i + 1] === 0xa8 && data[i + 2] === 0xc9;
        run = bar ? run + 1 : 0;
        if (run === 30) return { x: (x - 10) / scale, y: (y + 4) / scale };
      }
    }
    return undefined;
  });
  if (!at) complain('no bar to click');
  else await tile.locator('canvas').first().click({ position: at });
}

/** A regional manager whose region is yet to be said sees that there is nothing, not that something failed. */
async function withoutRegion() {
  const list = readFileSync(join(home, 'readers.yaml'), 'utf8').split('\n');
  const lost = Object.keys(roles).find((name) =>
    roles[name] === 'Regional manager' && !list.some((line) => line.includes(`name: ${name},`) && line.includes('regions:')));
  if (!lost) {
    problems.push('no regional manager without a region in readers.yaml');
    return;
  }
  await asReader(base, home, lost, async (tab) => {
    for (const language of ['en', 'zh']) {
      const dashboard = named(`overview-${language}`);
      const complain = (what) => problems.push(`${lost}, ${dashboard.slug}: ${what}`);
      const page = new Page(tab, base, complain);
      await page.open(`/language/${language}/overview`, dashboard);
      for (const chart of page.charts) {
        const shown = await page.tile(chart).evaluate(look);
        const { count } = page.answer(chart) ?? {};
        if (count !== 0) complain(`${chart.title}: ${count} rows`);
        if (!EMPTY.test(shown.body)) complain(`${chart.title}: does not say that it is empty: ${shown.text.slice(0, 200)}`);
        if (/\d/.test(shown.body) || FAILED.test(shown.text.replace(chart.title, '').replace(EMPTY, ''))) complain(`${chart.title}: ${shown.text.slice(0, 200)}`);
      }
      await speaksItself(tab, language, complain);
      await screenshot(tab, `${dashboard.slug}-${lost}`);
      page.close();
    }
  });
}
