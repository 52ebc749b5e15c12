import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../engine/api';
import type { ActionDialogProps, Request } from '../../entities/entity';
import { nameOf } from '../names';
import { tell } from '../notices';
import FormDialog from './FormDialog';
import { bare, Making, refresh } from './requests';

/** The dialog for a new entity, by the form of its kind. */
export default function NewDialog({ type, close }: ActionDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = type.form!;
  const title = t('New {{what}}', { what: t(type.singular) });
  const creation = (body: Json): Request => ({ method: 'POST', path: form.path ? form.path(body) : `/${type.collection}`, body: bare(body) });
  const [making] = useState(() => new Making(creation, (body, answer) => form.then?.(body, answer, null) ?? []));
  return (
    <FormDialog
      title={title}
      type={type}
      form={form}
      entity={null}
      note={() => making.made && t('{{name}} is made, but not all that belongs to it. OK tries what is missing once more.', { name: nameOf(making.made, type) })}
      requests={(body) => [creation(body), ...(form.then?.(body, { id: '{id}' }, null) ?? [])]}
      submit={async (body) => {
        try {
          const made = await making.make(body);
          tell({ severity: 'success', title: `${title}: ${nameOf(made, type)}` });
        } finally {
          if (making.made) await refresh(client, type);
        }
      }}
      close={close}
    />
  );
}
