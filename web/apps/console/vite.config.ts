import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

interface Operation {
  summary: string
  description: string
  'x-roles': string[]
  'x-event'?: string
}

/* What may be done to a case: method, path, event, roles and words of every route
** under /api/v1/cases/{id} that changes something, from docs/openapi.json. */
function caseRoutes(): Plugin {
  const name = 'virtual:case-routes'
  const source = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url))
  return {
    name: 'case-routes',
    resolveId: (id) => (id === name ? '\0' + name : undefined),
    load(id) {
      if (id !== '\0' + name) return undefined
      const { paths } = JSON.parse(readFileSync(source, 'utf8')) as { paths: Record<string, Record<string, Operation>> }
      const rows = Object.entries(paths).flatMap(([path, operations]) =>
        path.startsWith('/api/v1/cases/{id}/')
          ? Object.entries(operations).filter(([method]) => method !== 'get').map(([method, o]) => ({
            method, path, event: o['x-event'] ?? '', roles: o['x-roles'], zh: o.summary, en: o.description,
          }))
          : [])
      return `export default ${JSON.stringify(rows)}`
    },
  }
}

/* The words of every route, "GET /api/v1/cases/:id": [zh, en], for the audit record. */
function routeNames(): Plugin {
  const name = 'virtual:route-names'
  const source = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url))
  return {
    name: 'route-names',
    resolveId: (id) => (id === name ? '\0' + name : undefined),
    load(id) {
      if (id !== '\0' + name) return undefined
      const { paths } = JSON.parse(readFileSync(source, 'utf8')) as { paths: Record<string, Record<string, Operation>> }
      const rows = Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations)
        .map(([method, o]) => [`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`, [o.summary, o.description]]))
      return `export default ${JSON.stringify(Object.fromEntries(rows))}`
    },
  }
}

export default defineConfig({
  base: '/console/',
  plugins: [vue(), caseRoutes(), routeNames()],
  build: {
    target: 'es2020',
    outDir: fileURLToPath(new URL('../../../build/web/console', import.meta.url)),
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': process.env.TIAOJIE_API ?? 'http://127.0.0.1:8080' } },
})
