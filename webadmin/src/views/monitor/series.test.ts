import { describe, expect, it } from 'vitest';
import { add, figures, traffic, type Track } from './series';

describe('what is measured', () => {
  it('is kept in step with its times', () => {
    const track: Track = { times: [], values: {} };
    add(track, 1, { cpu: 10 });
    add(track, 2, { cpu: 20, sent: 5 });
    add(track, 2, { cpu: 99 });
    add(track, 3, { sent: 6 });
    expect(track).toEqual({ times: [1, 2, 3], values: { cpu: [10, 20, null], sent: [null, 5, 6] } });
  });

  it('does not grow for ever', () => {
    const track: Track = { times: [], values: {} };
    for (let time = 1; time <= 1300; time++) add(track, time, { cpu: time });
    expect(track.times).toHaveLength(1200);
    expect(track.values.cpu).toHaveLength(1200);
    expect(track.values.cpu!.at(-1)).toBe(1300);
  });

  it('reads statistics by name', () => {
    expect(figures([{ name: 'memory.used', values: { value: [{ datum: 5 }] } }, { name: 'disks.usage', values: {} }])).toEqual({ 'memory.used': 5, 'disks.usage': null });
  });

  it('adds up interfaces, in bytes', () => {
    const nic = (rx: number) => ({ statistics: { statistic: [{ name: 'data.current.rx.bps', values: { value: [{ datum: rx }] } }] } });
    expect(traffic([nic(80), nic(8)])).toEqual({ received: 11, sent: null });
  });
});
