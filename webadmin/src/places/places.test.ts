import { expect, test } from 'vitest';
import { format, parse } from './places';

test('a token of oVirt with its parameters is understood, and written the same way', () => {
  const place = parse('#vms-general;name=web%201;id=a');
  expect(place).toEqual({ token: 'vms-general', params: { name: 'web 1', id: 'a' } });
  expect(format(place.token, place.params)).toBe('#vms-general;name=web%201;id=a');
});

test('a search keeps its signs', () => {
  const search = 'name=web* and status=up; x';
  expect(parse(format('vms', { search })).params.search).toBe(search);
});

test('what is no address is taken as it is', () => {
  expect(parse('#vms;name=100%').params.name).toBe('100%');
  expect(parse('')).toEqual({ token: '', params: {} });
});
