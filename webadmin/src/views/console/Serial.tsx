import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef } from 'react';
import type { Ticket } from './ticket';

/** The serial line, by xterm. Bytes go as they are, in binary frames. */
export default function Serial({ ticket, over, label }: { ticket: Ticket; over: (why: string) => void; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const terminal = new Terminal({ cursorBlink: true, scrollback: 5000, screenReaderMode: true });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(box.current!);
    fit.fit();
    const resized = new ResizeObserver(() => fit.fit());
    resized.observe(box.current!);
    let ours = false;
    const socket = new WebSocket(ticket.address);
    socket.binaryType = 'arraybuffer';
    const encoder = new TextEncoder();
    socket.onopen = () => terminal.focus();
    socket.onmessage = (message: MessageEvent<ArrayBuffer | string>) => terminal.write(typeof message.data === 'string' ? message.data : new Uint8Array(message.data));
    socket.onclose = (event) => {
      if (!ours) over(event.reason);
    };
    const typed = terminal.onData((text) => socket.readyState === WebSocket.OPEN && socket.send(encoder.encode(text)));
    return () => {
      ours = true;
      typed.dispose();
      resized.disconnect();
      socket.close();
      terminal.dispose();
    };
  }, [ticket, over]);
  return <div ref={box} className="ov-console__display" role="application" aria-label={label} />;
}
