import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { Routes } from './http.ts'

/**
 * The built web: hashed assets cached for ever, `/` the public portal, `/desk/*` the office's page whatever the path, so that
 * every entity has an address of its own. Nothing outside web/dist is reachable.
 */
export const staticRoutes = (directory: string): Routes => async (app) => {
  if (!existsSync(directory)) return
  const policy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; connect-src 'self'; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
  await app.register(fastifyStatic, { root: directory, index: false, wildcard: true, immutable: true, maxAge: '365d', cacheControl: true, setHeaders: (reply, path) => {
    if (!path.includes('/assets/')) reply.header('cache-control', 'no-cache')
  } })
  const page = (name: string) => ({ html: readFileSync(join(directory, name), 'utf8') })
  const portal = page('index.html')
  const desk = existsSync(join(directory, 'desk.html')) ? page('desk.html') : portal
  const pages: [string, { html: string }][] = [['/', portal], ['/desk', desk], ['/desk/*', desk], ['/facts/*', desk]]
  for (const [url, { html }] of pages) {
    app.get(url, { schema: { hide: true } }, async (_request, reply) => reply.type('text/html; charset=utf-8').header('content-security-policy', policy).header('cache-control', 'no-cache').send(html))
  }
}
