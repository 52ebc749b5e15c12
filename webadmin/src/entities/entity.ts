import type { ComponentType, ReactNode } from 'react';
import type { Json } from '../engine/api';

/**
 * What the page knows of a kind of entity: everything that the list, the detail page and the dialogs draw comes from
 * here. Labels are English texts, which are the keys of translations too.
 */
export interface EntityType {
  /** oVirt's name for plugins: `VirtualMachine` */
  name: string;
  /** place and, with a suffix, detail places: `vms` */
  token: string;
  /** path of the collection below the API: `vms`; with `*` for the data centers that have one each */
  collection: string;
  /** name of one in a request's body and in a list's answer: `vm` */
  element: string;
  /** `Virtual Machines`, `Virtual Machine` */
  plural: string;
  singular: string;
  /** of the search language: `Vms`; null: the API has no search there */
  searchPrefix: string | null;
  menu: 'compute' | 'network' | 'storage' | 'admin' | 'top';
  columns: readonly Column[];
  /** the member that names one, `name` unless said */
  nameField?: string;
  /** what the search language calls that member, when it has a word of its own */
  nameSearch?: string;
  /** further fields that actions, plugins and statuses need in every row */
  fields?: readonly string[];
  sort?: string;
  /** links whose targets the detail page shows members of: `cluster,host` */
  follow?: string;
  /** of list, row menus and detail page, in order */
  actions: readonly Action[];
  tabs: readonly DetailTab[];
  /** dialog for New, and for Edit of one */
  form?: Form;
  /** on whose page a sub-collection is shown: its collection and id */
  below?: readonly [collection: string, id: string];
}

/** A column of a list. */
export interface Column {
  id: string;
  label: string;
  /** dotted paths in the API's JSON: what has to be asked for */
  fields: readonly string[];
  /** the text of the first field unless said */
  draw?: (row: Json) => ReactNode;
  /** field to sort by; absent: not sortable */
  sort?: string;
  /** of icons: the label is for who chooses columns or hears them, and is not drawn */
  unlabelled?: true;
  /** hidden until chosen */
  optional?: boolean;
  /** in rem; columns share what is left of the list's width in the same proportion */
  width?: `${number}rem`;
}

/** Something that can be done with the chosen entities. */
export interface Action {
  id: string;
  label: string;
  /** why not, as a text; null when it can be done. An empty choice is never asked about unless `none` is set. */
  refused?: (chosen: readonly Json[]) => string | null;
  /** how many entities it takes: one, some (default), none */
  takes?: 'one' | 'some' | 'none';
  /** path below an entity to POST to: `start`. Or how the request looks; called once for each entity. */
  request?: string | ((entity: Json, answers: Json) => Request);
  /** asked before it happens; its values are the `answers` of the request */
  form?: Form | ((chosen: readonly Json[]) => Form);
  /** asked for confirmation, with this text */
  confirm?: string;
  /** a dialog or a jump of its own, instead of request and form */
  open?: ComponentType<ActionDialogProps>;
  danger?: boolean;
  /** in the overflow menu only */
  more?: boolean;
  /** what the rows look like while the engine has not answered: optimistic only where the guess is safe */
  guess?: (entity: Json) => Json;
  /** how it is taken back, when it can be */
  undo?: (entity: Json, answer: Json) => Request;
}

export interface Request {
  method: 'POST' | 'PUT' | 'DELETE';
  /** below the API */
  path: string;
  body?: Json;
}

export interface ActionDialogProps {
  type: EntityType;
  chosen: readonly Json[];
  close: () => void;
}

/** A tab of the detail page. `token` of the place is `TYPE.token-suffix`. */
export interface DetailTab {
  /** oVirt's detail id, which plugins use: `VirtualMachineSnapshot`; empty for General */
  detail: string;
  suffix: string;
  label: string;
  /** oVirt's standard index: plugins' tabs sort in between */
  index: number;
  /** either pairs of label and field … */
  facts?: readonly Fact[];
  /** … or the list of a sub-collection … */
  list?: SubList;
  /** … or a view of its own */
  view?: ComponentType<DetailProps>;
}

export interface Fact {
  label: string;
  field: string;
  draw?: (entity: Json) => ReactNode;
}

export interface SubList {
  /** below the API, of an entity: `(vm) => '/vms/ID/nics?follow=vnic_profile'` */
  path: (entity: Json) => string;
  columns: readonly Column[];
  /** which of what is there belongs to the entity, where the API has no search for it */
  keep?: (row: Json, entity: Json) => boolean;
  actions?: readonly Action[];
  /** for New and Edit within the sub-collection */
  form?: Form | ((entity: Json) => Form);
  /** the kind that its rows are of, when they have places of their own: names become links */
  type?: string;
}

export interface DetailProps {
  type: EntityType;
  tab: DetailTab;
  entity: Json;
}

/** A dialog: starts with the fields that matter, the others are behind “Advanced”. */
export interface Form {
  /** width of the dialog */
  size?: 'small' | 'medium' | 'large';
  fields: readonly Field[];
  /** what to send, made of the values at their paths: all for New, only what changed for Edit; `values` are all that are shown */
  body?: (body: Json, entity: Json | null, values: Json) => Json;
  /** values that go with others which the user has set */
  adjusts?: (values: Json, touched: ReadonlySet<string>, entity: Json | null) => Json;
  /** to POST to for New, when it is not the collection */
  path?: (body: Json) => string;
  /** what belongs to the same wish and has doors of its own: disks of a new machine. Asked after the first answer. */
  then?: (body: Json, answer: Json, entity: Json | null) => readonly Request[];
  /** address of what a new one is made of, whose values it has unless others are given: `/templates/ID` */
  pattern?: (values: Json) => string | null;
  /** where there is no dialog for the other */
  only?: 'new' | 'edit';
  /** why one cannot be edited; null when it can */
  refused?: Action['refused'];
  /** Edit asks for all content: the API tells some values, as that of a console, only then */
  whole?: true;
  /** links that Edit follows to know its values: `nics` */
  follow?: string;
}

export interface Field {
  /** dotted path in the body: `cpu.topology.cores` */
  path: string;
  label: string;
  kind: 'text' | 'password' | 'multiline' | 'number' | 'bytes' | 'boolean' | 'choice' | 'choices' | 'pairs' | 'reference' | 'references';
  required?: boolean;
  /** of `x.id`: the API takes an empty `x` for none. What is not so and not a text or a list can be changed, but not emptied. */
  clears?: true;
  /** shown under the field */
  hint?: string;
  /** page of the advanced part; absent: in the basic form */
  page?: string;
  initial?: unknown;
  /** of a choice, or of choices of which any number can be taken: value and label */
  choices?: readonly (readonly [value: string, label: string])[];
  /** of a reference, or of any number of them: collection whose entities can be chosen; may depend on other values */
  collection?: string | ((values: Json) => string | null);
  /** of a reference that is required: takes the first when there are many, where any is a good guess. The only one is always taken. */
  guess?: true;
  /** of a reference: the member that is its value, when that is not the id */
  by?: string;
  /** of a reference: which of the collection can be chosen */
  candidates?: (candidate: Json, values: Json) => boolean;
  /** of a reference: what tells apart those that are called alike, when it is not their description */
  describe?: (candidate: Json) => string;
  /** shown only when */
  when?: (values: Json) => boolean;
  /** only for New */
  fixed?: boolean;
  /** of a number that is not a whole one */
  fraction?: true;
  min?: number;
  max?: number;
  /** for `bytes`: in MiB (default) or GiB */
  unit?: 'MiB' | 'GiB';
  /** a text that says what is wrong, or null */
  check?: (value: unknown, values: Json) => string | null;
  /** what the form shows of an entity, when it is not simply the value at the path */
  read?: (entity: Json) => unknown;
  /** an own way to enter it, instead of the kind's */
  input?: ComponentType<FieldInputProps>;
}

export interface FieldInputProps {
  id: string;
  field: Field;
  value: unknown;
  values: Json;
  entity: Json | null;
  invalid: boolean;
  change: (value: unknown) => void;
}
