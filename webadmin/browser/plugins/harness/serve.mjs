// Serves the harness as an engine serves its page: plugins from a directory of descriptors, their files, the aliases.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.png': 'image/png' };
const withoutComments = (text) => text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string) => string ?? '');
const read = (file) => JSON.parse(withoutComments(readFileSync(file, 'utf8')));

/** @param plugins directory of descriptors */
export async function serve(plugins, configurations, scratch, port = 0) {
  const page = join(scratch, 'page');
  await build({ root: here, base: '/ovirt-engine/webadmin/', logLevel: 'error', configFile: false, build: { outDir: page, target: 'es2022', emptyOutDir: true } });
  const descriptors = () => readdirSync(plugins).filter((file) => file.endsWith('.json')).map((file) => {
    const descriptor = read(join(plugins, file));
    let own = {};
    try {
      own = read(join(configurations, `${basename(file, '.json')}-config.json`));
    } catch {}
    return { ...descriptor, ...own, config: { ...descriptor.config, ...own.config }, order: own.order ?? 1e9 };
  }).sort((a, b) => a.order - b.order);
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const send = (file) => {
      if (!statSync(file).isFile()) throw new Error('no file');
      response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.end(readFileSync(file));
    };
    try {
      const plugin = /\/plugin\/([^/]+)\/(.+)$/.exec(path);
      if (plugin) send(resolve(plugins, descriptors().find((each) => each.name === plugin[1]).resourcePath, decodeURIComponent(plugin[2])));
      else if (path.startsWith('/ovirt-engine/webadmin/assets/')) send(join(page, path.slice('/ovirt-engine/webadmin/'.length)));
      else if (path === '/ovirt-engine/webadmin/') {
        const data = JSON.stringify({ pluginDefinitions: descriptors() }).replaceAll('<', '\\u003c');
        response.setHeader('Content-Type', 'text/html');
        response.end(readFileSync(join(page, 'index.html'), 'utf8').replace(/(id="host-page">)[^<]*/, (_, start) => start + data));
      } else throw new Error('unknown');
    } catch {
      response.statusCode = 404;
      response.end('not here');
    }
  });
  await new Promise((listening) => server.listen(port, '127.0.0.1', listening));
  return { port: server.address().port, close: () => server.close() };
}
