// The graphs of one entity: what the API says now and again, what a page of metrics says of it, what Prometheus kept.
import { graph } from './graph.js';
import { samplesOf } from './metrics.js';

const api = window.top.pluginApi('overt-monitoring');
const config = api.configObject();
const entity = Object.fromEntries(new URLSearchParams(location.search));
const COLLECTIONS = { VirtualMachine: 'vms', Host: 'hosts' };
const KEPT = 360;

const history = new Map();
const shown = new Map();

/** Draws the value as the newest point of its own graph. */
function add(section, key, label, unit, value, time = Date.now() / 1000) {
  const points = history.get(key) ?? [];
  history.set(key, points);
  points.push([time, value]);
  if (points.length > KEPT) points.shift();
  draw(section, key, label, unit, points);
}

function draw(section, key, label, unit, points) {
  const figure = graph(label, unit, points);
  const before = shown.get(key);
  if (before) before.replaceWith(figure);
  else document.getElementById(section).append(figure);
  shown.set(key, figure);
}

async function ask(address, headers = {}) {
  const response = await fetch(address, { headers, signal: AbortSignal.timeout(config.seconds * 1000) });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}

const bearer = () => ({ Authorization: `Bearer ${api.ssoToken()}` });

async function statistics() {
  const address = `${api.engineBaseUrl()}api/${COLLECTIONS[entity.kind]}/${entity.id}/statistics`;
  const { statistic = [] } = await (await ask(address, { ...bearer(), Accept: 'application/json' })).json();
  for (const { name, description, unit, values } of statistic) {
    const datum = Number(values?.value?.[0]?.datum);
    if (Number.isFinite(datum)) add('now', name, description || name, unit === 'none' ? '' : unit, datum);
  }
}

async function metrics() {
  if (!config.metrics) return;
  const own = new URL(config.metrics, location.origin).origin === location.origin;
  const text = await (await ask(config.metrics, own ? bearer() : {})).text();
  const names = [entity.id, entity.name, entity.hostname].filter(Boolean);
  for (const { series, labels, value } of samplesOf(text)) {
    if (names.some((name) => Object.values(labels).includes(name))) add('metrics', series, series, '', value);
  }
}

async function past() {
  const end = Math.floor(Date.now() / 1000);
  const start = end - config.minutes * 60;
  for (const { label, query } of config.queries?.[entity.kind] ?? []) {
    const range = new URLSearchParams({ query: filled(query), start, end, step: Math.max(15, Math.round((end - start) / 240)) });
    const { data } = await (await ask(`${config.prometheus}/api/v1/query_range?${range}`)).json();
    data.result.forEach((series, index) => {
      const points = series.values.map(([time, value]) => [time, Number(value)]);
      draw('past', `${query} ${index}`, filled(label), '', points);
    });
  }
}

const filled = (text) => text.replace(/\{\{(\w+)\}\}/g, (all, member) => entity[member] ?? all);

/** Runs it now and every few seconds, as long as the page is there and can be seen. */
async function again(what) {
  for (;;) {
    if (!document.hidden) await what().then(() => problem(what, null), (error) => problem(what, error));
    await new Promise((next) => setTimeout(next, config.seconds * 1000));
  }
}

const problems = new Map();

function problem(what, error) {
  if (error) problems.set(what, String(error.message ?? error));
  else problems.delete(what);
  const place = document.getElementById('problem');
  place.textContent = [...problems.values()].join('; ');
  place.hidden = problems.size === 0;
}

if (entity.id) {
  void again(statistics);
  void again(metrics);
  if (config.prometheus) void again(past);
}
