import { Alert, Button, CodeBlock, CodeBlockCode, Form, FormGroup, FormSelect, FormSelectOption, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call, EXTENSIONS, list, type Json } from '../../engine/api';
import { keys } from '../../engine/live';
import { column } from '../../entities/common';
import type { DetailProps, SubList } from '../../entities/entity';
import { Failure } from '../form/FormDialog';
import { ReferenceSelect } from '../form/ReferenceSelect';
import { SubTable } from '../SubTable';
import { lines } from './diff';
import './hooks.css';

const HOOKS: SubList = {
  path: (host) => `/hosts/${host.id}/hooks`,
  columns: [column('event', 'Event', 'event_name'), column('name', 'Script', 'name'), column('md5', 'MD5', 'md5', { draw: (hook) => <code>{String(hook.md5 ?? '')}</code> })],
};

/** The scripts on a host, and what they would make of a machine. */
export default function HostHooks(props: DetailProps) {
  const { entity } = props;
  const { data } = useQuery({
    queryKey: [...keys.entity('hosts', entity.id), props.tab.suffix, HOOKS.path(entity)],
    queryFn: ({ signal }) => list(HOOKS.path(entity), signal),
    staleTime: Infinity,
    retry: false,
  });
  const points = [...new Set((data ?? []).map((hook) => String(hook.event_name)))].sort();
  return (
    <>
      <SubTable {...props} list={HOOKS} />
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
          <ReferenceSelect id="hook-vm" by="id" collection="vms" value={vm} change={setVm} required={false} invalid={false} takes="none" label={t('Virtual Machine')} />
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
