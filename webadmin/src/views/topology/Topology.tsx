import { Alert, PageSection, SearchInput, Spinner, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rows } from '../../engine/rows';
import { keys } from '../../engine/live';
import { addressOf } from '../../entities/cells';
import { humanize } from '../../entities/texts';
import { BOX, layout, related, type Node } from './layout';
import './topology.css';

const MOST = 500;
const TOKENS = { network: 'networks', host: 'hosts', vm: 'vms' } as const;

/** Which networks reach which hosts, and what runs there. */
export default function Topology() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [over, setOver] = useState<string | null>(null);
  const ask = (collection: string, fields: string[]) => ({
    queryKey: [...keys.rows(collection), 'topology'],
    queryFn: async ({ signal }: { signal: AbortSignal }) => (await rows({ collection, search: '', sort: 'name', fields: ['id', 'name', ...fields], from: 0, max: MOST }, signal)).rows,
    retry: false,
  });
  const networks = useQuery(ask('networks', []));
  const hosts = useQuery(ask('hosts', ['status', 'networkattachments.network.id']));
  const vms = useQuery(ask('vms', ['status', 'host.id', 'nics.vnic_profile.network.id']));
  const error = networks.error ?? hosts.error ?? vms.error;
  const topology = useMemo(() => layout(networks.data ?? [], hosts.data ?? [], vms.data ?? []), [networks.data, hosts.data, vms.data]);
  const wanted = text.toLowerCase();
  const shown = useMemo(() => {
    const found = topology.nodes.filter((node) => wanted !== '' && node.name.toLowerCase().includes(wanted)).flatMap((node) => [...related(topology, node.id)]);
    return over !== null ? related(topology, over) : wanted !== '' ? new Set(found) : null;
  }, [topology, over, wanted]);
  const dim = (id: string) => (shown !== null && !shown.has(id) ? 'ov-topology--dim' : '');
  return (
    <PageSection aria-label={t('Topology')} className="ov-topology">
      <Title headingLevel="h1" size="xl">{t('Topology')}</Title>
      <SearchInput value={text} onChange={(_, changed) => setText(changed)} onClear={() => setText('')} aria-label={t('Find in the topology')} placeholder={t('Find')} />
      {error && <Alert isInline variant="danger" title={error.message} />}
      {(networks.isPending || hosts.isPending || vms.isPending) && <Spinner aria-label={t('Loading')} />}
      <div className="ov-topology__scroll" tabIndex={0} role="region" aria-label={t('Networks, hosts and virtual machines')}>
        <svg width={topology.width} height={topology.height} role="group" aria-label={t('Networks, hosts and virtual machines')}>
          <g aria-hidden="true">
            {topology.edges.map(({ key, from, to }) => {
              const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + BOX.height / 2, to.x, to.y + BOX.height / 2];
              const lit = shown === null || (shown.has(from.id) && shown.has(to.id));
              return <path key={key} d={`M${x1} ${y1} C${x1 + 80} ${y1} ${x2 - 80} ${y2} ${x2} ${y2}`} className={`ov-topology__edge ${lit ? '' : 'ov-topology--dim'}`} />;
            })}
          </g>
          {topology.nodes.map((node) => (
            <a key={node.id} href={addressOf(TOKENS[node.kind], node.id, node.name)} onMouseEnter={() => setOver(node.id)} onMouseLeave={() => setOver(null)} onFocus={() => setOver(node.id)} onBlur={() => setOver(null)} className={dim(node.id)}>
              <Box node={node} title={`${t({ network: 'Network', host: 'Host', vm: 'Virtual Machine' }[node.kind])} ${node.name}${node.status ? `: ${t(humanize(node.status))}` : ''}`} />
            </a>
          ))}
        </svg>
      </div>
    </PageSection>
  );
}

function Box({ node, title }: { node: Node; title: string }) {
  const name = node.name.length > 24 ? `${node.name.slice(0, 23)}…` : node.name;
  return (
    <g transform={`translate(${node.x} ${node.y})`}>
      <title>{title}</title>
      <rect width={BOX.width} height={BOX.height} rx="6" className={`ov-topology__box ov-topology__box--${node.kind}`} />
      {node.status && <circle cx="14" cy={BOX.height / 2} r="5" className={`ov-topology__status ov-topology__status--${node.status === 'up' ? 'up' : node.status === 'down' ? 'down' : 'other'}`} />}
      <text x={node.status ? 26 : 12} y={BOX.height / 2 + 5}>
        {name}
      </text>
    </g>
  );
}
