import { FitAddon } from '@xterm/addon-fit';
import { Terminal, type ITheme } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef } from 'react';
import { endOf, type End, type Ticket } from './ticket';

interface Props {
  /** null: not connected, what was said stays to be read */
  ticket: Ticket | null;
  opened: () => void;
  over: (end: End) => void;
  label: string;
}

const LIGHT: ITheme = {
  background: '#ffffff',
  foreground: '#151515',
  cursor: '#151515',
  selectionBackground: '#b9dafc',
  // bright colours of terminals are made for black
  yellow: '#73480b',
  green: '#1f6d0a',
  cyan: '#005f60',
  white: '#4d4d4d',
  brightYellow: '#73480b',
  brightGreen: '#1f6d0a',
  brightCyan: '#005f60',
  brightWhite: '#151515',
};
const DARK: ITheme = { background: '#000000', foreground: '#e0e0e0' };

function theme(): ITheme {
  return document.documentElement.classList.contains('pf-v6-theme-dark') ? DARK : LIGHT;
}

/** The serial line, by xterm. Bytes go as they are, in binary frames. */
export default function Serial({ ticket, opened, over, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef<Terminal | null>(null);
  useEffect(() => {
    const terminal = new Terminal({ cursorBlink: true, scrollback: 5000, screenReaderMode: true, theme: theme() });
    shown.current = terminal;
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.attachCustomKeyEventHandler((event) => !clipboardKey(event, terminal));
    terminal.open(box.current!);
    fit.fit();
    const resized = new ResizeObserver(() => fit.fit());
    resized.observe(box.current!);
    const recoloured = new MutationObserver(() => (terminal.options.theme = theme()));
    recoloured.observe(document.documentElement, { attributeFilter: ['class'] });
    return () => {
      shown.current = null;
      resized.disconnect();
      recoloured.disconnect();
      terminal.dispose();
    };
  }, []);
  useEffect(() => {
    const terminal = shown.current;
    if (!ticket || !terminal) return;
    let ours = false;
    const socket = new WebSocket(ticket.address);
    socket.binaryType = 'arraybuffer';
    const encoder = new TextEncoder();
    socket.onopen = () => {
      terminal.focus();
      opened();
    };
    socket.onmessage = (message: MessageEvent<ArrayBuffer>) => terminal.write(new Uint8Array(message.data));
    socket.onclose = (event) => {
      if (!ours) over(endOf(event));
    };
    const typed = terminal.onData((text) => socket.readyState === WebSocket.OPEN && socket.send(encoder.encode(text)));
    return () => {
      ours = true;
      typed.dispose();
      socket.close();
    };
  }, [ticket, opened, over]);
  return <div ref={box} className="ov-console__display ov-console__display--serial" role="application" aria-label={label} aria-describedby="console-way-out" />;
}

/** Ctrl-C and Ctrl-V are the guest's: with Shift they are the page's, as in other terminals. */
function clipboardKey(event: KeyboardEvent, terminal: Terminal): boolean {
  if (!event.ctrlKey || !event.shiftKey || (event.code !== 'KeyC' && event.code !== 'KeyV')) return false;
  if (event.code === 'KeyC' && event.type === 'keydown') {
    event.preventDefault();
    void navigator.clipboard?.writeText(terminal.getSelection()).catch(() => {});
  }
  return true;
}
