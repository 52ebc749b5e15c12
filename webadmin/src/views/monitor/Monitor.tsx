import { Alert, Card, CardBody, CardTitle, Gallery, GalleryItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../engine/live';
import type { DetailProps } from '../../entities/entity';
import { Plot } from './Plot';
import { begin, hostCharts, measureHost, measureVm, trackOf, vmCharts } from './series';
import './monitor.css';

const EVERY_MILLIS = 5000;

/** What a machine or a host uses, as it is used. */
export default function Monitor({ type, entity }: DetailProps) {
  const { t } = useTranslation();
  const id = entity.id as string;
  const host = type.collection === 'hosts';
  const [version, setVersion] = useState(0);
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: [...keys.entity(type.collection, id), 'measures'],
    queryFn: ({ signal }) => (host ? measureHost : measureVm)(entity, signal),
    refetchInterval: EVERY_MILLIS,
    retry: false,
  });
  const track = trackOf(`${type.collection}/${id}`);
  useEffect(() => {
    if (!data) return;
    begin(track, dataUpdatedAt / 1000, data);
    setVersion((now) => now + 1);
  }, [data, dataUpdatedAt, track]);
  return (
    <>
      {error && <Alert isInline variant="danger" title={error.message} />}
      <Gallery hasGutter minWidths={{ default: '26rem' }}>
        {(host ? hostCharts : vmCharts).map((chart) => (
          <GalleryItem key={chart.title}>
            <Card isCompact>
              <CardTitle>{t(chart.title)}</CardTitle>
              <CardBody>
                <Plot chart={chart} track={track} version={version} />
              </CardBody>
            </Card>
          </GalleryItem>
        ))}
      </Gallery>
    </>
  );
}
