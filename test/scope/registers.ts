import { recordAudit } from '../../src/accounts/index.ts'
import { newId } from '../../src/base/ids.ts'
import { usccCheckDigit } from '../../src/base/identifiers.ts'
import { stopPointRegister } from '../../src/city/bays/index.ts'
import { chargingStationRegister, pileRegister } from '../../src/city/charging/index.ts'
import { documentRegister } from '../../src/city/documents/index.ts'
import { enterpriseRegister } from '../../src/city/enterprises/index.ts'
import { nodeRegister } from '../../src/city/places/index.ts'
import { vehicleRegister } from '../../src/city/vehicles/index.ts'
import { divisionsOf, naturalKeyOf, recordVersions, registerRoutes, type AnyRegister, type Register } from '../../src/registers/index.ts'
import { insertImport } from '../../src/registers/store-imports.ts'
import { testCities } from './cities.ts'
import type { Dimension, Exempt, ForeignCase, TestContext, TestRoom } from './room.ts'

export const testRegisters: readonly AnyRegister[] = [enterpriseRegister, vehicleRegister, nodeRegister, stopPointRegister, chargingStationRegister, pileRegister, documentRegister]

/** One foreign place: everything in it carries its marker. */
interface Place {
  readonly of: Dimension
  readonly cityCode: string
  readonly district: string
  readonly marker: string
  /** an account of the city the place belongs to that sees all of it */
  readonly visibleTo: string
}

const placesOf = ({ world: { home, foreign, neighbour } }: TestContext): readonly Place[] => [
  { of: 'city', cityCode: foreign.cityCode, district: foreign.districtCode, marker: foreign.marker, visibleTo: 'foreign-office-clerk' },
  { of: 'district', cityCode: home.cityCode, district: neighbour.districtCode, marker: neighbour.districtMarker, visibleTo: 'clerk' },
  { of: 'enterprise', cityCode: home.cityCode, district: home.districtCode, marker: neighbour.enterpriseMarker, visibleTo: 'clerk' },
]

const uscc = (index: number): string => {
  const first17 = `9199010${index}MA0000000`
  return first17 + usccCheckDigit(first17)
}

/** A valid row of each register, in the order in which they refer to one another; `ids` are the rows made before it. */
const contents: Record<string, (place: Place, index: number, ids: ReadonlyMap<string, string>) => Record<string, unknown>> = {
  // A facility shows who runs it, to other firms too; so a firm's secret is not its name but what else is known of it.
  enterprise: ({ of, marker, district }, index) => ({ uscc: uscc(index), name: of === 'enterprise' ? '某配送公司' : `${marker}公司`, platformName: marker, kind: 'urban-delivery', status: 'listed', district }),
  vehicle: ({ marker, district }, _, ids) => ({
    plate: `${marker}号`, category: 'e-tricycle', enterprise: ids.get('enterprise'), energy: 'bev', bodyType: 'three-wheel', district, entryKind: 'new', registeredOn: '2025-01-01', operating: true,
  }),
  node: ({ marker, district }, _, ids) => ({ name: `${marker}节点`, tier: 'hub', status: 'planned', district, enterprise: ids.get('enterprise'), point: { lon: 119.2, lat: 34.6 } }),
  'stop-point': ({ marker, district }) => ({ name: `${marker}停靠点`, kind: 'dedicated-unloading', inRoad: false, inCentre: true, bayCount: 3, createdOn: '2025-01-01', status: 'in-use', district, point: { lon: 119.2, lat: 34.6 } }),
  'charging-station': ({ marker, district }, _, ids) => ({ name: `${marker}充电站`, stationType: '1', status: 'open', openedOn: '2025-01-01', district, enterprise: ids.get('enterprise') }),
  'policy-document': ({ marker }) => ({ name: `${marker}办法`, subject: 'policy.nev-passage', status: 'draft' }),
  pile: ({ marker, district }, _, ids) => ({ code: `${marker}01`, station: ids.get('charging-station'), pileType: '1', usableByDelivery: true, status: 'in-use', openedOn: '2025-01-01', district }),
}

export type SeededRows = ReadonlyMap<Dimension, { readonly place: Place; readonly ids: ReadonlyMap<string, string>; readonly naturalKeys: ReadonlyMap<string, string> }>

const seededBy = new WeakMap<object, Promise<SeededRows>>()

/** Rows of all registers in every foreign place, made once per database. */
export function seedForeignRows(context: TestContext): Promise<SeededRows> {
  const known = seededBy.get(context.world) ?? insertForeignRows(context)
  seededBy.set(context.world, known)
  return known
}

async function insertForeignRows(context: TestContext): Promise<SeededRows> {
  const seeded = new Map<Dimension, { place: Place; ids: Map<string, string>; naturalKeys: Map<string, string> }>()
  for (const [index, place] of placesOf(context).entries()) {
    const ids = new Map<string, string>()
    const naturalKeys = new Map<string, string>()
    const writing = { cityCode: place.cityCode, source: { kind: 'seed', ref: 'scope-matrix' }, author: { id: null, name: 'test' }, now: context.world.now, divisions: divisionsOf(testCities[place.cityCode]!) } as const
    for (const register of testRegisters) {
      // What all firms may read carries no marker of the firm it belongs to.
      const shown = isHidden(register, place) ? place : { ...place, marker: '共用设施' }
      const data = contents[register.code]!(shown, index + 1, ids)
      const [row] = await recordVersions(context.database.db, register as unknown as Register, [{ kind: 'create', data } as never], writing)
      ids.set(register.code, row!.id)
      naturalKeys.set(register.code, naturalKeyOf(register, data))
    }
    seeded.set(place.of, { place, ids, naturalKeys })
  }
  return seeded
}

/** Rows of a register that everybody of the city may read are foreign to another firm only for writing. */
const isHidden = (register: AnyRegister, { of }: Place): boolean => of !== 'enterprise' || register.readers === 'owner'

function casesOf(register: AnyRegister, rows: SeededRows): Record<string, readonly ForeignCase[] | Exempt> {
  const all = [...rows.values()].map(({ place, ids }) => ({ place, ids, id: ids.get(register.code)! }))
  const hidden = [...rows.values()].filter(({ place }) => isHidden(register, place))
  const read = hidden.map(({ place, ids }): ForeignCase => ({ of: place.of, params: { id: ids.get(register.code)! }, visibleTo: place.visibleTo }))
  const search = hidden.map(({ place, naturalKeys }): ForeignCase => ({ of: place.of, query: { q: naturalKeys.get(register.code)! }, visibleTo: place.visibleTo }))
  const ofFirm = register.owner === 'enterprise' ? hidden.map(({ place, ids }): ForeignCase => ({ of: place.of, query: { enterprise: ids.get('enterprise')! }, visibleTo: place.visibleTo })) : []
  const path = `/api/v1/${register.plural}`
  return {
    [`GET ${path}`]: [...search, ...ofFirm],
    [`GET ${path}/:id`]: read,
    [`GET ${path}/:id/history`]: read,
    [`PATCH ${path}/:id`]: all.map(({ place, id }) => ({ of: place.of, params: { id }, body: { name: '改名' } })),
    [`DELETE ${path}/:id`]: all.map(({ place, id }) => ({ of: place.of, params: { id }, query: { reason: '越界' } })),
    // A register without districts or owners has no foreign place inside one's own city; its rows land there.
    [`POST ${path}`]: !register.district && !register.owner ? { exempt: 'writes into the caller\'s own city; the row names no place' } : all.map(({ place, ids }) => ({ of: place.of, body: contents[register.code]!({ ...place, marker: '越界' }, 7, ids) })),
  }
}

/** An upload of somebody in each foreign place; its file name carries the marker. */
async function importCases(context: TestContext): Promise<Record<string, readonly ForeignCase[] | Exempt>> {
  const uploads: { place: Place; id: string }[] = []
  for (const [index, place] of placesOf(context).entries()) {
    const id = newId<'import'>(context.world.now)
    const { neighbour } = context.world
    const scope = { cityCode: place.cityCode, districtCode: place.of === 'district' ? place.district : null, unitCode: null, enterpriseId: place.of === 'enterprise' ? neighbour.enterpriseId : null }
    const bytes = Buffer.from('no workbook')
    await insertImport(context.database.db, { id, register: 'vehicle', scope, author: { id: null, name: place.marker }, fileName: `${place.marker}.xlsx`, fileSha256: String(index), bytes, sheets: [], sheet: place.marker, now: context.world.now })
    uploads.push({ place, id })
  }
  const named = (visible: boolean, body?: unknown): ForeignCase[] =>
    uploads.map(({ place, id }) => ({ of: place.of, params: { id }, ...(visible && { visibleTo: place.visibleTo }), ...(body !== undefined && { body }) }))
  const upload: Exempt = { exempt: 'a workbook is checked row by row against the scope of who uploads it; src/registers tests rows of another district and firm' }
  return {
    ...Object.fromEntries(testRegisters.map(({ plural }) => [`POST /api/v1/${plural}/imports`, upload])),
    'GET /api/v1/imports/:id': named(true),
    'POST /api/v1/imports/:id/mapping': named(false, {}),
    'POST /api/v1/imports/:id/check': named(false, {}),
    'POST /api/v1/imports/:id/apply': named(false, { mode: 'all' }),
    'POST /api/v1/imports/:id/revert': named(false),
    'GET /api/v1/imports/:id/problems': named(true),
    'GET /api/v1/imports/:id/problems.xlsx': { exempt: 'compressed bytes carry no marker; the import is found by the same scoped read as /imports/:id' },
  }
}

/** Registers: the six of the city, each with rows of another city, another district and another firm. */
export const registersRoom: TestRoom = {
  name: 'registers',
  async mount(app, { database, clock }) {
    const divisions = (cityCode: string) => divisionsOf(testCities[cityCode]!)
    const audit = async (actor: Parameters<typeof recordAudit>[1]['actor'], action: string, detail: Readonly<Record<string, unknown>>) => void (await recordAudit(database.db, { actor, action, object: '', detail }))
    await app.register(registerRoutes({ db: database.db, clock, registers: testRegisters, divisions, audit }))
  },
  async foreign(context) {
    const rows = await seedForeignRows(context)
    return Object.assign(await importCases(context), ...testRegisters.map((register) => casesOf(register, rows))) as Record<string, readonly ForeignCase[] | Exempt>
  },
}
