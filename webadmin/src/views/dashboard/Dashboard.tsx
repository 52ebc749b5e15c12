import { Alert, Card, CardBody, CardTitle, Gallery, GalleryItem, PageSection, Spinner, Title, Tooltip } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Status } from '../../entities/cells';
import { addressOf } from '../../entities/cells';
import { format } from '../../places/places';
import { ask, heatOf, points, type Heat, type Inventory, type Utilization } from './data';
import { Donut } from './Donut';
import './dashboard.css';

const KINDS = [
  ['dc', 'Data Centers', 'dataCenters'],
  ['cluster', 'Clusters', 'clusters'],
  ['host', 'Hosts', 'hosts'],
  ['storage', 'Storage Domains', 'storage'],
  ['vm', 'Virtual Machines', 'vms'],
  ['event', 'Events', 'events'],
] as const;

const UTILIZED = [
  ['cpu', 'CPU', '%', 'hosts'],
  ['memory', 'Memory', 'GiB', 'hosts'],
  ['storage', 'Storage', 'TiB', 'storage'],
] as const;

const HEATS = [
  ['cpu', 'CPU by cluster', 'clusters'],
  ['memory', 'Memory by cluster', 'clusters'],
  ['storage', 'Storage by domain', 'storage'],
] as const;

/** How the whole system does: how many there are of what, how much of it is used, and where. */
export default function Dashboard() {
  const { t } = useTranslation();
  const { data, error } = useQuery({ queryKey: ['dashboard'], queryFn: ({ signal }) => ask(signal), refetchInterval: 15_000, retry: false });
  return (
    <PageSection className="ov-dashboard" aria-label={t('Dashboard')}>
      <Title headingLevel="h1" size="xl">
        {t('Dashboard')}
      </Title>
      {error && <Alert isInline variant="danger" title={error.message} />}
      {!data && !error && <Spinner aria-label={t('Loading')} />}
      {data && (
        <>
          <Gallery hasGutter minWidths={{ default: '11rem' }}>
            {KINDS.map(([key, label, token]) => {
              const inventory = data.inventory?.[key];
              return inventory && <InventoryCard key={key} label={t(label)} token={token} inventory={inventory} />;
            })}
          </Gallery>
          <Gallery hasGutter minWidths={{ default: '19rem' }}>
            {UTILIZED.map(([key, label, unit, busiest]) => {
              const utilization = data.globalUtilization?.[key];
              return utilization && <UtilizationCard key={key} label={t(label)} unit={unit} busiest={busiest} utilization={utilization} />;
            })}
          </Gallery>
          <Gallery hasGutter minWidths={{ default: '19rem' }}>
            {HEATS.map(([key, label, token]) => {
              const heats = data.heatMapData?.[key];
              return heats && <HeatCard key={key} label={t(label)} token={token} heats={heats} />;
            })}
          </Gallery>
        </>
      )}
    </PageSection>
  );
}

const SHOWN_AS = { alert: 'alert', error: 'error', warning: 'warning', down: 'down', up: 'up' } as const;

function InventoryCard({ label, token, inventory }: { label: string; token: string; inventory: Inventory }) {
  const { i18n } = useTranslation();
  return (
    <GalleryItem>
      <Card isCompact isFullHeight>
        <CardTitle>
          <a href={format(token)}>
            {inventory.totalCount.toLocaleString(i18n.language)} {label}
          </a>
        </CardTitle>
        <CardBody>
          {inventory.statuses
            .filter((status) => status.count > 0)
            .map((status) => (
              <div key={status.type} className="ov-dashboard__count">
                <Status value={SHOWN_AS[status.type] ?? status.type} /> {status.count.toLocaleString(i18n.language)}
              </div>
            ))}
        </CardBody>
      </Card>
    </GalleryItem>
  );
}

function UtilizationCard({ label, unit, busiest, utilization }: { label: string; unit: string; busiest: 'hosts' | 'storage'; utilization: Utilization }) {
  const { t, i18n } = useTranslation();
  const figure = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  const { used, total } = utilization;
  const share = total > 0 ? used / total : 0;
  const percent = share.toLocaleString(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  const history = utilization.history?.map((one) => one.value) ?? [];
  const top = Math.max(total, ...history);
  const list = [...(utilization.utilization?.[busiest] ?? []), ...(utilization.utilization?.vms ?? [])].filter((one) => one.total > 0).sort((one, other) => other.used / other.total - one.used / one.total);
  return (
    <GalleryItem>
      <Card isFullHeight>
        <CardTitle>{label}</CardTitle>
        <CardBody className="ov-dashboard__utilization">
          <Donut share={share} figure={percent} caption={t('of {{total}} {{unit}}', { total: figure(total), unit })} label={t('{{what}}: {{used}} of {{total}} {{unit}} used', { what: label, used: figure(used), total: figure(total), unit })} />
          <div>
            <svg viewBox="0 0 200 48" preserveAspectRatio="none" className="ov-dashboard__history" role="img" aria-label={t('{{what}}: the last hours', { what: label })}>
              <polyline points={points(history, top, 200, 48)} />
            </svg>
            <p>
              {t('Available')}: {figure(Math.max(0, total - used))} {unit}
            </p>
            <p>
              {t('Overcommitted')}: {figure(utilization.overcommit)} %
            </p>
            <p>
              {t('Allocated')}: {figure(utilization.allocated)} %
            </p>
          </div>
        </CardBody>
        {list.length > 0 && (
          <CardBody>
            <b>{t('Busiest')}</b>
            <ol className="ov-dashboard__busiest">
              {list.slice(0, 5).map((one, index) => (
                <li key={`${one.name} ${index}`}>
                  {one.name} <span>{(one.used / one.total).toLocaleString(i18n.language, { style: 'percent' })}</span>
                </li>
              ))}
            </ol>
          </CardBody>
        )}
      </Card>
    </GalleryItem>
  );
}

function HeatCard({ label, token, heats }: { label: string; token: string; heats: readonly Heat[] }) {
  const { t, i18n } = useTranslation();
  return (
    <GalleryItem>
      <Card isFullHeight>
        <CardTitle>{label}</CardTitle>
        <CardBody>
          {heats.length === 0 && t('There are none yet')}
          <ul className="ov-heat">
            {heats.map((heat) => {
              const share = heat.value / 100;
              const percent = share.toLocaleString(i18n.language, { style: 'percent' });
              return (
                <li key={heat.name}>
                  <Tooltip content={`${heat.name}: ${percent}`}>
                    <a href={addressOf(token, undefined, heat.name)} className={`ov-heat__cell ov-heat__cell--${heatOf(share)}`}>
                      {percent}
                      <span className="pf-v6-screen-reader"> {heat.name}</span>
                    </a>
                  </Tooltip>
                </li>
              );
            })}
          </ul>
        </CardBody>
      </Card>
    </GalleryItem>
  );
}
