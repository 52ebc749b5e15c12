import { expect, test } from 'vitest';
import { dismiss, noticeBoard, tell } from './notices';

test('many are closed at once, and those that came meanwhile stay', () => {
  const keys = ['a', 'b', 'c', 'd'].map((title) => tell({ severity: 'danger', title }));
  tell({ severity: 'danger', title: 'e' });
  dismiss(...keys);
  expect(noticeBoard.get().map((notice) => notice.title)).toEqual(['e']);
});
