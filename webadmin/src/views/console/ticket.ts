import { API, call, correlation, EXTENSIONS, list, send } from '../../engine/api';

export type Kind = 'vnc' | 'serial';

/** Lets one connection through, once and soon. */
export interface Ticket {
  address: string;
  /** of the display itself, where it asks for one */
  password: string | undefined;
}

/** Asks for a way to a machine's console. */
export async function ticketFor(vm: string, kind: Kind): Promise<Ticket> {
  const answer = await call(`${EXTENSIONS}/vms/${vm}/console?type=${kind}`, { method: 'POST', correlationId: correlation() });
  const ticket = String(answer.ticket ?? answer.value ?? '');
  return { address: socketAddress(ticket, location), password: answer.password as string | undefined };
}

export function socketAddress(ticket: string, at: Pick<Location, 'protocol' | 'host'>): string {
  return `${at.protocol === 'https:' ? 'wss' : 'ws'}://${at.host}/ovirt-engine/webadmin/console?ticket=${encodeURIComponent(ticket)}`;
}

/** The connection file of a viewer outside of the browser, offered for download. */
export async function downloadViewerFile(vm: string, name: string): Promise<void> {
  const consoles = await list(`/vms/${vm}/graphicsconsoles`);
  const chosen = consoles.find((one) => one.protocol === 'vnc') ?? consoles[0];
  if (!chosen) throw new Error('The virtual machine has no graphics console');
  const response = await send(`${API}/vms/${vm}/graphicsconsoles/${chosen.id}/remoteviewerconnectionfile`, { method: 'POST', body: {}, accept: 'application/json' });
  const answer = (await response.json()) as { remote_viewer_connection_file?: string };
  const blob = new Blob([answer.remote_viewer_connection_file ?? ''], { type: 'application/x-virt-viewer' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.vv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
