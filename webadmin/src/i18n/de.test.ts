import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entityTypes } from '../entities';
import { alone, menu } from '../shell/menu';
import { de } from './de';

const SOURCES = join(import.meta.dirname, '..');
const SHOWN = new Set(['label', 'plural', 'singular', 'confirm', 'hint', 'page']);

/** What code passes to the translation as it stands there, and what descriptors within views show. */
function spoken(): Set<string> {
  const texts = new Set<string>();
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file) || /\.test\./.test(file)) continue;
    const source = readFileSync(join(SOURCES, file), 'utf8');
    for (const [, text] of source.matchAll(/\b(?:t\(|remove\(|(?:label|plural|singular|confirm|hint|page):)\s*'((?:[^'\\\n]|\\.)+)'(?!\s*in\b)/g)) texts.add(text!.replaceAll("\\'", "'"));
  }
  return texts;
}

/** What descriptors show. */
function described(value: unknown, texts: Set<string>, seen = new Set<unknown>()): Set<string> {
  if (value === null || typeof value !== 'object' || seen.has(value)) return texts;
  seen.add(value);
  for (const [key, member] of Object.entries(value)) {
    if (SHOWN.has(key) && typeof member === 'string' && member !== '') texts.add(member);
    else if (key === 'choices' && Array.isArray(member)) member.forEach(([, label]) => texts.add(label as string));
    else described(member, texts, seen);
  }
  return texts;
}

test('every text has a German one', () => {
  const texts = spoken();
  for (const one of [entityTypes, menu, alone]) described(one, texts);
  const missing = [...texts].filter((text) => !(text in de)).sort();
  expect(missing).toEqual([]);
});

test('a translation keeps the places of what is filled in', () => {
  const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
  for (const [english, german] of Object.entries(de)) expect(places(german), english).toEqual(places(english));
});
