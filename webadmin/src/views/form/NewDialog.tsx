import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, correlation, type Json } from '../../engine/api';
import type { ActionDialogProps, Request } from '../../entities/entity';
import { nameOf } from '../names';
import { tell } from '../notices';
import FormDialog from './FormDialog';
import { bare, inTurn, refresh } from './requests';

/** The dialog for a new entity, by the form of its kind. */
export default function NewDialog({ type, close }: ActionDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = type.form!;
  const creation = (body: Json): Request => ({ method: 'POST', path: form.path ? form.path(body) : `/${type.collection}`, body: bare(body) });
  return (
    <FormDialog
      title={t('New {{what}}', { what: t(type.singular) })}
      type={type}
      form={form}
      entity={null}
      requests={(body) => [creation(body), ...(form.then?.(body, { id: '{id}' }, null) ?? [])]}
      submit={async (body) => {
        const correlationId = correlation();
        const answer = await call(creation(body).path, { ...creation(body), correlationId });
        await inTurn(form.then?.(body, answer, null) ?? [], correlationId);
        await refresh(client, type);
        tell({ severity: 'success', title: t('New {{what}}', { what: t(type.singular) }) + `: ${nameOf(answer, type)}` });
      }}
      close={close}
    />
  );
}
