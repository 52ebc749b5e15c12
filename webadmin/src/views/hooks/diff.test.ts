import { expect, it } from 'vitest';
import { lines } from './diff';

it('tells what of a difference was added and removed', () => {
  expect(lines('--- before\n+++ after\n@@ -1 +1 @@\n-a\n+b\n c\n').map((line) => line.kind)).toEqual(['head', 'head', 'head', 'removed', 'added', 'same']);
});
