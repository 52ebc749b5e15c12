import { expect, test } from 'vitest';
import { conditionsOf } from './sortby';

test('an order is told from conditions', () => {
  expect(conditionsOf('name=a* sortby memory desc')).toEqual({ conditions: 'name=a*', ordered: true });
  expect(conditionsOf('SortBy name')).toEqual({ conditions: '', ordered: true });
  expect(conditionsOf('description="not sortby name" and name=sortbything')).toEqual({ conditions: 'description="not sortby name" and name=sortbything', ordered: false });
});
