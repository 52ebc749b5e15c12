import {
  Alert,
  Button,
  ClipboardCopy,
  ClipboardCopyVariant,
  Form as PageForm,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Tab,
  Tabs,
  TabTitleIcon,
  TabTitleText,
} from '@patternfly/react-core';
import { ExclamationCircleIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { API, call, Fault, type Json } from '../../engine/api';
import type { EntityType, Field, Form, Request } from '../../entities/entity';
import { bytes } from '../../entities/texts';
import { FieldInput } from './FieldInput';
import { bodyOf, initialValues, pagesOf, problems, shownFields, withPattern, type Values } from './values';
import './form.css';

export interface FormDialogProps {
  title: string;
  type: EntityType;
  form: Form;
  /** null for New: all values are sent. Otherwise only those that were changed. */
  entity: Json | null;
  /** rejects when the engine refuses; the dialog stays then */
  submit: (body: Json) => Promise<void>;
  close: () => void;
  /** label of the button that submits, when it is not OK */
  verb?: string;
  /** the requests that submitting would make */
  requests?: (body: Json) => readonly Request[];
  /** what is to be known when it was refused */
  note?: () => ReactNode;
  /** values to begin with, over those of entity and form */
  given?: Values;
}

const BASIC = '';

/** Any form as a dialog: the fields that matter first, the others behind “Advanced”, page by page. */
export default function FormDialog({ title, type, form, entity, submit, close, verb, requests, note, given }: FormDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const [values, setValues] = useState<Values>(() => ({ ...initialValues(form, entity), ...given }));
  const [touched, setTouched] = useState<ReadonlySet<string>>(() => new Set(Object.keys(given ?? {})));
  const pattern = usePattern(entity === null ? (form.pattern?.(values) ?? null) : null);
  const [advanced, setAdvanced] = useState(false);
  const [page, setPage] = useState(BASIC);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [rest, setRest] = useState(false);
  const focus = useRef<string | null>(null);
  const shown = useMemo(() => shownFields(form, values, entity), [form, values, entity]);
  const wrong = useMemo(() => problems(form, values, entity), [form, values, entity]);
  const pages = pagesOf(shown);
  const change = (field: Field) => (value: unknown) => {
    if (values[field.path] === value) return;
    const set = new Set(touched).add(field.path);
    setValues((now) => adjusted({ ...now, [field.path]: value }, set));
    setTouched((now) => (now.has(field.path) ? now : new Set(now).add(field.path)));
  };
  const adjusted = (now: Values, set: ReadonlySet<string>): Values => ({ ...now, ...form.adjusts?.(now, set, entity) });
  const body = () => bodyOf(form, values, entity, touched, pattern);

  useEffect(() => {
    if (pattern) setValues((now) => adjusted(withPattern(form, now, touched, pattern), touched));
    // what is touched later is not the pattern's any more, but needs no second look
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [pattern, form]);

  useEffect(() => {
    if (focus.current) document.getElementById(inputId(id, focus.current))?.focus();
    focus.current = null;
  });

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setTried(true);
    const first = shown.find((field) => wrong.has(field.path));
    if (first) {
      if (first.page) setAdvanced(true);
      setPage(first.page ?? BASIC);
      focus.current = first.path;
      setFailure(null);
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      await submit(body());
      close();
    } catch (refused) {
      setFailure(refused);
      setBusy(false);
    }
  };

  const group = (fields: readonly Field[]) =>
    fields.map((field) => (
      <FieldGroup
        key={field.path}
        id={inputId(id, field.path)}
        field={field}
        value={values[field.path]}
        values={values}
        entity={entity}
        problem={tried ? wrong.get(field.path) : undefined}
        change={change(field)}
      />
    ));
  const ofPage = (name: string) => shown.filter((field) => (field.page ?? BASIC) === name);
  const firstField = shown[0] ? inputId(id, shown[0].path) : undefined;
  return (
    <Modal
      isOpen
      variant={advanced ? 'large' : (form.size ?? 'medium')}
      aria-labelledby={`${id}-title`}
      onClose={close}
      elementToFocus={firstField ? `[id="${firstField}"]` : undefined}
    >
      <ModalHeader title={title} labelId={`${id}-title`} />
      <ModalBody>
        {failure !== null && <Failure of={failure}>{note?.()}</Failure>}
        <PageForm id={`${id}-form`} onSubmit={(event) => void send(event)} noValidate className={`ov-form ${!advanced && form.size !== 'small' ? 'ov-form-two' : ''}`} aria-label={title}>
          {advanced ? (
            <div className="ov-form-pages">
              <Tabs isVertical activeKey={page} onSelect={(_, key) => setPage(String(key))} aria-label={t('Pages')}>
                {[BASIC, ...pages].map((name) => (
                  <Tab
                    key={name}
                    eventKey={name}
                    tabContentId={`${id}-page`}
                    title={
                      <>
                        <TabTitleText>{name === BASIC ? t('Basic') : t(name)}</TabTitleText>
                        {tried && ofPage(name).some((field) => wrong.has(field.path)) && (
                          <TabTitleIcon>
                            <ExclamationCircleIcon aria-label={t('Something is not right here')} />
                          </TabTitleIcon>
                        )}
                      </>
                    }
                  />
                ))}
              </Tabs>
              <div id={`${id}-page`} role="tabpanel" aria-label={page === BASIC ? t('Basic') : t(page)} className="ov-form-page" tabIndex={-1}>
                {group(ofPage(page))}
              </div>
            </div>
          ) : (
            group(ofPage(BASIC))
          )}
          {/* Enter submits in every browser only when there is a button inside */}
          <button type="submit" hidden />
        </PageForm>
        {rest && requests && <AsRest requests={requests(body())} />}
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form={`${id}-form`} isLoading={busy} isDisabled={busy} data-action="submit">
          {verb ? t(verb) : t('OK')}
        </Button>
        <Button variant="link" onClick={close} data-action="cancel">
          {t('Cancel')}
        </Button>
        {pages.length > 0 && (
          <Button variant="link" onClick={() => (setAdvanced(!advanced), setPage(BASIC))} aria-expanded={advanced} data-action="advanced">
            {advanced ? t('Basic') : t('Advanced')}
          </Button>
        )}
        {requests && (
          <Button variant="link" onClick={() => setRest(!rest)} aria-expanded={rest} data-action="rest">
            {rest ? t('Hide REST') : t('Show as REST')}
          </Button>
        )}
        <span className="pf-v6-screen-reader">{t(type.singular)}</span>
      </ModalFooter>
    </Modal>
  );
}

interface GroupProps {
  id: string;
  field: Field;
  value: unknown;
  values: Values;
  entity: Json | null;
  problem: string | undefined;
  change: (value: unknown) => void;
}

function FieldGroup({ id, field, value, values, entity, problem, change }: GroupProps) {
  const { t, i18n } = useTranslation();
  const input = <FieldInput id={id} field={field} value={value} values={values} entity={entity} invalid={problem !== undefined} change={change} />;
  const alone = field.kind === 'boolean' && !field.input;
  const figure = (number: unknown) => (field.kind === 'bytes' ? bytes(number, i18n.language) : String(number));
  const grouped = ['choices', 'pairs', 'references'].includes(field.kind) || !!field.input;
  return (
    <FormGroup
      label={alone ? undefined : <span id={`${id}-label`}>{t(field.label)}</span>}
      fieldId={grouped ? undefined : id}
      role={grouped ? 'group' : undefined}
      isRequired={field.required}
      className={grouped || field.kind === 'multiline' ? 'ov-form-wide' : undefined}
    >
      {input}
      {(problem || (field.hint && !alone)) && (
        <FormHelperText>
          <HelperText id={`${id}-help`} aria-live="polite">
            <HelperTextItem variant={problem ? 'error' : 'default'}>{problem ? `${t(field.label)}: ${t(problem, { value: figure(value), min: figure(field.min ?? 1), max: figure(field.max) })}` : t(field.hint!)}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
}

function usePattern(address: string | null): Json | null {
  const { data } = useQuery({
    queryKey: ['pattern', address],
    queryFn: ({ signal }) => call(address!, { signal }),
    enabled: address !== null,
    staleTime: Infinity,
    retry: false,
  });
  return data ?? null;
}

/** What the engine refused, and the id under which its log has it. */
export function Failure({ of, children }: { of: unknown; children?: ReactNode }) {
  const { t } = useTranslation();
  const fault = of instanceof Fault ? of : null;
  return (
    <Alert isInline variant="danger" title={fault ? fault.reason : t('This did not work')} className="ov-form-failure" role="alert">
      {of instanceof Error ? of.message : String(of)}
      {fault?.correlationId && (
        <p>
          {t('Correlation ID')}: <code>{fault.correlationId}</code>
        </p>
      )}
      {children}
    </Alert>
  );
}

function AsRest({ requests }: { requests: readonly Request[] }) {
  const { t } = useTranslation();
  const text = requests.map(asText).join('\n\n');
  return (
    <ClipboardCopy isCode isReadOnly isExpanded variant={ClipboardCopyVariant.expansion} hoverTip={t('Copy')} clickTip={t('Copied')} textAriaLabel={t('Request')} toggleAriaLabel={t('Request')}>
      {text}
    </ClipboardCopy>
  );
}

export function asText(request: Request): string {
  const head = `${request.method} ${API}${request.path}`;
  return request.body === undefined ? head : `${head}\n${JSON.stringify(request.body, null, 2)}`;
}

function inputId(form: string, path: string): string {
  return `${form}-${path.replace(/\./g, '_')}`;
}
