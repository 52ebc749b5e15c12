import { Bullseye, Modal, ModalBody, ModalHeader, Spinner } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, correlation, type Json } from '../../engine/api';
import type { ActionDialogProps, Request } from '../../entities/entity';
import { nameOf, pathOf } from '../names';
import { tell, tellFault } from '../notices';
import FormDialog, { Failure } from './FormDialog';
import { bare, inTurn, refresh, takingBack } from './requests';

/** The dialog for one that is there. Its values are asked for when it opens. */
export default function EditDialog({ type, chosen, close }: ActionDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = type.form!;
  const path = pathOf(type, chosen[0]!);
  const query = [form.whole && 'all_content=true', form.follow && `follow=${form.follow}`].filter(Boolean).join('&');
  const title = t('Edit {{what}}', { what: t(type.singular) });
  const { data, error } = useQuery({
    queryKey: ['edit', path],
    queryFn: ({ signal }) => call(query ? `${path}?${query}` : path, { signal }),
    // what others change meanwhile does not overwrite what is typed
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
  if (!data)
    return (
      <Modal isOpen variant="medium" onClose={close} aria-label={title}>
        <ModalHeader title={title} />
        <ModalBody>{error ? <Failure of={error} /> : <Bullseye><Spinner aria-label={t('Loading')} /></Bullseye>}</ModalBody>
      </Modal>
    );
  const change = (body: Json): Request[] => {
    const sent = bare(body);
    const requests: Request[] = Object.keys(sent).length === 0 ? [] : [{ method: 'PUT', path, body: sent }];
    return [...requests, ...(form.then?.(body, data, data) ?? [])];
  };
  /** Only a plain change of members can be taken back by another. */
  const undoOf = (requests: readonly Request[], before: Json): (() => void) | undefined => {
    const back = requests.length === 1 && requests[0]!.method === 'PUT' ? takingBack(requests[0]!.body ?? {}, before) : null;
    if (back === null) return undefined;
    return () =>
      void inTurn([{ method: 'PUT', path, body: back }], correlation()).then(
        async () => {
          await refresh(client, type, before.id);
          tell({ severity: 'info', title: t('Undone: {{action}}', { action: title }) });
        },
        (failure) => tellFault(t('Could not undo: {{action}}', { action: title }), failure),
      );
  };
  return (
    <FormDialog
      title={`${title}: ${nameOf(data, type)}`}
      type={type}
      form={form}
      entity={data}
      requests={change}
      submit={async (body) => {
        const requests = change(body);
        await inTurn(requests, correlation());
        await refresh(client, type, data.id);
        if (requests.length > 0) tell({ severity: 'success', title: `${title}: ${nameOf(data, type)}`, undo: undoOf(requests, data) });
      }}
      close={close}
    />
  );
}
