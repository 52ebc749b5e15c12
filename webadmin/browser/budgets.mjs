// What the page costs with many machines: bytes of the first load, time to the first list, frames while it scrolls.
// Prints one line of JSON; the caller compares it with what is allowed.
import { browser, logIn, PAGE, window } from './support.mjs';

const LONG_SCROLL_MILLIS = 8000;
const launched = await browser();
const { page, context } = await window(launched);
const cdp = await context.newCDPSession(page);

let bytes = 0;
let counting = true;
await cdp.send('Network.enable');
cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
  if (counting) bytes += encodedDataLength;
});
const urls = new Map();
cdp.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url));

await logIn(page);
await rowsShown();

/** Of the page itself: what the browser had to load, packed, before it could show a list. */
const sizes = await page.evaluate(() =>
  performance
    .getEntriesByType('resource')
    .filter((one) => /\.(js|css)$/.test(new URL(one.name).pathname))
    .map((one) => one.encodedBodySize),
);
counting = false;

const firstLists = [];
for (let round = 0; round < 3; round++) {
  await page.goto('about:blank');
  const began = Date.now();
  await page.goto(PAGE, { waitUntil: 'commit' });
  await rowsShown();
  firstLists.push(Date.now() - began);
}

const total = await page.evaluate(() => Number(document.querySelector('.overt-list__scroll').dataset.total));
await page.waitForTimeout(1000);
const tasks = await traced(async () => {
  await page.evaluate(async (millis) => {
    const box = document.querySelector('.overt-list__scroll');
    const began = performance.now();
    globalThis.gaps = [];
    let last = began;
    await new Promise((done) => {
      const step = (now) => {
        globalThis.gaps.push(now - last);
        last = now;
        const part = (now - began) / millis;
        box.scrollTop = part * (box.scrollHeight - box.clientHeight);
        if (part < 1) requestAnimationFrame(step);
        else done();
      };
      requestAnimationFrame(step);
    });
  }, LONG_SCROLL_MILLIS);
});
const gaps = (await page.evaluate(() => globalThis.gaps)).sort((a, b) => a - b);
const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;

console.log(
  JSON.stringify({
    initialBytes: sizes.reduce((sum, size) => sum + size, 0),
    transferredBytes: bytes,
    firstListMillis: Math.min(...firstLists),
    firstLists,
    total,
    frames: gaps.length,
    frameMedian: at(gaps, 0.5),
    frameWorst: gaps.at(-1),
    longTasks: tasks.filter((millis) => millis > 50).length,
    worstTask: Math.max(0, ...tasks),
  }),
);
await launched.close();

async function rowsShown() {
  await page.waitForFunction(() => document.querySelectorAll('.overt-table__row[data-id]').length > 10);
}

/** Milliseconds of each task of the page's main thread, from Chromium's trace. */
async function traced(work) {
  const events = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] } });
  await work();
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await complete;
  const main = new Set(events.filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain').map((event) => `${event.pid} ${event.tid}`));
  return events.filter((event) => event.name === 'RunTask' && event.dur !== undefined && main.has(`${event.pid} ${event.tid}`)).map((event) => event.dur / 1000);
}
