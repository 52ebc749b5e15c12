import { HelperText, HelperTextItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { list } from '../../engine/api';
import type { FieldInputProps } from '../../entities/entity';
import { accepts, knownProperties, policyOf, unitsOf, type Property } from './model';
import { PropertySheet } from './PropertySheet';

/** What a cluster tells the units of the policy that is chosen in the same form. */
export default function PolicyPropertiesInput({ id, values, value, change }: FieldInputProps) {
  const { t } = useTranslation();
  const policyId = String(values['scheduling_policy.id'] ?? '');
  const { data } = useQuery({
    queryKey: ['policy properties', policyId],
    queryFn: async ({ signal }) => {
      const path = `/schedulingpolicies/${policyId}`;
      const [units, filters, weights, balances] = await Promise.all([
        list('/schedulingpolicyunits', signal).then(unitsOf),
        list(`${path}/filters`, signal),
        list(`${path}/weights`, signal),
        list(`${path}/balances`, signal),
      ]);
      return { units, policy: policyOf({ id: policyId }, filters, weights, balances, units) };
    },
    enabled: policyId !== '',
    staleTime: 60_000,
    retry: false,
  });
  if (!data) return <HelperText><HelperTextItem>{t('Choose a scheduling policy first')}</HelperTextItem></HelperText>;
  const known = knownProperties(data.policy, data.units);
  const properties = (value as Property[]).filter((one) => known.has(one.name)).map(({ name, value: text }) => ({ name, value: String(text) }));
  const problem = (field: string) => {
    const name = field.replace(/^property /, '');
    const one = properties.find((property) => property.name === name);
    return one && one.value !== '' && !accepts(known.get(name)!, one.value) ? 'Is not what the unit accepts' : undefined;
  };
  return <PropertySheet id={id} policy={{ ...data.policy, properties }} units={data.units} change={(policy) => change(policy.properties)} problem={problem} />;
}

