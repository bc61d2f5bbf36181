import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { tokensCss } from './shared/tokens.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Two doors: `/` the public portal (no login, no antd), `/desk/…` the office. `LVPEI_API` names a running server for `vite dev`. */
export default defineConfig({
  root: here('.'),
  appType: 'mpa',
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    assetsDir: 'assets',
    target: 'es2023',
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: { portal: here('index.html'), desk: here('desk.html') },
      // antd marks its files for server components; here everything is a client
      onLog: (level, log, handle) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : handle(level, log)),
    },
  },
  oxc: { jsx: { runtime: 'automatic' } },
  plugins: [
    { name: 'tokens', transformIndexHtml: () => [{ tag: 'style', children: tokensCss(), injectTo: 'head-prepend' as const }] },
  ],
})
