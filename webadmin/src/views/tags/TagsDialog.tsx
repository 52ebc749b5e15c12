import { Button, Checkbox, Modal, ModalBody, ModalFooter, ModalHeader, Spinner } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, correlation, list } from '../../engine/api';
import { keys } from '../../engine/live';
import type { ActionDialogProps, Request } from '../../entities/entity';
import { Failure } from '../form/FormDialog';
import { tell } from '../notices';
import { tree } from './tree';

/** What has to be asked for, so that each of the chosen has the tags that are ticked; null is left as it is. */
export function changes(collection: string, had: ReadonlyMap<string, ReadonlySet<string>>, wanted: ReadonlyMap<string, boolean>): Request[] {
  const made: Request[] = [];
  for (const [entity, tags] of had)
    for (const [tag, on] of wanted) {
      if (on && !tags.has(tag)) made.push({ method: 'POST', path: `/${collection}/${entity}/tags`, body: { id: tag } });
      if (!on && tags.has(tag)) made.push({ method: 'DELETE', path: `/${collection}/${entity}/tags/${tag}` });
    }
  return made;
}

/** Which tags the chosen have. A box that only some of them have stays so until it is touched. */
export default function TagsDialog({ type, chosen, close }: ActionDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [wanted, setWanted] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['tags of', type.collection, chosen.map((one) => one.id).join(',')],
    queryFn: async ({ signal }) => {
      const all = await list('/tags', signal);
      const had = new Map<string, ReadonlySet<string>>();
      for (const one of chosen) had.set(one.id, new Set((await list(`/${type.collection}/${one.id}/tags`, signal)).map((tag) => tag.id as string)));
      return { tags: tree(all), had };
    },
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const save = async () => {
    setBusy(true);
    const correlationId = correlation();
    try {
      for (const request of changes(type.collection, data!.had, wanted)) await call(request.path, { ...request, correlationId });
      await client.invalidateQueries({ queryKey: keys.rows(type.collection) });
      tell({ severity: 'success', title: t('Assign tags') });
      close();
    } catch (refused) {
      setFailure(refused);
      setBusy(false);
    }
  };
  return (
    <Modal isOpen variant="small" onClose={close} aria-labelledby="tags-title">
      <ModalHeader title={t('Assign tags')} labelId="tags-title" />
      <ModalBody>
        {(failure ?? error) != null && <Failure of={failure ?? error} />}
        {!data && !error && <Spinner aria-label={t('Loading')} />}
        {data?.tags.length === 0 && <p>{t('There are none yet')}</p>}
        {data?.tags.map((tag) => {
          const having = [...data.had.values()].filter((tags) => tags.has(tag.id)).length;
          const now = wanted.get(tag.id) ?? (having === data.had.size ? true : having === 0 ? false : null);
          return (
            <div key={tag.id} style={{ paddingInlineStart: `${tag.depth * 1.5}rem` }}>
              <Checkbox id={`tag-${tag.id}`} label={tag.name} isChecked={now} onChange={(_, checked) => setWanted(new Map(wanted).set(tag.id, checked))} />
            </div>
          );
        })}
      </ModalBody>
      <ModalFooter>
        <Button onClick={() => void save()} isDisabled={busy || !data} isLoading={busy} data-action="submit">
          {t('OK')}
        </Button>
        <Button variant="link" onClick={close}>
          {t('Cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
