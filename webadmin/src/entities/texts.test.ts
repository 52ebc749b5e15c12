import { describe, expect, it } from 'vitest';
import { addresses, bytes, duration, humanize, many, processors } from './texts';

describe('texts', () => {
  it('writes statuses as people read them', () => {
    expect(humanize('reboot_in_progress')).toBe('Reboot in progress');
    expect(humanize(undefined)).toBe('');
  });

  it('writes sizes in the unit that fits', () => {
    expect(bytes('1073741824', 'en')).toBe('1 GiB');
    expect(bytes(1610612736, 'en')).toBe('1.5 GiB');
    expect(bytes('', 'en')).toBe('');
    expect(bytes('512', 'en')).toBe('512 B');
  });

  it('writes the two largest parts of a time', () => {
    expect(duration(90061)).toBe('1 d 1 h');
    expect(duration('59')).toBe('59 s');
    expect(duration(0)).toBe('');
  });

  it('takes lists with and without their wrapper', () => {
    expect(many({ usage: ['vm', 'migration'] })).toEqual(['vm', 'migration']);
    expect(many('vm')).toEqual(['vm']);
    expect(many(undefined)).toEqual([]);
  });

  it('leaves out addresses that nobody else can reach', () => {
    expect(addresses(['127.0.0.1', '::1', 'fe80::1', '2001:db8::1', '10.0.0.1', '10.0.0.1'])).toEqual(['10.0.0.1', '2001:db8::1']);
    expect(addresses([{ address: '10.0.0.2', version: 'v4' }])).toEqual(['10.0.0.2']);
  });

  it('counts processors', () => {
    expect(processors({ cpu: { topology: { sockets: '2', cores: '4', threads: '2' } } })).toBe(16);
    expect(processors({})).toBeNull();
  });
});
