// A dashboard in Chromium as one reader sees it: its tiles, the words on it, and what its charts asked and were told.
// The browser: $CHROMIUM, or chromium on the path of a Debian system.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const WIDE = { width: 1440, height: 1000 };

/** Opens a browser with an empty profile for a reader who is logged in. */
export async function asReader(base, home, reader, visit) {
  const profile = mkdtempSync(join(tmpdir(), 'dashboards-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport: WIDE,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
  try {
    const tab = await browser.newPage();
    await tab.goto(`${base}/login/`, { waitUntil: 'domcontentloaded' });
    await tab.fill('input[name=username], input#username', reader);
    await tab.fill('input[name=password], input#password', readFileSync(join(home, 'secrets', `login-${reader}`), 'utf8').trim());
    await tab.click('button[type=submit], input[type=submit]');
    await tab.waitForURL((url) => !url.pathname.startsWith('/login'), { timeout: 30000 });
    await visit(tab);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

export class Page {
  #reading = [];
  #listener = (response) => this.#reading.push(this.#listen(response));

  /** @param complain is told what is wrong */
  constructor(tab, base, complain) {
    Object.assign(this, { tab, base, complain, charts: [], answers: new Map() });
    tab.on('response', this.#listener);
  }

  /** Opens it at an address and waits until every chart is drawn. */
  async open(path, dashboard) {
    this.answers.clear();
    // Importing gives charts their numbers.
    const served = await this.tab.request.get(`${this.base}/api/v1/dashboard/${dashboard.slug}`);
    const position = JSON.parse((await served.json()).result.position_json);
    this.charts = Object.values(dashboard.position)
      .filter((box) => box.type === 'CHART')
      .map((box) => ({ name: box.id.replace('CHART-', ''), title: box.meta.sliceName, id: position[box.id].meta.chartId }));
    await this.tab.goto(this.base + path, { waitUntil: 'domcontentloaded' });
    await this.tab.waitForSelector('[data-test="dashboard-header-container"], .dashboard-header', { timeout: 60000 });
    // Tiles below the fold are drawn when they come into sight.
    for (let y = 0; y < 3000; y += 500) {
      await this.tab.mouse.wheel(0, 500);
      await this.tab.waitForTimeout(150);
    }
    await this.drawn();
    await this.tab.waitForTimeout(1500);
  }

  async drawn() {
    await this.tab.waitForFunction(
      (ids) => ids.every((id) => document.querySelector(`.dashboard-chart-id-${id} .slice_container`))
        && !document.querySelector('[data-test="loading-indicator"], .loading'),
      this.charts.map((chart) => chart.id), { timeout: 60000 },
    ).catch(() => this.complain(`not complete after 60 s: ${this.charts.length} charts expected`));
    await this.told();
  }

  /** Waits until charts were told what they asked last. */
  async told() {
    while (this.#reading.length) await Promise.all(this.#reading.splice(0));
  }

  tile(chart) {
    return this.tab.locator(`.dashboard-chart-id-${chart.id}`);
  }

  chart(name) {
    return this.charts.find((chart) => chart.name === name);
  }

  /** What a chart asked last and was told: {days, filters, columns, metrics, rows, count}. */
  answer(chart) {
    return this.answers.get(chart.id);
  }

  close() {
    this.tab.off('response', this.#listener);
  }

  async #listen(response) {
    const request = response.request();
    const url = new URL(response.url());
    if (response.status() >= 400 && !colours(request)) this.complain(`${response.status()} ${response.url()}`);
    // Maps still ask as charts did of old.
    if (request.method() !== 'POST' || !['/api/v1/chart/data', '/superset/explore_json/'].includes(url.pathname)) return;
    const told = await response.json().catch(() => undefined); // the page was left meanwhile
    const id = JSON.parse(url.searchParams.get('form_data') ?? '{}').slice_id;
    if (!told || !id) return;
    if (url.pathname.startsWith('/superset')) {
      this.answers.set(id, { filters: [], columns: [], metrics: [], rows: told.data, count: told.data?.length ?? 0 });
      return;
    }
    const [query] = request.postDataJSON().queries;
    this.answers.set(id, {
      days: query.time_range,
      filters: query.filters ?? [],
      columns: (query.columns ?? []).map((column) => column.label ?? column),
      metrics: (query.metrics ?? []).map((metric) => metric.label ?? metric),
      rows: told.result?.[0].data ?? [],
      count: Math.min(...(told.result ?? []).map((result) => result.rowcount)),
    });
  }
}

/** Superset offers every reader to keep the colours of a dashboard's labels; ours may change no dashboard. */
function colours(request) {
  return request.method() === 'PUT' && /dashboard\/\d+\/colors/.test(request.url());
}

/** Texts that a chart was told, each with its column. Lines of several series have the names of those for columns. */
export function* texts({ columns, metrics, rows }) {
  const by = columns.slice(1).join(', ');
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) {
      if (typeof value === 'string') yield [column, value];
      if (by && !columns.includes(column) && !metrics.includes(column)) {
        for (const name of column.split(', ')) yield [by, name];
      }
    }
  }
}

/** What a tile shows; runs in the browser. */
export function look(tile) {
  const canvases = [...tile.querySelectorAll('canvas')].map((canvas) => {
    const { width, height } = canvas;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    let inked = 0;
    let edge = 0;
    for (let i = 3; i < pixels.length; i += 4) {
      if (!pixels[i]) continue;
      inked++;
      const x = ((i - 3) / 4) % width;
      edge += x === 0 || x === width - 1;
    }
    return { inked, edge };
  });
  const body = tile.querySelector('.slice_container');
  // A tile that failed has no table, and a table may well speak of errors.
  const copy = tile.cloneNode(true);
  copy.querySelectorAll('table, style, script').forEach((part) => part.remove());
  const figure = tile.querySelector('.header-line')?.innerText ?? '';
  return {
    text: copy.textContent.replaceAll('\n', ' '),
    title: tile.querySelector('[data-test="slice-header"]')?.innerText.trim() ?? '',
    body: body?.innerText ?? '',
    kind: tile.querySelector('[data-test-viz-type]')?.dataset.testVizType,
    rows: tile.querySelectorAll('tbody tr').length,
    pages: [...tile.querySelectorAll('.dt-pagination li')].filter((page) => page.checkVisibility({ visibilityProperty: true })).length,
    drawn: canvases.some((canvas) => canvas.inked > 200)
      // A map is no canvas: provinces without figures have no colour.
      || [...tile.querySelectorAll('svg path.region')].some((path) => !['', 'none'].includes(path.style.fill))
      || tile.querySelectorAll('tbody tr').length > 0
      || /\d/.test(figure),
    // Ink at the edge of a picture is a label that goes on beyond it; the line beside a figure fills its own.
    edge: Math.max(0, ...canvases.map((canvas) => canvas.edge)),
    cut: [...tile.querySelectorAll('[data-test="slice-header"] *, .header-line, .subheader-line, .subtitle-line')]
      .filter((part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth && part.innerText?.trim())
      .map((part) => part.innerText.trim()),
  };
}

/** Words on the page other than those of rows; runs in the browser. */
export function words() {
  const found = [...document.querySelectorAll('input[placeholder]')].map((input) => input.placeholder);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    const box = parent.getBoundingClientRect();
    if (box.width > 1 && box.height > 1 && !parent.closest('script, style, noscript, tbody')
      && parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
      found.push(walk.currentNode.nodeValue.trim());
    }
  }
  return [...new Set(found)].filter(Boolean);
}

/** By how many pixels what holds the tiles is wider than what is seen of it; runs in the browser. */
export function overhang() {
  let most = 0;
  for (let box = document.querySelector('.grid-content, .grid-container'); box; box = box.parentElement) {
    most = Math.max(most, box.scrollWidth - box.clientWidth);
  }
  return most;
}
