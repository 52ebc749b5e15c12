import { expect, test } from 'vitest';
import { MessageParser } from './stream';

test('a message is heard once it is complete, however the stream is cut', () => {
  const parser = new MessageParser();
  expect(parser.push('retry: 2000\n\n: beat\n\nid: 7\neve')).toEqual([]);
  expect(parser.push('nt: event\ndata: {"a":\ndata: 1}\n')).toEqual([]);
  expect(parser.push('\n')).toEqual([{ id: '7', event: 'event', data: '{"a":\n1}' }]);
});
