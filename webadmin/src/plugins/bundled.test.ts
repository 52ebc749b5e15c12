import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error a plugin's own script, which has no types
import { samplesOf } from '../../ui-plugins/overt-monitoring-files/metrics.js';

const TEXT = `# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{vm="web \\"1\\"",code="200"} 17
up 1 1700000000000
broken
infinite{vm="x"} +Inf
`;

test('the monitoring plugin reads metrics in the format of Prometheus', () => {
  expect(samplesOf(TEXT)).toEqual([
    { series: 'requests_total{vm="web \\"1\\"",code="200"}', labels: { vm: 'web "1"', code: '200' }, value: 17 },
    { series: 'up', labels: {}, value: 1 },
  ]);
});

test('every plugin of the program has a descriptor with its own folder', () => {
  const root = 'ui-plugins';
  const files = readdirSync(root);
  for (const file of files.filter((each) => each.endsWith('.json'))) {
    const text = readFileSync(`${root}/${file}`, 'utf8').replace(/^\s*\/\/.*$/gm, '');
    const { name, url, resourcePath } = JSON.parse(text);
    expect(url).toBe(`plugin/${name}/plugin.html`);
    expect(readdirSync(`${root}/${resourcePath}`)).toContain('plugin.html');
  }
});
