import { randomOf, shuffled, type Random } from '../random.ts'
import { builtUp, centre, districtAt, isIn } from './areas.ts'
import { chineseNumber, districts, shopKinds, type DistrictCode, type ShopKind } from './names.ts'
import { metresOf, pointOf, type Metres } from './plane.ts'
import type { StreetPiece } from './streets.ts'

export type SiteKind = 'hub' | 'public-dc' | 'terminal-station' | 'yard' | 'charging-station' | 'stop-point' | 'shop'

/** A place in the city with its entrance on a street. */
export interface Site {
  readonly id: string
  readonly kind: SiteKind
  readonly name: string
  readonly district: DistrictCode
  readonly inCentre: boolean
  readonly inBuiltUp: boolean
  readonly address: string
  readonly lon: number
  readonly lat: number
  /** the street vertex vehicles reach it by */
  readonly entrance: { readonly lon: number; readonly lat: number }
  /** of shops only */
  readonly shopKind?: ShopKind
}

interface Wish {
  readonly kind: SiteKind
  readonly count: number
  readonly setBackMetres: number
  readonly apartMetres: number
  /** how much a place is wanted, 0 = not at all */
  readonly weight: (u: number, v: number, piece: StreetPiece) => number
}

const middleDistance = (u: number, v: number): number => Math.hypot(u / 14, v / 12)

/** What is looked for, in this order: the large ones choose first. */
const wishes: readonly Wish[] = [
  { kind: 'hub', count: 3, setBackMetres: 160, apartMetres: 7000, weight: (u, v, { class: street }) => (middleDistance(u, v) > 1.02 && (street === 'arterial' || street === 'secondary') ? 1 : 0) },
  { kind: 'public-dc', count: 8, setBackMetres: 90, apartMetres: 2600, weight: (u, v, { class: street }) => (middleDistance(u, v) > 0.5 && middleDistance(u, v) < 1.1 && street !== 'local' ? 1 : 0) },
  { kind: 'yard', count: 9, setBackMetres: 60, apartMetres: 2000, weight: (u, v, { class: street }) => (middleDistance(u, v) > 0.55 && middleDistance(u, v) < 1.05 && street !== 'arterial' ? 1 : 0) },
  { kind: 'charging-station', count: 6, setBackMetres: 35, apartMetres: 2600, weight: (u, v) => (middleDistance(u, v) < 0.95 ? 1 : 0) },
  { kind: 'terminal-station', count: 44, setBackMetres: 22, apartMetres: 800, weight: (u, v, { class: street }) => (isIn(builtUp, u, v) && street === 'local' ? 1.3 - middleDistance(u, v) * 0.7 : 0) },
  { kind: 'stop-point', count: 54, setBackMetres: 5, apartMetres: 420, weight: (u, v) => (isIn(centre, u, v) ? 1 : isIn(builtUp, u, v) ? 0.2 : 0) },
  { kind: 'shop', count: 120, setBackMetres: 18, apartMetres: 190, weight: (u, v) => (isIn(builtUp, u, v) ? Math.max(0.15, 1.25 - middleDistance(u, v)) : 0) },
]

/** Gives every wish its places: at most one to a piece of street, kinds apart from their own. */
export function placeSites(seed: number, pieces: readonly StreetPiece[]): { site: Site; piece: StreetPiece }[] {
  const free = pieces.filter((piece) => !piece.bridge && !piece.tunnel && piece.class !== 'expressway')
  const taken = new Set<StreetPiece>()
  const placed: { site: Site; piece: StreetPiece }[] = []
  for (const wish of wishes) {
    const random = randomOf(seed, 'sites', wish.kind)
    const naming = namer(wish.kind, random)
    const chosen: Metres[] = []
    for (let tries = 0; chosen.length < wish.count; tries++) {
      if (tries > 40_000) throw new Error(`no room for ${wish.count} sites of kind ${wish.kind}`)
      const piece = random.pick(free)
      if (taken.has(piece) || random.next() > wish.weight(piece.u, piece.v, piece)) continue
      const place = placeAt(piece, random.between(0.3, 0.7), wish.setBackMetres * (random.next() < 0.5 ? -1 : 1))
      if (chosen.some((other) => Math.hypot(other.x - place.site.x, other.y - place.site.y) < wish.apartMetres)) continue
      taken.add(piece)
      chosen.push(place.site)
      placed.push({ piece, site: describe({ wish, piece, number: chosen.length, place, naming, random }) })
    }
  }
  return placed
}

function placeAt(piece: StreetPiece, share: number, setBack: number): { entrance: Metres; site: Metres } {
  const [dx, dy] = [piece.to.x - piece.from.x, piece.to.y - piece.from.y]
  const length = Math.hypot(dx, dy)
  const entrance = metresOf(pointOf({ x: piece.from.x + dx * share, y: piece.from.y + dy * share }))
  return { entrance, site: { x: entrance.x + (-dy / length) * setBack, y: entrance.y + (dx / length) * setBack } }
}

function describe({ wish, piece, number, place, naming, random }: { wish: Wish; piece: StreetPiece; number: number; place: { entrance: Metres; site: Metres }; naming: Naming; random: Random }): Site {
  const district = districtAt(piece.u, piece.v)
  const address = `${districts.find((each) => each.code === district)!.name}${piece.name}${random.integer(3, 380)}号`
  return {
    id: `${wish.kind}-${String(number).padStart(3, '0')}`,
    kind: wish.kind,
    ...naming({ district, street: piece.name }),
    district,
    inCentre: isIn(centre, piece.u, piece.v),
    inBuiltUp: isIn(builtUp, piece.u, piece.v),
    address,
    ...pointOf(place.site),
    entrance: pointOf(place.entrance),
  }
}

type Naming = (place: { district: DistrictCode; street: string }) => { name: string; shopKind?: ShopKind }

const largeNames: Partial<Record<SiteKind, readonly string[]>> = {
  'public-dc': '望潮 稻香 揽月 永泰 桐华 和鸣 归帆 兰亭'.split(' ').map((word) => `${word}公共配送中心`),
  yard: '海棠速运 北辰冷链 惠邻商超 迅帆快运 康济医药 青禾农产 云集电商 望江城配 翠微货运'.split(' ').map((word) => `${word}场站`),
}

const hubNames: Readonly<Record<DistrictCode, string>> = { 999901: '青港港前物流园', 999902: '青港北岭物流园', 999903: '青港南城物流园', 999904: '青港西山货运枢纽', 999905: '青港新屿物流园' }

/** Names nobody else in the city has. */
function namer(kind: SiteKind, random: Random): Naming {
  const used = new Map<string, number>()
  let given = 0
  const unique = (name: string, again: (count: number) => string): string => {
    const count = (used.get(name) ?? 0) + 1
    used.set(name, count)
    return count === 1 ? name : again(count)
  }
  const large = largeNames[kind]
  if (large) return () => ({ name: large[given++]! })
  if (kind === 'hub') return ({ district }) => ({ name: unique(hubNames[district], (count) => `${hubNames[district]}${chineseNumber(count)}区`) })
  if (kind === 'charging-station') return ({ street }) => ({ name: unique(`${street}充电站`, (count) => `${street}第${chineseNumber(count)}充电站`) })
  if (kind === 'terminal-station') return ({ street }) => ({ name: unique(`${street}末端共同配送站`, (count) => `${street}第${chineseNumber(count)}末端共同配送站`) })
  if (kind === 'stop-point') return ({ street }) => ({ name: unique(`${street}配送停靠点`, (count) => `${street}${chineseNumber(count)}号配送停靠点`) })
  const kinds = shuffled(Object.keys(shopKinds) as ShopKind[], random)
  const order = kinds.flatMap((each) => Array.from({ length: each === 'market' ? 6 : 20 + random.integer(0, 6) }, () => each))
  const queue = shuffled(order, random)
  return ({ street }) => {
    const shopKind = queue[given++ % queue.length]!
    const { heads, tails } = shopKinds[shopKind]
    const name = `${random.pick(heads.split(' '))}${random.pick(tails.split(' '))}（${street}店）`
    return { shopKind, name: unique(name, (count) => `${name.slice(0, -2)}${chineseNumber(count)}店）`) }
  }
}
