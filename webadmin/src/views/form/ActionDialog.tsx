import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action, ActionDialogProps } from '../../entities/entity';
import { requestOf, runOrRefuse } from '../run';
import FormDialog from './FormDialog';

/** The dialog of an action that has a form. */
export default function ActionDialog({ type, action, chosen, close }: ActionDialogProps & { action: Action }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form] = useState(() => (typeof action.form === 'function' ? action.form(chosen) : action.form!));
  return (
    <FormDialog
      title={t(action.label)}
      type={type}
      form={form}
      entity={null}
      requests={(answers) => chosen.map((one) => requestOf(type, action, one, answers))}
      submit={(answers) => runOrRefuse(client, t, type, action, chosen, answers)}
      close={close}
    />
  );
}
