import { definitionsOf } from './definition';
import { PluginHost } from './host';
import type { PluginApi, PluginApiFactory } from './api/factory';
import type { Ports, Tag } from './ports';

/** A page for tests: it writes down what the host asks of it. */
export class RecordingPage implements Ports {
  readonly said: unknown[][] = [];
  readonly tags: Tag = { name: 'root', description: '', selected: false, children: [] };

  user = (): { name: string; id: string } | null => ({ name: 'admin@internal', id: 'user-1' });
  token = () => 'token-1';
  restSession = () => 'session-1';
  locale = () => 'en-US';
  engineBaseUrl = () => 'https://engine/ovirt-engine/';
  currentPlace = () => 'vms';
  navigate = (token: string) => void this.said.push(['navigate', token]);
  setSearch = (text: string) => void this.said.push(['setSearch', text]);
  toast = (...args: unknown[]) => void this.said.push(['toast', ...args]);
  alert = (...args: unknown[]) => void this.said.push(['alert', ...args]);
  log = (...args: unknown[]) => void this.said.push(['log', ...args]);
  fatalError = (...args: unknown[]) => void this.said.push(['fatalError', ...args]);
  rootTag = () => this.tags;

  heard(kind: string): unknown[][] {
    return this.said.filter(([each]) => each === kind).map(([, ...args]) => args);
  }
}

/* eslint-disable @typescript-eslint/no-explicit-any -- plugins are not typed */
export type Api = PluginApi & Record<string, (...args: any[]) => any>;

export interface Started {
  page: RecordingPage;
  host: PluginHost;
  api: (name: string) => Api;
}

/** A host with plugins whose pages are empty: tests call the API in their place. */
export function started(...definitions: object[]): Started {
  const page = new RecordingPage();
  withoutNetwork();
  const host = new PluginHost(page);
  const given = definitions.length > 0 ? definitions : [{ name: 'p' }];
  void host.start(definitionsOf(given.map((each) => ({ url: 'about:blank', config: {}, ...each }))));
  const factory = (window as unknown as { pluginApi: PluginApiFactory }).pluginApi;
  return { page, host, api: (name) => factory(name) as Api };
}

/** The pages of plugins are empty: nothing is looked for anywhere. */
function withoutNetwork(): void {
  const { settings } = (window as any).happyDOM;
  settings.enableIframePageLoading = true;
  settings.fetch.interceptor = {
    beforeAsyncRequest: async () => new Response('<!DOCTYPE html>', { headers: { 'Content-Type': 'text/html' } }),
  };
}

/** Until everything that was put off to later turns has happened. */
export async function turns(): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Registers these handlers for the plugin and waits until it is in use. */
export async function use(api: Api, handlers: Record<string, unknown>): Promise<void> {
  api.register!(handlers);
  api.ready!();
  await turns();
}
