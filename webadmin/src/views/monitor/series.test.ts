import { describe, expect, it } from 'vitest';
import { add, begin, figures, history, traffic, type Track } from './series';

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

  it('begins with what the engine knows of the time before', () => {
    const course = (name: string, ...values: number[]) => ({ name: `${name}.usage.history`, values: { value: values.map((datum) => ({ datum })) } });
    const before = history([course('cpu', 30, 10), course('memory', 50)], 1000);
    expect(before).toEqual([{ cpu: 30, memory: 500, installed: 1000 }, { cpu: 10, memory: null, installed: 1000 }]);
    const track: Track = { times: [], values: {} };
    begin(track, 100, { now: { cpu: 40 }, before });
    begin(track, 105, { now: { cpu: 50 }, before });
    expect(track.times).toEqual([55, 85, 100, 105]);
    expect(track.values.cpu).toEqual([10, 30, 40, 50]);
  });

  it('adds up interfaces, in bytes', () => {
    const nic = (rx: number) => ({ statistics: { statistic: [{ name: 'data.current.rx.bps', values: { value: [{ datum: rx }] } }] } });
    expect(traffic([nic(80), nic(8)])).toEqual({ received: 11, sent: null });
  });
});
