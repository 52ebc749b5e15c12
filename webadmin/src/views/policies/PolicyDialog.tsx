import { Bullseye, Button, Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, Modal, ModalBody, ModalFooter, ModalHeader, Popover, Spinner, TextInput } from '@patternfly/react-core';
import { InfoCircleIcon } from '@patternfly/react-icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call, correlation, list } from '../../engine/api';
import { keys } from '../../engine/live';
import type { ActionDialogProps } from '../../entities/entity';
import { Failure } from '../form/FormDialog';
import { tell } from '../notices';
import { balance, copyOf, emptyPolicy, policyOf, problems, requests, unitsOf, type Policy, type Unit } from './model';
import { PropertySheet } from './PropertySheet';
import { UnitColumns } from './UnitColumns';
import './policies.css';

type How = 'new' | 'edit' | 'copy';

export const NewPolicy = (props: ActionDialogProps) => <PolicyLoader {...props} how="new" />;
export const EditPolicy = (props: ActionDialogProps) => <PolicyLoader {...props} how="edit" />;
export const CopyPolicy = (props: ActionDialogProps) => <PolicyLoader {...props} how="copy" />;

const titles: Record<How, string> = { new: 'New Scheduling Policy', edit: 'Edit Scheduling Policy', copy: 'Copy Scheduling Policy' };

/** Asks for the policy and all units; what others change meanwhile does not overwrite what is moved here. */
function PolicyLoader({ chosen, close, how }: ActionDialogProps & { how: How }) {
  const { t } = useTranslation();
  const id = how === 'new' ? null : (chosen[0]!.id as string);
  const { data, error } = useQuery({
    queryKey: ['policy dialog', id, how],
    queryFn: async ({ signal }) => {
      const units = unitsOf(await list('/schedulingpolicyunits', signal));
      if (id === null) return { units, policy: emptyPolicy(units) };
      const path = `/schedulingpolicies/${id}`;
      const [head, filters, weights, balances] = await Promise.all([
        call(path, { signal }),
        list(`${path}/filters`, signal),
        list(`${path}/weights`, signal),
        list(`${path}/balances`, signal),
      ]);
      const policy = policyOf(head, filters, weights, balances, units);
      return { units, policy: how === 'copy' ? copyOf(policy) : policy };
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
  if (data) return <PolicyDialog {...data} title={t(titles[how])} close={close} />;
  return (
    <Modal isOpen width={700} onClose={close} aria-label={t(titles[how])}>
      <ModalHeader title={t(titles[how])} />
      <ModalBody>{error ? <Failure of={error} /> : <Bullseye><Spinner aria-label={t('Loading')} /></Bullseye>}</ModalBody>
    </Modal>
  );
}

/** A scheduling policy: which filters and functions it has, its balancer, its properties. */
export function PolicyDialog({ policy: initial, units, title, close }: { policy: Policy; units: readonly Unit[]; title: string; close: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const id = useId();
  const [policy, setPolicy] = useState(initial);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const wrong = problems(policy, units);
  const problem = (field: string) => (tried ? wrong.get(field) : undefined);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (policy.locked || busy) return;
    if (wrong.size > 0) {
      document.getElementById(`${id}-${[...wrong.keys()][0]!.replace(' ', '-')}`)?.focus();
      return;
    }
    setBusy(true);
    setFailure(null);
    const correlationId = correlation();
    let known = policy.id;
    try {
      if (known === null) known = (await call('/schedulingpolicies', { method: 'POST', body: { name: policy.name, description: policy.description }, correlationId })).id as string;
      for (const request of requests(policy.id === null ? null : initial, policy, known)) await call(request.path, { ...request, correlationId });
      tell({ severity: 'success', title: `${title}: ${policy.name}` });
      close();
    } catch (refused) {
      // a new one that could not be finished is not left behind half made
      if (policy.id === null && known !== null) await call(`/schedulingpolicies/${known}`, { method: 'DELETE', correlationId }).catch(() => {});
      setFailure(refused);
      setBusy(false);
    }
    await client.invalidateQueries({ queryKey: keys.rows('schedulingpolicies') });
    if (known) await client.invalidateQueries({ queryKey: keys.entity('schedulingpolicies', known) });
  };

  const balancers = units.filter((unit) => unit.type === 'load_balancing');
  const balancer = balancers.find((unit) => unit.id === policy.balancer);
  return (
    <Modal isOpen width={700} onClose={close} aria-labelledby={`${id}-title`} className="ov-policy" elementToFocus={`[id="${id}-name"]`}>
      <ModalHeader title={title} labelId={`${id}-title`} />
      <ModalBody>
        {failure !== null && <Failure of={failure} />}
        <Form id={`${id}-form`} onSubmit={(event) => void save(event)} noValidate className="ov-policy__form" aria-label={title}>
          <div className="ov-policy__row">
            <FormGroup label={t('Name')} fieldId={`${id}-name`} isRequired>
              <TextInput id={`${id}-name`} value={policy.name} isDisabled={policy.locked} isRequired validated={problem('name') ? 'error' : 'default'} onChange={(_, name) => setPolicy({ ...policy, name })} aria-describedby={`${id}-name-help`} />
              <Problem id={`${id}-name-help`} label={t('Name')} text={problem('name')} />
            </FormGroup>
            <FormGroup label={t('Description')} fieldId={`${id}-description`}>
              <TextInput id={`${id}-description`} value={policy.description} isDisabled={policy.locked} validated={problem('description') ? 'error' : 'default'} onChange={(_, description) => setPolicy({ ...policy, description })} aria-describedby={`${id}-description-help`} />
              <Problem id={`${id}-description-help`} label={t('Description')} text={problem('description')} />
            </FormGroup>
          </div>
          <Section title={t('Filter Modules')} info={t('Filters take away the hosts that cannot run a virtual machine. Drag them, or use their menus, to enable and disable them.')}>
            <UnitColumns kind="Filter" policy={policy} units={units} change={setPolicy} />
          </Section>
          <Section title={t('Weights Modules')} info={t('Functions score the hosts that are left, each with a factor; the lower the better. Drag them, or use their menus, to enable and disable them.')}>
            <UnitColumns kind="Function" policy={policy} units={units} change={setPolicy} />
          </Section>
          <Section title={t('Load Balancer')} info={t('The balancer moves running virtual machines, so that the hosts stay within the limits of the properties.')}>
            <FormSelect aria-label={t('Load Balancer')} value={policy.balancer} isDisabled={policy.locked} onChange={(_, chosen) => setPolicy(balance(policy, chosen, units))} id={`${id}-balancer`}>
              {balancers.map((unit) => (
                <FormSelectOption key={unit.id} value={unit.id} label={unit.name} />
              ))}
            </FormSelect>
            {balancer && (balancer.external || !balancer.enabled) && (
              <small>
                {balancer.external && '(EXT) '}
                {!balancer.enabled && `(${t('Disabled')})`}
              </small>
            )}
          </Section>
          <Section title={t('Properties')} info={t('What the units of the policy can be told.')}>
            <PropertySheet id={id} policy={policy} units={units} change={setPolicy} problem={problem} />
          </Section>
        </Form>
      </ModalBody>
      <ModalFooter>
        {policy.locked ? (
          <Button onClick={close} data-action="cancel">
            {t('Close')}
          </Button>
        ) : (
          <>
            <Button type="submit" form={`${id}-form`} isLoading={busy} isDisabled={busy} data-action="submit">
              {t('OK')}
            </Button>
            <Button variant="secondary" onClick={() => (setPolicy(initial), setTried(false))} data-action="reset">
              {t('Reset')}
            </Button>
            <Button variant="link" onClick={close} data-action="cancel">
              {t('Cancel')}
            </Button>
          </>
        )}
      </ModalFooter>
    </Modal>
  );
}

function Section({ title, info, children }: { title: string; info: string; children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className="ov-policy__section" aria-label={title}>
      <h2>
        {title}{' '}
        <Popover bodyContent={info} aria-label={title} showClose={false}>
          <Button variant="plain" size="sm" icon={<InfoCircleIcon />} aria-label={t('About {{what}}', { what: title })} />
        </Popover>
      </h2>
      {children}
    </section>
  );
}

function Problem({ id, label, text }: { id: string; label: string; text: string | undefined }) {
  const { t } = useTranslation();
  return text ? (
    <FormHelperText>
      <HelperText id={id}>
        <HelperTextItem variant="error">{`${label}: ${t(text)}`}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  ) : null;
}

