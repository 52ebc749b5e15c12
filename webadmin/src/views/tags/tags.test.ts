import { describe, expect, it } from 'vitest';
import { changes } from './TagsDialog';
import { searchOf, tagsOf, tree } from './tree';

const tags = [
  { id: 'r', name: 'root' },
  { id: 'b', name: 'blue', parent: { id: 'r' } },
  { id: 'a', name: 'all', parent: { id: 'r' } },
  { id: 's', name: 'sky', parent: { id: 'b' } },
];

describe('tags', () => {
  it('stand below their parents, without the root', () => {
    expect(tree(tags).map((tag) => `${tag.depth}${tag.name}`)).toEqual(['0all', '0blue', '1sky']);
  });

  it('are what the list is searched for, unless it is searched for something else', () => {
    expect(searchOf(['blue', 'sky'])).toBe('tag="blue" or tag="sky"');
    expect(tagsOf(searchOf(['blue', 'sky']))).toEqual(['blue', 'sky']);
    expect(tagsOf('tag="blue" and status=up')).toEqual([]);
  });

  it('are only changed where they were touched and are not so yet', () => {
    const had = new Map([['1', new Set(['a'])], ['2', new Set<string>()]]);
    expect(changes('vms', had, new Map([['a', true], ['b', false]]))).toEqual([{ method: 'POST', path: '/vms/2/tags', body: { id: 'a' } }]);
    expect(changes('vms', had, new Map([['a', false]]))).toEqual([{ method: 'DELETE', path: '/vms/1/tags/a' }]);
  });
});
