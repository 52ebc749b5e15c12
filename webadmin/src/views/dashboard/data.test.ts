import { describe, expect, it } from 'vitest';
import { heatOf, points } from './data';

describe('the dashboard', () => {
  it('tells how full something is', () => {
    expect([0, 0.64, 0.65, 0.8, 0.9, 1].map(heatOf)).toEqual(['low', 'low', 'medium', 'high', 'full', 'full']);
  });

  it('draws history inside of its box', () => {
    expect(points([0, 50, 100], 100, 200, 40)).toBe('0.0,40.0 100.0,20.0 200.0,0.0');
    expect(points([500], 100, 200, 40)).toBe('0.0,0.0');
    expect(points([], 100, 200, 40)).toBe('');
    expect(points([1], 0, 200, 40)).toBe('');
  });
});
