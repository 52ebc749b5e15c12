import { send } from './api';

/** One message of an event stream (WHATWG HTML, section 9.2). */
export interface Message {
  id: string | null;
  event: string;
  data: string;
}

/** Cuts a stream of text into messages; whatever is not complete waits for more. */
export class MessageParser {
  private rest = '';

  push(text: string): Message[] {
    const blocks = (this.rest + text).replace(/\r\n?/g, '\n').split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.map(parse).filter((message) => message !== null);
  }
}

function parse(block: string): Message | null {
  const message: Message = { id: null, event: 'message', data: '' };
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') data.push(value);
    else if (name === 'event') message.event = value;
    else if (name === 'id') message.id = value;
  }
  message.data = data.join('\n');
  return data.length > 0 || message.event !== 'message' ? message : null;
}

/**
 * Follows an event stream of the engine until it is stopped, and takes it up again after a break.
 * `EventSource` would do but for the `Authorization` header.
 *
 * @param opened called at each (re-)connection, true from the second one on: something may have been missed
 */
export function follow(address: string, heard: (message: Message) => void, opened: (again: boolean) => void): () => void {
  const stop = new AbortController();
  void (async () => {
    let last: string | null = null;
    for (let round = 0; !stop.signal.aborted; round++) {
      try {
        const from = last === null ? '' : `${address.includes('?') ? '&' : '?'}from=${last}`;
        const response = await send(address + from, { accept: 'text/event-stream', signal: stop.signal });
        opened(round > 0);
        const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
        const parser = new MessageParser();
        for (;;) {
          const { done, value } = await reader.read();
          if (done || stop.signal.aborted) break;
          for (const message of parser.push(value)) {
            last = message.id ?? last;
            heard(message);
          }
        }
      } catch {
        // ended, or never began: again after a moment
      }
      if (!stop.signal.aborted) await new Promise((go) => setTimeout(go, Math.min(500 * 2 ** Math.min(round, 4), 8000)));
    }
  })();
  return () => stop.abort();
}
