import { Alert, Content, EmptyState } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Reference } from '../../entities/cells';
import { bytes } from '../../entities/texts';

interface Evenness {
  hosts: number;
  imbalance: number;
  cpu_mean: number;
  cpu_spread: number;
  cpu_most: number;
  memory_mean: number;
  memory_spread: number;
  memory_most: number;
}

/** Who moves from where to where, and what it makes of the cluster. */
export interface Plan {
  before: Evenness;
  after: Evenness;
  memory_mb: number;
  moves: readonly { vm: string; name: string; from: string; from_name: string; to: string; to_name: string; memory_mb: number; gain: number }[];
  unplaced: readonly { vm: string; name: string; reason: string }[];
}

const FIGURES = [
  ['imbalance', 'Imbalance'],
  ['cpu_mean', 'CPU, mean (%)'],
  ['cpu_spread', 'CPU, spread (points)'],
  ['cpu_most', 'CPU, at most (%)'],
  ['memory_mean', 'Memory, mean (%)'],
  ['memory_spread', 'Memory, spread (points)'],
  ['memory_most', 'Memory, at most (%)'],
] as const;

export function PlanView({ plan, nothing }: { plan: Plan; nothing: string }) {
  const { t, i18n } = useTranslation();
  const figure = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  return (
    <>
      <table className="pf-v6-c-table pf-m-compact ov-plan__figures" aria-label={t('How even the cluster is')}>
        <thead className="pf-v6-c-table__thead">
          <tr className="pf-v6-c-table__tr">
            <td className="pf-v6-c-table__td" />
            <th className="pf-v6-c-table__th" scope="col">{t('Now')}</th>
            <th className="pf-v6-c-table__th" scope="col">{t('After the plan')}</th>
          </tr>
        </thead>
        <tbody className="pf-v6-c-table__tbody">
          {FIGURES.map(([key, label]) => (
            <tr key={key} className="pf-v6-c-table__tr">
              <th className="pf-v6-c-table__td" scope="row">{t(label)}</th>
              <td className="pf-v6-c-table__td">{figure(plan.before[key])}</td>
              <td className="pf-v6-c-table__td">{figure(plan.after[key])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {plan.unplaced.length > 0 && (
        <Alert isInline variant="warning" title={t('These have nowhere to go')}>
          {plan.unplaced.map((one) => (
            <p key={one.vm}>
              <Reference token="vms" collection="vms" id={one.vm} name={one.name} />: {one.reason}
            </p>
          ))}
        </Alert>
      )}
      {plan.moves.length === 0 ? (
        <EmptyState variant="xs" headingLevel="h2" titleText={nothing} />
      ) : (
        <>
          <Content component="p">{t('{{count}} moves, {{size}} of memory to copy', { count: plan.moves.length, size: bytes(plan.memory_mb * 1024 ** 2, i18n.language) })}</Content>
          <table className="pf-v6-c-table pf-m-compact" aria-label={t('Moves')}>
            <thead className="pf-v6-c-table__thead">
              <tr className="pf-v6-c-table__tr">
                {['Virtual Machine', 'From', 'To', 'Memory', 'Gain'].map((label) => (
                  <th key={label} className="pf-v6-c-table__th" scope="col">{t(label)}</th>
                ))}
              </tr>
            </thead>
            <tbody className="pf-v6-c-table__tbody">
              {plan.moves.map((move, index) => (
                <tr key={index} className="pf-v6-c-table__tr">
                  <td className="pf-v6-c-table__td"><Reference token="vms" collection="vms" id={move.vm} name={move.name} /></td>
                  <td className="pf-v6-c-table__td"><Reference token="hosts" collection="hosts" id={move.from} name={move.from_name} /></td>
                  <td className="pf-v6-c-table__td"><Reference token="hosts" collection="hosts" id={move.to} name={move.to_name} /></td>
                  <td className="pf-v6-c-table__td">{bytes(move.memory_mb * 1024 ** 2, i18n.language)}</td>
                  <td className="pf-v6-c-table__td">{figure(move.gain)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  );
}
