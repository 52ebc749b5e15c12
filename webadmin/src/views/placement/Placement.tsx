import { Alert, Button, Content, EmptyState, Label, Spinner, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, EXTENSIONS, Fault } from '../../engine/api';
import { keys } from '../../engine/live';
import { Moment, Reference } from '../../entities/cells';
import type { DetailProps } from '../../entities/entity';
import './placement.css';

interface Weight {
  unit: string;
  factor: number;
  score: number;
  rank?: number;
}

interface HostReport {
  host: string;
  name: string;
  passed: boolean;
  place?: number;
  total?: number;
  filters: readonly { unit: string; external?: boolean; reason?: string }[];
  weights?: readonly Weight[];
}

/** A placement that nobody had explained has less. */
interface Report {
  policy?: string;
  selector?: string;
  chosen?: string;
  chosen_name?: string;
  candidates?: number;
  hosts?: readonly HostReport[];
  summary?: string;
  time?: string;
}

/** Why a machine is where it is, or where it would go now: what each filter and each weight said of each host. */
export default function Placement({ entity }: DetailProps) {
  const { t } = useTranslation();
  const [preview, setPreview] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...keys.entity('vms', entity.id), 'placement', preview],
    queryFn: ({ signal }) => call(`${EXTENSIONS}/vms/${entity.id}/placement${preview ? '?preview' : ''}`, { signal }) as Promise<unknown> as Promise<Report>,
    retry: false,
  });
  return (
    <>
      <div className="ov-placement__head">
        <ToggleGroup aria-label={t('Which placement')}>
          <ToggleGroupItem text={t('Last placement')} isSelected={!preview} onChange={() => setPreview(false)} buttonId="placement-last" />
          <ToggleGroupItem text={t('Preview')} isSelected={preview} onChange={() => setPreview(true)} buttonId="placement-preview" />
        </ToggleGroup>
        {preview && (
          <Button variant="secondary" onClick={() => void refetch()}>
            {t('Ask again')}
          </Button>
        )}
      </div>
      {isPending && <Spinner aria-label={t('Loading')} />}
      {error && (error instanceof Fault && error.status === 404 ? <EmptyState variant="sm" headingLevel="h2" titleText={error.message} /> : <Alert isInline variant="danger" title={error.message} />)}
      {data && !error && <Explanation report={data} />}
    </>
  );
}

function Explanation({ report }: { report: Report }) {
  const { t } = useTranslation();
  const hosts = report.hosts ?? [];
  const weights = hosts.flatMap((host) => host.weights ?? []);
  const units = [...new Set(weights.map((weight) => weight.unit))].sort();
  const factor = (unit: string) => weights.find((weight) => weight.unit === unit)?.factor;
  const passed = hosts.filter((host) => host.passed).sort((one, other) => (one.place ?? 0) - (other.place ?? 0));
  const refused = hosts.filter((host) => !host.passed);
  return (
    <>
      <Content component="p">
        {report.policy && `${t('Policy')}: ${report.policy} · `}
        {report.selector && `${t('Selector')}: ${report.selector} · `}
        {report.candidates !== undefined && `${t('Candidates')}: ${report.candidates} · `}
        {t('Chosen')}:{' '}
        {report.chosen ? <Reference token="hosts" collection="hosts" id={report.chosen} name={report.chosen_name} /> : t('None')}
        {report.time && (
          <>
            {' · '}
            <Moment value={report.time} />
          </>
        )}
      </Content>
      {report.summary && <Alert isInline variant="warning" title={report.summary} />}
      {passed.length > 0 && (
        <div className="ov-placement__scroll" tabIndex={0} role="region" aria-label={t('Hosts that passed, with what each weight made of them')}>
          <table className="pf-v6-c-table pf-m-compact" aria-label={t('Hosts that passed, with what each weight made of them')}>
            <thead className="pf-v6-c-table__thead">
              <tr className="pf-v6-c-table__tr">
                <th className="pf-v6-c-table__th" scope="col">{t('Place')}</th>
                <th className="pf-v6-c-table__th" scope="col">{t('Host')}</th>
                <th className="pf-v6-c-table__th" scope="col">{t('Total')}</th>
                {units.map((unit) => (
                  <th key={unit} className="pf-v6-c-table__th ov-placement__unit" scope="col">
                    {unit} ×{factor(unit)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="pf-v6-c-table__tbody">
              {passed.map((host) => (
                <tr key={host.host} className={`pf-v6-c-table__tr ${host.host === report.chosen ? 'pf-m-selected' : ''}`} data-host={host.name}>
                  <td className="pf-v6-c-table__td">{host.place}</td>
                  <th className="pf-v6-c-table__td" scope="row">
                    <Reference token="hosts" collection="hosts" id={host.host} name={host.name} /> {host.host === report.chosen && <Label color="green">{t('Chosen')}</Label>}
                  </th>
                  <td className="pf-v6-c-table__td">{host.total}</td>
                  {units.map((unit) => {
                    const weight = host.weights?.find((one) => one.unit === unit);
                    return (
                      <td key={unit} className="pf-v6-c-table__td" title={weight && t('score {{score}}, rank {{rank}}', { score: weight.score, rank: weight.rank ?? '–' })}>
                        {weight ? weight.rank !== undefined ? `${weight.rank} (${weight.score})` : weight.score : ''}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {refused.length > 0 && (
        <table className="pf-v6-c-table pf-m-compact" aria-label={t('Hosts that filters removed')}>
          <thead className="pf-v6-c-table__thead">
            <tr className="pf-v6-c-table__tr">
              <th className="pf-v6-c-table__th" scope="col">{t('Host')}</th>
              <th className="pf-v6-c-table__th" scope="col">{t('Removed by')}</th>
            </tr>
          </thead>
          <tbody className="pf-v6-c-table__tbody">
            {refused.map((host) => (
              <tr key={host.host} className="pf-v6-c-table__tr" data-host={host.name}>
                <th className="pf-v6-c-table__td" scope="row">
                  <Reference token="hosts" collection="hosts" id={host.host} name={host.name} />
                </th>
                <td className="pf-v6-c-table__td">
                  {host.filters.map((filter, index) => (
                    <div key={index}>
                      <b>{filter.external ? `(EXT) ${filter.unit}` : filter.unit}</b> {filter.reason}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
