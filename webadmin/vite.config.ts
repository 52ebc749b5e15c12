import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Every address of the page lies below this one; plugins compiled for oVirt rely on it. */
const BASE = '/ovirt-engine/webadmin/';

export default defineConfig({
  base: BASE,
  plugins: [react()],
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 700, assetsInlineLimit: 0 },
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
