import { Alert, Bullseye, Button, Checkbox, FormSelect, FormSelectOption, Label, Modal, ModalBody, ModalFooter, ModalHeader, Spinner, TextInput } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { at, call, correlation, list } from '../../engine/api';
import { keys } from '../../engine/live';
import { Status } from '../../entities/cells';
import type { ActionDialogProps } from '../../entities/entity';
import { Failure } from '../form/FormDialog';
import { tell } from '../notices';
import { attach, attachmentOf, detach, join, MODES, networksOf, nicsOf, part, problems, setup, type Attachment, type Layout, type Method, type Network, type Nic } from './model';
import './networks.css';

const MIME = 'application/x-overt-network';
const CARD = 'application/x-overt-nic';

/** Which networks are on which interfaces of a host: dragged, or chosen at each network. */
export default function SetupNetworks({ chosen, close }: ActionDialogProps) {
  const { t } = useTranslation();
  const host = chosen[0]!;
  const { data, error } = useQuery({
    queryKey: ['setup networks', host.id],
    queryFn: async ({ signal }) => {
      const path = `/hosts/${host.id}`;
      const cluster = at(host, 'cluster.id') ?? at(await call(path, { signal }), 'cluster.id');
      const [nics, attachments, networks] = await Promise.all([list(`${path}/nics`, signal), list(`${path}/networkattachments`, signal), list(`/clusters/${cluster}/networks`, signal)]);
      return { nics: nicsOf(nics), attachments: attachments.map(attachmentOf), networks: networksOf(networks) };
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const title = t('Networks of {{name}}', { name: String(host.name) });
  if (data) return <Dialog {...data} hostId={host.id} title={title} close={close} />;
  return (
    <Modal isOpen variant="large" onClose={close} aria-label={title}>
      <ModalHeader title={title} />
      <ModalBody>{error ? <Failure of={error} /> : <Bullseye><Spinner aria-label={t('Loading')} /></Bullseye>}</ModalBody>
    </Modal>
  );
}

interface Props {
  hostId: string;
  title: string;
  nics: readonly Nic[];
  attachments: readonly Attachment[];
  networks: readonly Network[];
  close: () => void;
}

function Dialog({ hostId, title, nics: had, attachments: before, networks, close }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [layout, setLayout] = useState<Layout>({ nics: had, attachments: before });
  const { nics, attachments } = layout;
  const setAttachments = (change: (now: readonly Attachment[]) => readonly Attachment[]) => setLayout((now) => ({ ...now, attachments: change(now.attachments) }));
  const [check, setCheck] = useState(true);
  const [commit, setCommit] = useState(true);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const wrong = problems(attachments);
  const body = setup({ nics: had, attachments: before }, layout, { check, commit });
  const free = networks.filter((network) => !attachments.some((one) => one.network === network.id));
  const targets = nics.filter((nic) => !nic.virtual);
  const save = async () => {
    if (!body) return close();
    setBusy(true);
    setFailure(null);
    try {
      await call(`/hosts/${hostId}/setupnetworks`, { method: 'POST', body, correlationId: correlation() });
      await client.invalidateQueries({ queryKey: keys.entity('hosts', hostId) });
      tell({ severity: 'success', title });
      close();
    } catch (refused) {
      setFailure(refused);
      setBusy(false);
    }
  };
  const put = (network: string, nic: string) => {
    const target = targets.find((one) => one.id === nic);
    setAttachments((now) => (target ? attach(now, network, target) : detach(now, network)));
  };
  const dropOn = (nic: string) => ({
    onDragOver: (event: DragEvent) => [MIME, CARD].some((type) => event.dataTransfer.types.includes(type)) && event.preventDefault(),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const card = event.dataTransfer.getData(CARD);
      if (card) setLayout((now) => join(now, card, nic));
      else put(event.dataTransfer.getData(MIME), nic);
    },
  });
  const change = (network: string, part: Partial<Attachment>) => setAttachments((now) => now.map((one) => (one.network === network ? { ...one, ...part } : one)));
  const card = (network: Network, attachment: Attachment | undefined) => (
    <div key={network.id} className="ov-networks__network" draggable data-network={network.name} onDragStart={(event) => (event.dataTransfer.setData(MIME, network.id), (event.dataTransfer.effectAllowed = 'move'))}>
      <b>{network.name}</b> {network.required && <Label>{t('Required')}</Label>}
      <FormSelect aria-label={t('{{name}}: interface', { name: network.name })} value={attachment?.nic ?? ''} onChange={(_, nic) => put(network.id, nic)}>
        <FormSelectOption value="" label={t('On no interface')} />
        {targets.filter((nic) => nic.bond === null).map((nic) => (
          <FormSelectOption key={nic.id} value={nic.id} label={nic.name} />
        ))}
      </FormSelect>
      {attachment && (
        <>
          <FormSelect aria-label={t('{{name}}: address from', { name: network.name })} value={attachment.method} onChange={(_, method) => change(network.id, { method: method as Method })}>
            <FormSelectOption value="none" label={t('No address')} />
            <FormSelectOption value="dhcp" label="DHCP" />
            <FormSelectOption value="static" label={t('Static')} />
          </FormSelect>
          {attachment.method === 'static' && (
            <div className="ov-networks__address">
              {(['address', 'netmask', 'gateway'] as const).map((part) => (
                <TextInput key={part} aria-label={`${network.name}: ${t({ address: 'Address', netmask: 'Netmask', gateway: 'Gateway' }[part])}`} placeholder={t({ address: 'Address', netmask: 'Netmask', gateway: 'Gateway' }[part])} value={attachment[part]} onChange={(_, text) => change(network.id, { [part]: text })} />
              ))}
            </div>
          )}
          {wrong.has(network.id) && <Alert isInline isPlain variant="danger" title={`${network.name}: ${t(wrong.get(network.id)!)}`} />}
        </>
      )}
    </div>
  );
  return (
    <Modal isOpen variant="large" onClose={close} aria-labelledby="setup-networks">
      <ModalHeader title={title} labelId="setup-networks" />
      <ModalBody>
        {failure !== null && <Failure of={failure} />}
        <div className="ov-networks">
          <section aria-label={t('Interfaces')}>
            <h2>{t('Interfaces')}</h2>
            {targets.map((nic) => (
              <div key={nic.id} className="ov-networks__nic" data-nic={nic.name} {...(nic.bond === null ? dropOn(nic.id) : {})}>
                <div
                  className={nic.mode === null && nic.bond === null ? 'ov-networks__card' : undefined}
                  draggable={nic.mode === null && nic.bond === null}
                  onDragStart={(event) => (event.dataTransfer.setData(CARD, nic.id), (event.dataTransfer.effectAllowed = 'move'))}
                >
                  <Status value={nic.status} short /> <b>{nic.name}</b>
                  {nic.mode === null && (
                    <FormSelect
                      aria-label={t('{{name}}: bond', { name: nic.name })}
                      value={nic.bond ?? ''}
                      onChange={(_, onto) => setLayout((now) => (onto === '' ? part(now, nic.id) : join(part(now, nic.id), nic.id, onto)))}
                    >
                      <FormSelectOption value="" label={t('In no bond')} />
                      {targets
                        .filter((one) => one !== nic && one.bond === null)
                        .map((one) => (
                          <FormSelectOption key={one.id} value={one.id} label={one.mode === null ? t('Bond with {{name}}', { name: one.name }) : t('Part of {{name}}', { name: one.name })} />
                        ))}
                    </FormSelect>
                  )}
                  {nic.mode !== null && (
                    <FormSelect
                      aria-label={t('{{name}}: mode', { name: nic.name })}
                      value={nic.mode}
                      onChange={(_, mode) => setLayout((now) => ({ ...now, nics: now.nics.map((one) => (one.id === nic.id ? { ...one, mode } : one)) }))}
                    >
                      {MODES.map(([mode, label]) => (
                        <FormSelectOption key={mode} value={mode} label={t(label)} />
                      ))}
                    </FormSelect>
                  )}
                </div>
                {networks.map((network) => {
                  const attachment = attachments.find((one) => one.network === network.id && one.nic === nic.id);
                  return attachment && card(network, attachment);
                })}
              </div>
            ))}
          </section>
          <section aria-label={t('Unassigned networks')} className="ov-networks__free" {...dropOn('')}>
            <h2>{t('Unassigned networks')}</h2>
            {free.map((network) => card(network, undefined))}
            {free.length === 0 && <p>{t('None')}</p>}
          </section>
        </div>
        <Checkbox id="networks-check" label={t('Take it back when the engine loses the host')} isChecked={check} onChange={(_, on) => setCheck(on)} />
        <Checkbox id="networks-commit" label={t('Save, so that it outlasts a reboot')} isChecked={commit} onChange={(_, on) => setCommit(on)} />
      </ModalBody>
      <ModalFooter>
        <Button onClick={() => void save()} isDisabled={busy || wrong.size > 0} isLoading={busy} data-action="submit">
          {t('OK')}
        </Button>
        <Button variant="secondary" onClick={() => setLayout({ nics: had, attachments: before })}>
          {t('Reset')}
        </Button>
        <Button variant="link" onClick={close}>
          {t('Cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
