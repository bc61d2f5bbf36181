import { z } from 'zod'
import type { App } from '../../runtime/http.ts'
import { layerNames, readLayerText, type LayerName } from './layers.ts'

const files = layerNames.map((name) => `${name}.geojson`) as [`${LayerName}.geojson`, ...`${LayerName}.geojson`[]]

/**
 * `GET /api/v1/network/{layer}.geojson?city=999900`: a layer of the quiet base map, for everybody. A city without own
 * layers answers with an empty collection. `worldDirectoryOf` says where a city keeps its layers; undefined: unknown city.
 */
export function networkRoutes({ worldDirectoryOf, defaultCity }: { worldDirectoryOf: (cityCode: string) => string | undefined; defaultCity: string }): (app: App) => Promise<void> {
  const texts = new Map<string, string>()
  return async (app) => {
    app.get(
      '/api/v1/network/:file',
      {
        config: { access: 'public' },
        schema: {
          tags: ['network'],
          summary: '底图图层（GeoJSON，WGS-84）',
          params: z.object({ file: z.enum(files) }),
          querystring: z.object({ city: z.string().regex(/^\d{6}$/).default(defaultCity) }),
        },
      },
      async (request, reply) => {
        const { city } = request.query
        const layer = request.params.file.slice(0, -'.geojson'.length) as LayerName
        const key = `${city}/${layer}`
        const text = texts.get(key) ?? readLayerText(worldDirectoryOf(city), layer)
        texts.set(key, text)
        return reply.type('application/geo+json; charset=utf-8').header('cache-control', 'public, max-age=3600').send(text)
      },
    )
  }
}
