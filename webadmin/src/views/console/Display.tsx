import RFB from '@novnc/novnc';
import { useEffect, useRef, type RefObject } from 'react';
import { endOf, type End, type Ticket } from './ticket';

/** What can be done with a screen from outside of it. */
export interface Keys {
  ctrlAltDel: () => void;
  type: (text: string) => void;
}

interface Props {
  ticket: Ticket;
  opened: () => void;
  over: (end: End) => void;
  keys: RefObject<Keys | null>;
  /** fitted into the page, or with one pixel for one */
  scaled: boolean;
  label: string;
}

/** The screen, by noVNC. */
export default function Display({ ticket, opened, over, keys, scaled, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const screen = useRef<RFB | null>(null);
  useEffect(() => {
    let ours = false;
    let refused = '';
    const socket = new WebSocket(ticket.address);
    socket.addEventListener('close', (event) => {
      if (ours) return;
      ours = true;
      const end = endOf(event);
      over({ ...end, why: refused || end.why });
    });
    const rfb = new RFB(box.current!, socket, { shared: true, credentials: { password: ticket.password ?? '' } });
    screen.current = rfb;
    rfb.background = 'black';
    keys.current = {
      ctrlAltDel: () => (rfb.sendCtrlAltDel(), rfb.focus()),
      type: (text) => {
        for (const character of text) rfb.sendKey(keysymOf(character), null);
        rfb.focus();
      },
    };
    rfb.addEventListener('connect', () => {
      rfb.focus();
      opened();
    });
    rfb.addEventListener('securityfailure', (event) => (refused = (event as CustomEvent<{ reason?: string }>).detail.reason ?? ''));
    // Without the permission of the browser, what the guest copies stays in the guest.
    rfb.addEventListener('clipboard', (event) => void navigator.clipboard?.writeText((event as CustomEvent<{ text: string }>).detail.text).catch(() => {}));
    return () => {
      ours = true;
      keys.current = null;
      screen.current = null;
      rfb.disconnect();
    };
  }, [ticket, opened, over, keys]);
  useEffect(() => {
    if (screen.current) screen.current.scaleViewport = scaled;
  }, [scaled, ticket]);
  return <div ref={box} className="ov-console__display" role="application" aria-label={label} aria-describedby="console-way-out" />;
}

/** The key of a character in X11's terms, which RFB uses. */
export function keysymOf(character: string): number {
  if (character === '\n') return 0xff0d;
  if (character === '\t') return 0xff09;
  const point = character.codePointAt(0)!;
  return point < 0x100 ? point : 0x1000000 + point;
}
