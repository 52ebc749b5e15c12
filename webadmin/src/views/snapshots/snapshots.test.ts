import { describe, expect, it } from 'vitest';
import { refusals } from './Snapshots';

const active = { id: 'a', snapshot_type: 'active', snapshot_status: 'ok' };
const regular = { id: 'r', snapshot_type: 'regular', snapshot_status: 'ok' };

describe('snapshots', () => {
  it('can be previewed while the machine is down', () => {
    expect(refusals({ status: 'down' }, [active, regular], regular).preview).toBeNull();
    expect(refusals({ status: 'up' }, [active, regular], regular).preview).toContain('down');
  });

  it('are committed or undone only while one is previewed, and nothing else is done then', () => {
    const why = refusals({ status: 'down' }, [active, { ...regular, snapshot_status: 'in_preview' }], regular);
    expect([why.commit, why.undo]).toEqual([null, null]);
    expect([why.create, why.preview, why.remove].every((reason) => reason !== null)).toBe(true);
    expect(refusals({ status: 'down' }, [active, regular], regular).commit).not.toBeNull();
  });

  it('what the machine is now cannot be removed', () => {
    expect(refusals({ status: 'down' }, [active, regular], active).remove).not.toBeNull();
  });
});
