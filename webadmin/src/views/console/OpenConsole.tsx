import { useEffect } from 'react';
import type { ActionDialogProps } from '../../entities/entity';
import { places } from '../../places/places';

/** Goes to the console of a machine. */
export default function OpenConsole({ chosen, close }: ActionDialogProps) {
  const { id } = chosen[0]!;
  useEffect(() => {
    close();
    places.go('vms-console', { id });
  }, [id, close]);
  return null;
}
