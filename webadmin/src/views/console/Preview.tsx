import { Button, Spinner } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { screenshot } from './ticket';

/** What the screen shows, as a picture taken when this is shown and when the user asks; a click opens the console. */
export default function Preview({ vm, name, open }: { vm: string; name: string; open: () => void }) {
  const { t } = useTranslation();
  const picture = useQuery({ queryKey: ['screenshot', vm], queryFn: ({ signal }) => screenshot(vm, signal), retry: false, gcTime: 0, staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false });
  const address = useAddress(picture.data);
  if (picture.isPending) return <Spinner size="lg" aria-label={t('Loading')} />;
  return (
    <div className="ov-console__preview">
      {address && (
        <button type="button" onClick={open} className="ov-console__picture" data-action="preview">
          <img src={address} alt={t('Screen of {{name}}', { name })} />
        </button>
      )}
      <Button variant="link" onClick={() => void picture.refetch()} isLoading={picture.isFetching} isDisabled={picture.isFetching} data-action="screenshot">
        {t('New picture')}
      </Button>
      {picture.error && <p>{picture.error.message}</p>}
    </div>
  );
}

/** An address of the picture while it is shown. */
function useAddress(picture: Blob | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!picture) return;
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return address;
}
