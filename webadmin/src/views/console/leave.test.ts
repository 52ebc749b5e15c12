import { expect, it, vi } from 'vitest';
import { onLeave } from './leave';

function boxed() {
  vi.useFakeTimers();
  const box = document.createElement('div');
  const left = vi.fn();
  onLeave(box, left);
  return (...keys: string[]) => {
    for (const key of keys) box.dispatchEvent(new KeyboardEvent(key.startsWith('-') ? 'keyup' : 'keydown', { code: key.replace(/^-/, '') }));
    vi.runAllTimers();
    const times = left.mock.calls.length;
    left.mockClear();
    return times;
  };
}

it('Ctrl with the left Alt leads out', () => {
  const type = boxed();
  expect(type('ControlLeft', 'AltLeft', '-AltLeft', '-ControlLeft')).toBe(1);
  expect(type('AltLeft', 'ControlRight', '-AltLeft', '-ControlRight')).toBe(1);
});

it('keys that mean something to the guest do not', () => {
  const type = boxed();
  expect(type('ControlLeft', 'AltLeft', 'Delete', '-Delete', '-AltLeft', '-ControlLeft')).toBe(0);
  expect(type('ControlLeft', 'AltRight', '-AltRight', '-ControlLeft')).toBe(0);
  expect(type('ControlLeft', '-ControlLeft', 'AltLeft', '-AltLeft')).toBe(0);
});
