import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Every address of the page lies below this one; plugins compiled for oVirt rely on it. */
const BASE = '/ovirt-engine/webadmin/';

/**
 * Classes of PatternFly's sheets that the page never sets: other themes, writing from the right, the icon font; gaps of
 * rows and columns, and insets and gaps of their own for widths of the window, but for the middle one.
 */
const NEVER =
  /^pf-v6-(theme-(felt|glass|high-contrast)|m-(dir-rtl|legacy-font|no-motion)|pficon)|^pf-m-((row|column)-gap-|inset-\w+-on-|gap-\w+-on-(sm|lg|xl|2xl)$)/;

type Visitor = NonNullable<NonNullable<NonNullable<ViteUserConfig['css']>['lightningcss']>['visitor']>;
type Selector = Parameters<NonNullable<Extract<Visitor, { Selector?: unknown }>['Selector']>>[0];

function never(selector: Selector): boolean {
  return selector.some(
    (part) =>
      (part.type === 'class' && NEVER.test(part.name)) ||
      (part.type === 'pseudo-class' && (part.kind === 'where' || part.kind === 'is') && part.selectors.every(never)),
  );
}

/** Rules for what the page never sets are a quarter of what its sheets cost. */
const visitor: Visitor = {
  Rule: {
    style(rule) {
      return rule.value.selectors.every(never) ? [] : undefined;
    },
  },
};

/** Beside every file one that is packed as well as can be; the engine serves it to browsers that take it. */
const packed: Plugin = {
  name: 'packed',
  apply: 'build',
  writeBundle({ dir }) {
    for (const file of readdirSync(dir!, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|css|svg)$/.test(name)))
      writeFileSync(join(dir!, `${file}.br`), brotliCompressSync(readFileSync(join(dir!, file))));
  },
};

export default defineConfig({
  base: BASE,
  plugins: [react(), packed],
  css: { transformer: 'lightningcss', lightningcss: { visitor } },
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 800,
    assetsInlineLimit: 0,
    // what is always needed comes in one file, which packs better than fifty
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } },
  },
  server: {
    // for work on the page beside a running engine: OVERT_ENGINE=https://localhost:8443 npm run dev
    proxy: Object.fromEntries(
      ['/ovirt-engine/api', '/ovirt-engine/sso', '/ovirt-engine/services', '/overt', `${BASE}session`, `${BASE}plugin`].map(
        (path) => [path, { target: process.env.OVERT_ENGINE ?? 'https://localhost:8443', secure: false, ws: true }],
      ),
    ),
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
