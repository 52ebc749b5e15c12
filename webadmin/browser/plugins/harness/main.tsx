// A page with nothing but the surfaces of plugins, for work on their host without an engine. What tests look for is
// called here as it is in the real page.
import '@patternfly/react-core/dist/styles/base.css';
import { Menu, MenuList, Nav, NavExpandable, NavItem, NavList, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { format, parse, places } from '../../../src/places/places';
import {
  definitionsOf, detailTabs, ENTITY_PLACES, PlaceFrame, PluginDialogs, PluginHost, PluginHostProvider,
  PluginMenuItem, PluginToolbarButton, subMenu, topMenu, usePluginButtons, usePluginDetailSelection, usePluginHost, usePluginPlace,
  usePluginPlaces, usePluginSelection, useRegistry, type Place, type Ports,
} from '../../../src/plugins';
import '../../../src/plugins/compatibility/styles';
import { Extensions } from '../../../src/plugins/react/Extensions';
import { PluginIcon } from '../../../src/plugins/react/PluginIcon';

type Row = Record<string, unknown>;
const vm = (id: string, name: string, status: string): Row => ({ id, name, status });
const ROWS: Record<string, Row[]> = {
  vms: [vm('1', 'web1', 'up'), vm('2', 'web2', 'down'), vm('3', 'web3', 'up')],
  hosts: [
    { id: 'h1', name: 'host1', address: 'host1.example.com' },
    { id: 'h2', name: 'host2', address: 'host2.example.com' },
  ],
  dataCenters: [
    { id: 'd1', name: 'Default' },
    { id: 'd2', name: 'Other' },
  ],
  clusters: [{ id: 'c1', name: 'Default' }],
  storage: [{ id: 's1', name: 'data', storage: { type: 'iscsi' } }],
};
const ENTITY = Object.fromEntries(Object.entries(ENTITY_PLACES).map(([entity, { main }]) => [main, entity]));

const notices: { kind: string; text: string }[] = [];
let noticed = () => {};
const notice = (kind: string, text: string) => {
  notices.push({ kind, text });
  noticed();
};
const ports: Ports = {
  user: () => ({ name: 'admin@internal', id: 'user-1' }),
  token: () => 'token-1',
  restSession: () => 'session-1',
  locale: () => 'en-US',
  engineBaseUrl: () => `${location.origin}/ovirt-engine/`,
  currentPlace: () => parse(location.hash).token || 'vms',
  navigate: (token) => places.go(token),
  setSearch: (text) => places.go(text.split(':')[0]!.toLowerCase(), { search: text.split(':')[1]?.trim() }),
  toast: (type, message) => notice(`toast ${type}`, message),
  alert: (type, message) => notice(`alert ${type}`, message),
  log: () => {},
  fatalError: (_plugin, message) => notice('alert danger', message),
  rootTag: () => ({ name: 'root', description: '', selected: false, children: [] }),
};

function Page() {
  const host = usePluginHost();
  const place = useSyncExternalStore(places.subscribe, places.get);
  const all = usePluginPlaces();
  const groups = useRegistry(host.containers);
  const [, draw] = useState(0);
  useEffect(() => void (noticed = () => draw((count) => count + 1)), []);
  const token = place.token || 'vms';
  const link = (one: Place) => (
    <NavItem key={one.token} icon={<PluginIcon icon={one.options.icon} />} to={format(one.token)}>
      {one.label}
    </NavItem>
  );
  return (
    <div className="overt-page" style={{ display: 'flex', minHeight: '90vh' }}>
      <Nav aria-label="Menu">
        <NavList>
          {topMenu(['Compute', 'Extensions'], all, groups).map((entry) =>
            'place' in entry ? (
              link(entry.place)
            ) : 'container' in entry ? (
              <NavExpandable key={entry.container.id} title={entry.container.label} isExpanded>
                {entry.places.map(link)}
              </NavExpandable>
            ) : entry.own === 'Compute' ? (
              <NavExpandable key="compute" title="Compute" isExpanded>
                {subMenu('compute', Object.keys(ROWS), all).map((each) =>
                  'place' in each ? link(each.place) : <NavItem key={each.own} to={format(each.own)}>{each.own}</NavItem>,
                )}
              </NavExpandable>
            ) : (
              <NavItem key="extensions" to="#extensions">Extensions</NavItem>
            ),
          )}
        </NavList>
      </Nav>
      <main style={{ flex: 1, display: 'flex', flexDirection: 'column' }}>
        <div id="notices">
          {notices.map((each, index) => (
            <p key={index} className={each.kind} role="status">
              {each.text}
            </p>
          ))}
        </div>
        <View key={token} token={token} name={place.params.name} />
      </main>
      <PluginDialogs />
    </div>
  );
}

function View({ token, name }: { token: string; name: string | undefined }) {
  const foreign = usePluginPlace(token);
  if (token === 'extensions') return <Extensions />;
  if (foreign && foreign.where.kind !== 'detail') return <PlaceFrame place={foreign} />;
  const list = foreign?.where.kind === 'detail' ? ENTITY_PLACES[foreign.where.entity]!.main : token.split('-')[0]!;
  if (!ROWS[list]) return <p>There is no such place: {token}</p>;
  return token === list ? <List token={list} /> : <Detail token={token} list={list} row={ROWS[list].find((row) => row.name === name)!} />;
}

function List({ token }: { token: string }) {
  const entity = ENTITY[token]!;
  const [chosen, setChosen] = useState<Row[]>([]);
  const [menu, setMenu] = useState(false);
  const [more, setMore] = useState(false);
  usePluginSelection(entity, chosen);
  const buttons = usePluginButtons({ entity, selection: chosen });
  return (
    <section className="overt-list">
      <div className="overt-toolbar" role="toolbar" style={{ display: 'flex' }}>
        {buttons.toolbar.filter((button) => !button.moreMenu).map((button) => <PluginToolbarButton key={button.key} button={button} />)}
        <button data-action="more" onClick={() => setMore(!more)}>More</button>
      </div>
      {more && <Menu><MenuList>{buttons.toolbar.filter((button) => button.moreMenu).map((button) => <PluginMenuItem key={button.key} button={button} />)}</MenuList></Menu>}
      <table>
        <tbody>
          {ROWS[token]!.map((row) => (
            <tr
              key={String(row.id)}
              className="overt-table__row"
              onClick={(event) =>
                setChosen(event.ctrlKey ? (chosen.includes(row) ? chosen.filter((each) => each !== row) : [...chosen, row]) : [row])
              }
              onContextMenu={(event) => {
                event.preventDefault();
                setMenu(true);
              }}
            >
              <td><a href={format(`${token}-general`, { name: String(row.name) })}>{String(row.name)}</a> </td><td style={{ width: 600 }}>{chosen.includes(row) ? 'chosen' : 'not'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {menu && <Menu onSelect={() => setMenu(false)}><MenuList>{buttons.context.map((button) => <PluginMenuItem key={button.key} button={button} />)}</MenuList></Menu>}
    </section>
  );
}

function Detail({ token, list, row }: { token: string; list: string; row: Row }) {
  const entity = ENTITY[list]!;
  const selected = [row];
  usePluginSelection(entity, selected);
  const own = [
    { token: `${list}-general`, label: 'General', index: 0, detail: '' },
    { token: `${list}-disks`, label: 'Disks', index: 2, detail: 'Disk' },
  ];
  const tabs = detailTabs(entity, own, usePluginPlaces());
  const active = tabs.find((tab) => ('own' in tab ? tab.own : tab.place).token === token);
  return (
    <article className="overt-detail" style={{ flex: 1, display: 'flex', flexDirection: 'column' }}>
      <h1>{String(row.name)}</h1>
      <Tabs activeKey={token} onSelect={(_, key) => places.go(String(key), { name: String(row.name) })}>
        {tabs.map((tab) => {
          const { token: key, label } = 'own' in tab ? tab.own : tab.place;
          return <Tab key={key} eventKey={key} title={<TabTitleText>{label}</TabTitleText>} />;
        })}
      </Tabs>
      {active && 'place' in active && <PlaceFrame place={active.place} />}
      {active && 'own' in active && <SubList entity={entity} detail={active.own.detail} row={row} />}
    </article>
  );
}

function SubList({ entity, detail, row }: { entity: string; detail: string; row: Row }) {
  const [chosen, setChosen] = useState<Row[]>([]);
  usePluginDetailSelection('Disk', chosen);
  const buttons = usePluginButtons({ entity, detail, selectedType: 'Disk', selection: chosen, parent: row });
  return (
    <>
      <div className="overt-toolbar">{buttons.toolbar.map((button) => <PluginToolbarButton key={button.key} button={button} />)}</div>
      <p className="overt-table__row" onClick={() => setChosen([{ id: 'disk-1' }])}>disk-1</p>
    </>
  );
}

const host = new PluginHost(ports);
const hostPage = JSON.parse(document.getElementById('host-page')!.textContent!) as { pluginDefinitions?: unknown };
const root = createRoot(document.getElementById('root')!);
void host
  .start(definitionsOf(hostPage.pluginDefinitions), { safeMode: new URLSearchParams(location.search).has('safe-mode') })
  .then(() => {
    const landing = host.landingPlace();
    if (!location.hash && landing) places.replace(landing);
    root.render(
      <PluginHostProvider value={host}>
        <Page />
      </PluginHostProvider>,
    );
  });
