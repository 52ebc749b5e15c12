import { Alert, Button, CodeBlock, CodeBlockCode, Form, FormGroup, FormSelect, FormSelectOption, Spinner, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call, EXTENSIONS, list, type Json } from '../../engine/api';
import { keys } from '../../engine/live';
import type { DetailProps } from '../../entities/entity';
import { Failure } from '../form/FormDialog';
import { ReferenceSelect } from '../form/ReferenceSelect';
import { lines } from './diff';
import './hooks.css';

/** The scripts on a host, and what they would make of a machine. */
export default function HostHooks({ entity }: DetailProps) {
  const { t } = useTranslation();
  const { data, error, isPending } = useQuery({
    queryKey: [...keys.entity('hosts', entity.id), 'hooks'],
    queryFn: ({ signal }) => list(`/hosts/${entity.id}/hooks`, signal),
    retry: false,
  });
  const points = [...new Set((data ?? []).map((hook) => String(hook.event_name)))].sort();
  return (
    <>
      {isPending && <Spinner aria-label={t('Loading')} />}
      {error && <Alert isInline variant="danger" title={error.message} />}
      {data && data.length === 0 && <p>{t('There are no hooks on this host')}</p>}
      {data && data.length > 0 && (
        <table className="pf-v6-c-table pf-m-compact" aria-label={t('Host Hooks')}>
          <thead className="pf-v6-c-table__thead">
            <tr className="pf-v6-c-table__tr">
              {['Event', 'Script', 'MD5'].map((label) => (
                <th key={label} className="pf-v6-c-table__th" scope="col">{t(label)}</th>
              ))}
            </tr>
          </thead>
          <tbody className="pf-v6-c-table__tbody">
            {data.map((hook) => (
              <tr key={hook.id} className="pf-v6-c-table__tr">
                <td className="pf-v6-c-table__td">{String(hook.event_name ?? '')}</td>
                <td className="pf-v6-c-table__td">{String(hook.name ?? '')}</td>
                <td className="pf-v6-c-table__td"><code>{String(hook.md5 ?? '')}</code></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Preview host={String(entity.name)} points={points.includes('before_vm_start') ? points : ['before_vm_start', ...points]} />
    </>
  );
}

function Preview({ host, points }: { host: string; points: readonly string[] }) {
  const { t } = useTranslation();
  const [vm, setVm] = useState('');
  const [point, setPoint] = useState('before_vm_start');
  const [answer, setAnswer] = useState<Json | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    if (!vm) return;
    setBusy(true);
    setFailure(null);
    try {
      setAnswer(await call(`${EXTENSIONS}/vms/${vm}/hook-preview?point=${encodeURIComponent(point)}&host=${encodeURIComponent(host)}`, { method: 'POST' }));
    } catch (refused) {
      setAnswer(null);
      setFailure(refused);
    }
    setBusy(false);
  };
  return (
    <section className="ov-hooks" aria-label={t('Preview')}>
      <Title headingLevel="h2" size="md">
        {t('What they would make of a virtual machine')}
      </Title>
      <Form isHorizontal onSubmit={(event) => void ask(event)} className="ov-hooks__form">
        <FormGroup label={t('Virtual Machine')} fieldId="hook-vm">
          <ReferenceSelect id="hook-vm" by="id" collection="vms" value={vm} change={setVm} required={false} invalid={false} first={false} label={t('Virtual Machine')} />
        </FormGroup>
        <FormGroup label={t('Event')} fieldId="hook-point">
          <FormSelect id="hook-point" value={point} onChange={(_, chosen) => setPoint(chosen)}>
            {points.map((one) => (
              <FormSelectOption key={one} value={one} label={one} />
            ))}
          </FormSelect>
        </FormGroup>
        <Button type="submit" variant="secondary" isDisabled={!vm || busy} isLoading={busy}>
          {t('Preview')}
        </Button>
      </Form>
      {failure !== null && <Failure of={failure} />}
      {answer && (
        <>
          {answer.refused === true && <Alert isInline variant="warning" title={t('The hooks refuse: {{why}}', { why: String(answer.failure) })} />}
          <ul>
            {((answer.scripts ?? []) as Json[]).map((script) => (
              <li key={script.script}>
                <b>{script.script}</b>: {t('exit code {{code}}, {{time}} ms', { code: script.exit_code, time: script.milliseconds })} {script.stderr && <code>{String(script.stderr)}</code>}
              </li>
            ))}
          </ul>
          {answer.diff ? (
            <CodeBlock>
              <CodeBlockCode>
                {lines(String(answer.diff)).map(({ text, kind }, index) => (
                  <span key={index} className={`ov-diff ov-diff--${kind}`}>
                    {text}
                    {'\n'}
                  </span>
                ))}
              </CodeBlockCode>
            </CodeBlock>
          ) : (
            <p>{t('They would change nothing')}</p>
          )}
        </>
      )}
    </section>
  );
}
