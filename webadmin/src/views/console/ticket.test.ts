import { describe, expect, it } from 'vitest';
import { socketAddress } from './ticket';

describe('the way to a console', () => {
  it('is as safe as the page', () => {
    expect(socketAddress('a b', { protocol: 'https:', host: 'engine:8443' })).toBe('wss://engine:8443/ovirt-engine/webadmin/console?ticket=a%20b');
    expect(socketAddress('t', { protocol: 'http:', host: 'localhost' })).toMatch(/^ws:/);
  });
});
