import { expect, test } from 'vitest';
import { detailTabs, insert, subMenu, topMenu, type TopEntry } from './menu';
import { placeOptions } from './options';
import type { Container, Place } from './surfaces';

const place = (label: string, where: Place['where'], options: object = {}): Place => ({
  plugin: 'p',
  token: label,
  label,
  where,
  url: '',
  revision: 0,
  accessible: true,
  lingering: false,
  sandbox: null,
  options: placeOptions(options),
});

const inMenu = (label: string, options?: object) => place(label, { kind: 'menu' }, options);
const names = (entries: readonly TopEntry<string>[]) =>
  entries.map((entry) => ('own' in entry ? entry.own : 'place' in entry ? entry.place.label : entry.container.label));

test('negative positions come first, none and too great ones last', () => {
  const additions = [
    ['last', null],
    ['second', 1],
    ['first', -1],
    ['beyond', 99],
  ] as const;
  expect(insert(['a', 'b'], additions, ([, at]) => at).map((each) => (typeof each === 'string' ? each : each[0]))).toEqual([
    'first',
    'second',
    'a',
    'b',
    'beyond',
    'last',
  ]);
});

test('places of the menu: by priority, at the right end, and not the hidden ones', () => {
  const hidden = { ...inMenu('hidden'), accessible: false };
  const places = [inMenu('right', { alignRight: true }), inMenu('plain'), inMenu('dash', { priority: -1 }), hidden];
  expect(names(topMenu(['Compute', 'Events'], places, []))).toEqual(['dash', 'Compute', 'Events', 'plain', 'right']);
});

test("a plugin's group is shown when something is in it", () => {
  const groups: Container[] = ['full', 'empty'].map((id) => ({ plugin: 'p', id, label: id, priority: null, icon: null }));
  const places = [place('x', { kind: 'container', menuId: 'full' }), place('y', { kind: 'container', menuId: 'compute' })];
  expect(names(topMenu([], places, groups))).toEqual(['full']);
  expect(names(subMenu('compute', ['VMs'], places))).toEqual(['VMs', 'y']);
  expect(names(subMenu('nowhere', [], places))).toEqual([]);
});

test("plugins' tabs sort among the standard indexes", () => {
  const own = [
    { label: 'General', index: 0 },
    { label: 'Disks', index: 2 },
  ];
  const tab = (label: string, options?: object) => place(label, { kind: 'detail', entity: 'VirtualMachine' }, options);
  const places = [tab('end'), tab('between', { priority: 1 }), tab('with', { priority: 2 }), place('other', { kind: 'menu' })];
  expect(detailTabs('VirtualMachine', own, places).map((entry) => ('own' in entry ? entry.own.label : entry.place.label))).toEqual([
    'General',
    'between',
    'Disks',
    'with',
    'end',
  ]);
});
