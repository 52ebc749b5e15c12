import RFB from '@novnc/novnc';
import { useEffect, useRef, type RefObject } from 'react';
import type { Ticket } from './ticket';

export interface Keys {
  ctrlAltDel: () => void;
}

interface Props {
  ticket: Ticket;
  over: (why: string) => void;
  keys: RefObject<Keys | null>;
  label: string;
}

/** The screen, by noVNC. */
export default function Display({ ticket, over, keys, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let ours = false;
    const rfb = new RFB(box.current!, ticket.address, { shared: true, credentials: { password: ticket.password ?? '' } });
    rfb.scaleViewport = true;
    rfb.background = 'black';
    keys.current = { ctrlAltDel: () => (rfb.sendCtrlAltDel(), rfb.focus()) };
    rfb.addEventListener('connect', () => rfb.focus());
    rfb.addEventListener('disconnect', (event) => {
      if (!ours) over((event as CustomEvent<{ clean: boolean; reason?: string }>).detail.reason ?? '');
    });
    rfb.addEventListener('securityfailure', (event) => over((event as CustomEvent<{ reason?: string }>).detail.reason ?? ''));
    return () => {
      ours = true;
      keys.current = null;
      rfb.disconnect();
    };
  }, [ticket, over, keys]);
  return <div ref={box} className="ov-console__display" role="application" aria-label={label} />;
}
