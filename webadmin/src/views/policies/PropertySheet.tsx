import { Button, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import { MinusIcon, PlusIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knownProperties, type Policy, type Unit } from './model';
import './policies.css';

interface Props {
  id: string;
  policy: Policy;
  units: readonly Unit[];
  change: (policy: Policy) => void;
  problem: (field: string) => string | undefined;
}

/** The properties that are set, and a choice of those that the units know beside. */
export function PropertySheet({ id, policy, units, change, problem }: Props) {
  const { t } = useTranslation();
  const known = knownProperties(policy, units);
  const free = [...known.keys()].filter((name) => !policy.properties.some((one) => one.name === name));
  const [wanted, setWanted] = useState('');
  const next = free.includes(wanted) ? wanted : (free[0] ?? '');
  const set = (name: string, value: string) => change({ ...policy, properties: policy.properties.map((one) => (one.name === name ? { name, value } : one)) });
  return (
    <div className="ov-policy__properties">
      {policy.properties.map(({ name, value }) => {
        const wrong = problem(`property ${name}`);
        return (
          <div key={name} className="ov-policy__property">
            <label htmlFor={`${id}-property-${name}`}>{name}</label>
            <div>
              <TextInput id={`${id}-property-${name}`} value={value} isDisabled={policy.locked} validated={wrong ? 'error' : 'default'} onChange={(_, text) => set(name, text)} />
              {wrong && (
                <HelperText>
                  <HelperTextItem variant="error">{`${name}: ${t(wrong)} (${known.get(name) ?? ''})`}</HelperTextItem>
                </HelperText>
              )}
            </div>
            <Button variant="plain" icon={<MinusIcon />} isDisabled={policy.locked} aria-label={t('Remove {{name}}', { name })} onClick={() => change({ ...policy, properties: policy.properties.filter((one) => one.name !== name) })} />
          </div>
        );
      })}
      {!policy.locked && free.length > 0 && (
        <div className="ov-policy__property">
          <FormSelect aria-label={t('Property')} value={next} onChange={(_, name) => setWanted(name)} data-action="property">
            {free.map((name) => (
              <FormSelectOption key={name} value={name} label={name} />
            ))}
          </FormSelect>
          <span />
          <Button variant="plain" icon={<PlusIcon />} aria-label={t('Add {{name}}', { name: next })} onClick={() => change({ ...policy, properties: [...policy.properties, { name: next, value: '' }] })} />
        </div>
      )}
      {policy.properties.length === 0 && free.length === 0 && <p>{t('The units of this policy have no properties.')}</p>}
    </div>
  );
}
