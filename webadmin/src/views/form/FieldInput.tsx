import { Button, Checkbox, FormSelect, FormSelectOption, InputGroup, InputGroupItem, InputGroupText, Label, LabelGroup, TextArea, TextInput } from '@patternfly/react-core';
import { MinusCircleIcon, PlusCircleIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import { at, type Json } from '../../engine/api';
import type { Field, FieldInputProps } from '../../entities/entity';
import { numeric } from '../../entities/texts';
import { ReferenceSelect, useCandidates } from './ReferenceSelect';
import { stays } from './values';

const SIZES = { MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

/** The input of one field, by its kind. Its label is drawn around it, with `id` as what it is for. */
export function FieldInput(props: FieldInputProps) {
  const { t } = useTranslation();
  const { id, field, value, values, entity, invalid, change } = props;
  const validated = invalid ? 'error' : 'default';
  const described = invalid || field.hint ? `${id}-help` : undefined;
  if (field.input) {
    const Own = field.input;
    return <Own {...props} />;
  }
  switch (field.kind) {
    case 'boolean':
      return (
        <Checkbox id={id} label={t(field.label)} isChecked={value === true} onChange={(_, checked) => change(checked)} description={field.hint ? t(field.hint) : undefined} />
      );
    case 'multiline':
      return (
        <TextArea
          id={id}
          value={String(value ?? '')}
          onChange={(_, text) => change(text)}
          validated={validated}
          isRequired={field.required}
          aria-describedby={described}
          rows={5}
          resizeOrientation="vertical"
          spellCheck={false}
        />
      );
    case 'number':
      return (
        <TextInput
          id={id}
          type="number"
          value={String(value ?? '')}
          onChange={(_, text) => change(text === '' ? '' : Number(text))}
          validated={validated}
          isRequired={field.required}
          aria-describedby={described}
          min={field.min}
          max={field.max}
          step="any"
        />
      );
    case 'bytes':
      return <BytesInput {...props} described={described} />;
    case 'choice':
      return (
        <FormSelect id={id} value={String(value ?? '')} onChange={(_, chosen) => change(chosen)} validated={validated} aria-describedby={described}>
          {!field.required && field.initial === undefined && !stays(field, entity) && <FormSelectOption value="" label={t('(not set)')} />}
          {unlisted(field.choices ?? [], value) && <FormSelectOption value={String(value)} label={String(value)} />}
          {(field.choices ?? []).map(([key, label]) => (
            <FormSelectOption key={key} value={key} label={t(label)} />
          ))}
        </FormSelect>
      );
    case 'choices':
      return (
        <div role="group" aria-labelledby={`${id}-label`} id={id}>
          {(field.choices ?? []).map(([key, label]) => (
            <Checkbox
              key={key}
              id={`${id}-${key}`}
              label={t(label)}
              isChecked={(value as string[]).includes(key)}
              onChange={(_, checked) => change(checked ? [...(value as string[]), key] : (value as string[]).filter((one) => one !== key))}
            />
          ))}
        </div>
      );
    case 'pairs':
      return <PairsInput {...props} />;
    case 'references':
      return <ReferencesInput {...props} />;
    case 'reference': {
      return (
        <ReferenceSelect
          id={id}
          label={t(field.label)}
          collection={collectionOf(field, values)}
          value={String(value ?? '')}
          name={entity ? (at(entity, field.path.replace(/\.id$/, '.name')) as string | undefined) : undefined}
          by={field.by ?? 'id'}
          change={change}
          required={!!field.required || stays(field, entity)}
          takes={field.required && entity === null ? (field.guess ? 'first' : 'only') : 'none'}
          invalid={invalid}
          describe={field.describe}
          drops={entity === null}
          keep={field.candidates && ((candidate) => field.candidates!(candidate, values))}
        />
      );
    }
    default:
      return (
        <TextInput
          id={id}
          type={field.kind === 'password' ? 'password' : 'text'}
          value={String(value ?? '')}
          onChange={(_, text) => change(text)}
          validated={validated}
          isRequired={field.required}
          aria-describedby={described}
          autoComplete={field.kind === 'password' ? 'new-password' : 'off'}
          spellCheck={false}
        />
      );
  }
}

/** A choice that an entity has and this page does not know stays what it is. */
function unlisted(choices: readonly (readonly [string, string])[], value: unknown): boolean {
  return value !== '' && value !== undefined && !choices.some(([key]) => key === value);
}

function collectionOf(field: Field, values: Json): string | null {
  return typeof field.collection === 'function' ? field.collection(values) : (field.collection ?? null);
}

function ReferencesInput({ id, field, value, values, invalid, change }: FieldInputProps) {
  const { t } = useTranslation();
  const chosen = value as readonly Json[];
  const collection = collectionOf(field, values);
  // the API gives some references by their ids alone
  const { data } = useCandidates(collection, '', chosen.some((one) => !one.name));
  const called = (one: Json) => String(one.name ?? data?.find((candidate) => candidate.id === one.id)?.name ?? one.id);
  return (
    <div role="group" aria-labelledby={`${id}-label`} id={id}>
      <ReferenceSelect
        id={`${id}-add`}
        label={t('{{label}}: add', { label: t(field.label) })}
        collection={collection}
        value=""
        by="id"
        change={(added, one) => one && change([...chosen, { id: added, name: one.name }])}
        required={false}
        takes="none"
        invalid={invalid}
        keep={(candidate) => !chosen.some((one) => one.id === candidate.id) && (field.candidates?.(candidate, values) ?? true)}
      />
      <LabelGroup numLabels={40}>
        {chosen.map((one) => (
          <Label key={one.id} onClose={() => change(chosen.filter((other) => other !== one))} closeBtnAriaLabel={t('Remove {{name}}', { name: called(one) })}>
            {called(one)}
          </Label>
        ))}
      </LabelGroup>
    </div>
  );
}

function BytesInput({ id, field, value, invalid, change, described }: FieldInputProps & { described: string | undefined }) {
  const unit = field.unit ?? 'MiB';
  const number = numeric(value);
  return (
    <InputGroup>
      <InputGroupItem isFill>
        <TextInput
          id={id}
          type="number"
          value={number === null ? '' : String(number / SIZES[unit])}
          onChange={(_, text) => change(text === '' ? '' : Math.round(Number(text) * SIZES[unit]))}
          validated={invalid ? 'error' : 'default'}
          isRequired={field.required}
          aria-describedby={described}
          min={0}
          step="any"
        />
      </InputGroupItem>
      <InputGroupText isPlain>{unit}</InputGroupText>
    </InputGroup>
  );
}

function PairsInput({ id, field, value, change }: FieldInputProps) {
  const { t } = useTranslation();
  const pairs = value as readonly Json[];
  const set = (index: number, pair: Json) => change(pairs.map((one, at) => (at === index ? { ...one, ...pair } : one)));
  return (
    <div role="group" aria-labelledby={`${id}-label`} id={id}>
      {pairs.map((pair, index) => (
        <InputGroup key={index}>
          <InputGroupItem isFill>
            <TextInput aria-label={t('{{label}}: name', { label: t(field.label) })} value={pair.name ?? ''} onChange={(_, name) => set(index, { name })} />
          </InputGroupItem>
          <InputGroupItem isFill>
            <TextInput aria-label={t('{{label}}: value', { label: t(field.label) })} value={pair.value ?? ''} onChange={(_, text) => set(index, { value: text })} />
          </InputGroupItem>
          <InputGroupItem>
            <Button
              variant="plain"
              icon={<MinusCircleIcon />}
              aria-label={t('Remove {{name}}', { name: pair.name ?? '' })}
              onClick={() => change(pairs.filter((_, at) => at !== index))}
            />
          </InputGroupItem>
        </InputGroup>
      ))}
      <Button variant="link" isInline icon={<PlusCircleIcon />} onClick={() => change([...pairs, { name: '', value: '' }])}>
        {t('Add')}
      </Button>
    </div>
  );
}
