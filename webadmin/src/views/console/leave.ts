/**
 * The way out of a box that takes all keys: Ctrl and the left Alt pressed and let go, with nothing between, as in
 * viewers outside of browsers. The right Alt is AltGr on many keyboards, which some systems report with Ctrl.
 *
 * @returns what ends it
 */
export function onLeave(box: HTMLElement, leave: () => void): () => void {
  const down = new Set<string>();
  let pure = true;
  let both = false;
  const pressed = (event: KeyboardEvent) => {
    if (down.size === 0) {
      pure = true;
      both = false;
    }
    down.add(event.code);
    pure &&= event.code === 'ControlLeft' || event.code === 'ControlRight' || event.code === 'AltLeft';
    both ||= down.has('AltLeft') && (down.has('ControlLeft') || down.has('ControlRight'));
  };
  const released = (event: KeyboardEvent) => {
    down.delete(event.code);
    // the guest hears of the last key before the focus goes, or would think it is still held
    if (down.size === 0 && pure && both) setTimeout(leave);
  };
  const forget = () => down.clear();
  box.addEventListener('keydown', pressed, true);
  box.addEventListener('keyup', released, true);
  box.addEventListener('focusout', forget);
  return () => {
    box.removeEventListener('keydown', pressed, true);
    box.removeEventListener('keyup', released, true);
    box.removeEventListener('focusout', forget);
  };
}
