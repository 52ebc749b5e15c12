import { API, call, correlation, EXTENSIONS, send } from '../../engine/api';

export type Kind = 'vnc' | 'serial';

/** Lets one connection through, once and soon. */
export interface Ticket {
  address: string;
  /** of the display itself, where it asks for one */
  password: string | undefined;
}

/** How a connection ended, as far as the engine said. */
export interface End {
  why: string;
  /** somebody else is at the console, and could be made to leave */
  busy: boolean;
}

/** What the engine closes a WebSocket with when somebody else has the console. */
const BUSY = 4423;

export function endOf(event: CloseEvent): End {
  return { why: event.reason, busy: event.code === BUSY };
}

/**
 * Asks for a way to a machine's console.
 *
 * @param take whether who is at it has to leave
 */
export async function ticketFor(vm: string, kind: Kind, take: boolean, signal?: AbortSignal): Promise<Ticket> {
  const answer = await call(`${EXTENSIONS}/vms/${vm}/console?type=${kind}${take ? '&take=true' : ''}`, { method: 'POST', correlationId: correlation(), signal });
  return { address: socketAddress(String(answer.ticket), location), password: answer.password as string | undefined };
}

export function socketAddress(ticket: string, at: Pick<Location, 'protocol' | 'host'>): string {
  return `${at.protocol === 'https:' ? 'wss' : 'ws'}://${at.host}/ovirt-engine/webadmin/console?ticket=${encodeURIComponent(ticket)}`;
}

/** The connection file of a viewer outside of the browser, offered for download. */
export async function downloadViewerFile(vm: string, name: string, console: string): Promise<void> {
  const response = await send(`${API}/vms/${vm}/graphicsconsoles/${console}/remoteviewerconnectionfile`, { method: 'POST', body: {}, accept: 'application/json' });
  const answer = (await response.json()) as { remote_viewer_connection_file?: string };
  const blob = new Blob([answer.remote_viewer_connection_file ?? ''], { type: 'application/x-virt-viewer' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.vv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** What a machine's screen shows now, as a picture. */
export async function screenshot(vm: string, signal?: AbortSignal): Promise<Blob> {
  const response = await send(`${API}/vms/${vm}/screenshot`, { method: 'POST', body: {}, accept: '*/*', signal });
  return response.blob();
}
