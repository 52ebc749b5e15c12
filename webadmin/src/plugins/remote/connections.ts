import type { Plugin } from '../plugin';
import { Connection, type ConnectionParts } from './connection';
import { helloOf } from './messages';

const PROTOCOL = 1;
export const NAMELESS = 'null';

/**
 * Listens for plugins of other origins. One that introduces itself is answered if it is the window of its own hidden
 * frame and comes from the origin that its descriptor names, or the engine keeps it apart; everybody else hears nothing.
 */
export function listenForPlugins(
  parts: ConnectionParts,
  plugin: (name: string) => Plugin | undefined,
  address: (plugin: Plugin) => string,
): () => void {
  const { window } = parts;
  const open = new Set<Connection>();
  const listener = (event: MessageEvent) => {
    const hello = helloOf(event.data);
    const known = hello && plugin(hello.name);
    if (!hello || !known || known.state !== 'LOADING' || known.remote !== null) return;
    if (event.source === null || event.source !== known.iframe?.contentWindow) return;
    const { origin } = new URL(address(known));
    const own = origin === window.location.origin;
    // the engine gives pages of isolated plugins an origin without a name
    if (own ? event.origin !== NAMELESS || known.definition.isolation !== 'origin' : event.origin !== origin) return;
    if (hello.protocol !== PROTOCOL) {
      known.diagnosis.log('warning', `its page speaks protocol ${hello.protocol}; this page speaks ${PROTOCOL}`);
      return;
    }
    const channel = new MessageChannel();
    const connection = new Connection(known, parts, channel.port1);
    open.add(connection);
    known.remote = {
      close: () => {
        open.delete(connection);
        connection.close();
      },
    };
    const welcome = { welcome: PROTOCOL, config: known.config, state: connection.state() };
    (event.source as Window).postMessage(welcome, own ? '*' : origin, [channel.port2]);
  };
  const moved = () => open.forEach((connection) => connection.tellState());
  window.addEventListener('message', listener);
  window.addEventListener('hashchange', moved);
  return () => {
    window.removeEventListener('message', listener);
    window.removeEventListener('hashchange', moved);
  };
}
