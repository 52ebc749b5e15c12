import { call, EXTENSIONS, type Json } from './api';

/** A window of a list. */
export interface Rows {
  total: number;
  rows: Json[];
}

export interface RowsRequest {
  collection: string;
  /** in the search language, without the prefix of the entity */
  search: string;
  fields: readonly string[];
  /** `name`, `name desc` */
  sort: string | null;
  from: number;
  max: number;
}

export async function rows(request: RowsRequest, signal?: AbortSignal): Promise<Rows> {
  const query = new URLSearchParams({
    fields: request.fields.join(','),
    from: String(request.from),
    max: String(request.max),
  });
  if (request.search) query.set('search', request.search);
  if (request.sort) query.set('sort', request.sort);
  const answer = await call(`${EXTENSIONS}/rows/${request.collection}?${query}`, { signal });
  return { total: Number(answer.total), rows: answer.rows as Json[] };
}
